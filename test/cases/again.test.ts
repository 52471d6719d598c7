/** When a customer has spoken again, and what is history. */
import { expect, test } from 'vitest';
import { isHistory, isRepeated, worse } from '../../src/cases/again.ts';

test('what was neither said nor edited lately is history', () => {
  expect(isHistory({ saidAt: 4, editedAt: null }, 5)).toBe(true);
  expect(isHistory({ saidAt: 5, editedAt: null }, 5)).toBe(false);
  expect(isHistory({ saidAt: 1, editedAt: 5 }, 5)).toBe(false);
  expect(isHistory({ saidAt: 6, editedAt: 2 }, 5)).toBe(false);
});

const first = { kind: 'posts', source: 'mastodon', authorId: 7, origin: 'https://home.example/1', saidAt: 1 };
test.each([
  ['the same words once more', { origin: 'https://home.example/2', saidAt: 6 }, true],
  ['where no home is told', { origin: null, saidAt: 6 }, true],
  ['a copy that travelled', { saidAt: 6 }, false],
  ['said before we answered', { origin: null, saidAt: 5 }, false],
  ['somebody else', { origin: null, saidAt: 6, authorId: 8 }, false],
  ['nobody knows who', { origin: null, saidAt: 6, authorId: null }, false],
  ['the same number at another platform', { origin: null, saidAt: 6, source: 'bluesky' }, false],
  ['an article printed again', { origin: null, saidAt: 6, kind: 'articles' }, false],
])('%s', (_name, more, again) => {
  expect(isRepeated(first, { ...first, ...more }, 5)).toBe(again);
});

const stars = (value: number) => ({ value, scale: 5 });
test('an edit makes it worse: a complaint now, fewer stars, more severe; nothing else does', () => {
  const before = { complains: true, severity: 2, rating: stars(2) };
  expect(worse(before, before)).toBeNull();
  expect(worse(before, { ...before, severity: 1, rating: stars(3) })).toBeNull();
  expect(worse(before, { complains: false, severity: 4, rating: stars(1) })).toBeNull();
  expect(worse(before, { ...before, rating: stars(1) })).toContain('fewer stars');
  expect(worse(before, { ...before, rating: { value: 3, scale: 10 } })).toContain('fewer stars');
  expect(worse(before, { ...before, severity: 2.1 })).toContain('worse');
  expect(worse({ ...before, complains: false }, { ...before, severity: 1 })).toContain('complaint now');
});
