/** That a complaint was answered where it stands, in the owner's words: “answered on Google Play on 3 Nov”. */
import { sayMoment } from './local-time.ts';

/** @param where the platform's name; @param at milliseconds UTC, null where it is not told */
export function sayAnswered(
  where: string,
  at: number | null,
  { now, timezone }: { readonly now: number; readonly timezone: string },
): string {
  if (at === null) return `answered on ${where}`;
  const moment = sayMoment(at, now, timezone);
  return `answered on ${where} ${/^(?:today|yesterday|tomorrow)/.test(moment) ? '' : 'on '}${moment}`;
}
