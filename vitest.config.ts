/** How the tests run: one folder, and a plain closing line that any CI can count. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    globalSetup: './test/support/own-temp.ts',
    reporters: ['default', './test/support/closing-line.ts'],
  },
});
