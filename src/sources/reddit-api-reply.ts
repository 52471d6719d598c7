/** Answers on Reddit, from the account that its owner connected: comments below a post or a comment. */
import { z } from 'zod';
import { minuteMs } from '../clock.ts';
import { Fault } from '../net/fault.ts';
import type { RawAnswer } from '../net/http.ts';
import { join } from '../net/join.ts';
import { nothingToAnswer, notTaken } from './answering.ts';
import { asking, home, isAccount, refused } from './reddit-api-access.ts';
import { site, Thing, timeOf } from './reddit-api-posts.ts';
import { refusalIn } from './refusal.ts';
import { isSameText } from './same-words.ts';
import type { Answered, ReplyRequest, Secrets, SpeakerRequest } from './source.ts';
import { webLinks } from './web-links.ts';

const pageSize = 100;
const lastPage = 5;

interface Options {
  readonly baseUrl?: string | undefined;
}
type Speaker = Pick<SpeakerRequest<Options, Secrets>, 'options' | 'session' | 'http'>;
type Wish = ReplyRequest<Options, Secrets>;

const Me = z.object({ name: z.string().regex(/^[\w-]+$/) });
const Sent = z.object({
  json: z.object({
    data: z.object({
      things: z
        .array(z.object({ data: z.object({ name: z.string().min(1), permalink: z.string().nullish().catch(null) }) }))
        .min(1),
    }),
  }),
});
/** Its noes come in an answer that is good otherwise: `[code, sentence, field]`. */
const Noes = z.object({
  json: z.object({
    errors: z.array(z.tuple([z.string(), z.string().nullish()]).rest(z.unknown())).min(1),
    ratelimit: z.number().positive().nullish().catch(null),
  }),
});

export async function replyTo({ options, session, post, text, http }: Wish): Promise<Answered> {
  const { body } = await http.json(join(options.baseUrl ?? home, 'api/comment'), Sent, {
    method: 'POST',
    form: { api_type: 'json', thing_id: post.externalId, text },
    query: { raw_json: 1 },
    headers: { authorization: `Bearer ${tokenOf(session)}` },
    writes: true,
    refused: answerRefused,
  });
  const sent = body.json.data.things[0]?.data;
  return { externalId: sent?.name ?? null, url: addressOf(sent?.permalink) };
}

/** Among the newest comments of our own account, back to when it was agreed to. */
export async function repliedTo(request: Wish): Promise<Answered | null> {
  const { options, session, post, text, agreedAt, http, signal } = request;
  const ask = asking(http, options.baseUrl, tokenOf(session));
  const path = `user/${await speaker(request)}/comments`;
  let after: string | undefined;
  for (let page = 1; page <= lastPage; page += 1) {
    signal.throwIfAborted();
    const { children, after: next } = await ask(path, { sort: 'new', limit: pageSize, after });
    const said = children.flatMap((one) => Thing.safeParse(one).data?.data ?? []);
    const ours = said.find((one) => one.parent_id === post.externalId && isSameText(one.body ?? '', text));
    if (ours) return { externalId: ours.name, url: addressOf(ours.permalink) };
    const isPast = said.some((one) => (timeOf(one.created_utc) ?? agreedAt) < agreedAt - minuteMs);
    if (isPast || !next || next === after) return null;
    after = next;
  }
  throw new Fault('gone', 'Your account has written so much since that your answer cannot be looked for on Reddit.');
}

/** The connected account's name. */
export async function speaker({ options, session, http }: Speaker): Promise<string> {
  const { body } = await http.json(join(options.baseUrl ?? home, 'api/v1/me'), Me, {
    headers: { authorization: `Bearer ${tokenOf(session)}` },
    refused,
  });
  return body.name;
}

/** @throws Fault where the app reads by itself, and nobody agreed to more */
function tokenOf(session: Speaker['session']): string {
  if (session !== null && isAccount(session)) return session.token;
  throw new Fault(
    'not-allowed',
    'Reddit lets Earshot read, but not answer yet: `npx earshot connect reddit-api` leads you through it.',
  );
}

const addressOf = (permalink: string | null | undefined): string | null =>
  webLinks([permalink?.startsWith('/') ? site + permalink : null])[0] ?? null;

const mayNot = new Set(['USER_BLOCKED', 'SUBREDDIT_NOTALLOWED', 'BANNED_FROM_SUBREDDIT', 'SUBREDDIT_NOEXIST']);

function answerRefused(one: RawAnswer, now: number): Fault | undefined {
  const noes = refusalIn(one.text, Noes)?.json;
  if (noes) return noToWords(noes.errors.map(([code]) => code)[0] ?? '', noes, now);
  if (one.status === 404) return nothingToAnswer('Reddit');
  if (one.status === 403)
    return new Fault(
      'not-allowed',
      'Reddit does not let your account answer there. If you connected it for reading alone, connect again: `npx earshot connect reddit-api`.',
    );
  return refused(one, now);
}

function noToWords(code: string, { errors, ratelimit }: z.infer<typeof Noes>['json'], now: number): Fault {
  if (code === 'RATELIMIT') {
    const retryAt = now + (ratelimit ? ratelimit * 1000 : saidWait(errors[0]?.[1] ?? ''));
    return new Fault('slow-down', 'Reddit wants some time between two comments of your account.', { retryAt });
  }
  if (code.startsWith('DELETED_')) return nothingToAnswer('Reddit');
  if (mayNot.has(code))
    return new Fault('not-allowed', 'Reddit does not let your account write to this person or place.');
  if (code === 'THREAD_LOCKED' || code === 'TOO_OLD') return notTaken('Reddit', 'this thread is closed');
  if (code === 'TOO_LONG') return notTaken('Reddit', 'it is too long');
  return notTaken('Reddit', 'there is something in it that Reddit or the subreddit does not allow');
}

/** “try again in 9 minutes”, “in 30 seconds”. */
function saidWait(sentence: string): number {
  const [, number = '10', unit = 'minute'] = /(\d{1,4}) (second|minute|hour)/i.exec(sentence) ?? [];
  return Number(number) * ({ second: 1000, hour: 60 * minuteMs }[unit.toLowerCase()] ?? minuteMs);
}
