/**
 * Reads a query. NOT binds closest after near, then AND, then OR; two words side by side are refused, since nobody can tell
 * whether a phrase or an AND was meant.
 */
import type { Query } from './query.ts';
import { type Token, tokensOf } from './tokens.ts';
import { type QueryTrouble, WrongQuery } from './trouble.ts';

export type ParsedQuery =
  | { readonly query: Query; readonly trouble: null }
  | { readonly query: null; readonly trouble: QueryTrouble };

const deepest = 50;

/** Never throws, whatever the text. */
export function parseQuery(text: string): ParsedQuery {
  try {
    return { query: read(tokensOf(text)), trouble: null };
  } catch (error) {
    if (!(error instanceof WrongQuery)) throw error;
    return { query: null, trouble: { at: error.at, sentence: error.message } };
  }
}

/** A part of the query, and where it begins. */
interface Part {
  readonly query: Query;
  readonly at: number;
}

const thing = 'a word, a "phrase" or a bracket';

function read(tokens: readonly Token[]): Query {
  let place = 0;
  const end: Token = { kind: 'end', at: tokens.at(-1)?.at ?? 0 };
  const peek = () => tokens[place] ?? end;
  const take = () => {
    const token = peek();
    place += 1;
    return token;
  };

  const accept = (kind: Token['kind']) => {
    const there = peek().kind === kind;
    if (there) place += 1;
    return there;
  };

  const several = (kind: 'and' | 'or', one: (depth: number) => Part, more: () => boolean, depth: number): Part => {
    const first = one(depth);
    const parts = [first.query];
    while (more()) parts.push(one(depth).query);
    const flat = parts.flatMap((part) => (part.kind === kind ? part.of : [part]));
    return parts.length === 1 ? first : { query: { kind, of: flat }, at: first.at };
  };
  const or = (depth: number): Part => several('or', and, () => accept('or'), depth);
  // `coffee NOT tea` means `coffee AND NOT tea`, as it does elsewhere.
  const and = (depth: number): Part => several('and', not, () => peek().kind === 'not' || accept('and'), depth);

  const not = (depth: number): Part => {
    const { kind, at } = peek();
    if (kind !== 'not') return near(depth);
    take();
    return { query: { kind: 'not', of: not(deeper(depth, at)).query }, at };
  };

  const near = (depth: number): Part => {
    const left = one(depth);
    const between = peek();
    if (between.kind !== 'near') return left;
    take();
    if (peek().kind === 'not') throw new WrongQuery(peek().at, nearWants);
    const right = one(depth);
    for (const part of [left, right]) if (!isWords(part.query)) throw new WrongQuery(part.at, nearWants);
    const again = peek();
    if (again.kind === 'near')
      throw new WrongQuery(again.at, 'near stands between two things. Write (a near/5 b) AND (b near/5 c).');
    const { ordered, most } = between;
    return { query: { kind: 'near', ordered, most, of: [left.query, right.query] }, at: left.at };
  };

  const one = (depth: number): Part => {
    const before = tokens[place - 1];
    const token = take();
    if (token.kind === 'term') return { query: token.term, at: token.at };
    if (token.kind !== 'open') throw new WrongQuery(token.at, missing(token, before));
    if (peek().kind === 'close')
      throw new WrongQuery(token.at, `there is nothing in these brackets; ${thing} should be.`);
    const inside = or(deeper(depth, token.at));
    const close = take();
    if (close.kind === 'end') throw new WrongQuery(token.at, 'this bracket is never closed. Write ) where it ends.');
    if (close.kind !== 'close') throw new WrongQuery(close.at, sideBySide(tokens[place - 2], close));
    return { query: inside.query, at: token.at };
  };

  if (peek().kind === 'end') throw new WrongQuery(0, `there is nothing to look for; write ${thing}.`);
  const whole = or(0);
  const rest = peek();
  if (rest.kind === 'close')
    throw new WrongQuery(rest.at, 'this bracket was never opened. Take it out, or write ( before.');
  if (rest.kind !== 'end') throw new WrongQuery(rest.at, sideBySide(tokens[place - 1], rest));
  return whole.query;
}

const nearWants =
  'on both sides of near stand words, "phrases" or (several OR of them). Join anything else with AND outside.';

function isWords(query: Query): boolean {
  if (query.kind === 'or') return query.of.every(isWords);
  return query.kind === 'words' && query.within !== 'author';
}

function deeper(depth: number, at: number): number {
  if (depth >= deepest) throw new WrongQuery(at, `this goes more than ${deepest} brackets deep. Take some out.`);
  return depth + 1;
}

const sign = (token: Token): string =>
  token.kind === 'near' ? `${token.ordered ? 'onear' : 'near'}/${token.most}` : token.kind.toUpperCase();

function missing(token: Token, before: Token | undefined): string {
  const last =
    before && before.kind !== 'term' && before.kind !== 'open' && before.kind !== 'close' ? sign(before) : null;
  if (token.kind === 'end')
    return `something is missing behind ${last ?? 'this'}: ${thing}. Or take ${last ?? 'it'} out.`;
  if (token.kind === 'close') return `something is missing before this bracket: ${thing}.`;
  return last === null
    ? `${sign(token)} stands between two things, and before it there is none. Write ${thing} before it, or take it out.`
    : `${thing} should stand between ${last} and ${sign(token)}. Did you mean only one of the two?`;
}

function sideBySide(before: Token | undefined, token: Token): string {
  const plain = (one: Token | undefined): string | null =>
    one?.kind === 'term' && /^[\p{L}\p{N}'’.-]+$/u.test(one.written) ? one.written : null;
  const [left, right] = [plain(before), plain(token)];
  if (left !== null && right !== null)
    return `AND, OR, NOT or near/5 should stand before this. Did you mean "${left} ${right}", or ${left} AND ${right}?`;
  return 'AND, OR, NOT or near/5 should stand before this. Did you mean AND?';
}
