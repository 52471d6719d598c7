/** Alarms and repeated complaints as sentences, the same in the report, the digest and the campaign check. Pure. */
import { dayMs } from '../clock.ts';
import { capital } from '../text/capital.ts';
import { count as counted } from '../text/count.ts';
import type { Again } from './again.ts';
import type { Alarm } from './alarms.ts';
import type { Mended } from './mended.ts';

/** “Praise fell: 4 in the last 30 days, you usually have 11 (7 to 15).” */
export function sayAlarm({ kind, days, count, usual }: Pick<Alarm, 'kind' | 'days' | 'count' | 'usual'>): string {
  const stretch = days === 1 ? '24 hours' : `${days} days`;
  const what =
    kind === 'spike' ? 'Many complaints at once' : count === 0 ? 'Nobody praises you any more' : 'Praise fell';
  return `${what}: ${count === 0 ? 'none' : count} in the last ${stretch}, you usually have ${sayUsual(usual)}.`;
}

/** `11 (7 to 15)`; the range is left out where it is nothing but none or one. */
function sayUsual({ value, low, high }: Alarm['usual']): string {
  if (high === 0 || value < 0.5) return high <= 1 ? 'none' : `none (up to ${high})`;
  return `${Math.round(value)} (${low} to ${high})`;
}

/** “Delivery, third time since 9 Nov”; without a full stop. @param day how a day is said */
export function sayAgain({ name, times, since }: Pick<Again, 'name' | 'times' | 'since'>, day: (at: number) => string) {
  return `${capital(name)}, ${ordinal(times)} time since ${day(since)}`;
}

/** “You said “cold food”, and you did something: new heat lamps (3 Nov).” and what came of it. */
export function sayMended(
  { cause, what, at, state, watchedUntil, back }: Mended,
  day: (at: number) => string,
  now: number,
): string {
  const did = `They said “${cause}”. You did: ${what} (${day(at)}).`;
  if (state === 'back') {
    const cases = back.map((id) => `c${id}`).join(', ');
    return `${did} It is back: ${cases}.`;
  }
  if (state === 'stayed away') return `${did} Nobody has complained of it for 60 days.`;
  const left = Math.max(1, Math.ceil((watchedUntil - now) / dayMs));
  return `${did} Nobody has complained of it since; Earshot watches for ${counted(left, 'more day', 'more days')}.`;
}

const words = ['', 'first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth'];
const ends: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd' };

function ordinal(count: number): string {
  const end = ends[new Intl.PluralRules('en', { type: 'ordinal' }).select(count)] ?? 'th';
  return words[count] ?? `${count}${end}`;
}
