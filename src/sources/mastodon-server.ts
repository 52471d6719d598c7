/** How a Mastodon server introduces itself and lets us in, and what its refusals mean. */
import { z } from 'zod';
import { minuteMs } from '../clock.ts';
import { Fault } from '../net/fault.ts';
import type { Ask, Http, RawAnswer } from '../net/http.ts';
import { join } from '../net/join.ts';
import { refusalIn } from './refusal.ts';

/** An edge that turns us away is left alone for this long. */
const blockedWaitMs = 15 * minuteMs;

const steps =
  'On your server open Preferences → Development → New application, allow it read:search, read:statuses and read:notifications, and put its access token into MASTODON_TOKEN.';

/** The token of one server; a second one is another `account`. */
export const secrets = {
  token: {
    env: 'MASTODON_TOKEN',
    about:
      'Free; only for `search: true` and `mentions: true`, for a server that shows hashtags to its members only, and for answering from Earshot.',
    optional: true,
    sends: 'too',
  },
} as const;

const Access = z.object({ local: z.string().optional(), remote: z.string().optional() });
/** Only servers from 4.5 on tell who may see hashtags. */
const Instance = z.object({
  domain: z.string().min(1).optional(),
  configuration: z
    .object({
      timelines_access: z.object({ hashtag_feeds: Access.optional() }).optional(),
      urls: z.object({ streaming: z.string().optional() }).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
});
const Refusal = z.object({ error: z.string() });

/** Where one watch looks. */
export interface At {
  readonly instance: string;
  /** Null where the server's word search is asked, or who has called the account. */
  readonly hashtag: string | null;
  readonly mentions?: true;
  /** The token belongs to this server; it is never shown to another. */
  readonly home: boolean;
}

/** One server, as it has introduced itself in this run. */
export interface Server {
  readonly http: Http;
  readonly instance: string;
  readonly host: string;
  readonly token: string | null;
  /** What its people are called by: `ana@mastodon.example`. */
  readonly domain: string;
  /** Where it streams, where that is another address. */
  readonly streaming?: string;
  readonly note?: string;
}

/** Asks the server who may see what, so that a closed one is told apart from a silent one. */
export async function meet(http: Http, { instance, hashtag, mentions }: At, token: string | null): Promise<Server> {
  const { host } = new URL(instance);
  const server = { http, instance, host, token, domain: host };
  if (hashtag === null && !token) {
    const asked = mentions ? 'tells who calls your account only to you' : 'searches for words only for its members';
    throw new Fault('not-allowed', `${host} ${asked}. ${steps}`);
  }
  const body = await introduction(server);
  if (body === null) return server;
  const { timelines_access, urls } = body.configuration ?? {};
  const streaming = urls?.streaming?.replace(/^ws/, 'http');
  const known = { ...server, domain: body.domain ?? host, ...(streaming && { streaming }) };
  const access = timelines_access?.hashtag_feeds;
  if (hashtag === null || access === undefined) return known;
  const isClosed = (who: string | undefined) => who === 'disabled' || (who === 'authenticated' && !token);
  if (isClosed(access.local) && isClosed(access.remote))
    throw closed(host, Object.values(access).includes('authenticated'));
  if (isClosed(access.local)) return { ...known, note: `${host} shows no posts of its own members.` };
  if (isClosed(access.remote)) return { ...known, note: `${host} shows only posts of its own members.` };
  return known;
}

/** Asks the server one thing, as whoever the token says. */
export function ask<Body>(server: Server, path: string, shape: z.ZodType<Body>, query: NonNullable<Ask['query']>) {
  const { http, instance, token } = server;
  const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
  return http.json(join(instance, path), shape, {
    query,
    headers,
    refused: (answer, now) => refused(answer, now, server),
  });
}

/** Null where the server is too old to introduce itself, or other software: the timeline itself then tells more. */
async function introduction(server: Server): Promise<z.infer<typeof Instance> | null> {
  try {
    const { body } = await ask(server, '/api/v2/instance', Instance, {});
    return body;
  } catch (fault) {
    if (fault instanceof Fault && ['gone', 'garbled', 'not-allowed'].includes(fault.kind)) return null;
    throw fault;
  }
}

/** Errors are `{ error }`; a 403 in any other form comes from the edge. */
export function refused({ status, text }: RawAnswer, now: number, { host, token }: Server): Fault | undefined {
  if (status === 403 && refusalIn(text, Refusal) === null) {
    const message = `${host} sends this computer away at the moment; Earshot tries again later.`;
    return new Fault('blocked', message, { retryAt: now + blockedWaitMs });
  }
  if (status === 401 || status === 403 || status === 422) {
    return token
      ? new Fault('not-allowed', `${host} did not accept MASTODON_TOKEN for this. ${steps}`)
      : closed(host, true);
  }
  if (status === 404 || status === 410) {
    const asked = 'It may not be a Mastodon server; compare it in `mastodon.instances`.';
    return new Fault('gone', `${host} has no such page. ${asked}`, { cause: refusalIn(text, Refusal)?.error });
  }
  return undefined;
}

function closed(host: string, forMembers: boolean): Fault {
  const other = 'Take another server in `mastodon.instances`';
  return new Fault(
    'not-allowed',
    forMembers
      ? `${host} shows hashtags to its members only. ${other}; or, with an account there, put it first in the list. ${steps}`
      : `${host} has closed its hashtags to everybody. ${other}.`,
  );
}
