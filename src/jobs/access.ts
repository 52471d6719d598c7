/** What a look needs to be let in: the secrets that its source declares, and a session where the platform wants one. */
import { missingSecrets, secretsOf } from '../config/secrets.ts';
import type { Env } from '../edges.ts';
import { Fault } from '../net/fault.ts';
import type { Http } from '../net/http.ts';
import type { Secrets, SecretValues, Session, Source } from '../sources/source.ts';
import { readSession, saveSession } from '../store/sessions.ts';
import type { Watch } from '../watch.ts';
import type { Tools } from './tools.ts';

/** A session this near its end is renewed first. */
const renewBeforeMs = 60_000;

/** @throws Fault `not-allowed` where a required secret is missing: nothing is asked for then. */
export function secretsFor(source: Source, watch: Watch, env: Env): SecretValues<Secrets> {
  const missing = missingSecrets(source, watch.account, env);
  if (missing.length > 0) {
    throw new Fault(
      'not-allowed',
      `${source.title} wants ${missing.join(' and ')}: \`npx earshot sources ${source.id}\` says where to get it.`,
    );
  }
  return secretsOf(source.secrets, watch.account, env);
}

/** One sign-in at a time for each account, so that two watches do not end each other's session. */
const signingIn = new Map<string, Promise<Session | null>>();

/** The kept session where it still lasts, else a new one; null where the source needs none or goes on without. */
export async function sessionFor(
  tools: Tools,
  source: Source,
  watch: Watch,
  secrets: SecretValues<Secrets>,
  http: Http,
  want: 'kept' | 'renewed',
): Promise<Session | null> {
  if (!source.signIn) return null;
  const account = watch.account ?? '';
  const key = `${tools.store.path} ${source.id} ${account}`;
  const before = signingIn.get(key) ?? Promise.resolve(null);
  const mine = before.catch(() => null).then(() => signedIn(tools, source, watch, secrets, http, want));
  signingIn.set(key, mine);
  try {
    return await mine;
  } finally {
    if (signingIn.get(key) === mine) signingIn.delete(key);
  }
}

async function signedIn(
  { store, clock, signal, sessionKey }: Tools,
  source: Source,
  watch: Watch,
  secrets: SecretValues<Secrets>,
  http: Http,
  want: 'kept' | 'renewed',
): Promise<Session | null> {
  const of = { source: source.id, account: watch.account };
  const kept = await store.read('a session', (tx) => readSession(tx, of, sessionKey()));
  if (want === 'kept' && kept && kept.until > clock.now() + renewBeforeMs) return kept;
  const session = await source.signIn?.({
    options: watch.options,
    secrets,
    session: kept,
    now: clock.now(),
    http,
    signal,
  });
  if (session) await store.write('a session', (tx) => saveSession(tx, of, session, sessionKey()));
  return session ?? null;
}
