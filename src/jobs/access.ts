/** Asks a source, let in by the secrets that it declares, and by a session where the platform wants one. */
import { minuteMs } from '../clock.ts';
import { missingSecrets, secretsOf } from '../config/secrets.ts';
import type { Env } from '../edges.ts';
import type { Post } from '../mention.ts';
import { Fault, Uncertain } from '../net/fault.ts';
import type { Http } from '../net/http.ts';
import type { Net } from '../net/net.ts';
import { Ended } from '../sources/oauth.ts';
import type { Page, Purse, Secrets, SecretValues, Session, Source } from '../sources/source.ts';
import { type KeptSession, readSession, saveSession } from '../store/sessions.ts';
import type { Watch } from '../watch.ts';
import type { LookPlan } from './plan-look.ts';
import { purseOf } from './purse.ts';
import type { Tools } from './tools.ts';
import { termsOf } from './watches.ts';

/** A session this near its end is renewed first. */
const renewBeforeMs = minuteMs;

export interface Asking {
  readonly watch: Watch;
  readonly source: Source;
  readonly visit: Pick<ReturnType<Net['visit']>, 'http' | 'mail'>;
}

/** The source's pages, signed in where it wants that. @throws Fault */
export function pagesOf(
  tools: Tools,
  { plan, wish, ...asking }: Asking & { readonly plan: LookPlan; readonly wish: { readonly watched?: boolean } },
): AsyncIterable<Page> {
  const { watch, source, visit } = asking;
  const brand = watch.brands.flatMap((id) => tools.brands.get(id) ?? [])[0];
  const request = {
    at: watch.at,
    terms: brand ? termsOf(brand) : { names: [], handles: [], domains: [] },
    options: watch.options,
    since: plan.since,
    ...(plan.position === null ? {} : { position: plan.position }),
    http: visit.http,
    files: tools.files,
    mail: visit.mail,
    watched: wish.watched ?? false,
    signal: tools.signal,
  };
  return letIn(tools, asking, (access) => source.collect({ ...request, ...access }));
}

/** What the source tells as it happens, from where `position` says when it is let in. @throws Fault */
export function pagesHeard(
  tools: Tools,
  asking: Asking & { readonly visit: Pick<ReturnType<Net['visit']>, 'live'> },
  from: { readonly position: () => string | null; wanted(post: Post): boolean },
): AsyncIterable<Page> {
  const { watch, source, visit } = asking;
  const { http, live } = visit;
  const { at, options } = watch;
  const { wanted } = from;
  return letIn(tools, asking, (access) => {
    const position = from.position();
    const request = { at, options, wanted, http, live, signal: tools.signal, ...(position !== null && { position }) };
    return source.listen?.({ ...request, ...access }) ?? [];
  });
}

/** What the source says now of posts that are stored; nothing where it cannot be asked for single ones. @throws Fault */
export function pagesAgain(tools: Tools, asking: Asking, posts: readonly Post[]): AsyncIterable<Page> {
  const { watch, source, visit } = asking;
  const request = { options: watch.options, posts, http: visit.http, signal: tools.signal };
  return letIn(tools, asking, (access) => source.recheck?.({ ...request, ...access }) ?? []);
}

interface Access {
  readonly secrets: SecretValues<Secrets>;
  readonly session: Session | null;
  readonly purse: Purse;
}

async function* letIn(
  tools: Tools,
  asking: Asking,
  ask: (access: Access) => AsyncIterable<Page> | readonly Page[],
): AsyncIterable<Page> {
  const door = await openDoor(tools, asking);
  try {
    yield* ask(door.access);
  } catch (error) {
    yield* ask(await door.again(error));
  }
}

/** One thing asked for or done in the owner's name. What may have been done already is never done again. @throws Fault */
export async function asOwner<Value>(
  tools: Tools,
  asking: Entering,
  act: (access: Omit<Access, 'purse'>) => Promise<Value>,
): Promise<Value> {
  const door = await openDoor(tools, asking);
  try {
    return await act(door.access);
  } catch (error) {
    if (error instanceof Uncertain) throw error;
    return await act(await door.again(error));
  }
}

