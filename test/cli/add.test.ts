/** `earshot add`: what somebody said to us is a mention like any other. */
import { expect, test } from 'vitest';
import type { Asker } from '../../src/cli/asker.ts';
import { askFor } from '../../src/cli/commands/add.ts';
import { MentionFace } from '../../src/face/mention.ts';
import { desk, words } from './desk.ts';

test('by flags: a mention with everything that was said of it, and a case where it is a complaint', async () => {
  const here = desk();
  const { code, out } = await here.earshot([
    ...['add', '--json', '--text', 'They charged me twice and nobody answers', '--where', 'Google', '--who', 'Jo Park'],
    ...['--stars', '1', '--when', '2026-11-18', '--link', 'https://maps.example/r/1', '--title', 'Never again'],
  ]);
  expect(code).toBe(0);
  expect(MentionFace.parse(JSON.parse(out))).toMatchObject({
    brand: 'Blue Door Coffee',
    source: 'google',
    text: 'They charged me twice and nobody answers',
    title: 'Never again',
    url: 'https://maps.example/r/1',
    author: { name: 'Jo Park' },
    rating: { value: 1, scale: 5 },
    publishedAt: '2026-11-18T00:00:00.000Z',
    complaint: { verdict: 'complaint' },
    case: { id: 1, state: 'new' },
  });
});

test('from stdin, which may be all there is; the same again is the same', async () => {
  const here = desk();
  const first = await here.earshot('add --where phone', { stdin: `${words.cold}\n` });
  expect(first.out).toContain(`  ${words.cold}\n`);
  expect(first.err).toMatch(/^\nKept, as case c1\.\n {2}npx earshot case answered c1 /);
  expect((await here.earshot('add --where phone', { stdin: words.cold })).err).toContain(
    'It was there already, as case c1.',
  );
  expect(await here.list('--all')).toHaveLength(1);
});

test('stars without a word are enough, as a number or as stars', async () => {
  const here = desk();
  expect((await here.earshot('add --stars 1')).code).toBe(0);
  expect((await here.earshot('add --stars ★★★★☆ --who Jo')).code).toBe(0);
  expect((await here.list('--all')).map(({ rating }) => rating?.value).toSorted()).toEqual([1, 4]);
});

test('with several brands it must be said which', async () => {
  const here = desk();
  here.settle(['Blue Door Coffee', 'Red Door Tea']);
  const without = await here.earshot(['add', '--text', 'Cold again']);
  expect([without.code, without.err]).toEqual([2, 'Which of your brands is it about? Say so with --brand.\n']);
  expect((await here.earshot(['add', '--text', 'Cold again', '--brand', 'red door tea'])).code).toBe(0);
  expect((await here.list('--all'))[0]?.brand).toBe('Red Door Tea');
});

test('asked at the terminal: what is wrong is told at once, and asked again', async () => {
  const told: string[] = [];
  const given: Record<string, string[]> = {
    'What was': ['Cold again'],
    stars: ['9', '2'],
    When: ['then', 'yesterday'],
  };
  const asker: Asker = {
    text: async (question, usual, _hint, wrong) => {
      for (;;) {
        const key = Object.keys(given).find((one) => question.includes(one)) ?? '';
        const answer = given[key]?.shift() ?? usual;
        const trouble = wrong?.(answer) ?? null;
        if (trouble === null) return answer;
        told.push(trouble);
      }
    },
    secret: async () => '',
    choose: async (_question, _choices, usual) => usual,
    key: () => Promise.reject(new Error('no key')),
  };
  const isMoment = (text: string) => text === 'yesterday';
  expect(await askFor({ where: 'by hand' }, asker, isMoment)).toMatchObject({
    ...{ text: 'Cold again', stars: '2', when: 'yesterday', where: 'by hand' },
  });
  expect(told).toEqual(['9 is no number from 0 to 5.', 'then is no date; write it as in 2026-11-01, yesterday or 2d.']);
});

test.each([
  [['--stars', '6', '--text', 'x'], '--stars 6 is no number from 0 to 5.'],
  [['--stars', 'many', '--text', 'x'], '--stars many is no number from 0 to 5.'],
  [['--link', 'javascript:alert(1)', '--text', 'x'], 'is no address.'],
  [['--when', 'whenever', '--text', 'x'], '--when whenever is no date'],
  [['--brand', 'nobody', '--text', 'x'], 'There is no brand called nobody.'],
])('add %j', async (flags, sentence) => {
  const here = desk();
  const { code, err } = await here.earshot(['add', ...flags]);
  expect(code).toBe(2);
  expect(err).toContain(sentence);
  expect(await here.list('--all')).toEqual([]);
});

test('nothing said is asked for', async () => {
  const { code, err } = await desk().earshot('add', { stdin: '' });
  expect([code, err]).toEqual([2, 'What was said? Give it with --text "…", or on stdin.\n']);
});
