/** `earshot scorecard`: how right the flags were, by what was said of them. */
import { expect, test } from 'vitest';
import { ScorecardFace } from '../../src/face/scorecard.ts';
import { type Desk, desk, words } from './desk.ts';

const card = async (here: Desk, more = '') => {
  const { code, out } = await here.earshot(`scorecard --json ${more}`);
  expect(code).toBe(0);
  return ScorecardFace.parse(JSON.parse(out));
};

test('answered and marked as a complaint is right, refused is wrong, unmarked counts neither way', async () => {
  const here = desk();
  await here.hear(words.glass, words.refund, words.cold, words.lovely);
  expect(await card(here)).toMatchObject({ right: 0, wrong: 0, undecided: 3, missed: 0, share: null });
  await here.earshot('case answered c1 --where phone');
  await here.earshot('mark m2 not-us');
  expect(await card(here)).toMatchObject({
    ...{ brands: ['Blue Door Coffee'], since: null, right: 1, wrong: 1, undecided: 1, missed: 0, share: null },
    sources: [{ source: 'forum', right: 1, wrong: 1, undecided: 1 }],
  });
  await here.earshot('mark m3 complaint');
  await here.earshot('mark m4 complaint');
  expect(await card(here)).toMatchObject({ right: 2, wrong: 1, undecided: 0, missed: 1 });
});

test('what a mark teaches does not make a wrong flag a right judgement', async () => {
  const here = desk();
  await here.hear(words.refund, words.lovely);
  await here.earshot('mark m1 no-complaint');
  await here.earshot('mark m2 complaint');
  const before = await card(here);
  expect(before).toMatchObject({ right: 0, wrong: 1, missed: 1 });
  await here.earshot('rescore --all');
  const { topics: _one, ...told } = before;
  const { topics: _other, ...after } = await card(here);
  expect(after).toEqual(told);
});

test('a mark taken back counts no more', async () => {
  const here = desk();
  await here.hear(words.refund);
  await here.earshot('mark m1 no-complaint');
  await here.earshot('mark m1 no-complaint --undo');
  expect(await card(here)).toMatchObject({ right: 0, wrong: 0, undecided: 1 });
});

test('a complaint put in by hand was missed where Earshot listens, and is no flag of its own anywhere', async () => {
  const here = desk();
  here.settle([{ name: 'Blue Door Coffee', sources: { bluesky: {}, 'app-store': { app: '1404176564' } } }]);
  const add = (where: string, text: string) => here.earshot(['add', '--where', where, '--text', text]);
  await add('Bluesky', words.refund);
  await add('App Store', words.cold);
  await add('at the table', words.glass);
  await add('Bluesky', words.lovely);
  expect(await card(here)).toMatchObject({ right: 0, wrong: 0, undecided: 0, missed: 2 });
  expect((await card(here)).sources.map(({ source }) => source).toSorted()).toEqual(['app-store', 'bluesky']);
});

test('only one brand, only lately', async () => {
  const here = desk();
  here.settle(['Blue Door Coffee', 'Red Gate Tea']);
  await here.hear(words.refund, words.cold.replace('Blue Door Coffee', 'Red Gate Tea'));
  await here.earshot('mark m1 complaint');
  await here.earshot('mark m2 complaint');
  expect(await card(here)).toMatchObject({ right: 2, brands: ['Blue Door Coffee', 'Red Gate Tea'] });
  expect(await card(here, '--brand red-gate-tea')).toMatchObject({ right: 1, brands: ['Red Gate Tea'] });
  here.clock.advance(3 * 86_400_000);
  expect(await card(here, '--since 2d')).toMatchObject({ right: 0, since: '2026-11-21T08:00:00.000Z' });
  const wrong = await here.earshot('scorecard --since whenever');
  expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('--since whenever is no date')]);
});

test('says it to people, and what to do next', async () => {
  const here = desk();
  expect((await here.earshot('scorecard')).out).toBe('Nothing was flagged so far.\n');
  expect((await here.earshot('scorecard --since 7d')).out).toBe('Nothing was flagged in that time.\n');
  await here.hear(words.refund, words.cold, words.glass);
  const first = await here.earshot('scorecard', { columns: 80 });
  expect(first.out).toContain('You have not said of any flag whether it was right.\n3 flags have no word from you yet');
  expect(first.err).toContain('npx earshot list ');
  await here.earshot('mark m1 complaint');
  const second = await here.earshot('scorecard', { columns: 80 });
  expect(second.out).toContain('The one flag that you decided on was right.\nToo few to tell');
  expect(second.out).toMatch(
    /\nBy place {2}right {2}wrong {2}missed {2}no word\nForum +1 +0 +0 +2 {3}too few to tell\n/,
  );
  for (const line of `${second.out}${second.err}`.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
});
