/** Which of the accounts that the config listens with are connected, and how long that holds. */
import { secretsOf } from '../config/secrets.ts';
import type { Source } from '../sources/source.ts';
import { type KeptSession, readSession } from '../store/sessions.ts';
import type { Store } from '../store/store.ts';
import type { Tools } from './tools.ts';

export interface Connection {
  readonly source: string;
  readonly title: string;
  readonly account: string | null;
  /** `ended`: it ran out, or was taken back. */
  readonly state: 'missing' | 'good' | 'ended';
  /** Milliseconds UTC: when it ends; null where Earshot renews it by itself. */
  readonly until: number | null;
}

type Wish = Pick<Tools, 'watches' | 'sources' | 'sessionKey' | 'env'> & { readonly store: Store; readonly now: number };

/** Whether it hears only what is connected: where a key lets in as well, and there is one, nothing has to be. */
export function wantsConnection({ connect, secrets }: Source, account: string | null, env: Tools['env']): boolean {
  if (connect === undefined) return false;
  return connect.inPlace === undefined || secretsOf(secrets, account, env)[connect.inPlace] == null;
}

/** One for each account, in the order of the config; of a source that a key lets in only where one is connected as well. */
export async function connections({ watches, sources, store, sessionKey, env, now }: Wish): Promise<Connection[]> {
  const wanted = new Map<string, { id: string; title: string; account: string | null; optional: boolean }>();
  for (const { source: id, account } of watches) {
    const source = sources.find((one) => one.id === id);
    if (!source?.connect) continue;
    const optional = !wantsConnection(source, account, env);
    wanted.set(JSON.stringify([id, account]), { id, title: source.title, account, optional });
  }
  const found: Connection[] = [];
  for (const { id, title, account, optional } of wanted.values()) {
    const kept = await store.read('a connection', (tx) => readSession(tx, { source: id, account }, sessionKey()));
    // What a key alone made is nobody's account, and is not renewed but made anew.
    if (optional && (kept?.refresh === undefined || kept.endedAt !== undefined)) continue;
    found.push({ source: id, title, account, ...standingOf(kept, now) });
  }
  return found;
}

function standingOf(kept: KeptSession | null, now: number): Pick<Connection, 'state' | 'until'> {
  if (kept === null) return { state: 'missing', until: null };
  if (kept.endedAt !== undefined) return { state: 'ended', until: kept.endedAt };
  if (kept.refresh !== undefined) return { state: 'good', until: null };
  return { state: kept.until > now ? 'good' : 'ended', until: kept.until };
}
