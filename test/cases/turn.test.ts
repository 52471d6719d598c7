/** Whose turn it is. */
import { expect, test } from 'vitest';
import { turnOf, waitsForUs } from '../../src/cases/turn.ts';

test.each([
  ['new', null, 9, 'ours'],
  ['open', null, null, 'ours'],
  ['open', 6, 9, 'later'],
  ['open', 5, 4, 'ours'],
  ['answered', null, null, 'theirs'],
  ['fixed', null, 6, 'theirs'],
  ['fixed', null, 5, 'ours'],
  ['fixed', null, null, 'theirs'],
  ['fixed', 6, 5, 'later'],
  ['happy', null, null, 'nobody'],
  ['dismissed', 9, null, 'nobody'],
] as const)('%s, put off until %s, due at %s: at 5 it is %s', (state, snoozedUntil, dueAt, turn) => {
  expect(turnOf({ state, snoozedUntil, dueAt }, 5)).toBe(turn);
  expect(waitsForUs({ state, snoozedUntil, dueAt }, 5)).toBe(turn === 'ours');
});

test('a flagged mention without a case waits for us', () => {
  expect(waitsForUs(null, 5)).toBe(true);
});
