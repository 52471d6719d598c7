/** What a digest tells of: what we first heard in its window, whenever it was said. */
import { expect, test } from 'vitest';
import { collect } from '../../src/jobs/collect.ts';
import { digestRows } from '../../src/jobs/digest-rows.ts';
import { draftDigest } from '../../src/jobs/send-digest.ts';
import { takeIn } from '../../src/jobs/take-in.ts';
import { aShop, opened, said } from '../support/shop.ts';
import { listeningTo, stubSource, stubWatch } from '../support/stub-source.ts';

const hour = 3_600_000;
const day = 24 * hour;
const config = 'timezone: UTC\nbrands:\n  - { name: Blue Door, sources: {} }\n  - { name: Red Gate, sources: {} }\n';

const kind = 'Blue Door is wonderful: friendly staff, lovely coffee, the best in town!';
const perhaps = [
  'Blue Door could be better. Coffee was a bit cold.',
  'Blue Door, when will my order arrive?',
  'Blue Door again. Hmm, waited an hour, not sure I would come back?',
];

test('kind and unsure words stand in the mail after they were heard, not after they were said', async () => {
  const shop = aShop(Date.parse('2026-11-20T08:00Z'));
  const { app } = await opened(shop, config);
  const told = async (from: number) => {
    const window = { from, to: shop.clock.now() };
    const rows = await digestRows(app, { kind: 'digest', recipient: 'ana@x.example', timezone: 'UTC', window });
    return { praise: rows.praise.map(({ text }) => text), unsure: rows.unsure.map(({ id }) => id), fresh: rows.fresh };
  };
  const eight = shop.clock.now();
  shop.clock.advance(hour);
  const posts = [kind, ...perhaps].map((text) => said(text, { publishedAt: eight - hour }));
  await takeIn(app, posts, { brandId: null, dryRun: false });
  const unsure = (await shop.list({ pile: 'unsure' })).map(({ id }) => id);
  expect(unsure).not.toEqual([]);
  shop.clock.advance(23 * hour);
  expect(await told(eight)).toEqual({ praise: [kind], unsure, fresh: posts.length });
  const nextEight = shop.clock.now();
  shop.clock.advance(day);
  expect(await told(nextEight)).toEqual({ praise: [], unsure: [], fresh: 0 });
});

test('what was left out is told once, in the window in which the look ended', async () => {
  const shop = aShop(Date.parse('2026-11-20T07:59Z'));
  const { app } = await opened(shop, config);
  const began = shop.clock.now();
  const source = stubSource('newest-first', () => {
    shop.clock.advance(2 * 60_000);
    return [{ posts: [said('Nothing about anybody.', { source: 'stub' })] }];
  });
  await collect(listeningTo(app, source), { watches: [stubWatch()] });
  const leftOut = async (from: number, to: number) => {
    const wish = { kind: 'digest', recipient: 'ana@x.example', timezone: 'UTC', window: { from, to } } as const;
    return (await digestRows(app, wish)).leftOut;
  };
  expect(await leftOut(began - day, began + 60_000)).toEqual({});
  expect(await leftOut(began + 60_000, began + day)).toEqual({ 'no-match': 1 });
});

test('places that look alike are told apart by the brands’ names', async () => {
  const shop = aShop();
  const { app } = await opened(shop, config);
  const watches = ['blue-door', 'red-gate'].map((brand) =>
    stubWatch({ key: 'search', scope: 'brand', brands: [brand] }),
  );
  const tools = listeningTo(
    app,
    stubSource('newest-first', () => []),
    watches,
  );
  const now = shop.clock.now();
  const window = { from: now - day, to: now };
  const digest = await draftDigest(tools, { kind: 'digest', recipient: 'ana@x.example', timezone: 'UTC', window });
  expect(digest.places.lines.flatMap(({ places }) => places)).toEqual(['Stub for Blue Door', 'Stub for Red Gate']);
});
