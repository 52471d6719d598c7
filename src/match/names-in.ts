/** Finds a few names in running text by the matcher's own rules, without accounts and addresses. */
import { fold } from './fold.ts';
import { formsOf } from './forms.ts';
import { growTree } from './tree.ts';

/** UTF-16 units of the text. */
export interface NameAt {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Prepares names once; the function it returns gives where they stand, in order, at most 100. */
export function listenFor(names: readonly string[]): (text: string) => readonly NameAt[] {
  const tree = growTree<string>();
  for (const name of names) for (const { key, initials } of formsOf(name)) if (!initials) tree.add(key, name);
  return (text) => {
    const found: NameAt[] = [];
    const folded = fold(text);
    tree.walk(folded.text, (name, start, end) => {
      if (found.length < 100) found.push({ name, start: folded.start(start), end: folded.end(end - 1) });
    });
    return found;
  };
}
