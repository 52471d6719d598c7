/** Table `sessions`: signed-in sessions, encrypted, so that a copy of the database opens nobody's account. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Tx } from './tables.ts';

/** What a platform gave when we signed in; `until` in milliseconds UTC. */
export interface KeptSession {
  readonly token: string;
  readonly refresh?: string;
  readonly until: number;
  readonly extra?: Readonly<Record<string, string>>;
  /** When the platform said that it holds no more. */
  readonly endedAt?: number;
}

export interface SessionOf {
  readonly source: string;
  /** Null: the source's only account. */
  readonly account: string | null;
}

/** @param key 32 bytes; see secret-key.ts. */
export async function saveSession(tx: Tx, of: SessionOf, session: KeptSession, key: Buffer): Promise<void> {
  const account = of.account ?? '';
  const row = { until: session.until, sealed: seal(JSON.stringify(session), key, `${of.source} ${account}`) };
  await tx
    .insertInto('sessions')
    .values({ source: of.source, account, ...row })
    .onConflict((on) => on.columns(['source', 'account']).doUpdateSet(row))
    .execute();
}

/** Null where none was saved, or the key is another than it was saved with: then we sign in anew. */
export async function readSession(tx: Tx, of: SessionOf, key: Buffer): Promise<KeptSession | null> {
  const account = of.account ?? '';
  const row = await tx
    .selectFrom('sessions')
    .select('sealed')
    .where('source', '=', of.source)
    .where('account', '=', account)
    .executeTakeFirst();
  const text = row ? unseal(row.sealed, key, `${of.source} ${account}`) : null;
  return text === null ? null : (JSON.parse(text) as KeptSession);
}

export async function dropSession(tx: Tx, of: SessionOf): Promise<void> {
  await tx
    .deleteFrom('sessions')
    .where('source', '=', of.source)
    .where('account', '=', of.account ?? '')
    .execute();
}

const nonceBytes = 12;
const tagBytes = 16;

/** AES-256-GCM: nonce, tag, then the text; bound to its owner, so that one row cannot stand in for another. */
function seal(text: string, key: Buffer, owner: string): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(owner));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64');
}

function unseal(sealed: string, key: Buffer, owner: string): string | null {
  const bytes = Buffer.from(sealed, 'base64');
  const nonce = bytes.subarray(0, nonceBytes);
  const tag = bytes.subarray(nonceBytes, nonceBytes + tagBytes);
  try {
    const cipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(owner)).setAuthTag(tag);
    return cipher.update(bytes.subarray(nonceBytes + tagBytes), undefined, 'utf8') + cipher.final('utf8');
  } catch {
    return null;
  }
}
