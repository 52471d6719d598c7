/** A complaint that was answered where it stands needs no second word from the owner; a customer who writes again does. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { collect } from '../../src/jobs/collect.ts';
import { workCase } from '../../src/jobs/work-case.ts';
import type { Post } from '../../src/mention.ts';
import type { Source } from '../../src/sources/source.ts';
import { readCases } from '../../src/store/cases.ts';
import { readDecisions } from '../../src/store/decisions.ts';
import { cliEdges } from '../support/edges.ts';
import { aShop, opened, said } from '../support/shop.ts';
import { listeningTo, stubSource, stubWatch } from '../support/stub-source.ts';

const now = Date.parse('2026-11-21T12:00Z');
const day = 86_400_000;
const body = 'brands:\n  - { name: Blue Door, sources: {} }\n';
const review = said('Still waiting for my refund from Blue Door, nobody answers. Never again!', {
  source: 'stub',
  externalId: 'r1',
  publishedAt: now - 20 * day,
  rating: { value: 1, scale: 5 },
});
const answer = { text: 'Sorry! Please write to help@bluedoor.example.', at: Date.parse('2026-11-03T09:00Z') };

/** A shop whose platform shows whatever `shows` was last given. */
async function aPlatform(first: Post, keeps: Source['keeps'] = 'everything') {
  const shop = aShop(now);
  const { app } = await opened(shop, body);
  const config = join(shop.folder, 'earshot.yaml');
  writeFileSync(config, `store: earshot.db\ntimezone: UTC\n${body}`);
  let shown = first;
  const stub = stubSource('newest-first', () => [{ posts: [shown] }]);
  const source = { ...stub, title: 'Stub Reviews', kind: 'reviews' as const, keeps };
  const tools = listeningTo(app, source, [stubWatch({ certain: true, scope: 'brand' })]);
  const look = async (post = shown) => {
    shown = post;
    shop.clock.advance(60_000);
    await collect(tools, { watches: tools.watches });
    return app.store.read('cases', async (tx) => (await readCases(tx, [1]))[0]);
  };
  const earshot = async (...argv: string[]) => {
    const edges = cliEdges({ argv: ['--config', config, ...argv], cwd: shop.folder, clock: shop.clock });
    await run(edges);
    return edges.said.out.replaceAll(/\s+/g, ' ');
  };
  return { tools, look, earshot };
}

test('answered there, it is answered here, with where and when; JSON and show tell the words', async () => {
  const { tools, look, earshot } = await aPlatform(review);
  expect((await look())?.state).toBe('new');
  expect(JSON.parse(await earshot('list', '--json'))[0].answer).toBeNull();

  const known = await look({ ...review, answer });
  expect(known).toMatchObject({ state: 'answered', owner: null, dueAt: null });
  expect(known?.events.at(-1)).toMatchObject({
    kind: 'answered',
    by: 'earshot',
    details: { where: 'Stub Reviews', answeredAt: answer.at },
  });
  const shown = await earshot('show', 'c1');
  expect(shown).toContain(`You answered on stub on 3 Nov: “${answer.text}”`);
  expect(shown).toContain('Earshot saw that it was answered on Stub Reviews on 3 Nov');
  expect(JSON.parse(await earshot('show', 'm1', '--json')).answer).toEqual({
    text: answer.text,
    at: '2026-11-03T09:00:00.000Z',
  });
  // Whether the flag was right nobody has said by that.
  const [decision] = await tools.store.read('decisions', (tx) =>
    readDecisions(tx, { brandIds: ['blue-door'], since: 0 }),
  );
  expect(decision?.worked).toBeNull();
});

test('a review that comes with its answer opens a case that waits for nobody', async () => {
  const { look } = await aPlatform({ ...review, answer });
  expect((await look())?.events.map(({ kind }) => kind)).toEqual(['found', 'answered']);
});

test('each answer counts once: taken back it stays so, until another one is written', async () => {
  const { tools, look } = await aPlatform({ ...review, answer });
  await look();
  await workCase(tools, { id: 1, of: 'case' }, { kind: 'undo', by: 'Ana', details: {} });
  expect((await look())?.state).toBe('open');
  expect((await look({ ...review, answer: { text: 'We have paid.', at: now - day } }))?.state).toBe('answered');
});

test('whoever wrote after the answer waits for another one', async () => {
  const { look } = await aPlatform({ ...review, editedAt: answer.at + day, answer });
  expect((await look())?.state).toBe('new');
});

test('where nothing may be kept the answer is not kept either, and counts once all the same', async () => {
  const { look, earshot } = await aPlatform({ ...review, answer }, 'id-only');
  expect((await look())?.state).toBe('answered');
  const again = await look();
  expect(again?.events.filter(({ kind }) => kind === 'answered')).toMatchObject([
    { details: { where: 'Stub Reviews' } },
  ]);
  expect(again?.events.some(({ details }) => 'answeredAt' in details)).toBe(false);
  expect(JSON.parse(await earshot('show', 'm1', '--json')).answer).toBeNull();
});
