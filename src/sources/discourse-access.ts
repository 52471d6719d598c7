/** How a Discourse forum lets Earshot in, as a visitor or with a member’s key, and what its refusals mean. */
import { z } from 'zod';
import { Fault } from '../net/fault.ts';
import type { Http, RawAnswer } from '../net/http.ts';
import { join } from '../net/join.ts';
import { noLonger } from './again.ts';
import { nameOf } from './discourse-post.ts';
import { refusalIn } from './refusal.ts';
import type { SecretValues } from './source.ts';

/** For forums that show their posts to members, and for answering. */
export const secrets = {
  key: {
    env: 'DISCOURSE_API_KEY',
    about:
      'Only for a forum that shows its posts to members, and for answering from Earshot. An API key that may read, or also write.',
    optional: true,
    sends: 'too',
  },
  username: {
    env: 'DISCOURSE_API_USERNAME',
    about: 'The name of the forum account that the API key was made for.',
    optional: true,
    sends: 'too',
  },
} as const;
type Values = SecretValues<typeof secrets>;

/** The cause of a fault where the forum is open and this page of it is not. */
export const forSome = 'invalid_access';
const onePost = /\/posts\/\d+\.json(?:\?|$)/;
const Refusal = z.object({
  errors: z.array(z.string()).optional(),
  error_type: z.string().optional(),
  extras: z.object({ wait_seconds: z.number().nullish() }).nullish(),
});

/** One question to the forum. */
export type Asking = <Body>(
  path: string,
  shape: z.ZodType<Body>,
  query?: Record<string, string | number>,
) => Promise<Body>;

interface Door {
  readonly forum: string;
  /** The key is this forum’s; no other is ever sent it. */
  readonly withKey: boolean;
}

export function asking(http: Http, { forum, withKey }: Door, { key, username }: Values): Asking {
  const headers = withKey && key ? { 'Api-Key': key, ...(username ? { 'Api-Username': username } : {}) } : undefined;
  return async (path, shape, query) => {
    const refused = (answer: RawAnswer, now: number) => refusal(answer, now, forum, headers !== undefined);
    const { body } = await http.json(join(forum, path), shape, { query, headers, refused });
    return body;
  };
}

function refusal({ status, url, text }: RawAnswer, now: number, forum: string, withKey: boolean): Fault | undefined {
  if (/\/(?:login|session\/sso)\/?$/.test(new URL(url).pathname)) return membersOnly(forum, withKey);
  if (status < 400 || status >= 500) return undefined;
  const body = refusalIn(text, Refusal);
  const wait = body?.extras?.wait_seconds;
  if (wait) return busy(forum, now + wait * 1000);
  if (/^\W*slow down/i.test(text)) return busy(forum);
  if (status === 404 && body?.error_type === 'not_found' && onePost.test(url)) return noLonger();
  if (body?.error_type === 'not_logged_in' || body?.error_type === forSome)
    return membersOnly(forum, withKey, body.error_type);
  return undefined;
}

/** The forum wants to be left alone for a while. */
export function busy(forum: string, retryAt?: number): Fault {
  return new Fault(
    'slow-down',
    `The forum ${nameOf(forum)} wants fewer questions; Earshot waits and goes on by itself.`,
    {
      retryAt: retryAt ?? null,
    },
  );
}

function membersOnly(forum: string, withKey: boolean, cause?: string): Fault {
  const next = withKey
    ? `the forum does not take the key in ${secrets.key.env}. Ask its administrators whether it may read posts, and whether ${secrets.username.env} names the account it was made for.`
    : `ask its administrators for an API key and put it into ${secrets.key.env}, with the account’s name in ${secrets.username.env}. Where you read several forums, name this one in \`discourse.keyFor\`.`;
  return new Fault('not-allowed', `The forum ${nameOf(forum)} shows its posts to members only: ${next}`, { cause });
}
