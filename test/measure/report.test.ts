/** From answers to tables: each figure stands where it belongs, and a terminal of 100 columns holds them. */
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { aBrand, aPost } from '../support/a-post.ts';
import { measureGroups, measureSet, measureTopicGroups, measureTopics } from './figures.ts';
import { type Answer, flagsAll, judges } from './judges.ts';
import type { Labelled, LabelledSet, Truth } from './labelled.ts';
import { markdownReport, plainReport } from './report.ts';

const row = (id: number, truth: Partial<Truth>, rest: Partial<Labelled> = {}): Labelled => ({
  id: String(id),
  post: aPost('soup'),
  brand: aBrand('Northpeak'),
  truth: { complaint: null, about: null, severity: null, sentiment: null, topics: null, ...truth },
  language: 'en',
  kind: null,
  share: null,
  ...rest,
});
const answer = (rest: Partial<Answer> = {}): Answer => ({
  flagged: false,
  score: 0,
  probability: null,
  about: null,
  severity: null,
  sentiment: null,
  topics: null,
  ...rest,
});

const rows = [
  row(
    1,
    { complaint: true, about: 'about', severity: 2, sentiment: 'negative', topics: ['refund', 'waiting'] },
    { kind: 'polite', language: 'de' },
  ),
  row(
    2,
    { complaint: true, about: 'about', severity: 3, sentiment: 'negative', topics: ['waiting'] },
    { kind: 'polite' },
  ),
  row(3, { complaint: false, about: 'other', sentiment: 'mixed' }, { kind: 'news' }),
  row(4, { complaint: false, about: 'about', sentiment: 'unknown' }, { kind: 'news', share: 'random posts' }),
];
const answers = [
  answer({
    flagged: true,
    score: 0.9,
    probability: 0.9,
    about: 'about',
    severity: 1,
    sentiment: 'negative',
    topics: ['refund'],
  }),
  answer({
    flagged: false,
    score: 0.4,
    probability: 0.4,
    about: 'about',
    severity: 0,
    sentiment: 'unknown',
    topics: ['waiting', 'staff'],
  }),
  answer({ flagged: false, score: 0.1, probability: 0.1, about: 'unsure', severity: 0, sentiment: 'mixed' }),
  answer({ flagged: true, score: 0.7, probability: 0.7, about: 'about', severity: 1, sentiment: 'positive' }),
];
const set: LabelledSet = { name: 'second', own: true, mendedOn: false, rows };
const measured = [
  ...measureSet(set, 'fast', answers),
  ...measureTopics(set, 'fast', answers),
  ...measureGroups([{ set, answers }], 'fast'),
  ...measureTopicGroups([{ set, answers }], 'fast'),
];
const value = (section: string, of: string, figure: string) =>
  measured.find((one) => one.section === section && one.of === of && one.figure === figure)?.value;

test('complaints: one of two flags is right, one of two complaints found', () => {
  expect(value('complaints', 'second', 'f1')).toBe(0.5);
  expect(value('complaints', 'second', 'auc')).toBe(3 / 4);
  expect(value('complaints', 'second', 'recallAt80')).toBe(0.5);
  expect(value('complaints', 'second', 'brier')).toBeCloseTo((0.01 + 0.36 + 0.01 + 0.49) / 4);
});

test('what is about others is shown apart, as most posts are about us', () => {
  expect(value('about', 'second', 'right')).toBe(3 / 4);
  expect(value('about', 'second, others', 'right')).toBe(0);
});

test('topics are of true complaints: together, by their mean, and each of them', () => {
  // Two of three said are right, two of three true ones said; refund is always right, waiting found once of two.
  for (const figure of ['precision', 'recall', 'f1']) expect(value('topics', 'second', figure)).toBeCloseTo(2 / 3);
  expect(value('topics', 'all', 'macroF1')).toBeCloseTo((1 + 2 / 3) / 2);
  expect([value('topics', 'waiting', 'precision'), value('topics', 'waiting', 'recall')]).toEqual([1, 0.5]);
  expect(measured.some(({ section, of }) => section === 'topics' && of === 'staff')).toBe(false);
});

test('severity is of true complaints, sentiment of rows whose truth is known', () => {
  expect(value('order', 'second', 'spearman')).toBe(-1);
  // Of the other complaint the judge says that it is not bad at all.
  expect(measured.find(({ section, of }) => section === 'order' && of === 'second, seen')?.rows).toBe(1);
  // Negative: found one of two: 2/3. Neutral: the mixed one is right, the unknown one is not: 2/3.
  expect(value('sentiment', 'second', 'macroF1')).toBeCloseTo(2 / 3);
  expect(value('sentiment', 'second', 'unknown')).toBeCloseTo(1 / 3);
});

test('each label of sentiment by itself, mixed among them', () => {
  expect(value('sentiment', 'second', 'right')).toBeCloseTo(2 / 3);
  expect(['negative', 'mixed', 'positive'].map((label) => value('label', label, 'recall'))).toEqual([0.5, 1, 0]);
  expect(['negative', 'mixed', 'positive'].map((label) => value('label', label, 'precision'))).toEqual([1, 1, 0]);
});

test('shares and groups', () => {
  expect(value('flagged', 'random posts', 'flagged')).toBe(1);
  expect(value('language', 'de', 'f1')).toBe(1);
  expect(value('severity', '3', 'found')).toBe(0);
  expect(value('kind', 'news', 'right')).toBe(0.5);
});

test('a judge without probabilities or thoughts of whom it is about leaves dashes', async () => {
  const everything = judges.find(({ name }) => name === flagsAll);
  const said = await everything?.judge(rows);
  const all = measureSet(set, flagsAll, said ?? []);
  expect(all.map(({ figure }) => figure)).not.toContain('brier');
  expect(all.map(({ section }) => section)).not.toContain('about');
  expect(plainReport([...measured, ...all], '')).toMatch(/ all {3,}66\.7 .* 100\.0 +\.500 +0\.0 +– +–/);
});

test('answers that do not fit the posts are a mistake', () => {
  expect(() => measureSet(set, 'fast', answers.slice(1))).toThrow('4 posts got 3 answers');
});

test('five judges and the longest names stand in 100 columns', () => {
  const wide = ['fast', 'precise', 'afinn', 'vader', 'wink', flagsAll].flatMap((judge) =>
    measured.map((one) => ({
      ...one,
      judge,
      of:
        one.section === 'complaints'
          ? 'complaints-acl2019'
          : one.section === 'language'
            ? 'de'
            : 'tweets, not sarcastic',
      rows: 37_587,
      ...(one.figure !== 'calibrationError' && { value: 1, low: 0.98, high: 1 }),
    })),
  );
  const text = plainReport(wide, 'At most 1,000 posts of each set.');
  expect(Math.max(...text.split('\n').map((line) => stringWidth(line)))).toBeLessThanOrEqual(100);
});

test('Markdown has one cell more than bars', () => {
  const lines = markdownReport(measured, 'Here.').split('\n');
  const table = lines.slice(lines.indexOf('**Complaint or not**') + 2, lines.indexOf('**Complaint or not**') + 5);
  expect(table).toEqual([
    '| set | posts | judge | F1 | macro | prec. | recall | AUC | R@P80 | ECE | Brier |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
    expect.stringMatching(/^\| second \| 4 \| fast \| 50\.0 \(0–100\) \| 50\.0 \| 50\.0 \| 50\.0 \| \.750 \|/),
  ]);
});
