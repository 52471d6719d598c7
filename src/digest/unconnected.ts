/** Places where such a business is talked about, and that nobody has connected yet: one sentence. */
import type { Unconnected } from './digest.ts';

/** “Not connected yet, though people talk of a restaurant or café there: Reddit and Mailbox; what is said on TripAdvisor can come to you by mail.” */
export function sayUnconnected({ business, places, byMail }: Unconnected): string {
  const there = business === null ? 'though people may talk of you there' : `though people talk of ${business} there`;
  const mails = byMail.length === 0 ? '' : `; what is said on ${all(byMail)} can come to you by mail`;
  return `Not connected yet, ${there}: ${all(places)}${mails}.`;
}

function all(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
