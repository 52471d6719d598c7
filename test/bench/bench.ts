/** `npm run bench`: the numbers Earshot promises, each beside its reference, measured now on this machine. */
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { RunsFace } from '../../src/face/run.ts';
import { countListed } from '../../src/store/mention-list.ts';
import { openStore } from '../../src/store/store.ts';
import { listenedTo, restingMb } from './daemon.ts';
import { serveEvents } from './jetstream.ts';
import { makePlace, type Place, serveFeeds } from './place.ts';
import { brandNames, inventPosts } from './posts.ts';
import { earshot, median, type Ran, runNode } from './process.ts';
import { inventedNames } from './said.ts';
import { type Row, tableOf } from './table.ts';

const posts = 10_000;
const mentions = 100_000;
/** A feed may have 4 MB. */
const feeds = 4;
const script = (name: string) => join(import.meta.dirname, name);
const places: Place[] = [];
const rows: Row[] = [];

/** Twenty seconds of five thousand events each. */
const events = 100_000;
const brands = 1_000;
const Alone = z.object({ wallMs: z.number(), cpuMs: z.number(), run: RunsFace.shape.runs.element });
const References = z.object({
  inserts: z.number(),
  sentiment: z.number(),
  fewBrands: z.number(),
  manyBrands: z.number(),
  manyQueries: z.number(),
});

function place(urls: readonly string[] = []): Place {
  const made = makePlace(urls);
  places.push(made);
  return made;
}

function progress(what: string): void {
  process.stderr.write(`${what} …\n`);
}

/** As often as wanted, but where the machine is slow no longer than this. */
const patienceMs = 15_000;

async function repeated<Value>(times: number, act: () => Promise<Value>): Promise<Value[]> {
  const began = performance.now();
  const values = [await act()];
  while (values.length < times && performance.now() - began < patienceMs) values.push(await act());
  return values;
}

/** Runs in turn, so that what else the machine does meets all of them. */
async function inTurn(times: number, ...commands: (readonly string[])[]): Promise<Ran[][]> {
  const ran: Ran[][] = commands.map(() => []);
  await repeated(times, async () => {
    for (const [which, words] of commands.entries()) ran[which]?.push(await runNode(words));
  });
  return ran;
}

