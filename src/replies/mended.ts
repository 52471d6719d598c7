/** What a customer is told whose complaint changed something: you said, we did. Pure. */

export interface MendedFor {
  /** What to call them; null where nobody knows. */
  readonly name: string | null;
  readonly brand: string;
  /** As the owner calls it: “cold food”. */
  readonly cause: string;
  /** “new heat lamps”. */
  readonly what: string;
  /** Who writes; null: the business. */
  readonly by: string | null;
  /** When they said it: “9 Nov”. */
  readonly day: string;
}

/** English, to be read and changed by whoever sends it; says nothing that the complaint itself did not say in public. */
export function mendedDraft({ name, brand, cause, what, by, day }: MendedFor): string {
  const end = /[.!?…]$/.test(what) ? what : `${what}.`;
  return [
    name === null ? 'Hello,' : `Hello ${name},`,
    '',
    `on ${day} you told us about ${cause}. You were right, and we changed something: ${end}`,
    '',
    'Thank you for saying it. It would be lovely to see you again and to hear whether it is better now.',
    '',
    by === null ? brand : `${by}, ${brand}`,
  ].join('\n');
}
