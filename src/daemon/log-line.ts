/** What may stand in a log line, and how a line looks to a person: pure. */
import { capital } from '../text/capital.ts';
import { onOneLine } from '../text/clean.ts';

/** On one line, without control characters, and without the parts of addresses that let people in. */
export function loggable(text: string): string {
  return onOneLine(text)
    .replaceAll(/\/\/[^/@\s]*@/gu, '//')
    .replaceAll(/(https?:\/\/[^\s?]*)\?[^\s]*/gu, '$1?…');
}

/** Facts with every text in them made loggable, at any depth. */
export function loggableFacts(facts: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [loggable(name), cleaned(value)]));
}

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return loggable(value);
  if (Array.isArray(value)) return value.map(cleaned);
  return typeof value === 'object' && value !== null ? loggableFacts(value) : value;
}

/**
 * `08:05  heard feed …`, of a JSON line: the message says it all, the facts are for machines; wrapped at words, under itself.
 * @param timezone IANA
 */
export function plainLine(line: string, timezone: string, columns = Number.POSITIVE_INFINITY): string {
  const { time, msg } = JSON.parse(line) as { readonly time: string; readonly msg: string };
  const at = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: timezone });
  const [first = '', ...words] = capital(msg).split(' ');
  const lines = [first];
  for (const word of words) {
    const longer = `${lines.at(-1)} ${word}`;
    if (longer.length <= columns - timeColumns) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return `${at.format(new Date(time))}  ${lines.join(`\n${' '.repeat(timeColumns)}`)}\n`;
}

const timeColumns = '08:05  '.length;
