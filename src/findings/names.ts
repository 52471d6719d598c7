/** Where our name and our rivals' stand in a post. */
import type { Brand } from '../brand.ts';
import { compileBrands, type Matcher } from '../match/match.ts';
import type { Hit, Post } from '../mention.ts';
import { judgedLength, type Named } from './reading.ts';

/** Worked out once a brand: its rivals, listened for as if they were a brand. */
const rivals = new WeakMap<Brand, Matcher>();

function rivalsOf(brand: Brand): Matcher {
  const known = rivals.get(brand);
  if (known) return known;
  const [name = '', ...aliases] = brand.rivals;
  const nobody = { about: null, handles: [], domains: [], exclude: [], require: [], caseSensitive: false, rivals: [] };
  const made = compileBrands([{ ...nobody, id: 'rivals', name, aliases }]);
  rivals.set(brand, made);
  return made;
}

/** Our name from the hits, rivals' names as the matcher finds them. */
export function nameThem(post: Post, brand: Brand | null, hits: readonly Hit[]): readonly Named[] {
  const ours = hits.flatMap((hit) => placed(hit, '<us>'));
  if (!brand || brand.rivals.length === 0) return ours;
  const said = { ...post, url: null, links: [], author: { ...post.author, handle: null, url: null } };
  const [match] = rivalsOf(brand).find(said);
  return match ? [...ours, ...match.hits.flatMap((hit) => placed(hit, '<them>'))] : ours;
}

function placed({ field, at }: Hit, as: Named['as']): readonly Named[] {
  return at && (field === 'text' || field === 'title') ? [{ as, field, start: at[0], end: at[1] }] : [];
}

/** Title and text without the names, which say nothing about the language ("Door" is a Dutch word). */
export function withoutNames(post: Post, named: readonly Named[]): string {
  const cut = (text: string, field: Named['field']) =>
    named.reduce((left, name) => {
      return name.field === field
        ? `${left.slice(0, name.start)}${' '.repeat(name.end - name.start)}${left.slice(name.end)}`
        : left;
    }, text);
  return `${cut(post.title ?? '', 'title')}\n${cut(post.text.slice(0, judgedLength), 'text')}`;
}
