/** A mention as a line of CSV that no spreadsheet takes for a formula. */
import { stringify } from 'csv-stringify/sync';
import type { MentionFace } from '../face/mention.ts';
import { forTerminal } from '../text/clean.ts';

/** Columns named as `import` reads them, so that what was exported can be taken in again. */
const columns: readonly (readonly [name: string, value: (mention: MentionFace) => string | number | null])[] = [
  ['id', (one) => one.externalId],
  ['mention', (one) => one.id],
  ['brand', (one) => one.brand],
  ['source', (one) => one.source],
  ['url', (one) => one.url],
  ['author.handle', (one) => one.author.handle],
  ['author.name', (one) => one.author.name],
  ['author.url', (one) => one.author.url],
  ['author.followers', (one) => one.author.followers],
  ['title', (one) => one.title],
  ['text', (one) => one.text],
  ['language', (one) => one.language],
  ['rating.value', (one) => one.rating?.value ?? null],
  ['rating.scale', (one) => one.rating?.scale ?? null],
  ['publishedAt', (one) => one.publishedAt],
  ['firstSeenAt', (one) => one.firstSeenAt],
  ['relevance', (one) => one.relevance.verdict],
  ['sentiment', (one) => one.sentiment.label],
  ['complaint', (one) => one.complaint.verdict],
  ['severity', (one) => one.severity],
  ['urgency', (one) => one.urgency],
  ['topics', (one) => one.topics.join(' ')],
  ['case', (one) => one.case?.id ?? null],
  ['case.state', (one) => one.case?.state ?? null],
  ['words', (one) => one.words],
];

export const csvHead = (): string => stringify([columns.map(([name]) => name)]);

export function csvLine(mention: MentionFace): string {
  return stringify([columns.map(([, value]) => harmless(value(mention)))]);
}

/**
 * A leading `'` keeps spreadsheets from running what begins like a formula (OWASP, CSV injection). Looked at last, since
 * one may hide behind an escape sequence; JSON is the form that keeps every character. `import` takes the mark off again,
 * so what begins with one already gets another.
 */
function harmless(value: string | number | null): string | number | null {
  if (typeof value !== 'string') return value;
  const shown = forTerminal(value);
  return /^'*\s*[=+\-@\t\r＝＋－＠]/.test(shown) ? `'${shown}` : shown;
}
