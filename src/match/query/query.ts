/** What a brand's `query` says, as a tree; and that tree as text again. */

/** Where the words of a term must stand; `words` is title or text. */
export type Within = 'words' | 'title' | 'author';
export const comparisons = ['<=', '>=', '<', '>', '='] as const;
export type Comparison = (typeof comparisons)[number];

/** A word or phrase. */
export interface WordsTerm {
  readonly kind: 'words';
  /** As written, without quotation marks and star. */
  readonly words: string;
  /** It is the beginning of a word: `refund*`. */
  readonly begins: boolean;
  readonly within: Within;
}

/** What else one can ask of a post. */
export type FactTerm =
  | { readonly kind: 'site' | 'lang' | 'source'; readonly value: string }
  /** Out of five, whatever its place counts in. */
  | { readonly kind: 'rating'; readonly is: Comparison; readonly stars: number };

export interface Near {
  readonly kind: 'near';
  readonly ordered: boolean;
  /** So many words may stand between the two. */
  readonly most: number;
  /** Words, or several of them with OR between. */
  readonly of: readonly [Query, Query];
}

export type Query =
  | WordsTerm
  | FactTerm
  | Near
  | { readonly kind: 'and' | 'or'; readonly of: readonly Query[] }
  | { readonly kind: 'not'; readonly of: Query };

/** Read again it is the same tree. */
export function printQuery(query: Query): string {
  switch (query.kind) {
    case 'and':
      return query.of.map((part) => bracketed(part, ['or'])).join(' AND ');
    case 'or':
      return query.of.map((part) => bracketed(part, [])).join(' OR ');
    case 'not':
      return `NOT ${bracketed(query.of, ['and', 'or'])}`;
    case 'near': {
      const [one, other] = query.of.map((part) => bracketed(part, ['or']));
      return `${one} ${query.ordered ? 'onear' : 'near'}/${query.most} ${other}`;
    }
    default:
      return printTerm(query);
  }
}

function bracketed(query: Query, kinds: readonly Query['kind'][]): string {
  return kinds.includes(query.kind) ? `(${printQuery(query)})` : printQuery(query);
}

const bare = /^[#@]?[\p{L}\p{N}][\p{L}\p{N}\p{M}]*$/u;
const meansMore = /^(?:and|or|not|o?near\d*)$/i;

function printTerm(term: WordsTerm | FactTerm): string {
  if (term.kind === 'rating') return `rating:${term.is}${term.stars}`;
  if (term.kind !== 'words') return `${term.kind}:${/[\s()]|\/\*/.test(term.value) ? `"${term.value}"` : term.value}`;
  const said = `${term.words}${term.begins ? '*' : ''}`;
  const written = bare.test(term.words) && !meansMore.test(said) ? said : `"${said}"`;
  return term.within === 'words' ? written : `${term.within}:${written}`;
}

/** A term as its owner knows it: a phrase without its quotation marks. */
export function sayTerm(term: WordsTerm | FactTerm): string {
  return term.kind === 'words' && term.within === 'words' ? `${term.words}${term.begins ? '*' : ''}` : printTerm(term);
}

/** All terms of a query, left to right. */
export function termsIn(query: Query): readonly (WordsTerm | FactTerm)[] {
  if (query.kind === 'not') return termsIn(query.of);
  return 'of' in query ? query.of.flatMap(termsIn) : [query];
}
