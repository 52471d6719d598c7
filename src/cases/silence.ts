/** A customer who says no more: how often we asked back, and from when on that may be called silence. Pure. */
import { anewKinds } from '../mention.ts';
import type { PastEvent } from './take-back.ts';
import { standing } from './take-back.ts';
import { asked, type Waiting } from './turn.ts';

/** Asked back so often without a word, a customer is silent. */
const enoughCheckBacks = 2;

const anew: readonly string[] = [...anewKinds, 'resolved'];
const toThem: readonly string[] = ['answered', 'fix'];

/** What we said since the customer last spoke. */
export interface OurWords {
  /** Null: not a word yet; milliseconds UTC. */
  readonly lastAt: number | null;
  /** Answers after the first one, or after it was fixed. */
  readonly checkBacks: number;
}

/** Steps that were taken back do not count. */
function ourWords(events: readonly PastEvent[]): OurWords {
  const all = standing(events);
  const since = all.slice(all.findLastIndex(({ kind }) => anew.includes(kind)) + 1);
  const [first, ...later] = since.filter(({ kind }) => toThem.includes(kind));
  return {
    lastAt: later.at(-1)?.at ?? first?.at ?? null,
    checkBacks: later.filter(({ kind }) => kind === 'answered').length,
  };
}

/** Why nobody may call it silent yet, as a sentence with the next step; null where they may. */
export function notYetSilent(events: readonly PastEvent[]): string | null {
  const { checkBacks } = ourWords(events);
  if (checkBacks >= enoughCheckBacks) return null;
  const often = checkBacks === 0 ? 'not yet' : 'only once';
  return `you have ${often} asked whether all is well since they last wrote. Ask, and write it down with \`case answered\`: after the second time without a word it is silent.`;
}

/** @param afterMs how long the customer has to say nothing; 0: never by itself */
export function fellSilent(
  known: Waiting & { readonly events: readonly PastEvent[] },
  now: number,
  afterMs: number,
): boolean {
  const { lastAt, checkBacks } = ourWords(known.events);
  if (afterMs === 0 || lastAt === null || !asked.includes(known.state)) return false;
  return checkBacks >= enoughCheckBacks && now - lastAt >= afterMs;
}
