/** What is thought and marked of mentions, without their words: all that deciding on a case needs. */
import { sql } from 'kysely';
import type { ComplaintVerdict, RelevanceVerdict, Urgency } from '../mention.ts';
import type { SetAside } from '../watch.ts';
import { among } from './lists.ts';
import { type Marks, marksOf, noMarks } from './marks.ts';
import { refreshPiles } from './piles.ts';
import type { Tx } from './tables.ts';
import { urgencyOf } from './urgency-rank.ts';

export interface Standing {
  readonly mentionId: number;
  readonly brandId: string;
  readonly relevance: RelevanceVerdict;
  readonly complaint: ComplaintVerdict;
  /** It says that what went wrong was put right. */
  readonly resolved: boolean;
  readonly severity: number;
  readonly urgency: Urgency;
  readonly setAside: SetAside | null;
  readonly history: boolean;
  /** The pile it lies on. */
  readonly pile: 'flagged' | 'unsure' | null;
  /** The first of those that several accounts said in the same words, itself included; null where nobody else did. */
  readonly doubleOf: number | null;
  /** Who said it first; null where nobody knows, and of articles: whoever writes of us is no customer. */
  readonly authorId: number | null;
  /** When the last of its places was published (else first seen), and when one was last edited; milliseconds UTC. */
  readonly saidAt: number;
  readonly editedAt: number | null;
  /** None of its places is shown any more. */
  readonly gone: boolean;
  readonly marks: Marks;
}

/** In the order of their ids; those that are no more are left out. */
export async function readStandings(tx: Tx, mentionIds: readonly number[]): Promise<Standing[]> {
  if (mentionIds.length === 0) return [];
  const rows = await tx
    .selectFrom('mentions')
    .innerJoin('mention_posts', 'mention_posts.mention_id', 'mentions.id')
    .innerJoin('posts', 'posts.id', 'mention_posts.post_id')
    .select([
      'mentions.id',
      'mentions.brand_id',
      'relevance',
      'complaint',
      'resolved',
      'severity',
      'urgency',
      'set_aside',
    ])
    .select(['history', 'pile', 'double_of'])
    .select(({ fn }) => [fn.max('posts.said_at').as('said_at'), fn.max('posts.edited_at').as('edited_at')])
    .select(sql<number>`min(posts.gone_at is not null)`.as('gone'))
    .select(
      sql<
        number | null
      >`(select author_id from posts first where first.id = mentions.lead_post_id and kind <> 'articles')`.as(
        'author_id',
      ),
    )
    .where('mentions.id', 'in', among(mentionIds))
    .groupBy('mentions.id')
    .orderBy('mentions.id')
    .execute();
  const marks = await marksOf(tx, mentionIds);
  return rows.map((row) => ({
    mentionId: row.id,
    brandId: row.brand_id,
    relevance: row.relevance as RelevanceVerdict,
    complaint: row.complaint as ComplaintVerdict,
    resolved: row.resolved === 1,
    severity: row.severity,
    urgency: urgencyOf(row.urgency),
    setAside: row.set_aside as SetAside | null,
    history: row.history === 1,
    pile: row.pile as Standing['pile'],
    doubleOf: row.double_of,
    authorId: row.author_id,
    saidAt: row.said_at,
    editedAt: row.edited_at,
    gone: row.gone === 1,
    marks: marks.get(row.id) ?? noMarks,
  }));
}

/** The mentions that these posts are places of. */
export async function mentionsOfPosts(tx: Tx, postIds: readonly number[]): Promise<number[]> {
  if (postIds.length === 0) return [];
  const rows = await tx
    .selectFrom('mention_posts')
    .select('mention_id')
    .distinct()
    .where('post_id', 'in', among(postIds))
    .execute();
  return rows.map((row) => row.mention_id);
}

/** A post beside the one that leads its mention. */
export interface PlacePair {
  readonly first: PlaceFacts;
  readonly next: PlaceFacts;
}

interface PlaceFacts {
  readonly kind: string;
  readonly source: string;
  readonly authorId: number | null;
  readonly origin: string | null;
  readonly saidAt: number;
}

/** Of each pair of a mention and one of its places; keyed by the place's post. */
export async function placesBesideFirst(
  tx: Tx,
  wanted: readonly { readonly mentionId: number; readonly postId: number }[],
): Promise<Map<number, PlacePair>> {
  const mentions = await tx
    .selectFrom('mentions')
    .select(['id', 'lead_post_id'])
    .where('id', 'in', among(wanted.map(({ mentionId }) => mentionId)))
    .execute();
  const leadOf = new Map(mentions.map((row) => [row.id, row.lead_post_id]));
  const rows = await tx
    .selectFrom('posts')
    .select(['id', 'kind', 'source', 'author_id', 'origin', 'said_at'])
    .where('id', 'in', among([...leadOf.values(), ...wanted.map(({ postId }) => postId)]))
    .execute();
  const facts = new Map(
    rows.map(({ id, kind, source, author_id, origin, said_at }) => [
      id,
      { kind, source, authorId: author_id, origin, saidAt: said_at },
    ]),
  );
  const pairs = new Map<number, PlacePair>();
  for (const { mentionId, postId } of wanted) {
    const first = facts.get(leadOf.get(mentionId) ?? 0);
    const next = facts.get(postId);
    if (first && next) pairs.set(postId, { first, next });
  }
  return pairs;
}

/** Says of mentions whether they are history, and puts them where that lays them. */
export async function setHistory(tx: Tx, mentionIds: readonly number[], history: boolean): Promise<void> {
  if (mentionIds.length === 0) return;
  await tx
    .updateTable('mentions')
    .set({ history: history ? 1 : 0 })
    .where('id', 'in', among(mentionIds))
    .execute();
  await refreshPiles(tx, mentionIds);
}