/** What of a watch lets somebody in. */
export type Account = Pick<Watch, 'account' | 'options'>;

interface Entering extends Omit<Asking, 'watch' | 'visit'> {
  readonly watch: Account;
  readonly visit: { readonly http: Http };
}

interface Door {
  readonly access: Access;
  /** Access with a new session, once, where the platform ended the one there was; else throws what it is given. */
  again(error: unknown): Promise<Access>;
}

async function openDoor(tools: Tools, { watch, source, visit: { http } }: Entering): Promise<Door> {
  const secrets = secretsFor(source, watch, tools.env);
  const asked = { source, watch, secrets, http };
  const session = await sessionFor(tools, { ...asked, refused: null });
  const purse = purseOf(tools, source, watch);
  return {
    access: { secrets, session, purse },
    again: async (error) => {
      if (!(error instanceof Fault) || error.kind !== 'not-allowed' || session === null) throw error;
      if (error instanceof Ended) throw await noted(tools, source, watch, session, error);
      return { secrets, session: await sessionFor(tools, { ...asked, refused: session }), purse };
    },
  };
}

/** @throws Fault `not-allowed` where a required secret is missing: nothing is asked for then. */
function secretsFor(source: Source, watch: Account, env: Env): SecretValues<Secrets> {
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

interface SigningIn {
  readonly source: Source;
  readonly watch: Account;
  readonly secrets: SecretValues<Secrets>;
  readonly http: Http;
  /** The session that the platform did not take: never that one again. */
  readonly refused: Session | null;
}

/** The kept session where it still lasts, else a new one; null where the source needs none or goes on without. */
async function sessionFor(tools: Tools, asked: SigningIn): Promise<Session | null> {
  const { source, watch } = asked;
  if (!source.signIn) return null;
  const account = watch.account ?? '';
  const key = `${tools.store.path} ${source.id} ${account}`;
  const before = signingIn.get(key) ?? Promise.resolve(null);
  const mine = before.catch(() => null).then(() => signedIn(tools, asked));
  signingIn.set(key, mine);
  try {
    return await mine;
  } finally {
    if (signingIn.get(key) === mine) signingIn.delete(key);
  }
}

async function signedIn(tools: Tools, { source, watch, secrets, http, refused }: SigningIn): Promise<Session | null> {
  const { clock, signal } = tools;
  const kept = await keptFor(tools, source, watch);
  const lasts = kept !== null && kept.endedAt === undefined && kept.until > clock.now() + renewBeforeMs;
  if (lasts && kept.token !== refused?.token) return kept;
  try {
    const asked = { options: watch.options, secrets, session: kept, now: clock.now(), http, signal };
    const session = (await source.signIn?.(asked)) ?? null;
    if (session && session !== kept) await keepSession(tools, source, watch, session);
    return session;
  } catch (error) {
    if (!(error instanceof Ended) || kept === null) throw error;
    // A refresh token may be good for one question only: another process may have been first.
    const other = await keptFor(tools, source, watch);
    if (other !== null && other.token !== kept.token && other.endedAt === undefined) return other;
    throw await noted(tools, source, watch, kept, error);
  }
}

function keptFor({ store, sessionKey }: Tools, { id }: Source, { account }: Account): Promise<KeptSession | null> {
  return store.read('a session', (tx) => readSession(tx, { source: id, account }, sessionKey()));
}

async function keepSession({ store, sessionKey }: Tools, { id }: Source, { account }: Account, session: Session) {
  await store.write('a session', (tx) => saveSession(tx, { source: id, account }, session, sessionKey()));
}

/** Remembers that it is over, so that the platform is asked with it no more. */
async function noted(tools: Tools, source: Source, watch: Account, session: Session, ended: Ended): Promise<Ended> {
  if (session.endedAt === undefined)
    await keepSession(tools, source, watch, { ...session, endedAt: tools.clock.now() });
  return ended;
}
