/** What is wrong with a brand's query, and what may not be meant: told before it decides what is heard. */
import { closest, distance } from 'fastest-levenshtein';
import { parseQuery } from '../match/query/parse.ts';
import { compileQueries } from '../match/query/queries.ts';
import { type Query, termsIn } from '../match/query/query.ts';
import { sayTrouble } from '../match/query/trouble.ts';
import { barePost } from '../mention.ts';

export interface QueryChecked {
  /** As it will be used; null exactly where there is trouble. */
  readonly query: Query | null;
  /** A sentence with the place and what to write. */
  readonly trouble: string | null;
  readonly doubts: readonly string[];
}

/** @param names what the brand is called, null where there is none yet; @param places ids of sources, and other names of places that posts come from */
export function checkQuery(text: string, names: readonly string[] | null, places: readonly string[]): QueryChecked {
  const { query, trouble } = parseQuery(text);
  if (query === null) return { query, trouble: `cannot be read. ${sayTrouble(text, trouble)}`, doubts: [] };
  if (compileQueries([query]).find(barePost('', '')).has(0))
    return {
      query: null,
      trouble: 'takes in whatever it does not rule out. Say first what to look for, and NOT behind it.',
      doubts: [],
    };
  return { query, trouble: null, doubts: [...unknownPlaces(query, places), ...(names ? nameless(query, names) : [])] };
}

function unknownPlaces(query: Query, places: readonly string[]): readonly string[] {
  const known = places.map((place) => place.toLowerCase());
  return termsIn(query).flatMap((term) => {
    if (term.kind !== 'source' || known.includes(term.value) || known.length === 0) return [];
    const near = closest(term.value, known);
    return distance(term.value, near) <= 2 ? [`asks for source:${term.value}. Did you mean source:${near}?`] : [];
  });
}

/** A query in which a name is mistyped hears nothing, and nobody would notice. */
function nameless(query: Query, names: readonly string[]): readonly string[] {
  const words = termsIn(query).filter((term) => term.kind === 'words' && term.within === 'words');
  const post = barePost('', names.join(' | '));
  const [name = ''] = names;
  if (words.length === 0 || compileQueries(words).find(post).size > 0) return [];
  return [`holds no word of your names: where people only write ${name}, that is no longer heard. Is it meant so?`];
}
