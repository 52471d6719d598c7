/** The digest as plain text, for mail programs without HTML and for the terminal: 76 columns, no tricks. */
import wrapAnsi from 'wrap-ansi';
import type { Digest, Item, NewsLine, PlaceLine, Section, Segment, Step } from './digest.ts';

/** RFC 5322 §2.1.1 asks for at most 78. */
const columns = 76;
const indent = '   ';

export function renderText(digest: Digest): string {
  const blocks = [
    [digest.headline, `${digest.about} · ${digest.date}`].flatMap((line) => wrap(line)),
    digest.lead.flatMap((line) => wrap(line)),
    given(digest.connect),
    ...sectionBlocks(digest.needsYou),
    given(digest.correction),
    ...newsBlocks(digest.news),
    ...sectionBlocks(digest.unsure),
    ...sectionBlocks(digest.praise),
    listBlock(digest.places.title, digest.places.lines.map(placeLine), digest.places.more),
    listBlock(
      digest.counts.title,
      digest.counts.lines.map(({ label, value, change }) => `${value} ${label}${change === null ? '' : `: ${change}`}`),
    ),
    listBlock(digest.ratings.title, digest.ratings.lines),
    listBlock(digest.leftOut.title, digest.leftOut.lines),
    [
      '--',
      ...(digest.inbox === null ? [] : [`${digest.inbox.say} ${digest.inbox.address}`]),
      ...digest.footer.flatMap((line) => wrap(line)),
    ],
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

function sectionBlocks({ title, items, more }: Section): readonly (readonly string[])[] {
  if (items.length === 0) return [];
  return [heading(title), ...items.map(itemBlock), given(more, indent)];
}

function newsBlocks({ title, lines, more }: Digest['news']): readonly (readonly string[])[] {
  if (lines.length === 0) return [];
  return [heading(title), ...lines.map(newsBlock), given(more, '- ')];
}

function newsBlock({ say, posts }: NewsLine): readonly string[] {
  return [
    ...wrap(`- ${say}`, '  '),
    ...posts.flatMap(({ letter, words, wordless, by, link }) => [
      ...wrap(`${indent}${letter}: ${words.length > 0 ? `“${marked(words)}”` : (wordless ?? '')} ${by}`, `${indent}  `),
      ...(link === null ? [] : [`${indent}  ${link}`]),
    ]),
  ];
}

function itemBlock(item: Item, index: number): readonly string[] {
  const overdue = item.tone === 'overdue' ? 'OVERDUE' : item.tone === 'critical' ? 'URGENT' : null;
  const top = [overdue, item.letter, item.brand, item.rating, item.due].filter((part) => part !== null).join(' · ');
  const said = [item.title, item.excerpt].map(marked).filter((text) => text !== '');
  return [
    ...wrap(`${`${index + 1}.`.padEnd(indent.length)}${top}`, indent),
    ...said.flatMap((text) => wrap(`${indent}“${text}”`, indent)),
    ...(item.wordless === null ? [] : wrap(indent + item.wordless, indent)),
    ...wrap(
      indent +
        [item.who, item.regular, item.audience, item.where, item.when, item.alike]
          .filter((part) => part !== null)
          .join(', '),
      indent,
    ),
    ...(item.because.length > 0 ? wrap(`${indent}Why now: ${item.because.join('; ')}`, indent) : []),
    ...(item.why.length > 0 ? wrap(`${indent}Why: ${item.why.join('; ')}`, indent) : []),
    // An address is never wrapped: it would no longer open.
    ...(item.link === null ? [] : [`${indent}Open the post: ${item.link}`]),
    ...item.steps.flatMap((step) => stepLines(step, indent)),
  ];
}

/** The telling words stand between asterisks, as people write them in plain text. */
function marked(segments: readonly Segment[]): string {
  return segments
    .map(({ text, telling }) => (telling ? text.replace(/^(\s*)(.*?)(\s*)$/u, '$1*$2*$3') : text))
    .join('');
}

function placeLine({ title, sentence }: PlaceLine): string {
  return `${title}: ${sentence}`;
}

function listBlock(title: string, lines: readonly string[], more: Step | null = null): readonly string[] {
  if (lines.length === 0) return [];
  return [...heading(title), ...lines.flatMap((line) => wrap(`- ${line}`, '  ')), ...given(more, '- ')];
}

function heading(title: string): readonly string[] {
  return [title.toUpperCase(), '-'.repeat([...title].length)];
}

function given(step: Step | null, before = ''): readonly string[] {
  return step === null ? [] : stepLines(step, before);
}

/** A command is never wrapped: half of it would be typed. Where the line is too short for both, it stands below. */
function stepLines({ say, command }: Step, before: string): readonly string[] {
  const line = `${before}${say}: ${command}`;
  return line.length <= columns ? [line] : [`${before}${say}:`, `${' '.repeat(before.length)}  ${command}`];
}

function wrap(text: string, hanging = ''): readonly string[] {
  const first = /^\s*/.exec(text)?.[0] ?? '';
  // A command stays whole; one that is longer than a line is broken as everything else.
  const whole = text.trimStart().replaceAll(/`npx earshot [^`]*`/g, (command) => command.replaceAll(' ', '\u00a0'));
  const lines = wrapAnsi(whole, columns - Math.max(first.length, hanging.length), { hard: true }).split('\n');
  return lines.map((line, index) => (index === 0 ? first : hanging) + line.replaceAll('\u00a0', ' ').trimEnd());
}
