/** Where a question goes: its whole address, and what lets in there. */
import { unescape as decoded } from 'node:querystring';
import { Fault } from './fault.ts';
import type { Ask } from './http.ts';

export interface Target {
  readonly url: URL;
  readonly signature: Readonly<Record<string, string>>;
}

/** A password written into the address travels as a header, where redirects, stamps and messages cannot spill it. */
export function targetOf(address: string, { query = {} }: Ask): Target {
  const url = URL.parse(address);
  if (url === null || !/^https?:$/.test(url.protocol)) throw notAnAddress(address);
  for (const [name, value] of Object.entries(query)) {
    const values = Array.isArray(value) ? value : [value];
    for (const one of values) if (one !== undefined) url.searchParams.append(name, String(one));
  }
  const { username, password } = url;
  url.username = '';
  url.password = '';
  return { url, signature: username === '' ? {} : { authorization: `Basic ${basic(username, password)}` } };
}

function basic(username: string, password: string): string {
  return Buffer.from(`${decoded(username)}:${decoded(password)}`).toString('base64');
}

function notAnAddress(address: string): Fault {
  const shown = address.split('?')[0]?.slice(0, 100) ?? '';
  return new Fault(
    'gone',
    `"${shown}" is not an address that begins with https:// or http://. Mend it in your config.`,
  );
}
