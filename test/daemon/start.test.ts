/** `earshot start` as a process: one for each database, stopped cleanly, and beside cron. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { preciseTrouble } from '../../src/findings/judges/model.ts';
import { loopback } from '../support/loopback.ts';
import { contents, type FeedItem, type House, house, mailsIn, rss } from './house.ts';
import { childrenOf, earshot, start } from './processes.ts';

const homes: House[] = [];
const home = (sources: object, more: object = {}): House => {
  const made = house(sources, more);
  homes.push(made);
  return made;
};
afterEach(() => {
  for (const made of homes.splice(0)) made.remove();
});

const complaint = (id: string): FeedItem => ({
  id,
  text: 'Blue Door Coffee charged my card twice and nobody answers. I want my refund.',
  at: Date.now() - 3_600_000,
});
const hit = (id: number) => ({
  objectID: String(id),
  created_at_i: Math.floor(Date.now() / 1000) - id * 60,
  author: 'ana',
  comment_text: `Blue Door Coffee lost order ${id} and I am still waiting for my refund.`,
});

describe('a daemon', { timeout: 60_000 }, () => {
  test('listens, sends the welcome after the first pass, refuses a second one, and is no trouble for cron', async () => {
    const server = await loopback({ '/notes.xml': rss([complaint('one'), complaint('two')]) });
    const shop = home({ feed: { urls: [`${server.url}/notes.xml`] } });
    const daemon = start(shop);
    await daemon.said('sent the mail of');
    expect(mailsIn(shop)).toHaveLength(1);
    expect(daemon.err()).toContain('Listening in one place for Blue Door Coffee');

    const second = start(shop);
    expect(await second.ended).toBe(1);
    expect(second.err()).toContain('Earshot is running already');
    expect(second.err()).toContain('Stop that one first');
    const once = start(shop, '--once');
    expect(await once.ended).toBe(0);
    expect(once.err()).toBe('Another Earshot is at work with this database, so there is nothing to do.\n');

    daemon.child.kill('SIGTERM');
    expect(await daemon.ended).toBe(0);
    expect((await contents(shop.store)).mentions).toHaveLength(2);
    const lines = daemon.err().trim().split('\n');
    const heard = lines.map((line) => JSON.parse(line) as Record<string, unknown>).find((line) => line.outcome);
    expect(heard).toMatchObject({ level: 'info', outcome: 'complete', seen: 2, fresh: 2, flagged: 2, setAside: {} });
    expect(daemon.err()).not.toContain('refund');
  });

  test('asked to stop while a platform keeps it waiting, it keeps the page that came, and ends within 5 s', async () => {
    const server = await loopback({
      '/api/v1/search_by_date': ({ query }) =>
        query.get('page') === '0'
          ? { json: { hits: [hit(1), hit(2)], nbPages: 3 } }
          : // Never answered: the socket stays open until somebody gives up.
            new Promise(() => undefined),
    });
    const shop = home({ 'hacker-news': { baseUrl: server.url } });
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const before = server.requests.length;
      const daemon = start(shop);
      await vi.waitFor(() => expect(server.requests.length).toBe(before + 2), { timeout: 15_000, interval: 10 });
      const asked = Date.now();
      daemon.child.kill(signal);
      expect(await daemon.ended).toBe(0);
      expect(Date.now() - asked).toBeLessThan(5_000);
      expect(daemon.err()).toContain('stopped; everything heard so far is kept');
    }
    const { mentions, runs } = await contents(shop.store);
    expect(mentions).toHaveLength(2);
    expect(runs).toEqual([
      { watch: 'search', outcome: 'cut-short', seen: 2, fault: null },
      { watch: 'search', outcome: 'cut-short', seen: 2, fault: null },
    ]);
  });
});

describe.skipIf(preciseTrouble() !== null || !existsSync('/proc/self/task'))(
  'asked to stop while the precise judge reads',
  { timeout: 60_000 },
  () => {
    /** Its process, somewhere below the one that was started. */
    const preciseBelow = (pid: number | undefined): boolean =>
      childrenOf(pid).some(
        (child) => readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('precise-process') || preciseBelow(child),
      );

    test.each([
      [['start'], 'SIGTERM'],
      [['start'], 'SIGINT'],
      [['start', '--once'], 'SIGTERM'],
      [['collect'], 'SIGINT'],
    ] as const)('%j on %s ends at once, keeps what it heard, and logs no trouble', async (words, signal) => {
      const shop = home({ file: { path: 'posts.jsonl' } });
      const posts = Array.from({ length: 600 }, (_, id) => ({
        id,
        text: `Well, Blue Door Coffee. Order ${id}, then, hm; it is what it is, said my sister. Nobody came, as they say.`,
      }));
      writeFileSync(`${shop.folder}/posts.jsonl`, posts.map((post) => JSON.stringify(post)).join('\n'));
      const process = earshot(shop, words, '');
      await vi.waitFor(() => expect(preciseBelow(process.child.pid)).toBe(true), { timeout: 30_000, interval: 10 });
      const asked = Date.now();
      process.child.kill(signal);
      expect([await process.ended, process.err()]).toEqual([0, expect.not.stringMatching(/precise|"level":"error"/)]);
      expect(Date.now() - asked).toBeLessThan(5_000);
      const { mentions, runs } = await contents(shop.store);
      expect(runs.map(({ seen }) => seen)).toEqual([600]);
      expect(mentions).toHaveLength(600);
    });
  },
);

