/** What a form on the page sends: which button, on what, and how things stood when the page was made. */
import { z } from 'zod';
import { type List, lists, type Pieces } from '../jobs/read-inbox.ts';

const deeds = ['answered', 'later', 'happy', 'complaint', 'no-complaint', 'us', 'not-us'] as const;
export type Deed = (typeof deeds)[number];

const count = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number);
const piece = count.pipe(z.number().min(1)).default(1);
const token = z.string().min(1).max(200);

/** Where on the page the button stood. */
const Spot = { list: z.enum(lists), at: count, needsYou: piece, unsure: piece, praise: piece };

export const Wish = z.strictObject({
  token,
  do: z.enum(deeds),
  mention: count,
  /** Empty where there was no case. */
  case: z.union([z.literal('').transform(() => null), count]),
  /** Events that the case had. */
  seen: count,
  ...Spot,
});
export type Wish = z.output<typeof Wish>;

export const UndoWish = z.strictObject({ token, notice: z.string().regex(/^[\w-]{1,40}$/), ...Spot });
export type UndoWish = z.output<typeof UndoWish>;

/** Which pieces an address asks for; what is no number is the first. */
export function piecesOf(query: (name: string) => string | undefined): Pieces {
  const read = (list: List) => piece.catch(1).parse(query(list));
  return { needsYou: read('needsYou'), unsure: read('unsure'), praise: read('praise') };
}

/** The address of the page with these pieces; the first ones are not named. */
export function addressOf(pieces: Pieces, more: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams(more);
  for (const list of lists) if (pieces[list] > 1) query.set(list, String(pieces[list]));
  return query.size === 0 ? '/' : `/?${query}`;
}
