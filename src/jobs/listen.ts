/** Listens to one stream until it is told to stop: keeps what comes as it comes, and connects again where it was left. */
import { hourMs } from '../clock.ts';
import { watchName } from '../digest/place-name.ts';
import type { Page, Source } from '../sources/source.ts';
import { addRun } from '../store/runs.ts';
import { type Progress, progressOf, saveProgress, watchRow } from '../store/watches.ts';
import type { RunOutcome, Watch } from '../watch.ts';
import { pagesHeard } from './access.ts';
import { type LookTrouble, troubleOf } from './look-trouble.ts';
import { usualPatience } from './opinions.ts';
import { partsOf } from './page-parts.ts';
import { pauseAfter } from './pause-after.ts';
import { judgePage, nothingYet, type Tally, takePage } from './take-page.ts';
import type { Tools } from './tools.ts';

/** What names somebody is kept at once; how far it was read, and what was deleted, this often. */
const saveEveryMs = 5_000;
/** So that yesterday's mail can say what was heard yesterday. */
const runEveryMs = hourMs;

/** What of the listening is not in the database yet, and how it goes. */
interface Ear {
  readonly tools: Tools;
  readonly watch: Watch;
  readonly source: Source;
  /** As the database has it. */
  progress: Progress;
  /** Since the last run was written down. */
  tally: Tally;
  runSince: number;
  savedAt: number;
  /** Connections in a row through which nothing came, not even a sign of life. */
  vain: number;
}

/** One connection's end: the platform's, ours, or trouble. */
interface End {
  readonly trouble: LookTrouble | null;
}

/** A platform's trouble is waited out, told and recorded. @throws StoreTrouble */
export async function listen(tools: Tools, watch: Watch): Promise<void> {
  const { clock, log, signal, store } = tools;
  const source = tools.sources.find((one) => one.id === watch.source);
  if (!source) throw new RangeError(`no source ${watch.source}`);
  const before = await store.read('how far a stream was heard', (tx) => progressOf(tx, watch));
  // Whoever was killed has said no goodbye.
  const progress: Progress = { ...before, listeningSince: null };
  const now = clock.now();
  const ear: Ear = { tools, watch, source, progress, tally: nothingYet, runSince: now, savedAt: now, vain: 0 };
  while (!signal.aborted) {
    const { trouble } = await hear(ear);
    if (signal.aborted) break;
    if (trouble) await noteTrouble(ear, trouble);
    if (trouble && ear.vain === 1)
      log.warn(factsOf(watch, trouble), `could not listen to ${nameOf(ear)}: ${trouble.message}`);
    await clock.sleep(pauseAfter(trouble, ear.vain, clock.now()), signal);
  }
  await endRun(ear, 'complete', null);
}

/** One connection, from its beginning to its end. */
async function hear(ear: Ear): Promise<End> {
  const { tools, watch, source } = ear;
  const { signal } = tools;
  const { matcher } = await tools.judging();
  const net = await tools.net();
  const visit = net.visit({ source: source.id, pace: source.pace, account: watch.account, validators: {}, signal });
  ear.vain += 1;
  let held: Page | null = null;
  let trouble: LookTrouble | null = null;
  try {
    const pages = pagesHeard(
      tools,
      { watch, source, visit },
      {
        position: () => ear.progress.position,
        wanted: (post) => matcher.find(post).some(({ brandId }) => watch.brands.includes(brandId)),
      },
    );
    for await (const page of pages) {
      held = held === null ? page : joined(held, page);
      if (ear.vain === 0 && !isDue(ear, held)) continue;
      const ready = held;
      held = null;
      await save(ear, ready);
    }
  } catch (error) {
    trouble = troubleOf(error, tools, watch.source);
  }
  try {
    if (held !== null) await save(ear, held);
  } catch (error) {
    trouble = troubleOf(error, tools, watch.source);
  }
  return { trouble };
}

function joined(one: Page, other: Page): Page {
  return {
    ...one,
    ...other,
    posts: [...one.posts, ...other.posts],
    unreadable: [...(one.unreadable ?? []), ...(other.unreadable ?? [])],
    gone: [...(one.gone ?? []), ...(other.gone ?? [])],
    passedOver: (one.passedOver ?? 0) + (other.passedOver ?? 0),
  };
}

