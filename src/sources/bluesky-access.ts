/** How Bluesky lets Earshot in, with a free app password or as a visitor, and what its refusals mean. */
import { z } from 'zod';
import { hourMs, minuteMs } from '../clock.ts';
import { Fault } from '../net/fault.ts';
import type { RawAnswer } from '../net/http.ts';
import { join } from '../net/join.ts';
import { refusalIn } from './refusal.ts';
import type { Session, SignIn } from './source.ts';

/** Bluesky hands out two hours; half of that where a token does not tell its own end. */
const sessionMs = hourMs;
/** An edge that turns us away is left alone for this long. */
const blockedWaitMs = 15 * minuteMs;

const steps =
  'In Bluesky open Settings → Privacy and security → App passwords, make one, and put BLUESKY_HANDLE and BLUESKY_APP_PASSWORD beside your settings (earshot.env).';

/** Both or none. */
export const secrets = {
  handle: {
    env: 'BLUESKY_HANDLE',
    about: 'Your account’s name, such as bluedoor.bsky.social. Goes together with BLUESKY_APP_PASSWORD.',
    optional: true,
    sends: 'too',
  },
  appPassword: {
    env: 'BLUESKY_APP_PASSWORD',
    about: 'An app password, which opens more than the first page of each search; free, and never your real password.',
    optional: true,
    sends: 'too',
  },
} as const;

const SignedIn = z.object({ accessJwt: z.string().min(1), refreshJwt: z.string().min(1), did: z.string() });
const Refusal = z.object({ error: z.string() });

type Request = SignIn<unknown, typeof secrets>;

/**
 * Renews the session where that is possible, else signs in anew; null without secrets.
 * @throws Fault `not-allowed` where the secrets are wrong or one of them is missing.
 */
export async function signIn(request: Request, base: string): Promise<Session | null> {
  const { handle, appPassword } = request.secrets;
  if (!handle && !appPassword) return null;
  if (!handle || !appPassword) {
    const missing = handle ? 'BLUESKY_APP_PASSWORD' : 'BLUESKY_HANDLE';
    throw new Fault('not-allowed', `Bluesky needs ${missing} too. ${steps}`);
  }
  const identifier = handle.trim().replace(/^@/, '');
  return (await renewed(request, base, identifier)) ?? (await signedIn(request, base, identifier, appPassword.trim()));
}

/** Null where there is nothing to renew, or where Bluesky wants the password again. */
async function renewed({ session, http, now }: Request, base: string, identifier: string): Promise<Session | null> {
  if (!session?.refresh || session.extra?.identifier !== identifier) return null;
  try {
    const { body } = await http.json(join(base, '/xrpc/com.atproto.server.refreshSession'), SignedIn, {
      method: 'POST',
      headers: bearer(session.refresh),
      refused: (answer, at) => refused(answer, at, true),
    });
    return toSession(body, identifier, now);
  } catch (fault) {
    if (fault instanceof Fault && fault.kind === 'not-allowed') return null;
    throw fault;
  }
}

async function signedIn({ http, now }: Request, base: string, identifier: string, password: string) {
  const { body } = await http.json(join(base, '/xrpc/com.atproto.server.createSession'), SignedIn, {
    method: 'POST',
    json: { identifier, password },
    refused: (answer, at) =>
      answer.status === 400 || answer.status === 401
        ? new Fault('not-allowed', `Bluesky did not accept BLUESKY_HANDLE with BLUESKY_APP_PASSWORD. ${steps}`)
        : refused(answer, at, true),
  });
  return toSession(body, identifier, now);
}

function toSession({ accessJwt, refreshJwt, did }: z.infer<typeof SignedIn>, identifier: string, now: number): Session {
  return {
    token: accessJwt,
    refresh: refreshJwt,
    until: endOf(accessJwt) ?? now + sessionMs,
    extra: { did, identifier },
  };
}

/** The `exp` that the token carries in its middle part, in milliseconds. */
function endOf(token: string): number | null {
  const claims = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
  const exp = /"exp"\s*:\s*(\d{9,11})\b/.exec(claims)?.[1];
  return exp === undefined ? null : Number(exp) * 1000;
}

/** The header that says who asks; none for a visitor. */
export const bearer = (token: string | null): Record<string, string> =>
  token ? { authorization: `Bearer ${token}` } : {};

/** Errors are `{ error, message }`; a 403 in any other form comes from the edge, which minds the computer and not the account. */
export function refused({ status, text }: RawAnswer, now: number, signedIn: boolean): Fault | undefined {
  // 429 has its own reset header, which the net door knows.
  if (status === 429 || status >= 500) return undefined;
  const error = status === 200 && !/^\s*\{\s*"error"/.test(text) ? undefined : refusalIn(text, Refusal)?.error;
  if (status === 403 && error === undefined) {
    return new Fault('blocked', signedIn ? turnedAwayWithAccount : turnedAway, { retryAt: now + blockedWaitMs });
  }
  if (status === 401 || status === 403 || (error !== undefined && signInErrors.includes(error))) {
    return new Fault('not-allowed', signedIn ? signInOver : `Bluesky wants a free app password here. ${steps}`);
  }
  if (error === 'RateLimitExceeded') {
    return new Fault('slow-down', 'Bluesky wants fewer questions; Earshot waits and goes on by itself.');
  }
  return status === 400 ? new Fault('garbled', notUnderstood, { cause: error }) : undefined;
}

/** An ended token is told with a 400, not with a 401. */
const signInErrors = ['ExpiredToken', 'InvalidToken', 'AuthMissing', 'AuthenticationRequired'];
const signInOver = `Bluesky no longer accepts this sign-in. If it stays so, make a new app password. ${steps}`;
const notUnderstood = 'Bluesky did not understand the question. A newer Earshot may; please report it.';
const turnedAway = `Bluesky sent Earshot away, as it often does with visitors; a free app password cures it. ${steps}`;
const turnedAwayWithAccount =
  'Bluesky sends this computer away at the moment; your app password is not the cause. Earshot tries again later.';
