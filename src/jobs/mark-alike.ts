/** A person's word on a post counts for all that say nearly the same, and moves at once what lies beside them. */
import type { Heeded } from '../digest/heeded.ts';
import { asWith } from './group-alike.ts';
import { heedMark } from './heed-mark.ts';
import { type MarkWish, mark } from './mark.ts';
import type { Tools } from './tools.ts';

/**
 * Not inside a transaction.
 * @param alike `besideIt` or, where it is taken back, `markedBeside` of it
 * @returns why nothing was done, else what else moved
 */
export async function markAlike(tools: Tools, wish: MarkWish, alike: readonly number[] = []): Promise<string | Heeded> {
  const refused = await mark(tools, wish);
  if (refused !== null) return refused;
  const { mentionId: first, seen: _seen, ...word } = wish;
  for (const mentionId of alike) await mark(tools, { ...word, mentionId, why: asWith(first) });
  return heedMark(tools, { mentionIds: [first, ...alike], kind: wish.kind });
}
