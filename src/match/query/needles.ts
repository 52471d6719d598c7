/** All words of all queries in one tree: a post is walked once, and only queries whose words stand in it are looked at. */
import { endsAt } from '../boundary.ts';
import { fold } from '../fold.ts';
import { phraseForms } from '../forms.ts';
import { growTree } from '../tree.ts';
import type { WordsTerm } from './query.ts';

/** One spelling to look for, shared by every term that is spelled so. */
interface Needle {
  readonly id: number;
  readonly begins: boolean;
  /** What must stand right before it: `#` or `@`; empty where anything may. */
  readonly sign: string;
}

export type Field = 'title' | 'text' | 'author';

/** Where a needle stands, in UTF-16 units of that field. */
export interface Stand {
  readonly field: Field;
  readonly start: number;
  readonly end: number;
}

/** By needle. */
export type Stands = Map<number, Stand[]>;

export interface Needles {
  /** Ids of the spellings of a term; the same for the same spelling. */
  add(term: WordsTerm): readonly number[];
  /** Adds to `found` where needles stand in this text. */
  find(text: string, field: Field, found: Stands): void;
}

/** A text that is nothing but one word stays cheap. */
const mostStands = 2000;

export function growNeedles(): Needles {
  const tree = growTree<Needle>();
  const known = new Map<string, Needle>();

  function add({ words, begins }: WordsTerm): readonly number[] {
    const sign = /^[#@]/.exec(words)?.[0] ?? '';
    return phraseForms(words).map((key) => {
      const identity = JSON.stringify([key, begins, sign]);
      const needle = known.get(identity) ?? { id: known.size, begins, sign };
      if (!known.has(identity)) {
        known.set(identity, needle);
        tree.add(key, needle);
      }
      return needle.id;
    });
  }

  function find(text: string, field: Field, found: Stands): void {
    if (text === '' || known.size === 0) return;
    const folded = fold(text);
    const note = ({ id, begins, sign }: Needle, from: number, to: number) => {
      const whole = endsAt(folded.text, to);
      if (!whole && !begins) return;
      const start = folded.start(from);
      if (sign !== '' && text.charAt(start - 1) !== sign) return;
      const stand = { field, start, end: folded.end((whole ? to : wordEnd(folded.text, to)) - 1) };
      const stands = found.get(id);
      if (!stands) found.set(id, [stand]);
      else if (stands.length < mostStands) stands.push(stand);
    };
    // Each end is told, also inside a word: only some needles want a whole one.
    tree.walk(folded.text, note, () => true);
  }

  return { add, find };
}

function wordEnd(text: string, from: number): number {
  let end = from;
  while (!endsAt(text, end)) end++;
  return end;
}
