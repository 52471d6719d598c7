/** Table `replies`: answers on their way. One is claimed before it is sent and settled after, so that it goes out once. */
import type { Selectable } from 'kysely';
import { among } from './lists.ts';
import type { RepliesTable, Tx } from './tables.ts';

/**
 * `sending`: somebody has claimed it and asks the platform now. `unknown`: it may stand there, nobody knows. `refused`:
 * the platform said no, nothing stands there.
 */
export type ReplyState = 'draft' | 'sending' | 'sent' | 'unknown' | 'refused';

export interface Reply {
  readonly id: number;
  readonly mentionId: number;
  /** The one of the mention's posts that it answers. */
  readonly postId: number;
  readonly text: string;
  /** The same as long as its words are. */
  readonly key: string;
  readonly state: ReplyState;
  readonly draftedBy: string;
  readonly draftedAt: number;
  /** A person's name; null until somebody said yes to these words. */
  readonly agreedBy: string | null;
  readonly agreedAt: number | null;
  /** Why it goes out though the check found something. */
  readonly anyway: string | null;
  readonly triedAt: number | null;
  /** What people call where it went. */
  readonly place: string | null;
  readonly externalId: string | null;
  readonly url: string | null;
  readonly sentAt: number | null;
  readonly trouble: string | null;
}

export interface Draft {
  readonly mentionId: number;
  readonly postId: number;
  readonly text: string;
  readonly key: string;
  readonly by: string;
  readonly at: number;
}

/** What may be drafted over: nothing of it stands anywhere. */
const unsent: readonly ReplyState[] = ['draft', 'refused'];

/** The mention's last one; what was claimed by a process that died is `unknown`. */
export async function lastReply(tx: Tx, mentionId: number, now: number): Promise<Reply | null> {
  const row = await tx
    .selectFrom('replies')
    .selectAll()
    .where('mention_id', '=', mentionId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? replyOf(row, now) : null;
}

/** Takes the place of a draft that has not gone out; another answer beside one that has. @throws Error where nobody knows of the last one */
export async function saveDraft(tx: Tx, draft: Draft): Promise<Reply> {
  const { mentionId, postId, text, key, by, at } = draft;
  const last = await lastReply(tx, mentionId, at);
  if (last && !unsent.includes(last.state) && last.state !== 'sent')
    throw new Error(`a reply that is ${last.state} cannot be drafted over`);
  if (last && unsent.includes(last.state)) await tx.deleteFrom('replies').where('id', '=', last.id).execute();
  const row = await tx
    .insertInto('replies')
    .values({
      ...{ mention_id: mentionId, post_id: postId, text, key },
      ...{ state: 'draft', drafted_by: by, drafted_at: at },
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return replyOf(row, at);
}

export interface Claim {
  /** As whoever sends it has seen it: where it has moved on since, nothing is claimed. */
  readonly seen: Pick<Reply, 'id' | 'key' | 'state' | 'triedAt'>;
  readonly by: string;
  readonly anyway: string | null;
  readonly place: string;
  readonly now: number;
  readonly until: number;
}

/** Null where somebody else was first, or it is not to be sent (any more). One that may have gone out stays agreed as it was. */
export async function claimReply(tx: Tx, { seen, by, anyway, place, now, until }: Claim): Promise<Reply | null> {
  const before = await tx
    .selectFrom('replies')
    .selectAll()
    .where('id', '=', seen.id)
    .where('key', '=', seen.key)
    .executeTakeFirst();
  if (!before) return null;
  const { state, triedAt, agreedBy, agreedAt } = replyOf(before, now);
  if (state !== seen.state || triedAt !== seen.triedAt) return null;
  if (state !== 'unknown' && !unsent.includes(state)) return null;
  const again = state === 'unknown';
  const row = await tx
    .updateTable('replies')
    .set({
      ...{ state: 'sending', claimed_until: until, tried_at: now, place, trouble: null },
      ...{ agreed_by: again ? agreedBy : by, agreed_at: again ? agreedAt : now },
      ...(anyway !== null && { anyway }),
    })
    .where('id', '=', seen.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return replyOf(row, now);
}

export type Settled =
  | { readonly state: 'sent'; readonly externalId: string | null; readonly url: string | null }
  | { readonly state: 'unknown' | 'refused'; readonly trouble: string };

/** @returns false where it stands as sent already: what somebody found out meanwhile holds. */
export async function settleReply(tx: Tx, id: number, end: Settled, now: number): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('replies')
    .set(
      end.state === 'sent'
        ? {
            state: end.state,
            external_id: end.externalId,
            url: end.url,
            sent_at: now,
            trouble: null,
            claimed_until: null,
          }
        : { state: end.state, trouble: end.trouble, claimed_until: null },
    )
    .where('id', '=', id)
    .where('state', '<>', 'sent')
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Of these ids those of answers that were sent from here: the owner's own words. */
export async function sentAmong(tx: Tx, externalIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (externalIds.length === 0) return new Set();
  const rows = await tx
    .selectFrom('replies')
    .select('external_id')
    .where('external_id', 'in', among(externalIds))
    .execute();
  return new Set(rows.flatMap(({ external_id }) => external_id ?? []));
}

function replyOf(row: Selectable<RepliesTable>, now: number): Reply {
  const died = row.state === 'sending' && (row.claimed_until ?? 0) <= now;
  return {
    id: row.id,
    mentionId: row.mention_id,
    postId: row.post_id,
    text: row.text,
    key: row.key,
    state: died ? 'unknown' : (row.state as ReplyState),
    draftedBy: row.drafted_by,
    draftedAt: row.drafted_at,
    agreedBy: row.agreed_by,
    agreedAt: row.agreed_at,
    anyway: row.anyway,
    triedAt: row.tried_at,
    place: row.place,
    externalId: row.external_id,
    url: row.url,
    sentAt: row.sent_at,
    trouble: row.trouble,
  };
}
