/** Posts that are stored are looked at again, ever more seldom: edits count, deletions blank, and stars that rose are told. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { doWhatIsDue } from '../../src/daemon/once.ts';
import { collect } from '../../src/jobs/collect.ts';
import { recheck } from '../../src/jobs/recheck.ts';
import { draftDigest } from '../../src/jobs/send-digest.ts';
import { workCase } from '../../src/jobs/work-case.ts';
import type { Post } from '../../src/mention.ts';
import { Fault } from '../../src/net/fault.ts';
import type { Page, Source } from '../../src/sources/source.ts';
import { readCases } from '../../src/store/cases.ts';
import { cliEdges } from '../support/edges.ts';
import { aShop, opened, said } from '../support/shop.ts';
import { listeningTo, stubSource } from '../support/stub-source.ts';

const hour = 3_600_000;
const day = 24 * hour;
const config = 'timezone: UTC\nbrands:\n  - { name: Blue Door, sources: {} }\n';
const complaint = (externalId: string, more: Partial<Post> = {}) =>
  said(`${externalId}: I am still waiting for my refund from Blue Door, nobody answers.`, {
    source: 'stub',
    externalId,
    url: `https://stub.example/${externalId}`,
    ...more,
  });
const kind = (externalId: string) => said('Lovely brunch at Blue Door!', { source: 'stub', externalId });

/** A shop that heard these posts just now; what the platform answers later is said by `answer`. */
async function heard(posts: readonly Post[], more: Partial<Source> = {}) {
  const shop = aShop();
  const { app } = await opened(shop, config);
  const asked: string[][] = [];
  let answer = (stored: readonly Post[]): readonly Page[] => [{ posts: stored }];
  const source: Source = {
    ...stubSource('newest-first', () => [{ posts }]),
    recheck: async function* ({ posts: stored }) {
      asked.push(stored.map((one) => one.externalId).sort());
      yield* answer(stored);
    },
    ...more,
  };
  const tools = listeningTo(app, source);
  await collect(tools, { watches: tools.watches });
  const casesNow = () => app.store.read('cases', (tx) => readCases(tx, [1]));
  const show = async () => {
    const edges = cliEdges({ argv: ['show', 'c1', '--config', 'earshot.yaml'], cwd: shop.folder, clock: shop.clock });
    await run(edges);
    return edges.said.out;
  };
  return {
    shop,
    tools,
    asked,
    casesNow,
    show,
    answers: (now: typeof answer) => {
      answer = now;
    },
  };
}

test('after an hour, six, a day, three, a week and thirty days, then only while its case is open', async () => {
  const { shop, tools, asked } = await heard([complaint('c'), kind('k')]);
  const begun = shop.clock.now();
  const at = async (ms: number) => {
    shop.clock.advance(begun + ms - shop.clock.now());
    asked.length = 0;
    await recheck(tools);
    return asked.flat();
  };
  const both = ['c', 'k'];
  expect(await at(0.9 * hour)).toEqual([]);
  expect(await at(hour)).toEqual(both);
  expect(await at(5.9 * hour)).toEqual([]);
  expect(await at(6 * hour)).toEqual(both);
  expect(await at(day)).toEqual(both);
  // Off for days: what was missed is made up for once.
  expect(await at(8 * day)).toEqual(both);
  expect(await at(29 * day)).toEqual([]);
  expect(await at(30 * day)).toEqual(both);
  expect(await at(59 * day)).toEqual([]);
  expect(await at(60 * day)).toEqual(['c']);
  expect(await at(61 * day)).toEqual([]);
});

