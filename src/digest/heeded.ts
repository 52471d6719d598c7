/** What else moved by a mark, in a sentence. */
import { count } from '../text/count.ts';

/** How many other mentions a mark moved; what came from one pile to the other counts for the queue alone. */
export interface Heeded {
  readonly queue: { readonly left: number; readonly came: number };
  readonly unsure: { readonly left: number; readonly came: number };
}

/** “2 more like it left the queue.”, “1 more like it left the unsure pile, 1 came into the queue.”; null where nothing moved. */
export function sayHeeded(
  { queue, unsure }: Heeded,
  named: { readonly queue: string; readonly unsure: string },
): string | null {
  const moved = [
    [queue.left, `left ${named.queue}`],
    [queue.came, `came into ${named.queue}`],
    [unsure.left, `left ${named.unsure}`],
    [unsure.came, `came onto ${named.unsure}`],
  ] as const;
  const told = moved.filter(([number]) => number > 0);
  if (told.length === 0) return null;
  return `${told.map(([number, what], at) => `${at === 0 ? `${count(number, 'more', 'more')} like it` : number} ${what}`).join(', ')}.`;
}

/** “The 3 alike went with it.”, of what was marked or taken back with a post. @param number at least one */
export const sayWentAlong = (number: number): string =>
  number === 1 ? 'The one alike went with it.' : `The ${number} alike went with it.`;
