/** How long an answer may be, counted as its place counts. */
import { expect, test } from 'vitest';
import { beyondLimit } from '../../src/replies/limits.ts';

test('what fits is fine, what is beyond is told with where it begins', () => {
  expect(beyondLimit('a'.repeat(350), 'google-play')).toBeNull();
  expect(beyondLimit('a'.repeat(353), 'google-play')).toEqual({ from: 350, by: 3, most: 350 });
});

test('a character is what a reader takes for one', () => {
  expect(beyondLimit('👩‍👧'.repeat(300), 'bluesky')).toBeNull();
  expect(beyondLimit('👩‍👧'.repeat(301), 'bluesky')).toEqual({ from: 1500, by: 1, most: 300 });
});

test('some count bytes', () => {
  expect(beyondLimit('é'.repeat(2048), 'google-business')).toBeNull();
  expect(beyondLimit('é'.repeat(2049), 'google-business')).toMatchObject({ from: 2048, by: 2 });
});

test('on Mastodon a link counts 23, however long it is', () => {
  const link = `https://bluedoor.example/${'x'.repeat(400)}`;
  expect(beyondLimit(`${'a'.repeat(476)} ${link}`, 'mastodon')).toBeNull();
  expect(beyondLimit(`${'a'.repeat(477)} ${link}`, 'mastodon')).toMatchObject({ by: 1 });
});

test('nobody knows the limit of other places', () => {
  expect(beyondLimit('a'.repeat(100_000), 'feed')).toBeNull();
  expect(beyondLimit('a'.repeat(100_000), null)).toBeNull();
});
