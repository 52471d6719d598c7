/** What people did and what went out, as far as a back-up does not hold it; of that what may not happen twice is taken over. */
import type { Selectable } from 'kysely';
import { among } from './lists.ts';
import type { OutboxTable, RepliesTable, SessionsTable, Tx } from './tables.ts';

/** All of that in one database. */
export interface Deeds {
  readonly answers: readonly Answer[];
  /** Daily mails that went out. */
  readonly mails: readonly Selectable<OutboxTable>[];
  /** What else went out: alerts, escalations. Their cases may bear other numbers in a back-up. */
  readonly alerts: readonly string[];
  readonly marks: readonly string[];
  /** What people did with cases and praise. */
  readonly steps: readonly string[];
  readonly sessions: readonly Selectable<SessionsTable>[];
  /** What was remembered under names that begin as asked. */
  readonly facts: readonly { readonly key: string; readonly value: string }[];
}

/** An answer that went out, or may have. */
interface Answer extends Selectable<RepliesTable> {
  readonly source: string;
  readonly postExternalId: string;
  readonly brand: string;
}

const daily = ['digest', 'welcome'];

export async function deedsOf(tx: Tx, factsBegin: string): Promise<Deeds> {
  const answers = await tx
    .selectFrom('replies')
    .innerJoin('posts', 'posts.id', 'replies.post_id')
    .innerJoin('mentions', 'mentions.id', 'replies.mention_id')
    .selectAll('replies')
    .select(['posts.source', 'posts.external_id as postExternalId', 'mentions.brand_id as brand'])
    .where('replies.state', 'in', among(['sending', 'sent', 'unknown']))
    .orderBy('replies.id')
    .execute();
  const sent = await tx.selectFrom('outbox').selectAll().where('state', '=', 'sent').orderBy('id').execute();
  const marks = await tx.selectFrom('marks').select(['mention_id', 'kind', 'by', 'at', 'withdrawn']).execute();
  const events = await tx
    .selectFrom('case_events')
    .select(['case_id', 'kind', 'by', 'at'])
    .where('by', '<>', 'earshot')
    .execute();
  const praise = await tx.selectFrom('praise_events').select(['mention_id', 'kind', 'by', 'at']).execute();
  return {
    answers,
    mails: sent.filter(({ kind }) => daily.includes(kind)),
    alerts: sent.filter(({ kind }) => !daily.includes(kind)).map(mailKey),
    marks: marks.map((row) => JSON.stringify(row)),
    steps: [...events, ...praise].map((row) => JSON.stringify(row)),
    sessions: await tx.selectFrom('sessions').selectAll().execute(),
    facts: await tx.selectFrom('meta').selectAll().where('key', 'like', `${factsBegin}%`).execute(),
  };
}

/** Pure: what the one database holds and the back-up does not. Signed-in sessions and facts are newer here in any case. */
export function sinceThen(now: Deeds, then: Deeds): Deeds {
  const missing = <Item>(list: readonly Item[], known: readonly Item[], key: (item: Item) => string) => {
    const keys = new Set(known.map(key));
    return list.filter((item) => !keys.has(key(item)));
  };
  const states = new Map(then.answers.map(({ key, state }) => [key, state]));
  return {
    ...now,
    // One that may have gone out may be known to stand there since; one that stands there does so for good.
    answers: now.answers.filter(({ key, state }) => ![state, 'sent'].includes(states.get(key) ?? '')),
    mails: missing(now.mails, then.mails, mailKey),
    alerts: missing(now.alerts, then.alerts, String),
    marks: missing(now.marks, then.marks, String),
    steps: missing(now.steps, then.steps, String),
  };
}

/**
 * So that nothing goes out twice: answers to posts that the back-up holds, and daily mails. Beside them what only the
 * newest of it is of use: sessions and facts.
 * @returns how many answers were taken over
 */
export async function takeOver(tx: Tx, { answers, mails, sessions, facts }: Deeds): Promise<number> {
  for (const { id: _, ...mail } of mails)
    await tx
      .insertInto('outbox')
      .values(mail)
      .onConflict((on) => on.columns(['kind', 'recipient', 'for_day']).doUpdateSet(mail))
      .execute();
  for (const session of sessions)
    await tx
      .insertInto('sessions')
      .values(session)
      .onConflict((on) => on.columns(['source', 'account']).doUpdateSet(session))
      .execute();
  for (const fact of facts)
    await tx
      .insertInto('meta')
      .values(fact)
      .onConflict((on) => on.column('key').doUpdateSet(fact))
      .execute();
  let kept = 0;
  for (const { id: _, source, postExternalId, brand, ...answer } of answers) {
    const at = await tx
      .selectFrom('posts')
      .innerJoin('mention_posts', 'mention_posts.post_id', 'posts.id')
      .select(['mention_posts.post_id', 'mention_posts.mention_id'])
      .where('posts.source', '=', source)
      .where('posts.external_id', '=', postExternalId)
      .where('mention_posts.brand_id', '=', brand)
      .executeTakeFirst();
    if (!at) continue;
    const row = { ...answer, ...at };
    await tx
      .insertInto('replies')
      .values(row)
      .onConflict((on) => on.column('key').doUpdateSet(row))
      .execute();
    kept += 1;
  }
  return kept;
}

const mailKey = ({ kind, recipient, for_day }: Pick<Selectable<OutboxTable>, 'kind' | 'recipient' | 'for_day'>) =>
  JSON.stringify([kind, recipient, for_day]);
