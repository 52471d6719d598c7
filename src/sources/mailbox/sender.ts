/** Who sent a mail, and whether that is proven: only what the owner's own mail server found out is believed. */
import type { Mail } from '../../net/mail.ts';

export interface Sender {
  /** Lower case; null where the mail names nobody, or more than one. */
  readonly address: string | null;
  readonly name: string | null;
  /** What the sender's domain is registered as: `tripadvisor.com` of `reviews@e.tripadvisor.com`. */
  readonly domain: string | null;
  /** DKIM and DMARC passed for that domain, by the word of a server that we believe. */
  readonly proven: boolean;
}

/** Whether a server of this name is the owner's own, whose findings (RFC 8601) are believed. */
export type Believed = (server: string) => boolean;

/** Shown before a sender that anybody may have written there: in front, so that no narrow column cuts it off. */
export const notProven = 'sender not proven: ';

/**
 * Names under which the servers behind an IMAP host sign their findings, where they are not the host's own domain. Gmail's
 * is from a recorded mail; the others are from general knowledge and not verified: a wrong one leaves a sender unproven.
 */
const signsAs: Readonly<Record<string, string>> = {
  'gmail.com': 'mx.google.com',
  'googlemail.com': 'mx.google.com',
  'me.com': 'icloud.com',
  'fastmail.com': 'messagingengine.com',
  'aol.com': 'yahoo.com',
  'zoho.com': 'zohomail.com',
  'zoho.eu': 'zohomail.eu',
  'yandex.com': 'yandex.net',
  'yandex.ru': 'yandex.net',
};

/**
 * @param host of the mailbox; its domain is the default, so that `imap.mail.example` believes `mx1.mail.example`
 * @param named `trustedServer` of the config: that name and those below it; `none` believes nobody
 */
export function believedBy(host: string, named: string | undefined): Believed {
  if (named === 'none') return () => false;
  const domain = domainOf(host);
  const wanted = (named ?? (domain === null ? '' : (signsAs[domain] ?? domain))).toLowerCase();
  if (wanted === '') return () => false;
  return (server) => server === wanted || server.endsWith(`.${wanted}`);
}

/** What a click may open: anything that a proven sender gives, else only pages of the place that the mail claims to come from. */
export function mayOpen(address: string, { domain, proven }: Sender): boolean {
  return proven || (domain !== null && domainOf(new URL(address).hostname) === domain);
}

export function senderOf(mail: Mail, believed: Believed): Sender {
  const [first, second] = mail.from;
  const headers = mail.headers.get('from') ?? [];
  const one = second === undefined && headers.length <= 1 ? first : undefined;
  const domain = domainOf(one?.address?.split('@').at(-1) ?? '');
  return {
    address: one?.address ?? null,
    name: one?.name ?? null,
    domain,
    proven: domain !== null && isProven(mail, domain, believed),
  };
}

function isProven(mail: Mail, domain: string, believed: Believed): boolean {
  const passed = new Map<string, boolean>();
  for (const line of mail.headers.get('authentication-results') ?? []) {
    const { server, results } = readResults(line);
    // Servers write on top: below the first line of a stranger anything may be the sender's own invention.
    if (!believed(server)) break;
    for (const [method, alike] of Map.groupBy(results, (result) => result.method)) {
      if (passed.has(method)) continue;
      passed.set(
        method,
        alike.some((result) => result.passed && result.domain === domain),
      );
    }
  }
  return passed.get('dkim') === true && passed.get('dmarc') === true;
}

interface Result {
  readonly method: string;
  readonly passed: boolean;
  /** Whom it passed for. */
  readonly domain: string | null;
}

/** One `Authentication-Results` line: `mx.google.com; dkim=pass header.i=@google.com; dmarc=pass header.from=google.com`. */
function readResults(line: string): { readonly server: string; readonly results: readonly Result[] } {
  let bare = line.replaceAll(/"[^"]*"/g, ' ');
  for (let depth = 0; depth < 5; depth += 1) bare = bare.replaceAll(/\([^()]*\)/g, ' ');
  const [head = '', ...parts] = bare.split(';');
  const results = parts.flatMap((part): Result[] => {
    const found = /^\s*([a-z-]+)\s*=\s*([a-z]+)/i.exec(part);
    if (found === null) return [];
    const named = /\bheader\.(?:d|i|from)\s*=\s*([^\s;]+)/i.exec(part)?.[1] ?? '';
    const domain = domainOf(named.split('@').at(-1) ?? '');
    return [{ method: found[1]?.toLowerCase() ?? '', passed: found[2]?.toLowerCase() === 'pass', domain }];
  });
  return { server: head.trim().split(/\s+/)[0]?.toLowerCase() ?? '', results };
}

/** Second levels that belong to nobody (`co.uk`, `com.au`), told by their form: the whole list changes weekly. */
const shared = /^(?:ac|co|com|edu|gob|gov|ltd|me|ne|net|nom|or|org|plc)\.[a-z]{2}$/;

/** What somebody can register: the last two parts of a host name, or three; null for what is no name. */
export function domainOf(host: string): string | null {
  const name = host.trim().toLowerCase().replace(/\.$/, '');
  if (!/^(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)+(?:[a-z]{2,}|xn--[a-z0-9-]+)$/.test(name)) return null;
  const parts = name.split('.');
  const two = parts.slice(-2).join('.');
  return shared.test(two) && parts.length > 2 ? parts.slice(-3).join('.') : two;
}