const wall = (ran: readonly Ran[] = []) => median(ran.map(({ wallMs }) => wallMs));
const ms = (value: number) => `${Math.round(value)} ms`;
const mb = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} MB`;
const each = (rate: number) => `${Math.round(rate).toLocaleString('en')}/s`;
const times = (value: number) => `× ${value < 10 ? value.toFixed(2) : value.toFixed(0)}`;

async function startUp(): Promise<void> {
  progress('starting up');
  const [bare, help] = await inTurn(11, ['-e', '0'], [earshot, '--help']);
  const over = wall(help) - wall(bare);
  rows.push({
    what: 'earshot --help, over node',
    measured: ms(over),
    limit: '150 ms',
    reference: `node -e 0: ${ms(wall(bare))}`,
    ratio: times(wall(help) / wall(bare)),
    verdict: over <= 150 ? 'ok' : 'over',
  });
}

interface Rates {
  readonly inserts: number;
  readonly sentiment: number;
}

async function references(): Promise<Rates> {
  progress('references');
  const { database } = place();
  const { out } = await runNode([script('references.ts'), `${database}.raw`, String(posts)]);
  const { fewBrands, manyBrands, manyQueries, ...rates } = References.parse(JSON.parse(out));
  rows.push({
    what: 'matching, 1,000 brands',
    measured: each(manyBrands),
    limit: '',
    reference: `3 brands: ${each(fewBrands)}`,
    ratio: times(manyBrands / fewBrands),
    verdict: '',
  });
  rows.push({
    what: '  each with a query of its own',
    measured: each(manyQueries),
    limit: '',
    reference: `without: ${each(manyBrands)}`,
    ratio: times(manyQueries / manyBrands),
    verdict: '',
  });
  return rates;
}

/** By then the word lists are read and the machine knows its way. */
const heardBefore = 2_000;

/** Judging and storing without platform and start, in one `collect`: the first posts of a process, and those that come after others. */
async function collectAlone(rates: Rates): Promise<void> {
  for (const [naming, before] of [
    [100, 0],
    [100, heardBefore],
    [10, 0],
  ] as const) {
    progress(`collecting ${posts} posts, ${naming} % name a brand, ${before} heard before`);
    const looks = await repeated(3, async () => {
      const words = [place().config, posts, naming, before].map(String);
      const { out } = await runNode([script('collect-alone.ts'), ...words]);
      const look = Alone.parse(JSON.parse(out));
      const { outcome, seen } = look.run;
      if (outcome !== 'complete' || seen !== posts) throw new Error(`the look ended ${outcome} after ${seen} posts`);
      return look;
    });
    const rate = (posts / median(looks.map(({ cpuMs }) => cpuMs))) * 1000;
    const wallRate = (posts / median(looks.map(({ wallMs }) => wallMs))) * 1000;
    const what =
      before > 0
        ? `  as many behind ${before.toLocaleString('en')} others`
        : `assess + store, ${naming} % name a brand`;
    const verdict = wallRate >= 5000 ? 'ok' : 'over';
    const raw = { reference: `plain inserts: ${each(rates.inserts)}`, ratio: times(wallRate / rates.inserts) };
    const words = { reference: `sentiment alone: ${each(rates.sentiment)}`, ratio: times(rate / rates.sentiment) };
    rows.push({ what, measured: each(wallRate), limit: '5,000/s', ...raw, verdict });
    rows.push({ what: '  with the compiler’s threads', measured: each(rate), limit: '', ...words, verdict: '' });
  }
}

/** From the shell to the prompt: start, fetch, read four feeds, judge, store, report. */
async function collectCommand(): Promise<void> {
  progress('earshot collect over feeds');
  const served = await serveFeeds(inventPosts({ count: posts, naming: 100, until: Date.now() - 3_600_000 }), feeds);
  try {
    const ran = await repeated(3, async () => {
      const one = await runNode([earshot, 'collect', '--json', '--config', place(served.urls).config]);
      const { runs } = RunsFace.parse(JSON.parse(one.out));
      const seen = runs.reduce((sum, run) => sum + run.seen, 0);
      if (seen !== posts) throw new Error(`${seen} posts were seen`);
      return one;
    });
    const rate = (posts / median(ran.map(({ cpuMs }) => cpuMs))) * 1000;
    const peak = median(ran.map(({ peakMb }) => peakMb));
    const what = 'earshot collect, 4 feeds, all of it';
    const reference = `on the wall: ${each((posts / wall(ran)) * 1000)}`;
    rows.push({ what, measured: each(rate), limit: '', reference, ratio: '', verdict: '' });
    rows.push({ what: '  its memory at most', measured: mb(peak), limit: '', reference: '', ratio: '', verdict: '' });
  } finally {
    await served.close();
  }
}

async function listing(): Promise<void> {
  progress(`storing ${mentions} mentions`);
  const { config, databaseMb } = place();
  await runNode([script('fill.ts'), config, String(mentions)]);
  const perMention = (databaseMb() / mentions) * 2 ** 20;
  progress('listing them');
  const list = (...words: string[]) => [earshot, 'list', '--config', config, ...words];
  const ways = [[], ['--json'], ['--all'], ['--unsure'], ['--search', 'refund']];
  const [bare, ...ran] = await inTurn(5, ['-e', '0'], ...ways.map((words) => list(...words)));
  for (const [which, words] of ways.entries()) {
    const took = wall(ran[which]);
    rows.push({
      what: `earshot list ${words.join(' ')}`.trim(),
      measured: `${ms(took)}, ${ms(median((ran[which] ?? []).map(({ cpuMs }) => cpuMs)))} of processor`,
      limit: '300 ms',
      reference: `node -e 0: ${ms(wall(bare))}`,
      ratio: times(took / wall(bare)),
      verdict: took <= 300 ? 'ok' : 'over',
    });
  }
  const reference = `${Math.round(perMention)} bytes a mention`;
  const measured = mb(databaseMb());
  rows.push({ what: 'database of 100,000 mentions', measured, limit: '', reference, ratio: '', verdict: '' });
}

/** The daemon itself, as fast as it can, from a server that waits for nothing: how much more than it must it could hear. */
async function listening(): Promise<void> {
  progress(`listening to ${events} events for ${brands} brands`);
  const served = await serveEvents(events);
  try {
    const names = [...brandNames, ...inventedNames(brands - brandNames.length)];
    const made = makePlace([], { stream: served.url, names });
    places.push(made);
    const { wallMs, cpuMs, startMb, peakMb } = await listenedTo([earshot, 'start', '--config', made.config], served);
    const kept = await mentionsIn(made.database);
    if (kept !== served.naming) throw new Error(`of ${served.naming} posts that name a brand ${kept} were kept`);
    const rate = (events / wallMs) * 1000;
    rows.push({
      what: 'Bluesky live, 1,000 brands',
      measured: each(rate),
      limit: '5,000/s',
      reference: `of its processor time: ${each((events / cpuMs) * 1000)}`,
      ratio: '',
      verdict: rate >= 5_000 ? 'ok' : 'over',
    });
    const verdict = peakMb <= 250 ? 'ok' : 'over';
    rows.push({
      what: '  its memory at most',
      measured: mb(peakMb),
      limit: '250 MB',
      reference: `starting: ${mb(startMb)}`,
      ratio: '',
      verdict,
    });
  } finally {
    await served.close();
  }
}

async function mentionsIn(database: string): Promise<number> {
  const store = await openStore({ path: database, now: Date.now });
  try {
    return await store.read('bench', (tx) => countListed(tx, { pile: 'all' }));
  } finally {
    await store.close();
  }
}

async function resting(): Promise<void> {
  progress('a daemon at rest');
  const served = await serveFeeds(inventPosts({ count: 200, naming: 100, until: Date.now() - 3_600_000 }), 1);
  try {
    const { config } = place(served.urls);
    const held = await restingMb([earshot, 'start', '--config', config], 15_000);
    const bare = await restingMb(['-e', 'setInterval(() => undefined, 1000)'], 1_000);
    rows.push({
      what: 'earshot start, at rest',
      measured: mb(held),
      limit: '120 MB',
      reference: `node at rest: ${mb(bare)}`,
      ratio: times(held / bare),
      verdict: held <= 120 ? 'ok' : 'over',
    });
  } finally {
    await served.close();
  }
}

try {
  const began = performance.now();
  await startUp();
  const rates = await references();
  await collectAlone(rates);
  await collectCommand();
  await listing();
  await listening();
  await resting();
  const [processor] = cpus();
  const waiting = loadavg()[0] ?? 0;
  process.stdout.write(
    `${tableOf(rows)}\n\nRates and times are on the wall, medians; with the compiler’s threads: posts a second of processor time of all threads.\n` +
      `Node ${process.versions.node}, ${cpus().length} × ${processor?.model.trim()}; ${Math.round((performance.now() - began) / 1000)} s in all.\n` +
      (waiting > cpus().length + 1
        ? `The machine was busy with other things as well (load ${waiting.toFixed(1)}).\n`
        : ''),
  );
} finally {
  for (const one of places) one.clear();
}
