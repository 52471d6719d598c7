/** Where an answer sends us on to, and what may come along: keys never leave the place they were given for. */
import { leadsNowhere, leadsOffTheWeb } from './broken.ts';
import { Fault } from './fault.ts';
import type { Incoming, Outgoing } from './request.ts';

/** What may follow us to another origin; everything else may be a key. */
const harmless = new Set(['accept', 'accept-language', 'user-agent', 'if-none-match', 'if-modified-since']);

/** Where the answer sends us, as a question of its own; null where it is no redirect. */
export function redirectOf({ status, headers }: Incoming, from: Outgoing): Outgoing | null {
  if (![301, 302, 303, 307, 308].includes(status)) return null;
  const location = headers.location?.trim() ?? '';
  if (location === '') throw leadsNowhere(from.url.host);
  const url = URL.parse(location, from.url.href);
  if (url === null || !/^https?:$/.test(url.protocol)) throw leadsOffTheWeb(from.url.host);
  url.username = '';
  url.password = '';
  const asGet = status === 303 || (status < 303 && from.method === 'POST');
  const { 'content-type': _type, ...withoutBody } = from.headers;
  const next: Outgoing = asGet ? { ...from, method: 'GET', url, body: null, headers: withoutBody } : { ...from, url };
  return isSameParty(from.url, url) ? next : strippedOf(next, from.url);
}

function strippedOf(next: Outgoing, from: URL): Outgoing {
  if (next.body !== null) throw elsewhere(from, next.url);
  const headers = Object.fromEntries(Object.entries(next.headers).filter(([name]) => harmless.has(name)));
  const lost = Object.keys(headers).length < Object.keys(next.headers).length;
  if (lost && from.protocol === 'https:' && next.url.protocol === 'http:') throw elsewhere(from, next.url);
  return { ...next, headers };
}

/** The same origin, or the same host's step from plain to encrypted. */
function isSameParty(from: URL, to: URL): boolean {
  if (from.origin === to.origin) return true;
  return (
    from.hostname === to.hostname && from.protocol === 'http:' && to.protocol === 'https:' && !from.port && !to.port
  );
}

function elsewhere(from: URL, to: URL): Fault {
  const message = `${from.host} sends Earshot on to ${to.host}, where it does not take your key. If that is right, put ${to.host} in your config.`;
  return new Fault('not-allowed', message);
}
