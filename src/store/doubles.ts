/** What several accounts say about a brand in the same words within days: one thing said, however many say it. */
import { sql } from 'kysely';
import { isDouble, someWords } from '../match/same.ts';
import { plainWords } from '../text/fingerprint.ts';
import { among, updateRows } from './lists.ts';
import type { Tx } from './tables.ts';

const withinMs = 7 * 86_400_000;

/** How many accounts say what a mention says, it included, of those that share its case. */
export const accountsSayingIt = sql<number>`(
  select count(distinct author_id) from mentions twin join posts on posts.id = twin.lead_post_id
    left join case_mentions own on own.mention_id = twin.id
  where twin.double_of = mentions.double_of
    and own.case_id is (select case_id from case_mentions where mention_id = mentions.id))`;

/** One mention beside another that may say the same. */
interface Pair {
  readonly id: number;
  readonly words: string;
  /** The nearest that another account said before it; null: nobody. */
  readonly before: number | null;
  readonly before_first: number | null;
  readonly before_words: string | null;
  /** The nearest that another account said after it. */
  readonly after: number | null;
  readonly after_first: number | null;
  readonly after_words: string | null;
}

/** Says of new mentions, and of what others said after them, who said it first: one look at the database where nobody did. */
export async function noteDoubles(tx: Tx, mentionIds: readonly number[]): Promise<void> {
  if (mentionIds.length === 0) return;
  const pairs = await pairsOf(tx, mentionIds);
  if (pairs.length === 0) return;
  const first = new Map<number, number>();
  const led = new Set<number>();
  const firstOf = (id: number, stored: number | null) => {
    const one = first.get(id) ?? stored ?? id;
    return first.get(one) ?? one;
  };
  for (const { id, words, ...pair } of pairs) {
    let own: number | null = null;
    if (pair.before !== null && saysTheSame(words, pair.before_words)) {
      own = firstOf(pair.before, pair.before_first);
      first.set(pair.before, own);
    }
    if (pair.after !== null && saysTheSame(words, pair.after_words)) {
      const theirs = firstOf(pair.after, pair.after_first);
      own ??= theirs === pair.after ? id : theirs;
      // What was the first of its own was said later.
      if (theirs === pair.after) {
        first.set(theirs, own);
        if (pair.after_first === theirs) led.add(theirs);
      }
    }
    if (own !== null) first.set(id, own);
  }
  for (const one of led) await follow(tx, one, firstOf(one, null));
  await lead(tx, first);
}

/** What several say in the same words is led by the next of them, where these no longer do. */
export async function passFirst(tx: Tx, mentionIds: readonly number[]): Promise<void> {
  const others = await tx
    .selectFrom('mentions')
    .select(['id', 'double_of'])
    .where('double_of', 'in', among(mentionIds))
    .where('id', 'not in', among(mentionIds))
    .orderBy('said_at')
    .orderBy('id')
    .execute();
  for (const [theirs, [next]] of Map.groupBy(others, (row) => row.double_of))
    if (theirs !== null && next) await follow(tx, theirs, next.id);
}

/** What was edited is in its author's own words again. */
export async function standAlone(tx: Tx, mentionIds: readonly number[]): Promise<void> {
  if (mentionIds.length === 0) return;
  await passFirst(tx, mentionIds);
  await tx
    .updateTable('mentions')
    .set({ double_of: null })
    .where('id', 'in', among(mentionIds))
    .where('double_of', 'is not', null)
    .execute();
}

async function lead(tx: Tx, firstOf: ReadonlyMap<number, number>): Promise<void> {
  await updateRows(
    tx,
    'mentions',
    [...firstOf].map(([id, own]) => ({ id, double_of: own })),
  );
}

async function follow(tx: Tx, theirs: number, own: number): Promise<void> {
  await tx.updateTable('mentions').set({ double_of: own }).where('double_of', '=', theirs).execute();
}

/** @param other null: its fingerprint is the same */
function saysTheSame(one: string, other: string | null): boolean {
  return other === null || isDouble(plainWords(one), plainWords(other));
}

/** Oldest first. */
async function pairsOf(tx: Tx, mentionIds: readonly number[]): Promise<readonly Pair[]> {
  const beside = (order: 'before' | 'after') => sql`(
    select twin.id from mentions twin join posts said on said.id = twin.lead_post_id
    where twin.brand_id = own.brand_id and twin.alike = own.alike and twin.id <> own.id
      and ${
        order === 'before'
          ? sql`twin.said_at between own.said_at - ${withinMs} and own.said_at and (twin.said_at < own.said_at or twin.id < own.id)`
          : sql`twin.said_at between own.said_at and own.said_at + ${withinMs} and (twin.said_at > own.said_at or twin.id > own.id)`
      }
      and said.kind <> 'articles' and said.author_id <> post.author_id
      and said.rating_value is post.rating_value and said.rating_scale is post.rating_scale
    order by twin.said_at ${order === 'before' ? sql`desc, twin.id desc` : sql`, twin.id`} limit 1)`;
  const { rows } = await sql<Pair>`
    with own as materialized (
      select own.id, own.said_at, post.text_hash, post.text,
        ${beside('before')} as before, ${beside('after')} as after
      from mentions own join posts post on post.id = own.lead_post_id
      where own.id in ${among(mentionIds)} and own.alike is not null
        and post.word_count >= ${someWords} and post.kind <> 'articles' and post.author_id is not null
    )
    select own.id, own.text as words,
      before, earlier.double_of as before_first, case when a.text_hash = own.text_hash then null else a.text end as before_words,
      after, later.double_of as after_first, case when b.text_hash = own.text_hash then null else b.text end as after_words
    from own
      left join mentions earlier on earlier.id = before left join posts a on a.id = earlier.lead_post_id
      left join mentions later on later.id = after left join posts b on b.id = later.lead_post_id
    where before is not null or after is not null
    order by own.said_at, own.id`.execute(tx);
  return rows;
}
