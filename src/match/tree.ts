/** All terms of all brands in one tree of letters: a text is walked once, whatever the number of brands. */
import { beginsAt, endsAt } from './boundary.ts';

interface Node<Term> {
  readonly next: Map<number, Node<Term>>;
  readonly terms: Term[];
}

export interface Tree<Term> {
  /** `key` is folded; a space in it stands for any space, hyphen or underscore in the text. */
  add(key: string, term: Term): void;
  /** Calls back for every term that stands in the folded text as whole words, at its folded start and end. */
  walk(text: string, found: (term: Term, start: number, end: number) => void, humpsAt?: HumpsAt): void;
}

/** Whether a word may end at this place of the folded text though a letter follows (`#BlueDoorRocks`). */
export type HumpsAt = (start: number, place: number) => boolean;

const space = 0x20;
const apostrophe = 0x27;
const ampersand = 0x26;
const lineFeed = 0x0a;
const longestGap = 3;

function isGap(code: number): boolean {
  return code === space || code === 0x2d || code === 0x5f || code === lineFeed || code === 0x0d || code === 0x09;
}

function gapEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length && isGap(text.charCodeAt(end))) end++;
  return end;
}

/** The next place that counts: apostrophes inside a name do not, nor gaps before "&"; -1 where the gap is too wide for a name. */
function skipped<Term>(text: string, place: number, node: Node<Term>): number {
  const from = text.charCodeAt(place) === apostrophe && !node.next.has(apostrophe) ? place + 1 : place;
  if (!isGap(text.charCodeAt(from))) return from;
  const after = gapEnd(text, from);
  if (after - from > longestGap || text.startsWith('\n\n', from)) return -1;
  return text.charCodeAt(after) === ampersand ? after : from;
}

/** An empty tree. */
export function growTree<Term>(): Tree<Term> {
  const root: Node<Term> = { next: new Map(), terms: [] };
  /** By UTF-16 unit: 1 where a term begins so. Of most letters none does, and a text is mostly letters. */
  const begun = new Uint8Array(0x10000);

  function add(key: string, term: Term): void {
    let node = root;
    for (let i = 0; i < key.length; i++) {
      const code = key.charCodeAt(i);
      const known = node.next.get(code);
      const child: Node<Term> = known ?? { next: new Map(), terms: [] };
      if (!known) node.next.set(code, child);
      node = child;
    }
    node.terms.push(term);
    begun[key.charCodeAt(0)] = 1;
  }

  function walk(text: string, found: (term: Term, start: number, end: number) => void, humpsAt?: HumpsAt): void {
    for (let start = 0; start < text.length; start++) {
      if (begun[text.charCodeAt(start)] !== 1 || !beginsAt(text, start)) continue;
      let node = root.next.get(text.charCodeAt(start));
      let place = start + 1;
      while (node && place <= text.length) {
        if (node.terms.length > 0 && (endsAt(text, place) || humpsAt?.(start, place))) {
          for (const term of node.terms) found(term, start, place);
        }
        place = skipped(text, place, node);
        const code = place < 0 ? Number.NaN : text.charCodeAt(place);
        node = node.next.get(isGap(code) ? space : code);
        place = code === ampersand || isGap(code) ? gapEnd(text, place + 1) : place + 1;
      }
    }
  }

  return { add, walk };
}
