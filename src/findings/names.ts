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
  const ours = hits.flatMap(placed);
  if (!brand || brand.rivals.length === 0) return ours;
  const find = rivalsOf(brand);
  const theirs = (text: string, field: Field) =>
    find(text.slice(0, judgedLength)).map(({ start, end }): Named => ({ as: '<them>', field, start, end }));
  return [...ours, ...(post.title === null ? [] : theirs(post.title, 'title')), ...theirs(post.text, 'text')];
}

function placed({ kind, field, at }: Hit): readonly Named[] {
  // What a query asks for is seldom a name.
  return kind !== 'query' && at && (field === 'text' || field === 'title')
    ? [{ as: '<us>', field, start: at[0], end: at[1] }]
    : [];
}
