/** One run's way through the door: builds the question, asks in turn, judges the answer, reads it. */
import type { Clock } from '../clock.ts';
import type { Validators } from '../watch.ts';
import { isThisMachine } from './address.ts';
import { faultOf, type Promised, unreadable, withRetryAt } from './classify.ts';
import { type Asker, createConditional, withoutText } from './conditional.ts';
import { decodeJsonText, decodeText, unzipped } from './decode.ts';
import { Fault } from './fault.ts';
import type { Caller, Hosts } from './hosts.ts';
import type { Ask, Http, RawAnswer } from './http.ts';
import type { Visit } from './net.ts';
import { feedsOfPage } from './page-feeds.ts';
import { parseFeed } from './parse-feed.ts';
import { readJson } from './parse-json.ts';
import type { Incoming, Limits, Send } from './request.ts';
import { usedUpUntil } from './reset-time.ts';
import { withRetry } from './retry.ts';
import type { Round } from './round.ts';
import { targetOf } from './target.ts';
import { faultOfWriting, readWritten } from './writing.ts';

export interface Rooms {
  readonly clock: Clock;
  readonly userAgent: string;
  readonly random: () => number;
  readonly limits: Limits;
  readonly send: Send;
  readonly hosts: Hosts;
}

/** What `Accept` says: some servers choose between a page and data by it. */
const accepted: Record<Promised, string> = {
  json: 'application/json, */*;q=0.5',
  feed: 'application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5',
  page: 'application/atom+xml, application/rss+xml, application/feed+json, text/html;q=0.9, */*;q=0.5',
  text: '*/*',
};

export function createVisit(
  rooms: Rooms,
  visit: Visit & { readonly round: Round },
): { http: Http; validators(): Validators; waited(): number | null } {
  const ask: Asker = async ({ url, signature }, promised, question, condition = {}) => {
    const { caller, host } = callerOf(visit, url, question);
    const outgoing = {
      method: question.method ?? 'GET',
      url,
      headers: { ...headersOf(rooms, promised, question), ...signature, ...condition },
      body: bodyOf(question),
      signal: visit.signal,
      ...(question.writes && { stays: true }),
    };
    const once = async (): Promise<RawAnswer> => {
      await rooms.hosts.permit(caller);
      const outcome = await judged(() => rooms.send(outgoing), promised, question, rooms);
      await rooms.hosts.settle(caller, { fault: outcome.fault, usedUpUntil: outcome.usedUpUntil });
      if (outcome.fault !== null) throw question.writes ? faultOfWriting(outcome.fault, outcome) : outcome.fault;
      return outcome.answer;
    };
    const tried = question.once || question.writes ? once : () => withRetry(once, { ...rooms, signal: visit.signal });
    return rooms.hosts.inTurn(caller, () => visit.round.ask(host, tried));
  };

  const feeds = createConditional(rooms.clock, visit.validators, ask, visit.restsAtMostUntil);

  const http: Http = {
    json: async (address, shape, question = {}) => {
      const answer = await ask(targetOf(address, question), 'json', question);
      return { ...withoutText(answer), body: readWritten(question, () => readJson(answer.text, shape, answer.url)) };
    },
    text: async (address, question = {}) => {
      const answer = await ask(targetOf(address, question), 'text', question);
      return { ...withoutText(answer), body: answer.text };
    },
    feed: (address, question = {}) => feeds.ask(address, 'feed', question, ({ text, url }) => parseFeed(text, url)),
    feedOrPage: (address, question = {}) =>
      feeds.ask(address, 'page', question, ({ text, url }) => {
        const found = feedsOfPage(text, url);
        return found === null ? parseFeed(text, url) : { feeds: found };
      }),
  };
  return { http, validators: feeds.validators, waited: feeds.waited };
}

/** @returns also the host as a round of looks knows it. */
export function callerOf(visit: Visit, url: URL, { budget }: Pick<Ask, 'budget'>): { caller: Caller; host: string } {
  // A server on this machine is the owner's own: nobody there needs sparing. It may stand in for several platforms at
  // once, and one that turns us away must not silence the others.
  const ours = isThisMachine(url.hostname);
  const host = ours && visit.source !== undefined ? `${url.host} for ${visit.source}` : url.host;
  const { account, signal } = visit;
  return {
    host,
    caller: {
      host: budget ? `${host} for ${budget.of}` : host,
      name: url.host,
      account,
      pace: ours ? [] : (budget?.pace ?? visit.pace),
      signal,
    },
  };
}

interface Outcome {
  readonly answer: RawAnswer;
  readonly fault: Fault | null;
  /** The platform itself said no, in its own form. */
  readonly isTheirs: boolean;
  readonly usedUpUntil: number | null;
}

/** The call's outcome as a value, so that the host's state can be settled before anything is thrown. */
export async function judged(
  send: () => Promise<Incoming>,
  promised: Promised,
  question: Ask,
  rooms: Pick<Rooms, 'clock' | 'limits'>,
): Promise<Outcome> {
  let answer: RawAnswer = { status: 0, url: '', headers: {}, text: '' };
  try {
    answer = rawAnswer(await send(), promised, rooms.limits);
  } catch (error) {
    if (error instanceof Fault) return { answer, fault: error, isTheirs: false, usedUpUntil: null };
    throw error;
  }
  const now = rooms.clock.now();
  const theirs = platformsOwn(answer, question, now);
  const fault = theirs ?? faultUnlessUnchanged(answer, promised, now) ?? null;
  return { answer, fault, isTheirs: theirs !== undefined, usedUpUntil: usedUpUntil(answer.headers, now) };
}

function platformsOwn(answer: RawAnswer, { refused }: Ask, now: number): Fault | undefined {
  const fault = refused?.(answer, now);
  return fault && withRetryAt(fault, answer, now);
}

function faultUnlessUnchanged(answer: RawAnswer, promised: Promised, now: number): Fault | undefined {
  const conditional = promised === 'feed' || promised === 'page';
  return conditional && answer.status === 304 ? undefined : faultOf(answer, promised, now);
}

function rawAnswer({ status, url, movedTo, headers, body }: Incoming, promised: Promised, limits: Limits): RawAnswer {
  const bytes = unzipped(body, limits.bodyBytes);
  if (bytes === null) throw unreadable(url.href);
  const text = promised === 'json' ? decodeJsonText(bytes) : decodeText(bytes, headers['content-type']);
  return { status, url: url.href, ...(movedTo && { movedTo: movedTo.href }), headers, text };
}

function headersOf(rooms: Rooms, promised: Promised, { headers = {}, json, form }: Ask): Record<string, string> {
  const given = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const type =
    json !== undefined ? 'application/json' : form !== undefined ? 'application/x-www-form-urlencoded' : undefined;
  return {
    accept: accepted[promised],
    'user-agent': rooms.userAgent,
    ...(type === undefined ? {} : { 'content-type': type }),
    ...given,
  };
}

function bodyOf({ json, form }: Ask): string | null {
  if (json !== undefined) return JSON.stringify(json);
  return form === undefined ? null : new URLSearchParams(form).toString();
}
