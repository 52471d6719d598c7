/** Takes the mails of Google Alerts apart: each result is an article of its own. */
import { createHash } from 'node:crypto';
import type { Mail } from '../../net/mail.ts';
import { microdata } from '../../text/microdata.ts';
import { plainText } from '../../text/plain.ts';
import { unwrapped } from '../feed-address.ts';
import { webLinks } from '../web-links.ts';

export const googleAlertsSender = 'googlealerts-noreply@google.com';

export interface AlertResult {
  /** Short, and the same for the same address. */
  readonly id: string;
  readonly url: string;
  readonly title: string | null;
  readonly publisher: string | null;
  readonly words: string;
}

/** Every result in order, each address once; none where the mail is no alert or has changed its form. */
export function alertResults({ html, text }: Mail): readonly AlertResult[] {
  const marked = html === null ? [] : markedResults(html);
  const found = marked.length > 0 ? marked : plainResults(text ?? '');
  const byUrl = new Map<string, AlertResult>();
  for (const result of found) if (!byUrl.has(result.url)) byUrl.set(result.url, result);
  return [...byUrl.values()];
}

/** Rows of the HTML, marked as schema.org Articles (recorded 2025; the JSON beside them holds only the first four). */
function markedResults(html: string): AlertResult[] {
  return microdata(html, 'Article').flatMap((row) => {
    const given = (name: string) => plainText(row.get(name) ?? '') || null;
    return resultOf(unwrapped(row.get('url') ?? ''), given('name'), given('publisher'), given('description') ?? '');
  });
}

const target = /^<(https?:\/\/[^\s<>]+)>$/;

/** The plain part: title, publisher and words on lines of their own, then the address; long titles take two lines. */
function plainResults(text: string): AlertResult[] {
  return text
    .replaceAll('\r\n', '\n')
    .split(/\n{2,}/)
    .flatMap((block) => {
      const lines = block.split('\n').map((line) => line.trim());
      const address = target.exec(lines.at(-1) ?? '')?.[1];
      // Google's own addresses at the end (unsubscribe, manage) carry no other one.
      const url = address === undefined ? '' : unwrapped(address);
      return url === address ? [] : resultOf(url, null, null, lines.slice(0, -1).join(' '));
    });
}

function resultOf(address: string, title: string | null, publisher: string | null, words: string): AlertResult[] {
  const [url] = webLinks([address]);
  if (url === undefined || (title === null && words === '')) return [];
  return [{ id: createHash('sha256').update(url).digest('hex').slice(0, 12), url, title, publisher, words }];
}