test('an edit is judged anew and its old words are told; deleted, neither is left in any byte of the database', async () => {
  const { shop, tools, casesNow, show, answers } = await heard([
    { ...complaint('c'), text: 'I am still waiting for my refund from Blue Door, the quokka never answers.' },
  ]);
  answers((stored) =>
    stored.map((post) => ({ posts: [{ ...post, text: 'Blue Door paid me back, wombat. All is well, thank you!' }] })),
  );
  shop.clock.advance(hour);
  expect(await recheck(tools)).toEqual({ asked: 1, gone: 0 });
  const [edited] = await shop.list({ pile: 'all' });
  expect(edited?.findings.complaint.verdict).toBe('none');
  writeFileSync(join(shop.folder, 'earshot.yaml'), `store: earshot.db\n${config}`);
  expect(await show()).toMatch(/Before\s+“I am still waiting for my refund.+quokka.+” \(edited; noticed/s);

  answers((stored) => [{ posts: [], gone: stored }]);
  shop.clock.advance(day);
  expect(await recheck(tools)).toEqual({ asked: 1, gone: 1 });
  expect((await shop.list({ pile: 'all' }))[0]?.post).toMatchObject({ text: '', words: 'dropped' });
  expect((await casesNow())[0]?.state).toBe('dismissed');
  await tools.store.sweep('now');
  const left = readdirSync(shop.folder)
    .filter((file) => file.startsWith('earshot.db'))
    .flatMap(
      (file) => readFileSync(join(shop.folder, file), 'latin1').match(/quokka|wombat|still waiting for/gi) ?? [],
    );
  expect(left).toEqual([]);
});

test('stars that rise after our answer win the customer back, which the mail tells; fewer than four are noted', async () => {
  const review = complaint('r', { rating: { value: 1, scale: 5 } });
  const { shop, tools, casesNow, answers } = await heard([review], { kind: 'reviews' });
  const better = { value: 4, scale: 5 };
  const raise = (stars: typeof better) =>
    answers((stored) => stored.map((post) => ({ posts: [{ ...post, rating: stars }] })));
  raise({ value: 2, scale: 5 });
  shop.clock.advance(hour);
  await recheck(tools);
  const raised = async () => (await casesNow())[0]?.events.filter(({ details }) => details.raised) ?? [];
  expect(await raised()).toEqual([]);

  await workCase(tools, { id: 1, of: 'case' }, { kind: 'answered', by: 'Ana', details: {} });
  raise({ value: 3, scale: 5 });
  shop.clock.advance(6 * hour);
  await recheck(tools);
  expect(await raised()).toMatchObject([{ kind: 'note', by: 'earshot' }]);
  expect((await casesNow())[0]).toMatchObject({ state: 'answered' });
  raise(better);
  shop.clock.advance(day);
  await recheck(tools);
  const words = 'they give 4 of 5 stars now in place of 3, since the answer';
  expect((await raised()).at(-1)).toMatchObject({ kind: 'won-back', by: 'earshot', details: { words, proof: words } });
  expect((await casesNow())[0]).toMatchObject({ state: 'won-back', dueAt: null });
  const window = { from: 0, to: shop.clock.now() + 1 };
  const digest = await draftDigest(tools, { kind: 'digest', recipient: '', timezone: 'UTC', window });
  expect(digest.lead).toContain('It helped: they give 4 of 5 stars now in place of 3, since you answered (c1).');
});

test('a platform in trouble is left alone for an hour, and what is due stays due; a regular pass looks again by itself', async () => {
  const { shop, tools, asked, answers } = await heard([complaint('c')]);
  answers(() => {
    throw new Fault('unreachable', 'Stub is out of order.');
  });
  const pauses = new Map<string, number>();
  shop.clock.advance(hour);
  for (const _ of [1, 2, 3]) await recheck(tools, pauses);
  expect(asked).toEqual([['c']]);
  answers((stored) => [{ posts: stored }]);
  shop.clock.advance(hour);
  await doWhatIsDue(tools);
  expect(asked).toEqual([['c'], ['c']]);
});

test('an answer about other posts than those asked for changes nothing', async () => {
  const { shop, tools, answers } = await heard([complaint('c')]);
  answers(() => [{ posts: [complaint('stranger')], gone: [{ source: 'stub', externalId: 'never asked' }] }]);
  shop.clock.advance(hour);
  await recheck(tools);
  expect((await shop.list({ pile: 'all' })).map(({ post }) => [post.externalId, post.words])).toEqual([['c', 'kept']]);
});

test('what a platform told before it wanted a pause is not asked for again', async () => {
  const { shop, tools, asked, answers } = await heard([complaint('c'), kind('k')]);
  let stops = true;
  const source = tools.sources.find(({ id }) => id === 'stub');
  answers((stored) => {
    const [first] = stored;
    return [{ posts: first ? [first] : [] }];
  });
  const halting: Source | undefined = source && {
    ...source,
    recheck: async function* (request) {
      yield* source.recheck?.(request) ?? [];
      if (stops) throw new Fault('slow-down', 'Stub wants a pause.');
    },
  };
  const halted = { ...tools, sources: halting ? [halting] : [] };
  shop.clock.advance(hour);
  await recheck(halted);
  stops = false;
  await recheck(halted);
  expect(asked.map((ids) => ids.length)).toEqual([2, 1]);
});

test('a post that cannot be told of does not hold up the others', async () => {
  const { shop, tools, asked, answers } = await heard([complaint('c')]);
  answers(() => {
    throw new Fault('garbled', 'Stub has changed.');
  });
  shop.clock.advance(hour);
  await recheck(tools);
  await recheck(tools);
  expect(asked).toEqual([['c']]);
  shop.clock.advance(5 * hour);
  await recheck(tools);
  expect(asked).toEqual([['c'], ['c']]);
});
