/** `kill -9` at any moment: nothing that was heard is lost, nothing is there twice, each mail goes out once. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { openApp } from '../../src/app.ts';
import { doWhatIsDue } from '../../src/daemon/once.ts';
import { fakeClock } from '../support/clock.ts';
import { loopback, type Received } from '../support/loopback.ts';
import { contents, edgesOf, type House, house, mailsIn, rss } from './house.ts';
import { start } from './processes.ts';

const homes: House[] = [];
afterEach(() => {
  for (const made of homes.splice(0)) made.remove();
});

const searchPath = '/api/v1/search_by_date';
const pages = 6;
const hitsAPage = 20;
const began = Date.now();

/** Every fifth is a complaint, every seventh is about another business, and each page repeats one of the page before. */
function hit(page: number, index: number) {
  const id = page * hitsAPage + index - (page > 0 && index === 0 ? 1 : 0);
  const name = id % 7 === 3 ? 'Red Door Bakery' : 'Blue Door Coffee';
  const text =
    id % 5 === 0 ? `charged my card twice for order ${id}, and nobody answers.` : `is where I met friend ${id}.`;
  return {
    objectID: String(id),
    created_at_i: Math.floor(began / 1000) - id * 600,
    author: `person${id}`,
    comment_text: `${name} ${text}`,
  };
}

async function platform() {
  const search = async ({ query }: Received) => {
    const page = Number(query.get('page'));
    // Some time between the pages, so that a kill meets reading, judging and saving alike.
    await new Promise((resolve) => setTimeout(resolve, 15));
    return { json: { hits: Array.from({ length: hitsAPage }, (_, index) => hit(page, index)), nbPages: pages } };
  };
  const notes = rss(
    Array.from({ length: 30 }, (_, index) => ({
      id: `note-${index}`,
      text: index % 3 ? 'Blue Door Coffee again' : 'Blue Door Coffee never refunded me',
      at: began - index * 3_600_000,
    })),
  );
  return loopback({ [searchPath]: search, '/notes.xml': notes });
}

/** After how many of the search's pages were asked for, and how many milliseconds later; after the sixth the rest is saved. */
// biome-ignore format: pairs
const moments: readonly (readonly [pages: number, delayMs: number])[] = [
  [1, 0], [1, 9], [2, 5], [2, 16], [3, 0], [3, 12], [4, 3], [5, 0], [5, 17], [6, 8],
  [6, 18], [6, 25], [6, 35], [6, 50],
];

test('a pass that is killed at many moments and then left alone ends with what an undisturbed one has', {
  timeout: 120_000,
}, async () => {
  const server = await platform();
  const sources = { 'hacker-news': { baseUrl: server.url }, feed: { urls: [`${server.url}/notes.xml`] } };
  const control = house(sources);
  let shop = house(sources);
  homes.push(control, shop);
  expect(await start(control, '--once').ended).toBe(0);

  const wanted = await contents(control.store);
  const { length } = wanted.mentions;
  expect(length).toBeGreaterThan(100);

  const heardAll = async () => {
    const last = start(shop, '--once');
    expect([await last.ended, last.err()]).toEqual([0, expect.not.stringContaining('mistake')]);
    const { mentions } = await contents(shop.store);
    expect(new Set(mentions).size).toBe(mentions.length);
    expect(mentions).toEqual(wanted.mentions);
  };
  let killed = 0;
  for (const [pagesAsked, delayMs] of moments) {
    const asked = () => server.requests.filter(({ path }) => path === searchPath).length;
    const before = asked();
    const running = start(shop, '--once');
    await vi.waitFor(() => expect(asked()).toBeGreaterThanOrEqual(before + pagesAsked), {
      timeout: 15_000,
      interval: 1,
    });
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    running.child.kill('SIGKILL');
    if ((await running.ended) === null) killed += 1;
    const { runs } = await contents(shop.store);
    if (!runs.some(({ watch, outcome }) => watch === 'search' && outcome === 'complete')) continue;
    // The search came to its end before it died and is not due again; the next ones meet a database of their own.
    await heardAll();
    shop = house(sources);
    homes.push(shop);
  }
  expect(killed).toBeGreaterThanOrEqual(12);

  await heardAll();
});

test('a mail goes out once, however often its sender dies', { timeout: 120_000 }, async () => {
  const server = await loopback({
    '/notes.xml': rss([{ id: 'one', text: 'Blue Door Coffee lost my order', at: began }]),
  });
  const sources = { feed: { urls: [`${server.url}/notes.xml`] } };
  const folderOf = (shop: House) => join(shop.folder, 'data', 'outbox');
  for (const delayMs of [0, 50, 110]) {
    const shop = house(sources);
    homes.push(shop);
    const running = start(shop, '--once');
    await vi.waitFor(() => expect(running.err()).toContain('heard 127.0.0.1'), { timeout: 15_000, interval: 1 });
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    running.child.kill('SIGKILL');
    await running.ended;
    // Its claim has run out an hour later: then it is taken up, under its old name.
    for (const laterMs of [3_600_000, 3_660_000]) {
      const tools = await openApp(edgesOf(shop, { clock: fakeClock(Date.now() + laterMs) }), { config: shop.config });
      expect(await doWhatIsDue(tools)).toBe(true);
      await tools.close();
    }
    expect((await contents(shop.store)).mails).toMatchObject([{ kind: 'welcome', state: 'sent' }]);
    expect(mailsIn(shop)).toHaveLength(1);
    expect(readdirSync(folderOf(shop)).filter((name) => name.endsWith('.part'))).toEqual([]);
  }
});
