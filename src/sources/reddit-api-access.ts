/** How Reddit lets an app in, for reading, and an account behind it, for answering; and what its refusals mean. */
import { z } from 'zod';
import { minuteMs } from '../clock.ts';
import { Fault } from '../net/fault.ts';
import type { Http, RawAnswer } from '../net/http.ts';
import { join } from '../net/join.ts';
import { retryTime } from '../net/reset-time.ts';
import { Ended, oauth } from './oauth.ts';
import { site } from './reddit-api-posts.ts';
import { refusalIn } from './refusal.ts';
import type { Session, SignIn } from './source.ts';

export const home = 'https://oauth.reddit.com';
const slowDownMs = minuteMs;

export const secrets = {
  clientId: {
    env: 'REDDIT_CLIENT_ID',
    about: 'The ID of your own app at Reddit: it stands below the app’s name.',
  },
  clientSecret: {
    env: 'REDDIT_CLIENT_SECRET',
    about: 'What stands behind “secret” there.',
  },
} as const;

const text = z.string().nullish().catch(null);
export const Listing = z.object({ data: z.object({ after: text, children: z.array(z.unknown()) }) });
const SignedIn = z.object({ access_token: z.string().min(1), expires_in: z.number().positive().default(3600) });
/** Private, banned and quarantined subreddits give a reason. */
const Refusal = z.object({ error: z.union([z.number(), z.string()]), reason: text });

/** Agreeing in the browser is for answering alone: the app itself may read. */
const way = oauth({
  id: 'reddit-api',
  title: 'Reddit',
  agree: `${site}/api/v1/authorize`,
  token: `${site}/api/v1/access_token`,
  scopes: ['identity', 'read', 'history', 'submit'],
  saysWho: 'header',
  pkce: false,
  // Else it ends after an hour.
  asks: { duration: 'permanent' },
  returnsTo: 'http://127.0.0.1:8749/',
  manage: `${site}/prefs/apps`,
  lastsSeconds: 86_400,
});
export const connect = { ...way.connect, inPlace: 'clientSecret' };

/** As the account that was connected, while that lasts; else the app itself. */
export async function signIn(
  request: SignIn<{ readonly baseUrl?: string | undefined }, typeof secrets>,
): Promise<Session> {
  const { options, secrets: given, session, now, http } = request;
  if (session !== null && isAccount(session)) {
    try {
      return await way.signIn(request);
    } catch (error) {
      // Reading goes on; who wants to answer is told.
      if (!(error instanceof Ended)) throw error;
    }
  }
  const basic = Buffer.from(`${given.clientId}:${given.clientSecret}`).toString('base64');
  const { body } = await http.json(join(options.baseUrl ?? site, 'api/v1/access_token'), SignedIn, {
    method: 'POST',
    form: { grant_type: 'client_credentials' },
    headers: { authorization: `Basic ${basic}` },
    refused: (answer, at) =>
      refused(answer, at) ??
      (refusalIn(answer.text, Refusal)
        ? new Fault('not-allowed', 'Reddit does not let apps of this kind in: make one of the kind “script”.')
        : undefined),
  });
  return { token: body.access_token, until: now + body.expires_in * 1000 };
}

/** Whether somebody agreed to it in the browser. */
export const isAccount = (session: Session): boolean => session.refresh !== undefined && session.endedAt === undefined;

export type Asking = (path: string, query: Query) => Promise<z.infer<typeof Listing>['data']>;
export type Query = Readonly<Record<string, string | number | undefined>>;

export function asking(http: Http, base: string | undefined, token: string | undefined): Asking {
  return async (path, query) => {
    const { body } = await http.json(join(base ?? home, path), Listing, {
      query: { ...query, raw_json: 1 },
      headers: { authorization: `Bearer ${token ?? ''}` },
      refused,
    });
    return body.data;
  };
}

/** Reddit's own ways to say no, some of them with a 200. */
export function refused({ status, headers, text }: RawAnswer, now: number): Fault | undefined {
  const said = refusalIn(text, Refusal);
  if (status === 429 || said?.error === 429) {
    const retryAt = retryTime(headers, now) ?? now + slowDownMs;
    return new Fault('slow-down', 'Reddit wants fewer questions; Earshot waits and goes on by itself.', { retryAt });
  }
  if (said === null) return undefined;
  if (status === 401)
    return new Fault(
      'not-allowed',
      `Reddit does not take ${secrets.clientId.env} with ${secrets.clientSecret.env}: compare both with https://www.reddit.com/prefs/apps.`,
    );
  if (said.reason) return new Fault('gone', 'One of the subreddits is private or closed. Take it out of `subreddits`.');
  if (status === 403)
    return new Fault(
      'not-allowed',
      'Reddit does not let your app read this: ask it for access, `npx earshot sources reddit-api` says how.',
    );
  if (status === 404)
    return new Fault('gone', 'Reddit has no such subreddit. Compare `reddit-api.subreddits` in your config.');
  return undefined;
}
