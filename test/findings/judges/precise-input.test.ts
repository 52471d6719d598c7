/** What the precise judge reads of a post: a rating as it learnt them, whatever the platform's scale. */
import { expect, test } from 'vitest';
import { preciseInput } from '../../../src/findings/judges/precise-input.ts';
import { aPost } from '../../support/a-post.ts';

test.each([
  [4, 5, '4/5 stars. So.'],
  [2.5, 5, '2.5/5 stars. So.'],
  [2, 10, '2/10 stars. So.'],
  [15, 100, '0.8/5 stars. So.'],
  [0, 1, '0/5 stars. So.'],
  [3, 4, '3.8/5 stars. So.'],
  [7, 5, 'So.'],
  [-1, 5, 'So.'],
  [1, 0, 'So.'],
])('%s of %s: %s', (value, scale, read) => {
  expect(preciseInput(aPost('So.', { rating: { value, scale } }), null).text).toBe(read);
});
