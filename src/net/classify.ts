/** What an answer or a broken connection means for us: the one place where the network's trouble becomes a fault. */
import { minuteMs } from '../clock.ts';
import { Fault } from './fault.ts';
import type { RawAnswer } from './http.ts';
import { retryTime, usedUpUntil } from './reset-time.ts';

/** What the caller was promised; HTML in place of JSON is trouble, in place of a page it is not. */
export type Promised = 'json' | 'feed' | 'page' | 'text';

/** Asked again after this long where a platform wants us to wait and does not say for how long. */
const unsaidWaitMs = minuteMs;
/** An edge that turns us away is left alone for this long. */
const blockedWaitMs = 15 * minuteMs;

/** The general rules, after the platform's own forms were looked at; undefined where the answer may be read. */
export function faultOf(answer: RawAnswer, promised: Promised, now: number): Fault | undefined {
  const host = hostOf(answer.url);
  const { status } = answer;
  if (status === 429 || status === 420) return slowDown(host, answer, now);
  if (status === 503 && answer.headers['retry-after'] !== undefined) return slowDown(host, answer, now);
  if (status >= 500) return isChallenge(answer) ? blocked(host, now) : brokenDown(host);
  if (status === 401 || status === 407) return notAllowed(host);
  if (status === 403) return forbidden(host, answer, now);
  if (status === 404 || status === 410) return gone(host);
  if (status === 408 || status === 425) return brokenDown(host);
  if (status === 402) return new Fault('not-allowed', `${host} wants to be paid for this. Look at your plan there.`);
  if (status === 451) return new Fault('blocked', `${host} may not show this here, for legal reasons.`);
  if (status >= 400) return notUnderstood(host);
  if (status === 304 || status < 200 || status >= 300) return unexpected(host);
  return promised === 'json' || promised === 'feed' ? htmlInstead(host, answer, promised, now) : undefined;
}

function slowDown(host: string, answer: RawAnswer, now: number): Fault {
  const retryAt = retryTime(answer.headers, now) ?? now + unsaidWaitMs;
  return new Fault('slow-down', `${host} asks Earshot to slow down.`, { retryAt });
}

/** A platform's own "slow down" without a time gets the one in the headers, and else a minute. */
export function withRetryAt(fault: Fault, answer: RawAnswer, now: number): Fault {
  if (fault.kind !== 'slow-down' || fault.retryAt !== null) return fault;
  const retryAt = retryTime(answer.headers, now) ?? now + unsaidWaitMs;
  return new Fault(fault.kind, fault.message, { retryAt, cause: fault.cause });
}

function forbidden(host: string, answer: RawAnswer, now: number): Fault {
  if (answer.headers['retry-after'] !== undefined || usedUpUntil(answer.headers, now) !== null)
    return slowDown(host, answer, now);
  // An edge that blocks answers with HTML, words or nothing; only the platform itself answers with JSON (social.md §2.7).
  return isJson(answer) ? notAllowed(host) : blocked(host, now);
}

function blocked(host: string, now: number): Fault {
  const message = `${host} turns Earshot away at its door. That is not your key’s fault; Earshot tries again later.`;
  return new Fault('blocked', message, { retryAt: now + blockedWaitMs });
}

function notAllowed(host: string): Fault {
  return new Fault(
    'not-allowed',
    `${host} wants a key or password, or no longer takes the one you gave. Give a new one.`,
  );
}

function gone(host: string): Fault {
  return new Fault('gone', `${host} has nothing at this address any more. Look at the address in your config.`);
}

function brokenDown(host: string): Fault {
  return new Fault(
    'unreachable',
    `${host} is having trouble and did not answer properly. Earshot tries again by itself.`,
  );
}

function notUnderstood(host: string): Fault {
  return new Fault(
    'garbled',
    `${host} did not understand what Earshot asked. Check its entry in your config, or update Earshot.`,
  );
}

function unexpected(host: string): Fault {
  return new Fault('garbled', `${host} answered in a way that makes no sense here. Check its address in your config.`);
}

function htmlInstead(host: string, answer: RawAnswer, promised: 'json' | 'feed', now: number): Fault | undefined {
  if (!isHtml(answer.text)) return undefined;
  if (isChallenge(answer)) return blocked(host, now);
  if (promised === 'feed')
    return new Fault(
      'garbled',
      `${host} sent a web page where a feed was expected. Give the address of its feed instead.`,
    );
  return new Fault('garbled', `${host} sent a web page where data was expected. Check its address in your config.`);
}

/** The shape did not fit: `path` is where, such as `items.3.created_at`. */
export function changedShape(url: string, path: string): Fault {
  const where = path === '' ? 'its outermost part' : `"${path}"`;
  return new Fault(
    'garbled',
    `${hostOf(url)} has changed its answers: ${where} is not as expected. Earshot needs an update.`,
  );
}

/** It promised JSON and sent something else, or stopped in the middle. */
export function unreadable(url: string, cause?: unknown): Fault {
  return new Fault('garbled', `${hostOf(url)} sent an answer that is cut off or damaged and cannot be read.`, {
    cause,
  });
}

/** `host` or `host:port`: all that people and logs may see of an address, since the rest can carry secrets. */
export function hostOf(url: string | URL): string {
  return new URL(url).host;
}

function isJson(answer: RawAnswer): boolean {
  return /[/+]json\b/i.test(answer.headers['content-type'] ?? '') || /^\s*[{[]/.test(answer.text);
}

/** Looks at the text, since content types lie; XHTML counts, feeds and JSON do not. */
export function isHtml(text: string): boolean {
  const start = text.slice(0, 4000);
  const tag =
    /<(!doctype\s+html|html|head|body|title|meta|script|(?:[\w.-]+:)?(?:rss|feed|rdf|channel))(?=[\s>:])/i.exec(
      start.replace(/<!--[\s\S]*?(?:-->|$)/g, ''),
    );
  return !/^\s*[{[]/.test(start) && tag !== null && !/(?:rss|feed|rdf|channel)$/i.test(tag[1] ?? '');
}

/** Bot checks, consent walls and "unusual traffic" pages, as Cloudflare, DataDome, Akamai, Google and others word them. */
const challenge =
  /just a moment\.\.\.|cf-chl|cf_chl|challenge-platform|attention required! \| cloudflare|captcha|unusual traffic|are you (?:a )?(?:robot|human)|not a robot|enable javascript and cookies|before you continue to|datadome|access denied|request blocked|pardon our interruption/i;

function isChallenge(answer: RawAnswer): boolean {
  const place = new URL(answer.url);
  if (place.hostname.startsWith('consent.') || place.pathname.startsWith('/sorry/')) return true;
  return isHtml(answer.text) && challenge.test(answer.text.slice(0, 20_000));
}
