/** How Facebook, Instagram and Threads let an owner's account in, and say no: the same Graph in three dresses. */
import { z } from 'zod';
import { hourMs } from '../clock.ts';
import { Fault } from '../net/fault.ts';
import type { Http, RawAnswer } from '../net/http.ts';
import { type AppSecrets, Ended, notConnected, standIn } from './oauth.ts';
import { refusalIn } from './refusal.ts';
import type { Connect, SecretValues, Session, SignIn } from './source.ts';

/** How one of them does it. */
export interface Graph {
  readonly id: string;
  readonly title: string;
  readonly agree: string;
  /** Where the code becomes a token that lasts an hour. */
  readonly token: string;
  /** Where that one becomes one that lasts sixty days. */
  readonly exchange: { readonly address: string; readonly grant: string; readonly field: string };
  /** Where that one is renewed while it lasts; null where it cannot be. */
  readonly renew: { readonly address: string; readonly grant: string } | null;
  readonly scopes: readonly string[];
  readonly manage: string;
}

interface Based {
  readonly baseUrl?: string | undefined;
}
interface Asking {
  readonly options: Based;
  readonly secrets: SecretValues<AppSecrets>;
  readonly http: Http;
  readonly now: number;
}

/** None of them sends a browser to an http address: nobody answers there, and its address is pasted. */
const returnsTo = 'https://localhost:8749/';
const sixtyDays = 60 * 86_400;
const waitMs = hourMs;

const Granted = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive().nullish().catch(null),
});

