/** OAuth 2 as owners meet it: they agree once in the browser (RFC 6749, with PKCE by RFC 7636), then tokens are renewed. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Fault } from '../net/fault.ts';
import type { Http, RawAnswer } from '../net/http.ts';
import { join } from '../net/join.ts';
import { refusalIn } from './refusal.ts';
import type { Connect, Secret, SecretValues, Session, SignIn } from './source.ts';

/** What the owner had agreed to holds no more: nothing but agreeing again helps. */
export class Ended extends Fault {
  constructor({ id, title }: Pick<Platform, 'id' | 'title'>) {
    super(
      'not-allowed',
      `Your connection with ${title} has ended: it ran out, or was taken back there. Connect again: \`npx earshot connect ${id}\`.`,
    );
  }
}

/** How a platform does it, where they differ. */
export interface Platform {
  readonly id: string;
  readonly title: string;
  /** Where the owner agrees. */
  readonly agree: string;
  /** Where a code, and later a refresh token, becomes a token. */
  readonly token: string;
  readonly scopes: readonly string[];
  /** How the program says who it is: in a header or among the form's fields. */
  readonly saysWho: 'header' | 'form';
  readonly pkce: boolean;
  /** What else stands in the address at which the owner agrees. */
  readonly asks?: Readonly<Record<string, string>>;
  readonly returnsTo: string;
  /** Where the platform knows that address by a name of its own: the secret that holds it. */
  readonly returnsToNamed?: string;
  readonly manage: string;
  /** How long a token lasts where the platform does not say. */
  readonly lastsSeconds: number;
}

/** The program as the platform knows it. */
export interface AppSecrets {
  readonly clientId: Secret;
  readonly clientSecret: Secret;
  readonly [other: string]: Secret;
}
/** Options that may name a stand-in for the platform. */
export interface Based {
  readonly baseUrl?: string | undefined;
}

const Granted = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).nullish(),
  expires_in: z.coerce.number().positive().nullish().catch(null),
  scope: z.string().nullish().catch(null),
});
type Granted = z.infer<typeof Granted>;
/** RFC 6749 §5.2; some platforms put a number or an object where the word should stand. */
const Refusal = z.object({ error: z.unknown() });

/** A source's `connect` and `signIn`. */
export function oauth(platform: Platform): {
  readonly connect: Connect<Based, AppSecrets>;
  signIn(request: SignIn<Based, AppSecrets>): Promise<Session>;
} {
  return {
    connect: {
      returnsTo: platform.returnsTo,
      manage: platform.manage,
      address: ({ options, secrets, returnsTo, state, verifier }) => {
        const url = new URL(standIn(platform.agree, options));
        const challenge = { code_challenge: challengeOf(verifier), code_challenge_method: 'S256' };
        const query = {
          response_type: 'code',
          client_id: secrets.clientId ?? '',
          redirect_uri: redirect(platform, secrets, returnsTo),
          scope: platform.scopes.join(' '),
          state,
          ...(platform.pkce ? challenge : {}),
          ...platform.asks,
        };
        for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
        return url.href;
      },
      complete: async ({ code, returnsTo, verifier, ...request }) => {
        const redirect_uri = redirect(platform, request.secrets, returnsTo);
        const form = { grant_type: 'authorization_code', code, redirect_uri };
        const granted = await ask(platform, request, platform.pkce ? { ...form, code_verifier: verifier } : form);
        const missing = platform.scopes.filter((scope) => !mayDo(granted, scope));
        if (missing.length > 0) throw leftOut(platform);
        return toSession(platform, granted, request.now, null);
      },
    },
    signIn: async ({ session, ...request }) => {
      if (session === null) throw notConnected(platform);
      if (session.endedAt !== undefined) throw new Ended(platform);
      if (!session.refresh) {
        if (session.until <= request.now) throw new Ended(platform);
        return session;
      }
      const granted = await ask(platform, request, { grant_type: 'refresh_token', refresh_token: session.refresh });
      return toSession(platform, granted, request.now, session);
    },
  };
}

const redirect = ({ returnsToNamed: name }: Platform, secrets: SecretValues<AppSecrets>, returnsTo: string): string =>
  name === undefined ? returnsTo : (secrets[name] ?? '');

/** What goes into the browser in place of the verifier: nobody can make the one from the other. */
const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url');

/** The address itself, or the same path at the proxy or test server that stands in for the platform. */
export function standIn(address: string, { baseUrl }: Based): string {
  if (baseUrl === undefined) return address;
  const { pathname, search } = new URL(address);
  return join(baseUrl, pathname + search);
}

export const notConnected = ({ id, title }: Pick<Platform, 'id' | 'title'>): Fault =>
  new Fault('not-allowed', `${title} is not connected yet: \`npx earshot connect ${id}\` leads you through it.`);

interface Asking {
  readonly options: Based;
  readonly secrets: SecretValues<AppSecrets>;
  readonly http: Http;
}

async function ask(platform: Platform, { options, secrets, http }: Asking, form: Record<string, string>) {
  const id = secrets.clientId ?? '';
  const secret = secrets.clientSecret ?? '';
  const asHeader = platform.saysWho === 'header' && secret !== '';
  const who = asHeader ? {} : { client_id: id, ...(secret === '' ? {} : { client_secret: secret }) };
  const basic = Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64');
  const { body } = await http.json(standIn(platform.token, options), Granted, {
    method: 'POST',
    form: { ...form, ...who },
    headers: asHeader ? { authorization: `Basic ${basic}` } : {},
    // A code, and with many platforms a refresh token, is good for one question.
    once: true,
    refused: (answer) => refused(platform, answer, form.grant_type === 'refresh_token'),
  });
  return body;
}

function refused(platform: Platform, { status, text }: RawAnswer, renewing: boolean): Fault | undefined {
  if (status === 429 || status >= 500) return undefined;
  const said = refusalIn(text, Refusal);
  if (said === null || said.error === undefined) return undefined;
  const { title, id } = platform;
  if (status === 401 || ['invalid_client', 'unauthorized_client'].includes(String(said.error))) {
    return new Fault(
      'not-allowed',
      `${title} does not know the app that Earshot names there. Compare its ID and its secret with your settings: \`npx earshot sources ${id}\` says where they stand.`,
    );
  }
  if (renewing) return new Ended(platform);
  return new Fault(
    'not-allowed',
    `${title} did not take what the browser brought back: it waits only some minutes, and takes it once. Begin again: \`npx earshot connect ${id}\`.`,
  );
}

/** A platform that says nothing of rights has given those that were asked for. */
const mayDo = ({ scope }: Granted, wanted: string): boolean => !scope || scope.split(/[\s,]+/).includes(wanted);

const leftOut = ({ title, id }: Platform): Fault =>
  new Fault(
    'not-allowed',
    `${title} was not allowed to show Earshot what it needs: a box was left empty. Begin again and tick every one: \`npx earshot connect ${id}\`.`,
  );

/** A platform that gives no new refresh token lets the old one hold. */
function toSession(platform: Platform, granted: Granted, now: number, before: Session | null): Session {
  const refresh = granted.refresh_token ?? before?.refresh;
  return {
    token: granted.access_token,
    until: now + (granted.expires_in ?? platform.lastsSeconds) * 1000,
    ...(refresh ? { refresh } : {}),
    ...(before?.extra ? { extra: before.extra } : {}),
  };
}