function isDue({ tools, savedAt }: Ear, { posts, gap, capped }: Page): boolean {
  return posts.length > 0 || gap !== undefined || capped === true || tools.clock.now() - savedAt >= saveEveryMs;
}

/** What came and how far that is, in one transaction. */
async function save(ear: Ear, page: Page): Promise<void> {
  const { tools, watch } = ear;
  const taking = { ...ear, wish: { since: null, dryRun: false }, patience: usualPatience() };
  for (const part of partsOf(page)) {
    const judged = await judgePage(taking, part);
    const now = tools.clock.now();
    const saved = await tools.store.write('what was heard', async (tx) => {
      const tally = await takePage(taking, tx, judged, ear.tally);
      const progress = heardUntil(await progressOf(tx, watch), { ear, part, tally, now });
      await saveProgress(tx, watchRow(watch), progress);
      return { tally, progress };
    });
    tellChange(ear, saved.progress, part);
    ear.tally = saved.tally;
    ear.progress = saved.progress;
    ear.savedAt = now;
    ear.vain = 0;
  }
  if (tools.clock.now() - ear.runSince >= runEveryMs) await endRun(ear, 'complete', null);
}

interface Heard {
  readonly ear: Ear;
  readonly part: Page;
  readonly tally: Tally;
  readonly now: number;
}

function heardUntil(before: Progress, { ear, part, tally, now }: Heard): Progress {
  const { position, gap, capped } = part;
  // Connected again where it was left, it has heard all along.
  const goesOn = ear.progress.listeningSince !== null && gap === undefined;
  return {
    ...before,
    position: position ?? before.position,
    markAt: now,
    firstRunAt: before.firstRunAt ?? now,
    lastTriedAt: now,
    lastGoodAt: now,
    lastNewAt: Math.max(tally.newest ?? 0, before.lastNewAt ?? 0) || null,
    fault: null,
    note: part.note ?? null,
    gapSince: capped ? now : before.gapSince,
    listeningSince: goesOn ? ear.progress.listeningSince : now,
    gap: gap ?? before.gap,
  };
}

function tellChange(ear: Ear, { listeningSince }: Progress, { gap }: Page): void {
  const { tools, watch, vain, progress } = ear;
  const facts = factsOf(watch, null);
  if (gap)
    tools.log.warn(
      { ...facts, ...gap },
      `${nameOf(ear)} was not heard all the time: what was said meanwhile may be missing`,
    );
  if (listeningSince !== progress.listeningSince || vain > 1) tools.log.info(facts, `listening to ${nameOf(ear)}`);
}

/** A line that breaks and is back at once was no trouble. */
async function noteTrouble(ear: Ear, trouble: LookTrouble): Promise<void> {
  if (ear.vain === 0 && trouble.kind === 'unreachable') return;
  await endRun(ear, ear.tally.seen > 0 ? 'cut-short' : 'failed', trouble);
}

async function endRun(ear: Ear, outcome: RunOutcome, trouble: LookTrouble | null): Promise<void> {
  const { tools, watch, tally, runSince } = ear;
  const now = tools.clock.now();
  const goesOn = trouble === null && !tools.signal.aborted;
  ear.progress = await tools.store.write('a stretch of listening', async (tx) => {
    const before = await progressOf(tx, watch);
    const since = before.fault?.since ?? now;
    const progress: Progress = {
      ...before,
      ...(goesOn ? {} : { listeningSince: null }),
      ...(trouble && { lastTriedAt: now, fault: { ...trouble, since } }),
    };
    const watchId = await saveProgress(tx, watchRow(watch), progress);
    const { seen, fresh, flagged, setAside } = tally;
    const fault = trouble && { kind: trouble.kind, message: trouble.message };
    const heard = before.lastGoodAt !== null && before.lastGoodAt >= runSince;
    if (heard || trouble)
      await addRun(tx, watchId, { startedAt: runSince, endedAt: now, outcome, seen, fresh, flagged, setAside, fault });
    return progress;
  });
  ear.tally = nothingYet;
  ear.runSince = now;
}

const nameOf = ({ watch, source }: Pick<Ear, 'watch' | 'source'>) => watchName(watch, source.title);

const factsOf = ({ source, key }: Watch, trouble: LookTrouble | null) => ({
  watch: `${source} ${key}`,
  ...(trouble && { fault: trouble.kind }),
});
