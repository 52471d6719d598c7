import { expect, test } from 'vitest';
import type { Mail } from '../../../src/net/mail.ts';
import { businessReview } from '../../../src/sources/mailbox/google-business.ts';

test('a mail of nothing but Google’s marks costs nothing, whoever has sent it', () => {
  const text = `Read review\nBob\n${'(Translated by Google)\n'.repeat(35_000)}Reply to review\n`;
  const began = performance.now();
  businessReview({ text } as Mail);
  expect(performance.now() - began).toBeLessThan(2000);
});
