/** How soon a halving of praise can be noticed at all: the power calculation of the alarm that praise fell. Pure. */
import { chanceFor, nearDaysOf } from './alarms.ts';
import { chanceOfSoFew, poissonAtMost } from './chance.ts';

const monthDays = 30;
const shortest = 7;
/** The longest stretch that the alarm looks at. */
const longest = 365;
const wantedPower = 0.8;

/** That the alarm rings when praise has been half of what it was for all of the last `days`, held against the nearer baseline. */
export function powerOfHalving(aMonth: number, days: number): number {
  const expected = (aMonth / monthDays) * days;
  const nearDays = nearDaysOf(days);
  const before = { count: Math.round((expected / days) * nearDays), days: nearDays, clump: 1 };
  let most = -1;
  while (most < expected && chanceOfSoFew(most + 1, days, before) <= chanceFor(days)) most += 1;
  return poissonAtMost(most, expected / 2);
}

/**
 * Days after which a halving has rung the alarm 8 of 10 times, by the counts alone; null: not within a year. By kind
 * words a month: 3 never, 5: 234, 10: 122, 30: 50, 100: 19, 300 and more: 7, since weekdays differ and no less than a
 * week is looked at.
 */
export function daysToNoticeHalving(aMonth: number): number | null {
  for (let days = shortest; days <= longest; days += 1) if (powerOfHalving(aMonth, days) >= wantedPower) return days;
  return null;
}
