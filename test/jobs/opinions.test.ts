/** Asking the slow judge: about all where they are few, about the doubtful where they are many, never twice, never as a blocker. */
import { describe, expect, test } from 'vitest';
import type { PreciseJudge } from '../../src/findings/judges/precise.ts';
import type { PreciseInput } from '../../src/findings/judges/precise-input.ts';
import { learnBrands } from '../../src/jobs/learn-brands.ts';
import { readDoubtful } from '../../src/jobs/rejudge.ts';
import { takeIn } from '../../src/jobs/take-in.ts';
import type { Tools } from '../../src/jobs/tools.ts';
import type { Post } from '../../src/mention.ts';
import { aShop, opened, said } from '../support/shop.ts';

const config = 'brands:\n  - { name: Blue Door, about: café, sources: {} }\n';
const wish = { brandId: null, dryRun: false };

/** Says the same of everything, and keeps what it was asked. */
function aJudge(complaint: number) {
  const asked: PreciseInput[] = [];
  const judge: PreciseJudge = {
    version: 'precise-test',
    judge: async (inputs) => {
      asked.push(...inputs);
      return inputs.map(() => ({ judge: 'precise', version: 'precise-test', complaint, relevance: 0.95, severity: 3 }));
    },
    used: () => ({ cpuMs: 0, peakMb: 0 }),
    close: async () => undefined,
  };
  return { asked, judge };
}

/** Of what was asked the posts as they stand: of a complaint its parts are asked about, too. */
const whole = (asked: readonly PreciseInput[], posts: readonly Pick<Post, 'text'>[]) =>
  asked.filter(({ text }) => posts.some((post) => post.text === text));

const withJudge = (tools: Tools, judge: PreciseJudge | null): Tools => ({ ...tools, precise: async () => judge });
/** Counts how often each post is matched, by its id: each time it is judged. */
function counting(tools: Tools) {
  const times = new Map<string, number>();
  const judging: Tools['judging'] = async () => {
    const { matcher, knowledge } = await tools.judging();
    const find: typeof matcher.find = (post, where) => {
      times.set(post.externalId, (times.get(post.externalId) ?? 0) + 1);
      return matcher.find(post, where);
    };
    return { matcher: { find }, knowledge };
  };
  return { times, tools: { ...tools, judging } };
}

const plain = (count: number) =>
  Array.from({ length: count }, (_, number) => said(`Best brunch in Leeds at Blue Door café thank you all ${number}`));

describe('the precise judge', () => {
  test('is asked about every post where they are few, and its word weighs more', async () => {
    const { app } = await opened(aShop(), config);
    const { asked, judge } = aJudge(0.99);
    const odd = [1, 2, 3].map((number) => said(`So that was Blue Door then number ${number}`));
    const { flagged } = await takeIn(withJudge(app, judge), odd, wish);
    const brands = whole(asked, odd).map(({ brand }) => brand);
    expect(brands).toEqual(['Blue Door: café', 'Blue Door: café', 'Blue Door: café']);
    expect(flagged).toBe(3);
  });

  test('is asked about the doubtful ones alone where they are many', async () => {
    const { app } = await opened(aShop(), config);
    const { asked, judge } = aJudge(0.01);
    await takeIn(withJudge(app, judge), plain(100), wish);
    expect(asked.length).toBeLessThan(100);
  });

  test('is not asked in the middle of a flood', async () => {
    const { app } = await opened(aShop(), config);
    const { asked, judge } = aJudge(0.01);
    expect((await takeIn(withJudge(app, judge), plain(300), wish)).fresh).toBe(300);
    expect(asked).toEqual([]);
  });

  test('is asked about the same post for the same brand once', async () => {
    const { app } = await opened(aShop(), config);
    const { asked, judge } = aJudge(0.9);
    const posts = plain(2);
    await takeIn(withJudge(app, judge), posts, wish);
    await takeIn(
      withJudge(app, judge),
      posts.map((post) => ({ ...post, externalId: `${post.externalId} again` })),
      wish,
    );
    expect(whole(asked, posts)).toHaveLength(2);
  });

  test('that dies leaves the fast judge’s word, and nothing is lost', async () => {
    const { app } = await opened(aShop(), config);
    const dying = { ...aJudge(0.9).judge, judge: () => Promise.reject(new Error('the thread has died')) };
    expect((await takeIn(withJudge(app, dying), plain(3), wish)).fresh).toBe(3);
  });

  test('said before, its word outlasts a change of the brand’s entry that it does not read', async () => {
    const shop = aShop();
    const { app } = await opened(shop, config);
    const odd = [1, 2, 3].map((number) => said(`So that was Blue Door then number ${number}`));
    await takeIn(withJudge(app, aJudge(0.99).judge), odd, wish);
    const found = async () => (await shop.list()).map(({ id, findings, case: own }) => [id, findings, own?.state]);
    const before = await found();
    expect(before).toHaveLength(3);
    const { asked, judge } = aJudge(0.01);
    const changed = await shop.open(config.replace('about:', 'exclude: [paint], about:'));
    await learnBrands(withJudge(changed, judge));
    expect(await found()).toEqual(before);
    expect(asked).toEqual([]);
  });

  test('is asked anew where the brand is described otherwise and a verdict would turn without it', async () => {
    const shop = aShop();
    const { app } = await opened(shop, config);
    const posts = [said('Blue Door closed at noon today, sign on the door'), ...plain(3)];
    await takeIn(withJudge(app, aJudge(0.01).judge), posts, wish);
    const verdicts = async () => (await shop.list({ pile: 'all' })).map(({ findings }) => findings.complaint.verdict);
    const before = await verdicts();
    expect(before).not.toContain('complaint');
    const { asked, judge } = aJudge(0.01);
    const changed = await shop.open(config.replace('about: café', 'about: coffee shop'));
    const { times, tools } = counting(withJudge(changed, judge));
    await learnBrands(tools);
    expect(await verdicts()).toEqual(before);
    expect(whole(asked, posts)).toHaveLength(1);
    // It alone is judged once more.
    const [turned = 0, ...others] = posts.map(({ externalId }) => times.get(externalId) ?? 0);
    expect(others.map((each) => turned - each)).toEqual([1, 1, 1]);
  });

  test('reads later what a flood left doubtful, and leaves nothing doubtful that it read', async () => {
    const { app } = await opened(aShop(), config);
    const doubtful = Array.from({ length: 12 }, (_, number) => said(`Well Blue Door number ${number} it is then hm`));
    await takeIn(withJudge(app, null), doubtful, wish);
    const { asked, judge } = aJudge(0.97);
    const tools = withJudge(app, judge);
    const read = await readDoubtful(tools, 100);
    expect(whole(asked, doubtful)).toHaveLength(read);
    expect(await readDoubtful(tools, 100)).toBe(0);
  });
});
