/** Reads a mail's bytes into what a source may see of it. */
import { createHash } from 'node:crypto';
import type { AddressObject, EmailAddress } from 'mailparser';
import type { Mail, MailAddress } from './mail.ts';

/** No mail program writes so much (Postfix keeps 100 kB of a header); reading addresses takes the square of their number. */
const longestHead = 128_000;

/** @param receivedAt milliseconds UTC; rejects where the bytes are no mail, or head without end. */
export async function parseMail(raw: Buffer, receivedAt: number | null): Promise<Mail> {
  if (headLength(raw) > longestHead) throw new Error('the head of the mail is too long');
  const { simpleParser } = await import('mailparser');
  const parsed = await simpleParser(raw, {
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipTextLinks: true,
    skipImageLinks: true,
  });
  const headers = new Map<string, string[]>();
  for (const { key, line } of parsed.headerLines) {
    const value = line.slice(line.indexOf(':') + 1).replaceAll(/\s+/g, ' ');
    const before = headers.get(key) ?? [];
    before.push(value.trim());
    headers.set(key, before);
  }
  const sentAt = parsed.date?.getTime() ?? Number.NaN;
  return {
    messageId: parsed.messageId?.replace(/^\s*<?|>?\s*$/g, '') || null,
    sentAt: Number.isNaN(sentAt) ? null : sentAt,
    receivedAt,
    from: addressesOf(parsed.from),
    replyTo: addressesOf(parsed.replyTo),
    subject: parsed.subject?.trim() || null,
    text: parsed.text?.trim() ? parsed.text : null,
    html: parsed.html || null,
    headers,
    hash: createHash('sha256').update(raw).digest('hex'),
  };
}

function headLength(raw: Buffer): number {
  const ends = ['\r\n\r\n', '\n\n'].map((gap) => raw.indexOf(gap)).filter((at) => at >= 0);
  return Math.min(raw.length, ...ends);
}

function addressesOf(header: AddressObject | undefined): MailAddress[] {
  const all = (header?.value ?? []).flatMap((one): EmailAddress[] => one.group ?? [one]);
  return all.map(({ address, name }) => ({
    address: address?.trim().toLowerCase() || null,
    name: name?.trim() || null,
  }));
}
