/** Answers on Mastodon, from the account that the token was made for, below a post that its own server knows. */
import { z } from 'zod';
import type { Post } from '../mention.ts';
import { Fault } from '../net/fault.ts';
import type { Ask, RawAnswer } from '../net/http.ts';
import { join } from '../net/join.ts';
import { plainText } from '../text/plain.ts';
import { noLonger } from './again.ts';
import { notTaken } from './answering.ts';
import type { Server } from './mastodon-server.ts';
import { refused } from './mastodon-server.ts';
import { isSameText } from './same-words.ts';
import type { Answered, ReplyRequest, Secrets } from './source.ts';
import { timeOf } from './values.ts';

const steps =
  'On your server open Preferences → Development → New application, allow it read:accounts, read:search, read:statuses, read:notifications and write:statuses, and put its access token into MASTODON_TOKEN.';

const Parent = z.object({
  id: z.string().min(1),
  uri: z.string(),
  visibility: z.string().nullish(),
});
const Found = z.object({ statuses: z.array(Parent.nullable().catch(null)) });
const Account = z.object({ id: z.string().min(1), acct: z.string().min(1) });
const Sent = z.object({ uri: z.string().min(1), url: z.string().nullish() });
const Own = Sent.extend({
  content: z.string(),
  in_reply_to_id: z.string().nullish(),
  created_at: z.string().nullish(),
});

type Request = Pick<ReplyRequest<unknown, Secrets>, 'post' | 'text' | 'key' | 'agreedAt'>;

/** Whoever is not named is not told that somebody answered. */
export function withName(text: string, { author: { handle } }: Post): string {
  if (handle === null) return text;
  const named = text.toLowerCase().includes(`@${handle.split('@')[0]?.toLowerCase()}`);
  return named ? text : `@${handle} ${text}`;
}

/** Within an hour Mastodon itself takes a second one with the same key for the first. */
export async function replyTo(server: Server, { post, text, key }: Request): Promise<Answered> {
  const parent = await parentOf(server, post);
  const visibility = parent.visibility === 'unlisted' ? 'unlisted' : 'public';
  const { body } = await asking(server, '/api/v1/statuses', Sent, {
    method: 'POST',
    headers: { 'idempotency-key': key },
    json: { status: text, in_reply_to_id: parent.id, visibility },
    writes: true,
    refused: (answer, now) => wordsRefused(answer, server) ?? refusedToWrite(answer, now, server),
  });
  return { externalId: body.uri, url: body.url ?? body.uri };
}

/** Among the newest posts of our own account. */
export async function repliedTo(server: Server, { post, text, agreedAt }: Request): Promise<Answered | null> {
  const parent = await parentOf(server, post);
  const { id } = await whoAmI(server);
  const path = `/api/v1/accounts/${encodeURIComponent(id)}/statuses`;
  const { body } = await asking(server, path, z.array(z.unknown()), { query: { limit: 40, exclude_reblogs: true } });
  for (const item of body) {
    const { data } = Own.safeParse(item);
    const isLater = data !== undefined && (timeOf(data.created_at) ?? agreedAt) >= agreedAt - 60_000;
    if (data && isLater && data.in_reply_to_id === parent.id && isSameText(plainText(data.content), text))
      return { externalId: data.uri, url: data.url ?? data.uri };
  }
  return null;
}

export async function speaker(server: Server): Promise<string> {
  const { acct } = await whoAmI(server);
  return `@${acct}@${server.host}`;
}

async function whoAmI(server: Server): Promise<z.infer<typeof Account>> {
  return (await asking(server, '/api/v1/accounts/verify_credentials', Account, {})).body;
}

/** Each server has its own number for a post; ours looks a stranger's up where it was written. */
async function parentOf(server: Server, post: Post): Promise<z.infer<typeof Parent>> {
  const query = { q: post.externalId, type: 'statuses', resolve: true, limit: 1 };
  const { body } = await asking(server, '/api/v2/search', Found, { query });
  const [parent] = body.statuses;
  if (!parent) throw noLonger();
  return parent;
}

function asking<Body>(server: Server, path: string, shape: z.ZodType<Body>, more: Ask) {
  const { http, instance, token } = server;
  return http.json(join(instance, path), shape, {
    refused: (answer, now) => refusedToWrite(answer, now, server),
    ...more,
    headers: { authorization: `Bearer ${token}`, ...more.headers },
  });
}

function wordsRefused({ status }: RawAnswer, { host }: Server): Fault | undefined {
  if (status !== 422 && status !== 413) return undefined;
  return notTaken(host, 'it may be too long');
}

function refusedToWrite(answer: RawAnswer, now: number, server: Server): Fault | undefined {
  const fault = refused(answer, now, server);
  if (fault?.kind !== 'not-allowed') return fault;
  return new Fault('not-allowed', `${server.host} does not let MASTODON_TOKEN answer. ${steps}`);
}
