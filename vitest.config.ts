/** How the tests run: one folder, and a plain closing line that any CI can count. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Whole journeys on a machine that others use, too.
    testTimeout: 120_000,
    // By default one processor is left free, which on two is half of them.
    maxWorkers: '100%',
    globalSetup: './test/support/own-temp.ts',
    reporters: ['default', './test/support/closing-line.ts'],
  },
});
