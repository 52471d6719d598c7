/** Looks at watches: reads their pages, keeps what mentions a brand, and saves how far it came. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import PQueue from 'p-queue';
import type { RunFace } from '../face/run.ts';
import { Fault } from '../net/fault.ts';
import type { Net } from '../net/net.ts';
import type { Page, Session, Source } from '../sources/source.ts';
import { markGone } from '../store/post-words.ts';
import { saveRatings } from '../store/ratings.ts';
import { addRun } from '../store/runs.ts';
import type { Tx } from '../store/tables.ts';
import { noProgress, type Progress, readProgress, saveProgress } from '../store/watches.ts';
import type { RunOutcome, Watch } from '../watch.ts';
import { secretsFor, sessionFor } from './access.ts';
import { addCounts, type Judged, judgePosts, type SetAsideCounts } from './judge-posts.ts';
import { type Kept, keep } from './keep.ts';
import { partsOf } from './page-parts.ts';
import { type LookPlan, planLook } from './plan-look.ts';
import { rehearse } from './rehearse.ts';
import type { Tools } from './tools.ts';
import { termsFingerprint, termsOf } from './watches.ts';

export interface CollectWish {
  readonly watches: readonly Watch[];
  /** Milliseconds UTC: overrides where each watch goes on from; older posts are set aside. */
  readonly since?: number | null;
  /** Everything is read and judged, nothing is kept. */
  readonly dryRun?: boolean;
  /** Told after each watch. */
  readonly onRun?: (run: RunFace, done: number, of: number) => void;
}

/** Watches of different hosts are looked at side by side; the net door keeps each host's pace. */
const sideBySide = 8;

/** One watch's trouble never stops another's. @returns one run a watch, in the order of the watches */
export async function collect(tools: Tools, wish: CollectWish): Promise<RunFace[]> {
  const queue = new PQueue({ concurrency: sideBySide });
  let done = 0;
  return Promise.all(
    wish.watches.map((watch) =>
      queue.add(async () => {
        const run = await look(tools, watch, wish);
        done += 1;
        wish.onRun?.(run, done, wish.watches.length);
        return run;
      }),
    ),
  );
}

/** What one look has brought so far. */
interface Tally {
  seen: number;
  fresh: number;
  flagged: number;
  setAside: SetAsideCounts;
  /** When the newest post that came was said; null where none told. */
  newest: number | null;
  capped: boolean;
  note: string | null;
  position: string | null;
}

async function look(tools: Tools, watch: Watch, wish: CollectWish): Promise<RunFace> {
  const { clock, store } = tools;
  const startedAt = clock.now();
  const source = tools.sources.find((one) => one.id === watch.source);
  if (!source) throw new RangeError(`no source ${watch.source}`);
  const progress = (await store.read('progress', (tx) => readProgress(tx, [watchRow(watch)])))[0] ?? noProgress;
  const fingerprint = termsFingerprint(watch, tools.config.brands);
  const plan = planLook(progress, {
    now: startedAt,
    firstLookMs: tools.config.firstLookMs,
    overlapMs: source.overlapMs,
    termsFingerprint: fingerprint,
    since: wish.since ?? null,
  });
  const net = await tools.net();
  const visit = net.visit({
    source: source.id,
    pace: source.pace,
    account: watch.account,
    validators: plan.afresh ? {} : progress.validators,
    signal: tools.signal,
  });
  const tally: Tally = {
    seen: 0,
    fresh: 0,
    flagged: 0,
    setAside: {},
    newest: null,
    capped: false,
    note: null,
    position: null,
  };
  const about = { watch, source, wish };
  const finish = async (outcome: RunOutcome, fault: Fault | null, held: Page | null) => {
    const judged = held && (await judge(tools, { ...about, page: held }));
    return rehearse(tools.store, wish.dryRun ?? false, 'the end of a look', async (tx) => {
      const before = { ...tally };
      if (held && judged) await take(tools, tx, { ...about, page: held, judged, tally: before });
      const facts = {
        watch,
        order: source.order,
        progress,
        fingerprint,
        startedAt,
        outcome,
        fault,
        tally: before,
        validators: visit.validators(),
      };
      await conclude(tools, tx, facts);
      return before;
    });
  };

  let held: Page | null = null;
  try {
    for await (const page of pagesOf(tools, watch, source, plan, visit)) {
      for (const part of partsOf(page)) {
        const ready: Page | null = held;
        held = part;
        if (ready) Object.assign(tally, await keepPage(tools, { ...about, page: ready, tally }));
        // Without a turn of its own a stop would not be heard before the last part.
        await nextTurn();
        tools.signal.throwIfAborted();
      }
    }
    Object.assign(tally, await finish('complete', null, held));
    return report(tools, watch, 'complete', null, tally);
  } catch (error) {
    const fault = faultOf(error, tools, watch);
    const outcome = fault === null || tally.seen > 0 || held ? 'cut-short' : 'failed';
    Object.assign(tally, await finish(outcome, fault, held));
    return report(tools, watch, outcome, fault, tally);
  }
}

