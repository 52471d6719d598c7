/** Days as somebody types them on the command line. */
import { expect, test } from 'vitest';
import { moment } from '../../src/cli/moment.ts';

const friday = Date.parse('2026-11-20T08:00:00Z');

test.each([
  ['today', 'ahead', '2026-11-20'],
  ['Tomorrow', 'ahead', '2026-11-21'],
  ['yesterday', 'back', '2026-11-19'],
  ['monday', 'ahead', '2026-11-23'],
  ['mon', 'back', '2026-11-16'],
  ['friday', 'ahead', '2026-11-27'],
  ['fri', 'back', '2026-11-13'],
] as const)('a day may be called %s, looking %s', (word, direction, day) => {
  expect(moment(word, friday, 'UTC', direction)).toBe(Date.parse(`${day}T00:00:00Z`));
});

test.each(['fryday', 'm', 'someday', ''])('“%s” is no day', (word) => {
  expect(moment(word, friday, 'UTC', 'ahead')).toBeNull();
});
