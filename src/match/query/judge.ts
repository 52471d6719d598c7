/** Whether a query holds for a post, and by which of its terms; a query is made ready once. */
import type { Field as PostField, Rating } from '../../mention.ts';
import { follow } from './near.ts';
import type { Field, Needles, Stand } from './needles.ts';
import { type FactTerm, type Query, sayTerm, type WordsTerm } from './query.ts';
import type { Reader } from './reader.ts';

/** A term that holds, and where it stands: in UTF-16 units of the field; null where it is not words. */
export interface Because {
  readonly term: string;
  readonly field: PostField;
  readonly at: readonly [start: number, end: number] | null;
}

/** What makes the query hold; null where it does not. A query may hold by what is missing: then nothing is named. */
export type Holds = (reader: Reader) => readonly Because[] | null;

/** A query made ready. */
export interface Ready {
  readonly holds: Holds;
  /** Needles of which one must stand in the post; null where the query may hold without any. */
  readonly wants: ReadonlySet<number> | null;
  /** Why it does not hold, as ends of sentences; empty where it does. */
  whyNot(reader: Reader): readonly string[];
}

export function ready(query: Query, needles: Needles): Ready {
  switch (query.kind) {
    case 'and':
      return all(query.of.map((part) => ready(part, needles)));
    case 'or':
      return any(query, needles);
    case 'not':
      return not(query.of, needles);
    case 'near':
      return near(query, needles);
    case 'words':
      return words(query, needles);
    default:
      return fact(query);
  }
}

function all(parts: readonly Ready[]): Ready {
  return {
    holds: (reader) => {
      const because: Because[] = [];
      for (const part of parts) {
        const held = part.holds(reader);
        if (held === null) return null;
        because.push(...held);
      }
      return because;
    },
    wants: parts.map(({ wants }) => wants).reduce(fewer),
    whyNot: (reader) => parts.flatMap((part) => part.whyNot(reader)),
  };
}

/** Both must be met, so either may be waited for: the one that fewer posts will meet is not known, its size is a guess. */
function fewer(one: ReadonlySet<number> | null, other: ReadonlySet<number> | null): ReadonlySet<number> | null {
  if (one === null || other === null) return one ?? other;
  return other.size < one.size ? other : one;
}

function any({ of }: Extract<Query, { kind: 'and' | 'or' }>, needles: Needles): Ready {
  const parts = of.map((part) => ready(part, needles));
  const named = of.every((part) => part.kind === 'words' && part.within === 'words') ? of.map(sides).join(', ') : null;
  const wants = parts.map((part) => part.wants);
  const isHeld = (reader: Reader) => parts.some((part) => part.holds(reader) !== null);
  return {
    holds: (reader) => {
      const held = parts.map((part) => part.holds(reader)).filter((one) => one !== null);
      return held.length > 0 ? held.flat() : null;
    },
    wants: wants.every((one) => one !== null) ? new Set(wants.flatMap((one) => [...one])) : null,
    whyNot: (reader) => {
      if (isHeld(reader)) return [];
      return named === null ? parts.flatMap((part) => part.whyNot(reader)) : [`none of ${named} stands in it`];
    },
  };
}

/** Led down to the terms by De Morgan's laws, so that what is ruled out twice is named as what makes it hold. */
function not(query: Query, needles: Needles): Ready {
  if (query.kind === 'not') return ready(query.of, needles);
  if (query.kind !== 'and' && query.kind !== 'or') return none(ready(query, needles));
  const of = query.of.map((part): Query => ({ kind: 'not', of: part }));
  return ready({ kind: query.kind === 'and' ? 'or' : 'and', of }, needles);
}

function none(part: Ready): Ready {
  return {
    holds: (reader) => (part.holds(reader) === null ? [] : null),
    wants: null,
    whyNot: (reader) => {
      const terms = [...new Set((part.holds(reader) ?? []).map(({ term }) => `“${term}”`))];
      if (part.holds(reader) === null) return [];
      return [terms.length > 0 ? `${terms.join(' and ')} must not be in it` : 'something that it rules out is so'];
    },
  };
}

/** A term where it stands. */
interface Spot extends Stand {
  readonly term: string;
}