async function* pagesOf(
  tools: Tools,
  watch: Watch,
  source: Source,
  plan: LookPlan,
  { http, mail }: Pick<ReturnType<Net['visit']>, 'http' | 'mail'>,
) {
  const secrets = secretsFor(source, watch, tools.env);
  const brand = watch.brands.flatMap((id) => tools.brands.get(id) ?? [])[0];
  const request = {
    at: watch.at,
    terms: brand ? termsOf(brand) : { names: [], handles: [], domains: [] },
    options: watch.options,
    secrets,
    since: plan.since,
    ...(plan.position === null ? {} : { position: plan.position }),
    http,
    files: tools.files,
    mail,
    signal: tools.signal,
  };
  let session: Session | null = await sessionFor(tools, source, watch, secrets, http, 'kept');
  try {
    yield* source.collect({ ...request, session });
  } catch (error) {
    if (!(error instanceof Fault) || error.kind !== 'not-allowed' || session === null) throw error;
    // The platform ended the session early: once, a new one.
    session = await sessionFor(tools, source, watch, secrets, http, 'renewed');
    yield* source.collect({ ...request, session });
  }
}

interface PageToJudge {
  readonly watch: Watch;
  readonly source: Source;
  readonly wish: CollectWish;
  readonly page: Page;
}

interface PageToKeep extends PageToJudge {
  readonly tally: Tally;
}

/** Before the transaction, so that it holds the database no longer than writing takes. */
async function judge(tools: Tools, { watch, page, wish }: PageToJudge): Promise<Judged> {
  return judgePosts(page.posts, {
    ...(await tools.judging()),
    brands: tools.brands,
    now: tools.clock.now(),
    listening: watch.brands,
    certain: watch.certain && page.certain !== false ? watch.brands : [],
    notBefore: wish.since ?? null,
  });
}

/** A page in one transaction; oldest-first sources move their mark with it. */
async function keepPage(tools: Tools, given: PageToKeep): Promise<Tally> {
  const judged = await judge(tools, given);
  return rehearse(tools.store, given.wish.dryRun ?? false, 'a page', async (tx) => {
    const tally = { ...given.tally };
    await take(tools, tx, { ...given, judged, tally });
    if (given.source.order === 'oldest-first' && given.page.position !== undefined) {
      const [before = noProgress] = await readProgress(tx, [watchRow(given.watch)]);
      await saveProgress(tx, watchRow(given.watch), { ...before, position: given.page.position });
    }
    return tally;
  });
}

