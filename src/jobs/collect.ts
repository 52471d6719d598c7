/** Looks at watches side by side, and reports each look. */
import PQueue from 'p-queue';
import type { RunFace } from '../face/run.ts';
import { createRound, type Round } from '../net/round.ts';
import { readProgress, watchRow } from '../store/watches.ts';
import type { Watch } from '../watch.ts';
import { look } from './look.ts';
import { readUnsure } from './read-unsure.ts';
import { readDoubtful } from './rejudge.ts';
import type { Tools } from './tools.ts';

/** Looks that are begun together: a host that is silent for one of them holds up no other. */
export type LookRound = Round;
export const newRound: () => LookRound = createRound;

export interface CollectWish {
  readonly watches: readonly Watch[];
  /** Milliseconds UTC: overrides where each watch goes on from; older posts are set aside. */
  readonly since?: number | null;
  /** Everything is read and judged, nothing is kept. */
  readonly dryRun?: boolean;
  /** Somebody reads the runs: what may be shown and not kept is asked for, too. */
  readonly watched?: boolean;
  /** A person asks for it now, and no program by its clock. */
  readonly byHand?: boolean;
  /** Where these watches are a part of a round only; else they are one. */
  readonly round?: Round;
  /** Told after each watch. */
  readonly onRun?: (run: RunFace, done: number, of: number) => void;
}

/** Watches of different hosts are looked at side by side; the net door keeps each host's pace. */
const sideBySide = 8;
/** Some five seconds of the precise judge's process, once all is kept. */
const mostRead = 100;
/** Of a second opinion. */
const mostAsked = { count: 10, forMs: 20_000 };

/**
 * One place's trouble never stops another's. @returns one run a watch, in the order of the watches; none of a stream
 * @throws StoreTrouble once every look that had begun has ended: what those kept stays, and no other is begun
 */
export async function collect(
  tools: Tools,
  { watches: wanted, round = createRound(), onRun, ...wish }: CollectWish,
): Promise<RunFace[]> {
  const { since = null, dryRun = false, watched = false, byHand = false } = wish;
  // A stream is listened to; who looks asks its twin. What is sent to us comes by itself.
  const watches = wanted.filter(({ live, inbound }) => !live && !inbound);
  const queue = new PQueue({ concurrency: sideBySide });
  const stop = new AbortController();
  let done = 0;
  const lookAt = async (watch: Watch) => {
    stop.signal.throwIfAborted();
    try {
      const run = await look(tools, watch, { since, dryRun, watched, byHand, round });
      done += 1;
      onRun?.(run, done, watches.length);
      return run;
    } catch (error) {
      stop.abort(error);
      throw error;
    }
  };
  const looks = new Map((await inTurn(tools, watches)).map((watch) => [watch, queue.add(() => lookAt(watch))]));
  const ended = await Promise.allSettled(watches.map((watch) => looks.get(watch)));
  stop.signal.throwIfAborted();
  if (!dryRun && !tools.signal.aborted) await readDoubtful(tools, mostRead);
  if (!dryRun) await readUnsure(tools, { left: mostAsked.count, until: tools.clock.now() + mostAsked.forMs });
  return ended.flatMap((one) => (one.status === 'fulfilled' && one.value ? [one.value] : []));
}

/** Those first that nobody asked the last time because their site did not answer something else. */
async function inTurn({ store }: Tools, watches: readonly Watch[]): Promise<readonly Watch[]> {
  if (watches.length < 2) return watches;
  const progress = await store.read('who was left out', (tx) => readProgress(tx, watches.map(watchRow)));
  const leftOut = new Set(watches.filter((_watch, index) => progress[index]?.fault?.unasked));
  return [...leftOut, ...watches.filter((watch) => !leftOut.has(watch))];
}
