import { expect, test } from 'vitest';
import { businessReview } from '../../../src/sources/mailbox/google-business.ts';

test('a mail of nothing but Google’s marks costs nothing, whoever has sent it, and is no review', () => {
  const text = `Read review\nBob\n${'(Translated by Google)\n'.repeat(35_000)}Reply to review\n`;
  const began = performance.now();
  expect(businessReview({ text })).toBeNull();
  expect(performance.now() - began).toBeLessThan(2000);
});
