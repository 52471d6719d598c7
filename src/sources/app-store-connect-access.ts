/** How App Store Connect lets the owner in, and what its refusals mean. */
import { z } from 'zod';
import { hourMs } from '../clock.ts';
import { Fault } from '../net/fault.ts';
import type { RawAnswer } from '../net/http.ts';
import { retryTime } from '../net/reset-time.ts';
import { signedToken, timesOf } from './json-web-token.ts';
import { refusalIn } from './refusal.ts';
import type { Session, SignIn } from './source.ts';

/** Apple takes no token that lasts longer than twenty minutes. */
const tokenSeconds = 19 * 60;

const steps =
  'In App Store Connect open Users and Access → Integrations → App Store Connect API and make a key with the access “Customer Support”.';
export const secrets = {
  issuer: {
    env: 'APP_STORE_CONNECT_ISSUER',
    about: 'The “Issuer ID” above the list of keys.',
  },
  keyId: {
    env: 'APP_STORE_CONNECT_KEY_ID',
    about: 'The “Key ID” beside your key in that list.',
  },
  key: {
    env: 'APP_STORE_CONNECT_KEY',
    about:
      'What stands in the file AuthKey_….p8, which can be downloaded once, in quotation marks and with its line breaks.',
  },
} as const;

export const Refusal = z.object({ errors: z.array(z.object({ code: z.string() })).min(1) });

/** One app. */
export interface At {
  readonly app: string;
}

/** Asks nobody: Apple wants a token that the key itself has signed. */
export async function signIn({
  secrets: { issuer, keyId, key },
  now,
}: SignIn<unknown, typeof secrets>): Promise<Session> {
  if (!issuer || !keyId || !key) throw keyIsNone();
  const times = timesOf(now, tokenSeconds);
  const claims = { iss: issuer.trim(), aud: 'appstoreconnect-v1', ...times };
  const token = signedToken({ algorithm: 'ES256', keyId: keyId.trim(), claims }, key);
  if (token === null) throw keyIsNone();
  return { token, until: times.exp * 1000 };
}

function keyIsNone(): Fault {
  return new Fault(
    'not-allowed',
    `${secrets.issuer.env}, ${secrets.keyId.env} and ${secrets.key.env} are wanted, the last one being the whole file that begins with BEGIN PRIVATE KEY. ${steps}`,
  );
}

/** Errors are `{ errors: [{ status, code, title, detail }] }`. */
export function refused(
  { status, headers, text }: RawAnswer,
  now: number,
  { app }: At,
  what: 'read' | 'answer' = 'read',
): Fault | undefined {
  const code = status < 400 ? undefined : refusalIn(text, Refusal)?.errors[0]?.code;
  if (status === 429) {
    // Apple counts by the hour, and does not say when it began.
    const retryAt = retryTime(headers, now) ?? now + hourMs;
    return new Fault(
      'slow-down',
      'App Store Connect wants fewer questions this hour; Earshot waits and goes on by itself.',
      {
        retryAt,
      },
    );
  }
  if (status === 401) {
    return new Fault(
      'not-allowed',
      `App Store Connect does not take your key: compare ${secrets.issuer.env} and ${secrets.keyId.env} with what stands there, and this computer’s clock with the time. ${steps}`,
    );
  }
  if (status === 403 && code !== undefined) {
    return new Fault(
      'not-allowed',
      `Your key may not ${what} the reviews of app ${app} in App Store Connect. ${steps}`,
    );
  }
  if (status === 404 && code !== undefined) {
    return new Fault(
      'gone',
      `Your account in App Store Connect has no app with the number ${app}. Compare it with the number behind /id in the app’s address.`,
    );
  }
  return undefined;
}