async function take(
  tools: Tools,
  tx: Tx,
  { watch, page, judged, tally }: PageToKeep & { readonly judged: Judged },
): Promise<void> {
  const now = tools.clock.now();
  const kept: Kept = await keep(tools, tx, judged.kept, { now, historyBefore: now - tools.config.firstLookMs });
  tally.seen += page.posts.length + (page.unreadable?.length ?? 0);
  tally.fresh += kept.fresh;
  tally.flagged += kept.flagged;
  tally.setAside = addCounts(addCounts(tally.setAside, judged.setAside), kept.setAside);
  if (page.unreadable?.length) tally.setAside = addCounts(tally.setAside, { unreadable: page.unreadable.length });
  await markGone(tx, page.gone ?? [], now);
  const [of] = watch.brands;
  if (of !== undefined)
    await saveRatings(
      tx,
      (page.ratings ?? []).map((rating) => ({ ...rating, source: watch.source, of })),
      now,
    );
  for (const { publishedAt } of page.posts) {
    if (publishedAt !== null && publishedAt <= now && publishedAt > (tally.newest ?? 0)) tally.newest = publishedAt;
  }
  if (kept.fresh > 0 && tally.newest === null) tally.newest = now;
  tally.capped ||= page.capped ?? false;
  tally.note = page.note ?? tally.note;
  tally.position = page.position ?? tally.position;
}

interface Conclusion {
  readonly watch: Watch;
  readonly order: Source['order'];
  readonly progress: Progress;
  readonly fingerprint: string;
  readonly startedAt: number;
  readonly outcome: RunOutcome;
  readonly fault: Fault | null;
  readonly tally: Tally;
  readonly validators: Progress['validators'];
}

/** The run and how far it came; the mark moves only behind a complete look. */
async function conclude(tools: Tools, tx: Tx, end: Conclusion): Promise<void> {
  const { watch, order, progress, startedAt, outcome, tally } = end;
  const endedAt = tools.clock.now();
  const fault = end.fault && { kind: end.fault.kind, message: end.fault.message, retryAt: end.fault.retryAt };
  const newest = Math.max(tally.newest ?? 0, progress.lastNewAt ?? 0) || null;
  const tried: Progress = {
    ...progress,
    // Read the oldest first, what was saved before a look broke off need not be read again.
    position: (order === 'oldest-first' ? tally.position : null) ?? progress.position,
    lastTriedAt: startedAt,
    lastNewAt: newest,
    fault: fault && { ...fault, since: progress.fault?.since ?? startedAt },
  };
  const whole: Partial<Progress> = {
    markAt: startedAt,
    position: tally.position ?? progress.position,
    validators: end.validators,
    termsFingerprint: end.fingerprint,
    firstRunAt: progress.firstRunAt ?? endedAt,
    lastGoodAt: endedAt,
    note: tally.note,
    gapSince: tally.capped ? startedAt : progress.gapSince,
  };
  const watchId = await saveProgress(tx, watchRow(watch), outcome === 'complete' ? { ...tried, ...whole } : tried);
  const { seen, fresh, flagged, setAside } = tally;
  await addRun(tx, watchId, { startedAt, endedAt, outcome, seen, fresh, flagged, setAside, fault });
}

/** Null where we were asked to stop. What is not a Fault is a bug: recorded as one, and the others go on. */
function faultOf(error: unknown, tools: Tools, watch: Watch): Fault | null {
  if (error instanceof Fault) return error;
  if (tools.signal.aborted) return null;
  const message = error instanceof Error ? error.message : String(error);
  tools.log.error({ source: watch.source, error: message }, 'a mistake of Earshot’s own');
  return new Fault('garbled', `Earshot made a mistake reading ${watch.key}: ${message}`, { cause: error });
}

function report(tools: Tools, watch: Watch, outcome: RunOutcome, fault: Fault | null, tally: Tally): RunFace {
  return {
    watch: `${watch.source} ${watch.key}`,
    source: watch.source,
    brands: watch.brands.map((id) => tools.brands.get(id)?.name ?? id),
    outcome,
    seen: tally.seen,
    fresh: tally.fresh,
    flagged: tally.flagged,
    setAside: tally.setAside as Record<string, number>,
    fault: fault && { kind: fault.kind, message: fault.message },
  };
}

/** What the store knows a watch by. */
export function watchRow(watch: Watch): { readonly source: string; readonly brand: string; readonly key: string } {
  return { source: watch.source, brand: watch.scope === 'brand' ? (watch.brands[0] ?? '') : '', key: watch.key };
}
