/** What the model cards, the README and the README of the posts say was learnt from is what the weights' own cards say. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { trainingPosts } from '../../src/training/posts.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const made = <Shape extends z.ZodType>(name: string, shape: Shape) =>
  shape.parse(JSON.parse(read(`data/model/${name}.json`)));
const written = (count: number) => count.toLocaleString('en-GB');
/** The part of the cards under the heading that begins so. */
const cardOf = (heading: string) =>
  read('data/model/README.md')
    .split('\n## ')
    .find((part) => part.startsWith(heading)) ?? '';

const fast = made(
  'fast',
  z.looseObject({
    made: z.looseObject({ ownPosts: z.int(), otherTexts: z.int(), softLabels: z.looseObject({ pieces: z.int() }) }),
  }),
).made;
const topics = made('topics', z.looseObject({ made: z.looseObject({ ownComplaints: z.int() }) })).made;
const apart = made('apart', z.looseObject({ made: z.looseObject({ ownPosts: z.int() }) })).made;
const precise = made('precise', z.looseObject({ about: z.looseObject({ posts: z.int() }) })).about;

test.each([
  ['Fast judge', `${written(fast.softLabels.pieces)} pieces`],
  ['Fast judge', `${written(fast.otherTexts)} rows`],
  ['Topic judge', `${written(topics.ownComplaints)} complaints`],
  ['Who speaks', `${written(apart.ownPosts)} of our posts`],
  ['Precise judge', `${written(precise.posts)} of our posts`],
])('%s: %s', (heading, said) => expect(cardOf(heading)).toContain(said));

test('the README says how many posts taught each', () => {
  expect(read('README.md')).toContain(`(${written(fast.ownPosts)} and ${written(precise.posts)}: `);
});

test('the README of the posts counts them by language', () => {
  const table = read('data/training/README.md');
  const names = new Intl.DisplayNames('en', { type: 'language' });
  for (const [language, posts] of Map.groupBy(trainingPosts(), ({ row }) => row.language)) {
    const complaints = posts.filter(({ row }) => row.complaint).length;
    expect(table).toContain(`| ${names.of(language)} | ${written(posts.length)} | ${written(complaints)} |`);
  }
});
