/** Nothing that a terminal prints is broken in the middle: a command stays whole, an address ends a line behind its own signs. */
import { expect, test } from 'vitest';
import { wrapped } from '../../src/cli/format.ts';

test('a command that fits a line is never broken; what is longer is', () => {
  const told = wrapped('It wants a password of yours: `npx earshot sources bluesky` says where to get it.', 50);
  expect(told.split('\n')).toEqual([
    'It wants a password of yours:',
    '`npx earshot sources bluesky` says where to get',
    'it.',
  ]);
  const painted = wrapped('\u001b[1mWith your help\u001b[22m Mailbox, feeds: `npx earshot sources feed` says how.', 50);
  expect(painted).toMatch(/\n`npx earshot sources feed` says how\.$/);
  const long = wrapped('Look: `npx earshot --config my/own/folder/earshot.yaml status` says why.', 30);
  expect(long.split('\n').every((line) => line.length <= 30)).toBe(true);
});

test('an address is broken behind its own signs, any other long word where the line ends', () => {
  expect(wrapped('leedsfood.example/feed/guest-notes.xml', 24).split('\n')).toEqual([
    'leedsfood.example/feed/',
    'guest-notes.xml',
  ]);
  expect(
    wrapped('x'.repeat(50), 24)
      .split('\n')
      .map((line) => line.length),
  ).toEqual([24, 24, 2]);
});