/** Where words, or several of them with OR between, stand. */
function spotsOf(query: Query, needles: Needles): (reader: Reader) => readonly Spot[] {
  if (query.kind === 'or') {
    const parts = query.of.map((part) => spotsOf(part, needles));
    return (reader) => parts.flatMap((part) => part(reader));
  }
  if (query.kind !== 'words') return () => [];
  const ids = needles.add(query);
  const fields: readonly Field[] = query.within === 'words' ? ['title', 'text'] : [query.within];
  const term = sayTerm(query);
  return ({ stands }) =>
    ids
      .flatMap((id) => stands.get(id) ?? [])
      .filter(({ field }) => fields.includes(field))
      .map((stand) => ({ ...stand, term }));
}

function near({ of: [left, right], most, ordered }: Extract<Query, { kind: 'near' }>, needles: Needles): Ready {
  const [ones, others] = [spotsOf(left, needles), spotsOf(right, needles)];
  const pairs = (reader: Reader) => {
    const [one, other] = [ones(reader), others(reader)];
    return (['title', 'text'] as const).flatMap((field) => {
      const here = (spots: readonly Spot[]) => spots.filter((spot) => spot.field === field);
      const [a, b] = [here(one), here(other)];
      if (a.length === 0 || b.length === 0) return [];
      const between = reader.between(field);
      return [...follow(a, b, most, between), ...(ordered ? [] : follow(b, a, most, between))];
    });
  };
  const [one, other] = [ready(left, needles), ready(right, needles)];
  const far = farApart(most, ordered);
  return {
    holds: (reader) => {
      const found = pairs(reader).flat();
      return found.length > 0 ? unique(found.map(told)) : null;
    },
    wants: fewer(one.wants, other.wants),
    whyNot: (reader) => {
      if (pairs(reader).length > 0) return [];
      const missing = [...one.whyNot(reader), ...other.whyNot(reader)];
      return missing.length > 0 ? missing : [`${sides(left)} and ${sides(right)}: ${far}`];
    },
  };
}

function farApart(most: number, ordered: boolean): string {
  if (most === 0)
    return ordered ? 'the second does not follow right behind the first' : 'they do not stand side by side';
  const between = `at most ${most === 1 ? 'one word' : `${most} words`} between`;
  return ordered ? `the second does not follow the first with ${between}` : `they do not stand with ${between}`;
}

const sides = (query: Query): string =>
  query.kind === 'or' ? query.of.map(sides).join(' or ') : query.kind === 'words' ? `“${sayTerm(query)}”` : '';

const told = ({ term, field, start, end }: Spot): Because => ({ term, field, at: [start, end] });

function unique(because: readonly Because[]): readonly Because[] {
  return [...new Map(because.map((one) => [JSON.stringify(one), one])).values()];
}

const places = { words: 'in it', title: 'in its title', author: 'in its author’s name' } as const;

function words(query: WordsTerm, needles: Needles): Ready {
  const spots = spotsOf(query, needles);
  const term = sayTerm(query);
  const byHandle = query.within === 'author';
  const holds: Holds = (reader) => {
    const found = spots(reader).map(told);
    if (found.length > 0) return unique(found);
    return byHandle && reader.isBy(query) ? [{ term, field: 'author', at: null }] : null;
  };
  return {
    holds,
    // An account's name is compared whole, and is no needle.
    wants: byHandle ? null : new Set(needles.add(query)),
    whyNot: (reader) =>
      holds(reader) ? [] : [`“${query.words}${query.begins ? '*' : ''}” does not stand ${places[query.within]}`],
  };
}

function fact(query: FactTerm): Ready {
  const term = sayTerm(query);
  const field = query.kind === 'rating' ? 'rating' : query.kind === 'lang' ? 'text' : 'url';
  const is = (reader: Reader): boolean => {
    if (query.kind === 'rating') return compare(reader.rating, query);
    if (query.kind === 'site') return reader.isAt(query.value);
    return query.kind === 'lang' ? reader.language() === query.value : reader.source === query.value;
  };
  return {
    holds: (reader) => (is(reader) ? [{ term, field, at: null }] : null),
    wants: null,
    whyNot: (reader) => (is(reader) ? [] : [`${term} is not so`]),
  };
}

function compare(rating: Rating | null, { is, stars }: Extract<FactTerm, { kind: 'rating' }>): boolean {
  if (rating === null || !(rating.scale > 0)) return false;
  const given = (rating.value * 5) / rating.scale;
  if (is === '=') return given === stars;
  if (is === '<') return given < stars;
  if (is === '>') return given > stars;
  return is === '<=' ? given <= stars : given >= stars;
}
