/** One look at one watch: reads its pages, keeps what mentions a brand, and saves how far it came. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { hourMs } from '../clock.ts';
import type { RunFace } from '../face/run.ts';
import type { Net } from '../net/net.ts';
import type { Round } from '../net/round.ts';
import type { Page, Source } from '../sources/source.ts';
import { addRun, type Run } from '../store/runs.ts';
import type { Tx } from '../store/tables.ts';
import { type Progress, progressOf, saveProgress, watchRow } from '../store/watches.ts';
import type { RunOutcome, Watch } from '../watch.ts';
import { pagesOf } from './access.ts';
import { troubleOf } from './look-trouble.ts';
import { type Patience, usualPatience } from './opinions.ts';
import { partsOf } from './page-parts.ts';
import { type LookPlan, planLook } from './plan-look.ts';
import { type LookEnd, movedBy, progressAfter } from './progress-after.ts';
import { rehearse } from './rehearse.ts';
import { judgePage, nothingYet, type Tally, takePage } from './take-page.ts';
import type { Tools } from './tools.ts';
import { termsFingerprint } from './watches.ts';

export interface LookTerms {
  /** Milliseconds UTC: overrides where the watch goes on from; null: it goes on by itself. */
  readonly since: number | null;
  readonly dryRun: boolean;
  /** Somebody reads the run that comes of it. */
  readonly watched?: boolean;
  /** A person asks for it now, and no program by its clock. */
  readonly byHand?: boolean;
  /** With the other looks that were begun together with this one. */
  readonly round: Round;
  /** A saved answer is read in place of the platform's: what comes of it is kept, but it is no look at the place. */
  readonly replay?: boolean;
}

interface Look {
  readonly tools: Tools;
  readonly watch: Watch;
  readonly source: Source;
  readonly wish: LookTerms;
  readonly plan: LookPlan;
  /** As it was before. */
  readonly progress: Progress;
  readonly termsFingerprint: string;
  readonly startedAt: number;
  readonly visit: ReturnType<Net['visit']>;
  /** For the slow judge. */
  readonly patience: Patience;
}

/** How far reading came; the page that came last is kept together with the look's end. */
interface Read {
  readonly tally: Tally;
  readonly held: Page | null;
  readonly end: LookEnd;
}

/** A platform's fault and a mistake of ours are in the run that comes back. @throws StoreTrouble, and nothing is recorded */
export async function look(tools: Tools, watch: Watch, wish: LookTerms): Promise<RunFace> {
  const begun = await begin(tools, watch, wish);
  const read = await readPages(begun);
  try {
    return await finish(begun, read);
  } catch (error) {
    // What cannot be kept is left out, so that the look is recorded all the same.
    return finish(begun, { ...read, held: null, end: endOf(error, begun) });
  }
}

async function begin(tools: Tools, watch: Watch, wish: LookTerms): Promise<Look> {
  const source = tools.sources.find((one) => one.id === watch.source);
  if (!source) throw new RangeError(`no source ${watch.source}`);
  const startedAt = tools.clock.now();
  const progress = await tools.store.read('progress', (tx) => progressOf(tx, watch));
  const fingerprint = termsFingerprint(watch, tools.config.brands);
  const plan: LookPlan = wish.replay
    ? fromTheStart
    : planLook(progress, {
        now: startedAt,
        firstLookMs: tools.config.firstLookMs,
        overlapMs: source.overlapMs,
        termsFingerprint: fingerprint,
        since: wish.since,
      });
  const net = await tools.net();
  const visit = net.visit({
    source: source.id,
    pace: source.pace,
    account: watch.account,
    validators: plan.afresh ? {} : progress.validators,
    ...restLimit(progress, wish),
    signal: tools.signal,
    round: wish.round,
  });
  const patience = usualPatience();
  return { tools, watch, source, wish, plan, progress, termsFingerprint: fingerprint, startedAt, visit, patience };
}

/**
 * A publisher's wish for a day's rest is one to programs: whoever asks by hand wants to know how things stand there now,
 * and a look an hour that begins with “has anything changed?” costs a server nothing. Where the last look failed, what
 * the one before it was told holds no more; trouble has pauses of its own.
 */
function restLimit({ fault, lastGoodAt }: Progress, { byHand }: LookTerms): { readonly restsAtMostUntil?: number } {
  if (fault) return { restsAtMostUntil: 0 };
  return byHand && lastGoodAt !== null ? { restsAtMostUntil: lastGoodAt + hourMs } : {};
}