test.skipIf(!existsSync('/proc/self/status'))(
  'idle after the first pass over ten places and the welcome, it holds less than 120 MB',
  { timeout: 60_000 },
  async () => {
    const names = Array.from({ length: 10 }, (_, index) => `/notes-${index}.xml`);
    const server = await loopback(Object.fromEntries(names.map((name) => [name, rss([complaint(name)])])));
    const shop = home({ feed: { urls: names.map((name) => server.url + name) } }, { inbox: undefined });
    const daemon = start(shop);
    await daemon.said('sent the mail of');
    const residentKb = () =>
      Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${daemon.child.pid}/status`, 'utf8'))?.[1]);
    await vi.waitFor(() => expect(residentKb()).toBeLessThan(120_000), { timeout: 15_000, interval: 100 });
  },
);

describe('start --once', { timeout: 60_000 }, () => {
  test('does what is due and ends; the next call has nothing to do', async () => {
    const server = await loopback({ '/notes.xml': rss([complaint('one')]), '/gone.xml': { status: 404 } });
    const shop = home({ feed: { urls: [`${server.url}/notes.xml`, `${server.url}/gone.xml`] } });
    const first = start(shop, '--once');
    // A place that cannot be read is told, in the log and in the mail; the pass itself went well.
    expect([await first.ended, first.err()]).toEqual([0, expect.stringContaining('could not look at')]);
    const asked = server.requests.length;
    const again = start(shop, '--once');
    expect(await again.ended).toBe(0);
    expect(server.requests).toHaveLength(asked);
    const { mentions, mails } = await contents(shop.store);
    expect([mentions.length, mails]).toEqual([
      1,
      [{ kind: 'welcome', recipient: 'owner@bluedoor.example', state: 'sent', tries: 1 }],
    ]);
  });

  test('says in a sentence what is wrong with the config or the folder', async () => {
    const shop = home({ feed: { urls: ['https://news.example/feed.xml'] } });
    shop.configure({ brnads: [] });
    const broken = start(shop, '--once');
    expect([await broken.ended, broken.err()]).toEqual([1, expect.stringContaining('brnads')]);
    shop.configure({ store: `${shop.config}/earshot.db` });
    const nowhere = start(shop);
    expect([await nowhere.ended, nowhere.err()]).toEqual([1, expect.stringContaining('cannot be opened or made')]);
  });
});
