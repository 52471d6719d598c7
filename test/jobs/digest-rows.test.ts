/** What a digest tells of: what we first heard in its window, whenever it was said. */
import { describe, expect, test } from 'vitest';
import { renderText } from '../../src/digest/render-text.ts';
import { collect } from '../../src/jobs/collect.ts';
import { digestRows } from '../../src/jobs/digest-rows.ts';
import { mark } from '../../src/jobs/mark.ts';
import { draftDigest } from '../../src/jobs/send-digest.ts';
import { takeIn } from '../../src/jobs/take-in.ts';
import { unconnected } from '../../src/jobs/unconnected.ts';
import type { Trade } from '../../src/sources/source.ts';
import { sources } from '../support/every-source.ts';
import { aShop, opened, said } from '../support/shop.ts';
import { listeningTo, stubSource, stubWatch } from '../support/stub-source.ts';

const hour = 3_600_000;
const day = 24 * hour;
const config = 'timezone: UTC\nbrands:\n  - { name: Blue Door, sources: {} }\n  - { name: Red Gate, sources: {} }\n';

const kind = 'Blue Door is wonderful: friendly staff, lovely coffee, the best in town!';
const perhaps = [
  'Blue Door could be better. Coffee was a bit cold.',
  'Blue Door, when will my order arrive?',
  '昨日Blue Doorでコーヒーを飲みましたが冷たかったです',
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

test('open cases under a name that the config does not know any more are told of, with what takes them along', async () => {
  const shop = aShop(Date.parse('2026-11-20T08:00Z'));
  const { app: before } = await opened(shop, config);
  const hurt = 'Red Gate charged me twice and nobody answers. I want my refund!';
  await takeIn(before, [said(hurt, { publishedAt: shop.clock.now() })], { brandId: null, dryRun: false });
  const renamed = config.replace('Red Gate', 'Red Gate Dining');
  const { app } = await opened(shop, renamed);
  const window = { from: shop.clock.now() - day, to: shop.clock.now() };
  const digest = await draftDigest(app, { kind: 'digest', recipient: 'ana@x.example', timezone: 'UTC', window });
  expect(digest.needsYou.items).toEqual([]);
  expect(digest.lead.join(' ')).toMatch(/1 open case stands under Red Gate,.*write `id: red-gate` under it/);
  expect(renderText(digest)).toContain('write `id: red-gate`');
  const { app: along } = await opened(shop, renamed.replace('Dining,', 'Dining, id: red-gate, aliases: [Red Gate],'));
  const again = await draftDigest(along, { kind: 'digest', recipient: 'ana@x.example', timezone: 'UTC', window });
  expect(again.lead.join(' ')).not.toMatch(/stands under/);
  expect(again.needsYou.items).toHaveLength(1);
});

test('that a regular says it is told once, beside their name', async () => {
  const shop = aShop(Date.parse('2026-11-20T08:00Z'));
  const { app } = await opened(shop, config);
  const author = { handle: 'ana', name: null, url: null, followers: null };
  const weeksAgo = (weeks: number) => ({ source: 'bluesky', author, publishedAt: shop.clock.now() - weeks * 8 * day });
  const posts = [3, 2, 1].map((weeks) => said(`${kind} Week ${weeks}.`, weeksAgo(weeks)));
  const late = said('Blue Door charged me twice and nobody answers. I want my refund!', weeksAgo(0));
  await takeIn(app, [...posts, late], { brandId: null, dryRun: false });
  const window = { from: shop.clock.now() - day, to: shop.clock.now() };
  const rows = await digestRows(app, { kind: 'digest', recipient: 'ana@x.example', timezone: 'UTC', window });
  const [needing] = rows.needsYou;
  expect(needing?.text).toBe(late.text);
  expect(rows.regulars?.[needing?.id ?? 0]).toMatch(/^regular: 4 posts since \w+, praised you 3 times$/);
  expect(rows.priority?.get(needing?.id ?? 0)?.join(' ')).not.toMatch(/praised|spoken/);
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

describe('after a week without a mention', () => {
  const week = async (brands: string, ...posts: readonly string[]) => {
    const shop = aShop(Date.parse('2026-11-20T08:00Z'));
    const { app } = await opened(shop, `timezone: UTC\nbrands:\n${brands}`);
    const now = shop.clock.now();
    const tools = listeningTo(
      app,
      stubSource('newest-first', () => []),
    );
    await collect(tools, { watches: tools.watches });
    await takeIn(app, [said(kind, { publishedAt: now - 2 * day })], { brandId: null, dryRun: false });
    shop.clock.advance(6 * day);
    const later = posts.map((text) => said(text, { publishedAt: shop.clock.now() - hour }));
    await takeIn(app, later, { brandId: null, dryRun: false });
    const window = { from: shop.clock.now() - day, to: shop.clock.now() };
    const wish = { kind: 'digest', recipient: 'ana@x.example', timezone: 'UTC', window } as const;
    return { rows: await digestRows(app, wish), digest: await draftDigest(app, wish), shop, app };
  };
  const restaurant = '  - { name: Blue Door, trade: restaurant, sources: { bluesky: {}, reddit: {} } }\n';

  test('the mail says so, and names the places for that kind of business that nobody has connected', async () => {
    const { rows, digest } = await week(restaurant);
    expect(rows.quietDays).toBe(8);
    const [silence, places] = digest.lead;
    expect(silence).toMatch(/^Nobody has mentioned you for 8 days\./);
    expect(places).toMatch(/^Not connected yet, though people talk of a restaurant or café there: .*Mailbox/);
    expect(places).toMatch(/; what is said on Google reviews, TripAdvisor and Facebook can come to you by mail\.$/);
    expect(places).not.toMatch(/Bluesky|Reddit|App Store|Stack Exchange|A file/);
    expect(digest.connect?.command).toBe('npx earshot sources');
  });

  test('one mention of us ends the silence, one of somebody else of our name does not', async () => {
    expect((await week(restaurant, kind)).rows.quietDays).toBe(0);
    const { app, shop, rows } = await week(restaurant, perhaps[0] ?? '');
    expect(rows.quietDays).toBe(0);
    const [{ id = 0 } = {}] = await shop.list({ pile: 'all' });
    await mark(app, { mentionId: id, kind: 'not-us', by: 'Ana', why: null, undo: false });
    const window = { from: shop.clock.now() - day, to: shop.clock.now() };
    const wish = { kind: 'digest', recipient: 'ana@x.example', timezone: 'UTC', window } as const;
    expect((await digestRows(app, wish)).quietDays).toBe(8);
  });

  test('what kind of business it is decides; of several, what none of them has; all connected, nothing is named', async () => {
    const brand = (trade: Trade | null, ...ids: readonly string[]) => ({
      trade,
      sources: new Map(ids.map((id) => [id, { options: {}, cron: '', quietAfterMs: 0, account: null }])),
    });
    const all = sources.map(({ id }) => id);
    expect(await unconnected([brand('software', ...all)], sources)).toBeNull();
    const app = await unconnected([brand('software', ...all.filter((id) => id !== 'app-store'))], sources);
    expect(app).toEqual({ business: 'software', places: ['App Store'], byMail: [] });
    expect(await unconnected([brand('restaurant', ...all.filter((id) => id !== 'app-store'))], sources)).toBeNull();
    const unknown = await unconnected([brand(null)], sources);
    expect(unknown?.business).toBeNull();
    expect(unknown?.places).toContain('Bluesky');
    expect(unknown?.places).not.toContain('App Store');
    const two = [brand('restaurant', ...all.filter((id) => id !== 'mailbox')), brand('software', 'mailbox')];
    expect(await unconnected(two, sources)).toBeNull();
  });
});
