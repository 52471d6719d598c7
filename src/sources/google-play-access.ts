/** How Google Play lets the owner in, and what its refusals mean. */
import { z } from 'zod';
import { hourMs } from '../clock.ts';
import { Fault } from '../net/fault.ts';
import type { RawAnswer } from '../net/http.ts';
import { join } from '../net/join.ts';
import { retryTime } from '../net/reset-time.ts';
import { jsonIn } from '../text/json.ts';
import { signedToken, timesOf } from './json-web-token.ts';
import { refusalIn } from './refusal.ts';
import type { Session, SignIn } from './source.ts';

const signInHome = 'https://oauth2.googleapis.com';
const scope = 'https://www.googleapis.com/auth/androidpublisher';

const steps =
  'At console.cloud.google.com make a project, switch on the “Google Play Android Developer API”, and under IAM & Admin → Service Accounts make an account with a key of the kind JSON. In the Play Console invite that account’s address under Users and permissions, with the right to reply to reviews.';
export const secrets = {
  key: {
    env: 'GOOGLE_PLAY_KEY',
    about: 'The whole JSON file of the key, in single quotes, since it has double ones inside.',
  },
} as const;

const KeyFile = z.object({
  client_email: z.string().min(1),
  private_key: z.string().min(1),
  private_key_id: z.string().default(''),
});
const SignedIn = z.object({ access_token: z.string().min(1), expires_in: z.number().positive().default(3600) });

export const Refusal = z.object({ error: z.object({ message: z.string() }) });
const SignInRefusal = z.object({ error: z.string() });

/** One app. */
export interface At {
  readonly package: string;
}

/** A key of the owner's becomes a token for an hour. */
export async function signIn({
  options,
  secrets: { key },
  now,
  http,
}: SignIn<{ readonly baseUrl?: string | undefined }, typeof secrets>): Promise<Session> {
  const account = KeyFile.safeParse(jsonIn(key ?? '')).data;
  const claims = { scope, aud: `${signInHome}/token`, ...timesOf(now, 3600) };
  const assertion =
    account &&
    signedToken(
      { algorithm: 'RS256', keyId: account.private_key_id, claims: { iss: account.client_email, ...claims } },
      account.private_key,
    );
  if (!assertion) throw keyIsNone();
  const { body } = await http.json(join(options.baseUrl ?? signInHome, 'token'), SignedIn, {
    method: 'POST',
    form: { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion },
    refused: ({ status, text }) =>
      (status === 400 || status === 401) && refusalIn(text, SignInRefusal) ? keyIsRefused() : undefined,
  });
  return { token: body.access_token, until: now + body.expires_in * 1000 };
}

function keyIsNone(): Fault {
  return new Fault(
    'not-allowed',
    `What stands in ${secrets.key.env} is not the key that Google gives. It should be the whole JSON file, in single quotes. ${steps}`,
  );
}

function keyIsRefused(): Fault {
  return new Fault(
    'not-allowed',
    `Google no longer takes the key in ${secrets.key.env}, or this computer’s clock is wrong. If it stays so, make a new key. ${steps}`,
  );
}

/** Errors are `{ error: { code, message, status } }`; a used up hour may come as a 403. */
export function refused(answer: RawAnswer, now: number, at: At, what: 'read' | 'answer' = 'read'): Fault | undefined {
  const { status, headers, text } = answer;
  const said = refusalIn(text, Refusal)?.error.message;
  if (status === 429 || (status === 403 && said !== undefined && /quota|rate limit/i.test(text))) {
    const retryAt = retryTime(headers, now) ?? now + hourMs;
    return new Fault('slow-down', 'Google Play wants fewer questions this hour; Earshot waits and goes on by itself.', {
      retryAt,
    });
  }
  if (status === 401) return keyIsRefused();
  if (status === 403 && said !== undefined) {
    return /has not been used|is disabled|accessNotConfigured/i.test(text)
      ? new Fault('not-allowed', `The “Google Play Android Developer API” is not switched on for your key. ${steps}`)
      : new Fault('not-allowed', `Google does not let your key ${what} the reviews of ${at.package}. ${steps}`);
  }
  if (status === 404 && said !== undefined) {
    return new Fault(
      'gone',
      `Google Play has no app called ${at.package} in your account. Compare it with what stands behind id= in the app’s address.`,
    );
  }
  return undefined;
}
