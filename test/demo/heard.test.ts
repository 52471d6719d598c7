/** The demo's numbers add up to all of its posts. */
import { expect, test } from 'vitest';
import { sayHeard } from '../../src/demo/heard.ts';

const heard = {
  posts: 221,
  kept: 182,
  mentions: 179,
  complaints: 69,
  unread: { titles: ['Reddit'], posts: 13 },
  days: 30,
};

test('those that were kept, those that could not be read and the others are all there are', () => {
  expect(sayHeard(heard)).toBe(
    'Of the 221 posts 182 name one of the businesses. What several of them say alike told once, they are 179 mentions, ' +
      '69 of them complaints. 13 stand in Reddit, which could not be read: the mail says so too. ' +
      'The other 26 name none of them, are their own, or are older than 30 days.',
  );
});

test('what there is none of is not told', () => {
  expect(sayHeard({ ...heard, posts: 179, kept: 179, unread: { titles: [], posts: 0 } })).toBe(
    'Of the 179 posts 179 name one of the businesses. They are 179 mentions, 69 of them complaints.',
  );
});
