/** One source in full: what it needs and how to get it, lines for the config that work, its options and its limits. */
import { exampleLines } from '../config/write.ts';
import { cronPeriodMinutes } from '../daemon/due.ts';
import type { Edges } from '../edges.ts';
import type { Secret, Source } from '../sources/source.ts';
import { keepsSentence, limitsSentence, needs, optionsOf } from '../sources/wording.ts';
import { asCalled } from '../text/command.ts';
import { coloursOf, link, readingWidth, wrapped } from './format.ts';
import type { SourceState } from './source-states.ts';

/** @param stands how it stands, where the config names it. @param earshot how commands are called here */
export function tellSource(
  source: Source,
  { terminal }: Pick<Edges, 'terminal'>,
  stands: SourceState | undefined,
  earshot: string,
): string {
  const columns = readingWidth(terminal);
  const paint = coloursOf(terminal);
  const says = (text: string, indent = '') => wrapped(asCalled(text, earshot), columns, indent);
  const options = optionsOf(source);
  const parts = [
    `${paint.bold(source.title)} (${source.id}) · needs ${needs(source)} · ${link(source.home, source.home, terminal)}`,
    says(source.about),
    ...(stands ? [says(`In your config: ${stands.sentence.replace(/^in your config, /, '')}.`)] : []),
    ...(source.offByDefault ? [says(`Off by default: ${source.offByDefault}`)] : []),
    ...secretsPart(source, says, paint.bold),
    `${paint.bold('In the config, with what is yours in place of the example')}\n${indented(exampleLines(source), '  ')}`,
    ...(options.length > 0
      ? [`${paint.bold('What can stand there')}\n${options.map((one) => optionText(one, says)).join('\n')}`]
      : []),
    ...(source.tryIt ? [`${paint.bold('To try it')}\n${source.tryIt.map((line) => `  ${line}`).join('\n')}`] : []),
    `${paint.bold('Its limits')}\n${says(limitsSentence(source, cronPeriodMinutes(source.cron)), '  ')}\n${says(keepsSentence(source), '  ')}`,
  ];
  return `${parts.join('\n\n')}\n`;
}

type Says = (text: string, indent?: string) => string;

function doneWithout({ optional, sends }: Pick<Secret, 'optional' | 'sends'>): string {
  if (sends === 'only') return ' (only for sending answers)';
  if (sends === 'too') return ' (it works without, but hears less and sends no answers)';
  return optional ? ' (it works without, but hears less)' : '';
}

function secretsPart({ secrets, steps = [] }: Source, says: Says, bold: (text: string) => string): string[] {
  const wanted = Object.values(secrets);
  if (wanted.length === 0) return [];
  const told = wanted.map(({ env, about, ...secret }) => `  ${env}${doneWithout(secret)}\n${says(about, '    ')}`);
  const part = `${bold('What it wants, in the file earshot.env beside the config')}\n${told.join('\n')}`;
  return steps.length > 0 ? [part, `${bold('How to get it')}\n${numbered(steps, says)}`] : [part];
}

/** Steps under each other, each with its number. */
export function numbered(steps: readonly string[], says: Says): string {
  return steps
    .map((step, index) => {
      const number = `  ${index + 1}. `;
      return number + says(step, ' '.repeat(number.length)).trimStart();
    })
    .join('\n');
}

function optionText({ name, about, wanted, usual }: ReturnType<typeof optionsOf>[number], says: Says): string {
  const shown =
    usual === undefined || JSON.stringify(usual).length > 30 ? '' : ` (without it: ${JSON.stringify(usual)})`;
  return `  ${name}${wanted ? ' (must be there)' : shown}\n${says(about, '    ')}`;
}

const indented = (text: string, indent: string) => text.replaceAll(/^(?=.)/gm, indent);
