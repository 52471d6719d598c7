/** Questions for feeds: only for what has changed since the last saved look and, where it is wished, as seldom as the publisher wants. */
import type { Clock } from '../clock.ts';
import type { Validator, Validators } from '../watch.ts';
import { isThisMachine } from './address.ts';
import type { Promised } from './classify.ts';
import { Fault } from './fault.ts';
import type { Feed } from './feed.ts';
import type { Answer, Ask, RawAnswer } from './http.ts';
import { type Target, targetOf } from './target.ts';
import { afterAnswer, conditionOf, placeOf, restsUntil, validatorOf } from './validators.ts';

export type Asker = (
  target: Target,
  promised: Promised,
  question: Ask,
  condition?: Readonly<Record<string, string>>,
) => Promise<RawAnswer>;

type Body = Feed | { readonly feeds: readonly string[] };

/** Null where nothing has changed, or nobody was asked. */
type AskAt<Where> = <Read extends Body>(
  where: Where,
  promised: 'feed' | 'page',
  question: Ask,
  read: (answer: RawAnswer) => Read,
) => Promise<Answer<Read> | null>;

export interface Conditional {
  readonly ask: AskAt<string>;
  validators(): Validators;
  /** Until when what was not asked for rests; null where all was asked. */
  waited(): number | null;
}

/** @param latest milliseconds UTC: no rest is kept for longer */
export function createConditional(clock: Clock, kept: Validators, ask: Asker, latest?: number): Conditional {
  const known = new Map<string, Validator>(Object.entries(kept));
  let waited: number | null = null;

  /** What is remembered moves only once the answer was read: else a 304 would hide a broken feed. */
  const askNow: AskAt<Target> = async (target, promised, question, read) => {
    const { url } = target;
    const before = known.get(url.href);
    const askedAt = clock.now();
    const answer = await ask(target, promised, question, conditionOf(before));
    const unchanged = answer.status === 304 && before !== undefined;
    const body = unchanged ? null : read(answer);
    // A page that stays the same says nothing of the feeds that it names.
    const isPage = body !== null && 'feeds' in body;
    const stamps = (unchanged ? stampsOf(before) : isPage ? null : validatorOf(answer.headers)) ?? {};
    const { headers, movedTo = null } = answer;
    const restMs = body === null ? before?.restMs : isPage ? undefined : restOf(body);
    const heard = { headers: isPage ? {} : headers, movedTo, askedAt, ours: isThisMachine(url.hostname), restMs };
    const after = question.unhurried ? afterAnswer(before, stamps, heard) : stamps;
    if (Object.keys(after).length === 0) known.delete(url.href);
    else known.set(url.href, after);
    // Whoever is sent back to an address was once sent away from it.
    const there = movedTo === null ? undefined : known.get(movedTo);
    if (movedTo !== null && there?.moved) known.set(movedTo, withoutMove(there));
    return body === null ? null : { ...withoutText(answer), body };
  };

  const askInTime: AskAt<Target> = async (target, promised, question, read) => {
    const { url } = target;
    const before = known.get(url.href);
    if (before?.ended) throw goneForGood(url.host);
    const rests = restsUntil(before, clock.now(), latest);
    if (rests !== null) {
      waited = Math.max(rests, waited ?? 0);
      return null;
    }
    const refused = (answer: RawAnswer, now: number) => {
      if (answer.status !== 410 || ![url.href, answer.movedTo].includes(answer.url))
        return question.refused?.(answer, now);
      known.set(url.href, { ended: true });
      return goneForGood(url.host);
    };
    return askNow(target, promised, { ...question, refused }, read);
  };

  return {
    ask: async (address, promised, question, read) => {
      const target = targetOf(address, question);
      if (!question.unhurried) return askNow(target, promised, question, read);
      const { href } = target.url;
      // A password is for the address that it was given for.
      const place = Object.keys(target.signature).length > 0 ? href : placeOf(known, href);
      if (place === href) return askInTime(target, promised, question, read);
      try {
        return await askInTime({ url: new URL(place), signature: {} }, promised, question, read);
      } catch (error) {
        if (!(error instanceof Fault) || (error.kind !== 'gone' && error.kind !== 'garbled')) throw error;
        // Perhaps it has come back, or moved on from there.
        known.set(href, withoutMove(known.get(href)));
        return askInTime(target, promised, question, read);
      }
    },
    validators: () => Object.fromEntries(known),
    waited: () => waited,
  };
}

const restOf = (body: Body) => ('restMs' in body ? body.restMs : undefined);

function stampsOf({ etag, lastModified }: Validator): Validator {
  return { ...(etag === undefined ? {} : { etag }), ...(lastModified === undefined ? {} : { lastModified }) };
}

function withoutMove({ moved: _, ...rest }: Validator = {}): Validator {
  return rest;
}

function goneForGood(host: string): Fault {
  return new Fault(
    'gone',
    `${host} says that this feed is gone for good, so Earshot no longer asks for it. Take it out of your config, or put its new address there. Should it come back, \`npx earshot collect --source feed --since 7d\` asks once more.`,
  );
}

export function withoutText({ status, url, headers }: RawAnswer): {
  status: number;
  url: string;
  headers: RawAnswer['headers'];
} {
  return { status, url, headers };
}