const fromTheStart: LookPlan = { since: 0, position: null, afresh: true, reachesBack: false };

/** Keeps each page as soon as the next one has come. */
async function readPages(look: Look): Promise<Read> {
  const { signal } = look.tools;
  let tally = nothingYet;
  let held: Page | null = null;
  try {
    for await (const page of pagesOf(look.tools, look)) {
      for (const part of partsOf(page)) {
        const ready: Page | null = held;
        // Should that one not be kept, nothing later may be: the mark would step over it.
        held = null;
        if (ready) tally = await keepPage(look, ready, tally);
        held = part;
        // Without a turn of its own a stop would not be heard before the last part.
        await nextTurn();
        signal.throwIfAborted();
      }
    }
    return { tally, held, end: { how: 'whole', trouble: null } };
  } catch (error) {
    return { tally, held, end: endOf(error, look) };
  }
}

/** @throws StoreTrouble */
function endOf(error: unknown, { tools, watch }: Look): LookEnd {
  const trouble = troubleOf(error, tools, watch.source);
  return { how: trouble === null ? 'stopped' : 'broken', trouble };
}

/** A page in one transaction; oldest-first sources move their mark with it. */
async function keepPage(look: Look, page: Page, before: Tally): Promise<Tally> {
  const { tools, watch, wish } = look;
  const judged = await judgePage(look, page);
  return rehearse(tools.store, wish.dryRun, 'a page', async (tx) => {
    const tally = await takePage(look, tx, judged, before);
    const moved = movedBy({ ...look, order: look.source.order, position: tally.position });
    if (moved && !wish.replay) await saveProgress(tx, watchRow(watch), { ...(await progressOf(tx, watch)), ...moved });
    return tally;
  });
}

/** The look's end in one transaction: its last page, the run, and how far it came. */
async function finish(look: Look, { held, end, tally: before }: Read): Promise<RunFace> {
  const { tools, wish } = look;
  const judged = held && (await judgePage(look, held));
  const concluded = await rehearse(tools.store, wish.dryRun, 'the end of a look', async (tx) => {
    const tally = judged ? await takePage(look, tx, judged, before) : before;
    return conclude(look, tx, tally, end);
  });
  return report(look, concluded);
}

interface Concluded {
  readonly run: Run;
  /** Until when the place rests that was therefore not asked; null where it was. */
  readonly restsUntil: number | null;
  readonly tally: Tally;
}

async function conclude(look: Look, tx: Tx, tally: Tally, end: LookEnd): Promise<Concluded> {
  const { tools, watch, source, visit, startedAt, wish } = look;
  const endedAt = tools.clock.now();
  const looked = {
    ...look,
    ...tally,
    order: source.order,
    validators: visit.validators(),
    waited: visit.waited(),
    endedAt,
  };
  const { seen, fresh, flagged, setAside } = tally;
  const broken: RunOutcome = seen > 0 || end.how === 'stopped' ? 'cut-short' : 'failed';
  const outcome = end.how === 'whole' ? 'complete' : broken;
  const run: Run = { startedAt, endedAt, outcome, seen, fresh, flagged, setAside, fault: end.trouble };
  const restsUntil = end.how === 'whole' ? looked.waited : null;
  const concluded = { run, restsUntil, tally };
  if (wish.replay) return concluded;
  const watchId = await saveProgress(tx, watchRow(watch), progressAfter(looked, end));
  if (restsUntil === null) await addRun(tx, watchId, run);
  return concluded;
}

function report({ tools, watch, source, progress }: Look, { run, restsUntil, tally }: Concluded): RunFace {
  const { outcome, seen, fresh, flagged, setAside, fault } = run;
  return {
    watch: `${watch.source} ${watch.key}`,
    source: watch.source,
    brands: watch.brands.map((id) => tools.brands.get(id)?.name ?? id),
    outcome,
    seen,
    fresh,
    flagged,
    setAside: setAside as Record<string, number>,
    fault: fault && { kind: fault.kind, message: fault.message },
    notAsked:
      restsUntil === null
        ? null
        : { until: iso(restsUntil), heardAt: progress.lastGoodAt === null ? null : iso(progress.lastGoodAt) },
    unread: [...tally.unread],
    ratings: tally.ratings.map(({ place, rating, count, url = null }) => ({
      platform: source.title,
      place,
      ...rating,
      count,
      url,
      kept: source.keeps === 'everything',
    })),
  };
}

const iso = (at: number) => new Date(at).toISOString();
