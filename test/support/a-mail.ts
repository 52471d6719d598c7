/** A whole mail as a server would hand it over: tests name only what matters to them. */

export interface AMail {
  readonly from?: string;
  readonly to?: string;
  readonly subject?: string;
  /** Without angle brackets; null leaves it out. */
  readonly id?: string | null;
  readonly date?: string;
  readonly text?: string;
  readonly html?: string;
  /** More header lines, written on top as a server that passes a mail on does. */
  readonly headers?: readonly string[];
}

export const theDate = 'Fri, 20 Nov 2026 06:30:00 +0000';

/** What `mail.bluedoor.example` writes about a mail that is truly from that domain. */
export const passed = (domain: string, server = 'mail.bluedoor.example'): string =>
  `Authentication-Results: ${server}; dkim=pass header.d=${domain} header.s=s1; spf=pass smtp.mailfrom=bounce@${domain}; dmarc=pass (p=reject) header.from=${domain}`;

let made = 0;

export function aMail({
  from = 'Reviews <news@reviews.example>',
  subject = 'A new review',
  ...rest
}: AMail = {}): string {
  made += 1;
  const { to = 'owner@bluedoor.example', id = `mail-${made}@reviews.example`, date = theDate, headers = [] } = rest;
  const part = (type: string, body: string) =>
    `Content-Type: text/${type}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64(body)}\r\n`;
  const head = [
    ...headers,
    `Date: ${date}`,
    ...(id === null ? [] : [`Message-ID: <${id}>`]),
    `Subject: ${encoded(subject)}`,
    `From: ${from}`,
    `To: ${to}`,
    'MIME-Version: 1.0',
  ].join('\r\n');
  if (rest.html === undefined) return `${head}\r\n${part('plain', rest.text ?? 'Cold coffee.')}`;
  if (rest.text === undefined) return `${head}\r\n${part('html', rest.html)}`;
  const parts = [part('plain', rest.text), part('html', rest.html)].map((one) => `--seam\r\n${one}`).join('');
  return `${head}\r\nContent-Type: multipart/alternative; boundary="seam"\r\n\r\n${parts}--seam--\r\n`;
}

const base64 = (text: string) =>
  Buffer.from(text)
    .toString('base64')
    .replace(/.{1,76}/g, '$&\r\n')
    .trim();

const encoded = (text: string) =>
  /^[ -~]*$/.test(text) ? text : `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;
