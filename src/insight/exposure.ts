/** How many people have seen a post: as its platform counts them, else a range with its reason, else unknown. Pure. */
import { dayMs, hourMs } from '../clock.ts';
import { count as counted, grouped, hoursOrDays } from '../text/count.ts';

export interface Seen {
  readonly views: number | null;
  readonly likes: number | null;
  readonly reposts: number | null;
  readonly replies: number | null;
  readonly followers: number | null;
  /** Milliseconds UTC. */
  readonly saidAt: number;
  /** As people call it: `r/Leeds`. */
  readonly place: string;
}

export interface Exposure {
  /** People. */
  readonly low: number;
  readonly high: number;
  /** The platform counts them; else it is a guess. */
  readonly counted: boolean;
  /** What it rests on: `r/Leeds, 14 votes, 2 days`. */
  readonly because: string;
}

/**
 * Of those who see a post between 5 and 30 of a hundred leave a vote, a share or an answer. Our own rule of thumb, wide on
 * purpose: where views and reactions are both told (videos, Stack Exchange, Lemmy instances), most posts lie inside.
 */
const reacts = { fewest: 0.05, most: 0.3 } as const;
/** Of the followers of an account one to twenty of a hundred see a post within two days; then hardly anybody does. */
const follows = { fewest: 0.01, most: 0.2, withinMs: 2 * dayMs } as const;
/** Where nobody of n has reacted, the true share lies below 3/n (the rule of three, 95 %). */
const unseenReactions = 3;

/** Null: no idea. */
export function exposureOf(seen: Seen, now: number): Exposure | null {
  const { views, likes, reposts, replies, followers, saidAt, place } = seen;
  const because = reasonsOf(seen, now);
  if (views !== null) return { low: views, high: views, counted: true, because };
  const told = [likes, reposts, replies].filter((count) => count !== null);
  if (told.length === 0 && followers === null) return null;
  const reactions = told.reduce((sum, count) => sum + Math.max(0, count), 0);
  const spread = Math.min(1, Math.max(0, now - saidAt) / follows.withinMs);
  const reach = (followers ?? 0) * spread;
  const unseen = followers === null ? Math.max(reactions, unseenReactions) : reactions;
  const low = Math.max(reactions / reacts.most, reach * follows.fewest, 1);
  const high = Math.max(unseen / reacts.fewest, reach * follows.most, low);
  return { low: rounded(low), high: rounded(high), counted: false, because: because || place };
}

/** Those of several places together; null where nothing is known of any. */
export function together(all: readonly (Exposure | null)[]): Exposure | null {
  const known = all.filter((one) => one !== null).sort((one, other) => other.high - one.high);
  const [most] = known;
  if (!most) return null;
  const sum = (of: (one: Exposure) => number) => known.reduce((total, one) => total + of(one), 0);
  const counted = known.length === all.length && known.every((one) => one.counted);
  const because = known.length === 1 ? most.because : `${most.because}; ${known.length} posts together`;
  return counted
    ? { low: sum(({ low }) => low), high: sum(({ high }) => high), counted, because }
    : { low: rounded(sum(({ low }) => low)), high: rounded(sum(({ high }) => high)), counted, because };
}

/** `perhaps 50–300 people have seen it: r/Leeds, 14 votes, 2 days`; `no idea how many have seen it`. */
export function sayExposure(exposure: Exposure | null): string {
  if (exposure === null) return 'no idea how many have seen it';
  const { low, high, counted, because } = exposure;
  const people = low === high ? grouped(low) : `${grouped(low)}–${grouped(high)}`;
  const have = high === 1 ? 'person has' : 'people have';
  return `${counted ? '' : 'perhaps '}${people} ${have} seen it: ${because}`;
}

function reasonsOf({ views, likes, reposts, replies, followers, saidAt, place }: Seen, now: number): string {
  const counts = [
    [views, 'view'],
    [likes, 'vote'],
    [reposts, 'share'],
    [replies, 'answer'],
    [followers, 'follower'],
  ] as const;
  const told = counts.flatMap(([count, what]) => (count === null || count === 0 ? [] : [counted(count, what)]));
  return [place, ...told, age(Math.max(0, now - saidAt))].join(', ');
}

function age(ms: number): string {
  return hoursOrDays(Math.max(1, Math.round(ms / hourMs)));
}

/** A guess has one digit that means something. */
function rounded(count: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, count))));
  return Math.round(count / step) * step;
}
