/** When a customer has spoken again, and what is too long ago to be news. Pure. */

/** When something was said, and last edited; milliseconds UTC. */
export interface When {
  readonly saidAt: number;
  readonly editedAt: number | null;
}

/** Neither said nor edited lately: kept for search and trends, without a case of its own. */
export function isHistory({ saidAt, editedAt }: When, before: number): boolean {
  return Math.max(saidAt, editedAt ?? 0) < before;
}

/** One place of a mention. */
export interface Place {
  readonly kind: string;
  readonly source: string;
  readonly authorId: number | null;
  readonly origin: string | null;
  /** Milliseconds UTC. */
  readonly saidAt: number;
}

/**
 * Whether a further post of a mention is its author once more, rather than a copy that travelled.
 * @param since when we last did our part: what was said before that is answered with it
 */
export function isRepeated(first: Place, next: Place, since: number): boolean {
  if (next.kind === 'articles' || next.authorId === null) return false;
  if (next.source !== first.source || next.authorId !== first.authorId) return false;
  return (next.origin === null || next.origin !== first.origin) && next.saidAt > since;
}

/** What was thought of a post. */
export interface Grief {
  readonly complains: boolean;
  readonly severity: number;
  readonly rating: { readonly value: number; readonly scale: number } | null;
}

/** Whether an edit made it worse, as a sentence's end; null where it did not. */
export function worse(before: Grief, after: Grief): string | null {
  if (!after.complains) return null;
  if (!before.complains) return 'they edited it, and it is a complaint now';
  if (before.rating && after.rating && share(after.rating) < share(before.rating))
    return 'they edited it, and give fewer stars now';
  return after.severity > before.severity ? 'they edited it, and it is worse now' : null;
}

const share = ({ value, scale }: { readonly value: number; readonly scale: number }) => value / scale;

/** Why a case has one more complaint that is not its customer's. */
export const echoed = 'another account says it in the same words';
