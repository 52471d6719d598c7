/** Why a text is no YAML, as a sentence of what stands there and how it was probably meant. */
import { YAMLParseError } from 'yaml';

export interface YamlTrouble {
  readonly sentence: string;
  /** Counted from 1; null where nobody knows. */
  readonly line: number | null;
}

/** `*names` that stand for each other, a few lines of which can grow to billions of settings. */
export const tooOften =
  'its references (`&name` and `*name`) stand for each other without end. Write out what they stand for; no setting needs so many.';

/** What the parser stumbles over behind the first slip mostly comes of it: only slips of the same kind are told as well. */
export function yamlTroubles(errors: readonly unknown[], text: string): readonly YamlTrouble[] {
  const lines = text.split(/\r\n|\n|\r/);
  const [first] = errors;
  const alike = errors.filter((error) => codeOf(error) === codeOf(first));
  const told = new Map<number | null, YamlTrouble>();
  for (const error of alike) {
    const { sentence, line } = troubleOf(error, lines);
    const noticed = error instanceof YAMLParseError ? (error.linePos?.[0].line ?? line) : line;
    if (!told.has(noticed)) told.set(noticed, { sentence: `this is not YAML: ${sentence}`, line });
  }
  return [...told.values()];
}

const codeOf = (error: unknown) => (error instanceof YAMLParseError ? error.code : null);

function troubleOf(error: unknown, lines: readonly string[]): YamlTrouble {
  if (!(error instanceof YAMLParseError)) return unknownName(error, lines);
  const at = error.linePos?.[0] ?? { line: 1, col: 1 };
  const { line } = at;
  const here = shown(lines[line - 1]);
  const behind = (lines[line - 1] ?? '').slice(at.col - 1);
  switch (error.code) {
    case 'BAD_INDENT':
      return /^Flow/.test(error.message) ? unclosed(lines, line) : { sentence: notInLine(here), line };
    case 'MISSING_CHAR':
      if (!/quote/.test(error.message)) return { sentence: notInLine(here), line };
      return openQuote(lines, line, /"quote/.test(error.message) ? '"' : "'");
    case 'BLOCK_AS_IMPLICIT_KEY': {
      if (/:(\s|$)/.test(behind)) return { sentence: twoColons(here, behind), line };
      const next = lines.findIndex((one, index) => index >= line && one.trim() !== '');
      return { sentence: notInLine(shown(lines[next])), line: next + 1 };
    }
    case 'MULTILINE_IMPLICIT_KEY':
      return {
        sentence: `${here} has no colon. Write it as in \`name: Blue Door\`, with a blank behind the colon.`,
        line,
      };
    case 'TAB_AS_INDENT':
      return { sentence: `a tab stands before ${here}. Put blanks in its place.`, line };
    case 'DUPLICATE_KEY':
      return { sentence: `${here} is a setting that stands there twice. Leave one of the two.`, line };
    case 'BAD_SCALAR_START':
      return { sentence: `in ${here} a text begins with ${behind.charAt(0)}. Put it in quotes.`, line };
    case 'MULTIPLE_DOCS':
      return { sentence: `${here} begins a second file within this one. Take that line out.`, line };
    case 'UNEXPECTED_TOKEN':
      if (/^[}\]]/.test(behind))
        return { sentence: `in ${here} a ${behind.charAt(0)} closes what nothing opened. Take it out.`, line };
  }
  return { sentence: `${here} cannot be read. Indentation and a missing quote or colon are the usual causes.`, line };
}

const longest = 50;

function shown(line = ''): string {
  const text = line.trim();
  return `“${text.length > longest ? `${text.slice(0, longest)}…` : text}”`;
}

const notInLine = (here: string) =>
  `${here} is not in line with the settings around it. Put as many blanks before it as stand before those that it belongs to.`;

function twoColons(here: string, behind: string): string {
  return `${here} has a colon too many. Put what stands behind the first one in quotes: ${JSON.stringify(behind.trim()).slice(0, longest)}.`;
}

/** The parser says only where it noticed. */
function openQuote(lines: readonly string[], end: number, quote: string): YamlTrouble {
  const opened = lines.findIndex((one, index) => index < end && one.split(quote).length % 2 === 0);
  const line = opened < 0 ? end : opened + 1;
  return {
    sentence: `in ${shown(lines[line - 1])} a quote is opened and never closed. Put ${quote} where the text ends.`,
    line,
  };
}

function unclosed(lines: readonly string[], noticed: number): YamlTrouble {
  const opened = lines.findLastIndex((one, index) => index < noticed - 1 && many(one, /[{[]/g) > many(one, /[}\]]/g));
  if (opened < 0) return { sentence: notInLine(shown(lines[noticed - 1])), line: noticed };
  const bracket = /[{[][^}\]]*$/.exec(lines[opened] ?? '')?.[0].charAt(0) ?? '{';
  const closing = bracket === '[' ? ']' : '}';
  return {
    sentence: `the ${bracket} in ${shown(lines[opened])} is not closed. Put ${closing} where it ends, and what stands in it further to the right.`,
    line: opened + 1,
  };
}

const many = (line: string, sign: RegExp) => line.match(sign)?.length ?? 0;

/** `name: *blue`: for YAML a reference, for its writer a text. */
function unknownName(error: unknown, lines: readonly string[]): YamlTrouble {
  const name = /Unresolved alias .*: (.+)$/.exec(error instanceof Error ? error.message : '')?.[1];
  const at = name === undefined ? -1 : lines.findIndex((one) => one.includes(`*${name}`));
  if (name === undefined || at < 0)
    return { sentence: 'it cannot be read. A text that begins with * or & wants quotes.', line: null };
  return { sentence: `in ${shown(lines[at])} a text begins with *. Put it in quotes.`, line: at + 1 };
}
