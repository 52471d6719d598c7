/** Single values that several platforms give in the same form. */

/** Milliseconds UTC of an ISO time; null where it is absent or no time. */
export function timeOf(text: string | null | undefined): number | null {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? null : time;
}

/** The same for platforms that leave the zone out and mean UTC. */
export function utcTimeOf(text: string | null | undefined): number | null {
  return timeOf(/T[\d:.]+$/.test(text ?? '') ? `${text}Z` : text);
}

type Count = number | null | undefined;

/** Shares with and without words of one's own are counted apart; null where neither is told. */
export function sumOf(one: Count, other: Count): number | null {
  return one == null && other == null ? null : (one ?? 0) + (other ?? 0);
}
