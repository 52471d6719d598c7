/** The config's text as plain values, and on which line of it a setting stands. */
import { type Document, LineCounter, parseDocument } from 'yaml';
import type { Path } from './issues.ts';
import { tooOften, yamlTroubles } from './yaml-trouble.ts';

/** Settings go six deep. */
const deepest = 50;
const tooDeep =
  'one setting stands within the other, deeper than any setting does. Indentation and a bracket that is opened too often are the usual causes.';

/** The parser calls itself once a level, and says so in words of the machine when it can go no deeper. */
const isTooDeep = (error: unknown) => error instanceof Error && /call stack|stack overflow/i.test(error.message);

/**
 * Undefined, and told, where it is no YAML, where `*aliases` lead nowhere or multiply without end, and where it is too deep
 * for whoever reads it. What the parser made of it is let go of with the last line: it is ten times the text.
 */
export function plainValue(text: string, tell: (sentence: string, line?: number | null) => void): unknown {
  const document = parseDocument(text, { prettyErrors: true });
  if (document.errors.some(isTooDeep)) return void tell(tooDeep);
  for (const { sentence, line } of yamlTroubles(document.errors, text)) tell(sentence, line);
  if (document.errors.length > 0) return undefined;
  try {
    const value: unknown = document.toJS({ maxAliasCount: 50 }) ?? null;
    if (!goesDeeper(value, deepest)) return value;
    tell(tooDeep);
  } catch (error) {
    if (isTooDeep(error)) tell(tooDeep);
    else if (error instanceof Error && /alias count/.test(error.message)) tell(tooOften);
    else for (const { sentence, line } of yamlTroubles([error], text)) tell(sentence, line);
  }
  return undefined;
}

function goesDeeper(value: unknown, levels: number): boolean {
  if (value === null || typeof value !== 'object') return false;
  return levels === 0 || Object.values(value).some((part) => goesDeeper(part, levels - 1));
}

/** On which line a setting stands, or else what it is part of. Read once more for it, where something is wrong. */
export function lineFinder(text: string): (path: Path) => number | null {
  let read: { readonly document: Document; readonly lines: LineCounter } | null = null;
  return (path) => {
    if (path.length === 0) return null;
    if (read === null) {
      const lines = new LineCounter();
      read = { document: parseDocument(text, { lineCounter: lines }), lines };
    }
    for (let length = path.length; length > 0; length -= 1) {
      const node = read.document.getIn(path.slice(0, length), true) as { range?: [number, number, number] } | undefined;
      if (node?.range) return read.lines.linePos(node.range[0]).line;
    }
    return null;
  };
}
