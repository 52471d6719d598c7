/** Where our name and our rivals' stand in a post. */
import type { Brand } from '../brand.ts';
import { listenFor, type NameAt } from '../match/names-in.ts';
import type { Field, Hit, Post } from '../mention.ts';
import { judgedLength, type Named } from './reading.ts';

/** Worked out once a brand. */
const rivals = new WeakMap<Brand, (text: string) => readonly NameAt[]>();

function rivalsOf(brand: Brand): (text: string) => readonly NameAt[] {
  const known = rivals.get(brand);
  if (known) return known;
  const made = listenFor(brand.rivals);
  rivals.set(brand, made);
  return made;
}

/** Our name from the hits, rivals' names as the matcher would find them. */
export function nameThem(post: Post, brand: Brand | null, hits: readonly Hit[]): readonly Named[] {
  const named: Named[] = [];
  for (const { kind, field, at } of hits) {
    // What a query asks for is seldom a name.
    if (kind !== 'query' && at && (field === 'text' || field === 'title'))
      named.push({ as: '<us>', field, start: at[0], end: at[1] });
  }
  if (!brand || brand.rivals.length === 0) return named;
  const find = rivalsOf(brand);
  const putTheirs = (text: string, field: Field) => {
    for (const { start, end } of find(text.slice(0, judgedLength))) named.push({ as: '<them>', field, start, end });
  };
  if (post.title !== null) putTheirs(post.title, 'title');
  putTheirs(post.text, 'text');
  return named;
}
