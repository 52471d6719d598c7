/**
 * Table `outbox`: mails to be sent, each once per kind, recipient and day. Only ids are kept; the words are put in when
 * it is sent.
 *
 * A mail is claimed before it is sent and marked after. Whoever dies in between leaves it claimed: whether it went out is
 * unknown. When the claim has run out it is sent again with the same Message-ID, by which mail servers and programs
 * recognise the second copy as the first; the other choice, never to send it, would lose a digest for every crash.
 */
import type { Selectable } from 'kysely';
import { among } from './lists.ts';
import type { OutboxTable, Tx } from './tables.ts';

export type MailKind = 'digest' | 'alert' | 'welcome' | 'escalation';

export interface MailDraft {
  readonly kind: MailKind;
  readonly recipient: string;
  /** The recipient's local date, `2026-11-20`; for an alert, what makes it the only one of its kind: `c4-7`, the case and which of its events. */
  readonly forDay: string;
  /** Stays the same however often it is tried. */
  readonly messageId: string;
  /** What it tells of; no words. */
  readonly ids: unknown;
  /** Not sent before this moment; milliseconds UTC. */
  readonly notBefore?: number;
}

export interface Mail extends MailDraft {
  readonly id: number;
  readonly state: 'waiting' | 'claimed' | 'sent' | 'failed';
  readonly madeAt: number;
  /** How often it was claimed. */
  readonly tries: number;
  readonly sentAt: number | null;
  /** Why it could not be sent the last time. */
  readonly trouble: string | null;
  /** Not tried before this moment; of a claimed one, when its claim runs out. Null: at once, or never. */
  readonly nextAt: number | null;
}

/** Adds mails that were not added before; kind, recipient and day say which are the same. @returns the new ones' ids. */
export async function enqueueMails(tx: Tx, drafts: readonly MailDraft[], now: number): Promise<number[]> {
  if (drafts.length === 0) return [];
  const rows = await tx
    .insertInto('outbox')
    .values(
      drafts.map(({ kind, recipient, forDay, messageId, ids, notBefore = null }) => ({
        kind,
        recipient,
        for_day: forDay,
        message_id: messageId,
        ids: JSON.stringify(ids),
        state: 'waiting',
        made_at: now,
        tries: 0,
        claimed_until: notBefore,
      })),
    )
    .onConflict((on) => on.columns(['kind', 'recipient', 'for_day']).doNothing())
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** Mails of these kinds, to these addresses. */
export interface MailsTo {
  readonly kinds: readonly MailKind[];
  readonly recipients: readonly string[];
}

/**
 * Takes the oldest mail that waits, or whose claim has run out, for `leaseMs`; null where there is none. Nobody else gets
 * it meanwhile.
 */
export async function claimMail(
  tx: Tx,
  now: number,
  leaseMs: number,
  { kinds, recipients }: MailsTo,
): Promise<Mail | null> {
  const free = tx
    .selectFrom('outbox')
    .select('id')
    .where('kind', 'in', among(kinds))
    .where('recipient', 'in', among(recipients))
    .where((eb) => eb.or([eb('state', '=', 'waiting'), eb('state', '=', 'claimed').and('claimed_until', '<=', now)]))
    .where((eb) => eb.or([eb('claimed_until', 'is', null), eb('claimed_until', '<=', now)]))
    .orderBy('id')
    .limit(1);
  const row = await tx
    .updateTable('outbox')
    .set((eb) => ({ state: 'claimed', claimed_until: now + leaseMs, tries: eb('tries', '+', 1) }))
    .where('id', '=', free)
    .returningAll()
    .executeTakeFirst();
  return row ? mailOf(row) : null;
}

export async function markSent(tx: Tx, id: number, now: number): Promise<void> {
  await tx
    .updateTable('outbox')
    .set({ state: 'sent', sent_at: now, claimed_until: null, trouble: null })
    .where('id', '=', id)
    .execute();
}

/** @param retryAt when it waits for its next try; null: it is given up. */
export async function markFailed(tx: Tx, id: number, trouble: string, retryAt: number | null): Promise<void> {
  await tx
    .updateTable('outbox')
    .set({ state: retryAt === null ? 'failed' : 'waiting', claimed_until: retryAt, trouble })
    .where('id', '=', id)
    .execute();
}

/** A mail of that day that waits for its next try is tried at once, which counts as none of its own. All else stays as it is. */
export async function hurryMails(
  tx: Tx,
  { kinds, recipient, forDay }: Pick<MailDraft, 'recipient' | 'forDay'> & { readonly kinds: readonly MailKind[] },
): Promise<void> {
  await tx
    .updateTable('outbox')
    .set((eb) => ({
      claimed_until: null,
      tries: eb
        .case()
        .when('tries', '>', 0)
        .then(eb('tries', '-', 1))
        .else(0)
        .end(),
    }))
    .where('kind', 'in', among(kinds))
    .where('recipient', '=', recipient)
    .where('for_day', '=', forDay)
    .where('state', '=', 'waiting')
    .execute();
}

/** Gives up what waits, of these kinds, for anybody but these; what another is just sending is left to it. */
export async function giveUpOthers(
  tx: Tx,
  now: number,
  trouble: string,
  { kinds, recipients }: MailsTo,
): Promise<void> {
  await tx
    .updateTable('outbox')
    .set({ state: 'failed', claimed_until: null, trouble })
    .where('kind', 'in', among(kinds))
    .where('recipient', 'not in', among(recipients))
    .where((eb) => eb.or([eb('state', '=', 'waiting'), eb('state', '=', 'claimed').and('claimed_until', '<=', now)]))
    .execute();
}

export interface MailFilter {
  readonly kinds: readonly MailKind[];
  readonly recipient?: string;
  readonly state?: Mail['state'];
  readonly limit: number;
}

/** Newest first. */
export async function lastMails(tx: Tx, { kinds, recipient, state, limit }: MailFilter): Promise<Mail[]> {
  let query = tx.selectFrom('outbox').selectAll().where('kind', 'in', among(kinds));
  if (recipient !== undefined) query = query.where('recipient', '=', recipient);
  if (state !== undefined) query = query.where('state', '=', state);
  const rows = await query.orderBy('id', 'desc').limit(limit).execute();
  return rows.map(mailOf);
}

function mailOf(row: Selectable<OutboxTable>): Mail {
  return {
    id: row.id,
    kind: row.kind as MailKind,
    recipient: row.recipient,
    forDay: row.for_day,
    messageId: row.message_id,
    ids: JSON.parse(row.ids) as unknown,
    state: row.state as Mail['state'],
    madeAt: row.made_at,
    tries: row.tries,
    sentAt: row.sent_at,
    trouble: row.trouble,
    nextAt: row.claimed_until,
  };
}
