/** How the labels of public sets are read: rows here are invented, in the shape that each set has. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { isLearntFrom } from '../../src/training/examples.ts';
import { sampleOf } from './labelled.ts';
import { publicSets, readPublicSet } from './public-sets.ts';

const folder = mkdtempSync(join(tmpdir(), 'earshot-sets-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Rows as truths: what a person concluded, and of whom. */
function read(name: string, rows: readonly object[], named = false) {
  mkdirSync(join(folder, name), { recursive: true });
  const ids = measuredIds(name);
  const lines = rows.map((row) => JSON.stringify({ id: ids.next().value, text: 'soup', ...row }));
  writeFileSync(join(folder, name, 'texts.jsonl'), `${lines.join('\n')}\n`);
  return readPublicSet(folder, name, named).rows;
}

/** Ids of rows that nothing is learnt from. */
function* measuredIds(name: string) {
  for (let number = 0; ; number++) if (!isLearntFrom(`${name}-${number}`)) yield `${name}-${number}`;
}

test('rows that are learnt from are not measured, of sets that may be learnt from; all others whole', () => {
  const rows = Array.from({ length: 60 }, (_none, place) => ({ id: `row-${place}`, label: 1, airline: 'x' }));
  const measured = rows.filter(({ id }) => !isLearntFrom(id)).map(({ id }) => id);
  expect(measured.length).toBeGreaterThan(5);
  expect(read('isarcasm-en', rows).map(({ id }) => id)).toEqual(measured);
  expect(
    read(
      'airline',
      rows.map((row) => ({ ...row, label: 'neutral' })),
    ),
  ).toHaveLength(60);
});

test('nor is what says the same as a row that is learnt from, but for what everybody says', () => {
  const ids = Array.from({ length: 60 }, (_none, place) => `row-${place}`);
  const [learnt, ...more] = ids.filter(isLearntFrom);
  const [measured, thanks, own] = ids.filter((id) => !isLearntFrom(id));
  const rows = read('isarcasm-en', [
    { id: learnt, label: 1, text: 'Rain again, what a lovely summer' },
    { id: more[0], label: 0, text: 'Thank you!' },
    { id: measured, label: 1, text: 'rain again. What a LOVELY summer!' },
    { id: thanks, label: 0, text: 'thank you' },
    { id: own, label: 1, text: 'Rain again, and what a long summer it was' },
  ]);
  expect(rows.map(({ id }) => id)).toEqual([thanks, own]);
});

test('tweets to companies: severity is of complaints alone, random ones have a share of their own', () => {
  const rows = read('complaints-acl2019', [
    { label: 1, domain: 'food', severity: 3 },
    { label: 0, domain: 'random_tweet', severity: 0 },
    { label: 0, domain: 'random_reply' },
  ]);
  expect(rows.map(({ truth, share }) => [truth.complaint, truth.severity, share])).toEqual([
    [true, 3, null],
    [false, null, 'random posts'],
    [false, null, 'random replies'],
  ]);
});

test('stars in the middle are left out, and no judge is shown any', () => {
  const rows = read(
    'restaurants',
    [1, 2, 2.5, 3, 3.5, 4, 5].map((label) => ({ label, brand: 'Osteria Fig Tree' })),
  );
  expect(rows.map(({ truth }) => truth.complaint)).toEqual([true, true, false, false]);
  expect(rows.map(({ post }) => post.rating)).toEqual([null, null, null, null]);
});

test('reviews of apps: a report of a fault against ratings and wishes', () => {
  const labels = ['bug report', 'feature request', 'user experience', 'rating'];
  const rows = read(
    'app-reviews',
    labels.map((label) => ({ label })),
  );
  expect(rows.map(({ truth }) => truth.complaint)).toEqual([true, false, false]);
});

test('whom a post speaks of is told only when asked', () => {
  const rows = [
    { label: 'negative', brand: 'apple' },
    { label: 'irrelevant', brand: 'apple' },
  ];
  expect(read('apple-dfe', rows).map(({ brand, truth }) => [brand, truth.about, truth.complaint])).toEqual([
    [null, null, true],
    [null, null, null],
  ]);
  expect(read('apple-dfe', rows, true).map(({ brand, truth }) => [brand?.name, truth.about])).toEqual([
    ['Apple', 'about'],
    ['Apple', 'other'],
  ]);
});

test('sentiment by valence, by language and by feeling', () => {
  const valences = [-1, -0.2, 0.2, 1].map((label) => ({ label }));
  expect(read('vader-tweets', valences).map(({ truth }) => truth.sentiment)).toEqual([
    'negative',
    'neutral',
    'neutral',
    'positive',
  ]);
  const spoken = read('umsab-multilingual', [{ label: 'positive', lang: 'german' }]);
  expect(spoken.map(({ language, truth }) => [language, truth.sentiment])).toEqual([['de', 'positive']]);
  const felt = ['negative', 'neutral', 'positive', 'mixed', 'ambiguous'].map((polarity) => ({ polarity }));
  expect(read('goemotions', felt).map(({ share }) => share)).toEqual([null, 'Reddit, neutral', 'Reddit, positive']);
});

test('a row that is not as expected is named by its line, never by what it says', () => {
  const private_ = { label: 'furious', airline: 'Northpeak Air', text: 'secret words' };
  const good = { label: 'negative', airline: 'Northpeak Air' };
  expect(() => read('airline', [good, private_])).toThrow(/^airline: line 2 is not as its SOURCE.md says$/);
});

test('a folder without a reading is told, not guessed at', () => {
  mkdirSync(join(folder, 'brand-new'));
  writeFileSync(join(folder, 'brand-new', 'texts.jsonl'), '');
  mkdirSync(join(folder, 'empty'));
  expect(publicSets(folder)).toMatchObject({ unread: ['brand-new'] });
  expect(publicSets(folder).known).toContain('airline');
});

test('a limit takes the same rows whatever their order', () => {
  const rows = read(
    'isarcasm-en',
    Array.from({ length: 40 }, () => ({ label: 1 })),
  );
  const set = { name: 'isarcasm-en', own: false, mendedOn: false, rows };
  const ids = (limit: number, of = rows) => sampleOf({ ...set, rows: of }, limit).rows.map(({ id }) => id);
  expect(ids(10)).toHaveLength(10);
  expect(ids(10, rows.toReversed())).toEqual(ids(10));
  expect(ids(20).slice(0, 10)).toEqual(ids(10));
  expect(ids(100)).toEqual(rows.map(({ id }) => id));
});