/** A source's `connect` and `signIn`. */
export function graphAccess(graph: Graph): {
  readonly connect: Connect<Based, AppSecrets>;
  signIn(request: SignIn<Based, AppSecrets>): Promise<Session>;
} {
  const ask = async (asking: Asking, address: string, query: Record<string, string>, post = false) => {
    const { body } = await asking.http.json(standIn(address, asking.options), Granted, {
      ...(post ? { method: 'POST', form: query } : { query }),
      once: true,
      refused: (answer, now) => signInRefused(graph, answer) ?? refusedBy(graph)(answer, now),
    });
    return body;
  };
  const toSession = (granted: z.infer<typeof Granted>, now: number): Session => {
    const lastsMs = (granted.expires_in ?? sixtyDays) * 1000;
    if (graph.renew === null) return { token: granted.access_token, until: now + lastsMs };
    // It can be renewed only while it lasts: half-way there is time enough for a computer that was off.
    return { token: granted.access_token, refresh: granted.access_token, until: now + lastsMs / 2 };
  };
  return {
    connect: {
      returnsTo,
      manage: graph.manage,
      address: ({ options, secrets, state, returnsTo: redirect_uri }) => {
        const url = new URL(standIn(graph.agree, options));
        const scope = graph.scopes.join(',');
        const query = { client_id: secrets.clientId ?? '', redirect_uri, scope, response_type: 'code', state };
        for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
        return url.href;
      },
      complete: async ({ code, returnsTo: redirect_uri, ...asking }) => {
        const app = { client_id: asking.secrets.clientId ?? '', client_secret: asking.secrets.clientSecret ?? '' };
        const short = await ask(
          asking,
          graph.token,
          // Instagram puts “#_” behind it.
          { ...app, grant_type: 'authorization_code', redirect_uri, code: code.replace(/#_$/, '') },
          true,
        );
        const { address, grant, field } = graph.exchange;
        return toSession(
          await ask(asking, address, { ...app, grant_type: grant, [field]: short.access_token }),
          asking.now,
        );
      },
    },
    signIn: async ({ session, ...asking }) => {
      if (session === null) throw notConnected(graph);
      if (session.endedAt !== undefined) throw new Ended(graph);
      if (graph.renew === null || !session.refresh) {
        if (session.until <= asking.now) throw new Ended(graph);
        return session;
      }
      const { address, grant } = graph.renew;
      return toSession(await ask(asking, address, { grant_type: grant, access_token: session.refresh }), asking.now);
    },
  };
}

export const Refusal = z.object({
  error: z.object({
    code: z.number(),
    error_subcode: z.number().nullish().catch(null),
    message: z.string().nullish().catch(null),
  }),
});
/** The doors of Instagram and Threads speak differently from their rooms. */
const DoorRefusal = z.object({ error_type: z.string().nullish(), error_message: z.string() });

function signInRefused({ title, id }: Graph, { status, text }: RawAnswer): Fault | undefined {
  const said =
    status < 400 ? null : (refusalIn(text, DoorRefusal)?.error_message ?? refusalIn(text, Refusal)?.error.message);
  if (said == null || /session|expired|access token/i.test(said)) return undefined;
  const again = `Begin again: \`npx earshot connect ${id}\``;
  return /client|app(?:lication)?\b|secret/i.test(said)
    ? new Fault(
        'not-allowed',
        `${title} does not know the app that Earshot names there. Compare its ID and its secret with your settings: \`npx earshot sources ${id}\` says where they stand.`,
      )
    : new Fault(
        'not-allowed',
        `${title} did not take what the browser brought back: it waits only some minutes, and takes it once. ${again}.`,
      );
}

const throttled = new Set([4, 17, 32, 613]);
/** What it wants is deprecated: some fields come and go from version to version. */
export const goneFromTheGraph = 'gone from the Graph';

/** Errors are `{ error: { message, type, code, error_subcode } }`: the code counts, not the status. */
export function refusedBy({ id, title }: Pick<Graph, 'id' | 'title'>) {
  return ({ status, headers, text }: RawAnswer, now: number): Fault | undefined => {
    const error = status < 400 ? undefined : refusalIn(text, Refusal)?.error;
    if (error === undefined) return undefined;
    const { code } = error;
    if (throttled.has(code) || (code >= 80_000 && code < 80_100)) {
      const message = `${title} wants fewer questions for a while; Earshot waits and goes on by itself.`;
      return new Fault('slow-down', message, { retryAt: now + regainMs(headers['x-business-use-case-usage']) });
    }
    if (code === 190 || code === 102) return new Ended({ id, title });
    if (code === 12) return new Fault('gone', `${title} does not show this any more.`, { cause: goneFromTheGraph });
    if (code === 1 || code === 2)
      return new Fault('unreachable', `${title} is having trouble. Earshot tries again by itself.`);
    if (code === 10 || code === 3 || (code >= 200 && code < 300) || /permission|access/i.test(error.message ?? ''))
      return new Fault(
        'not-allowed',
        `${title} does not let your app see this: \`npx earshot sources ${id}\` says what has to be approved there.`,
      );
    if (code === 100 || code === 803)
      return new Fault(
        'gone',
        `${title} does not know what your config names, or does not show it to your account. Compare \`${id}\` there.`,
      );
    return undefined;
  };
}

/** The header holds lists by business, each with minutes to go; an hour where it says nothing. */
function regainMs(usage: string | undefined): number {
  const minutes = [...(usage ?? '').matchAll(/"estimated_time_to_regain_access"\s*:\s*(\d{1,5})/g)].map(([, one]) =>
    Number(one),
  );
  return Math.max(0, ...minutes) * 60_000 || waitMs;
}

const facebook = { version: 'v25.0', home: 'https://graph.facebook.com' } as const;
const facebookToken = `${facebook.home}/${facebook.version}/oauth/access_token`;

/** The address of something of Facebook's, to which Instagram belongs. */
export const facebookAddress = (path: string, options: Based): string =>
  standIn(`${facebook.home}/${facebook.version}/${path}`, options);

/** How Facebook does it, for its pages and for Instagram. */
export function facebookGraph(own: Pick<Graph, 'id' | 'title' | 'scopes'>): Graph {
  return {
    ...own,
    agree: `https://www.facebook.com/${facebook.version}/dialog/oauth`,
    token: facebookToken,
    exchange: { address: facebookToken, grant: 'fb_exchange_token', field: 'fb_exchange_token' },
    renew: null,
    manage: 'https://www.facebook.com/settings?tab=business_tools',
  };
}

export const facebookHome = facebook.home;
export const facebookSecrets = {
  clientId: { env: 'FACEBOOK_APP_ID', about: 'The “App ID” of your own app at Facebook, to which Instagram belongs.' },
  clientSecret: { env: 'FACEBOOK_APP_SECRET', about: 'Its “App secret”, under “App settings”, “Basic”.' },
} as const;
