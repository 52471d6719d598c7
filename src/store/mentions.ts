/** Tables `mentions` and `mention_posts`: one thing said about a brand, what we conclude of it, and the posts that say it. */
import { sql } from 'kysely';
import { quotes } from '../match/same.ts';
import type { Findings, Hit } from '../mention.ts';
import type { SetAside } from '../watch.ts';
import { candidatesFor, readSaid, type SaidPost } from './candidates.ts';
import { noteDoubles } from './doubles.ts';
import { type FindingsColumns, findingsColumnNames, findingsColumns, sameFindings } from './findings-columns.ts';
import { among, insertRows, nextId, tableOf, updateRows } from './lists.ts';
import { refreshPiles } from './piles.ts';
import type { Tx } from './tables.ts';

export interface MentionDraft {
  readonly brandId: string;
  readonly postId: number;
  readonly hits: readonly Hit[];
  /** The post is about the brand by where it stands, named or not. */
  readonly certain?: boolean;
  readonly findings: Findings;
  /** Older than the first look: kept for search and trends, without case or alert. */
  readonly history: boolean;
}

export interface SavedMention {
  readonly id: number;
  readonly brandId: string;
  readonly postId: number;
  readonly fresh: boolean;
  /** The post has just become one more place of a mention that was there before it. */
  readonly joined: boolean;
  /** The mention was there, and what we conclude of it is now another. */
  readonly changed: boolean;
}

/**
 * Saves what posts say about brands; the posts are saved already, in this transaction or before. One answer for each
 * draft, in order. A draft that was saved before makes no second mention.
 * @param justSaid posts of this transaction that need not be read again, by id
 */
export async function saveMentions(
  tx: Tx,
  drafts: readonly MentionDraft[],
  now: number,
  justSaid: ReadonlyMap<number, SaidPost> = new Map(),
): Promise<SavedMention[]> {
  const known = await knownPlaces(tx, drafts);
  const wanted = new Map<string, MentionDraft>();
  for (const draft of drafts) if (!known.has(draftKey(draft))) wanted.set(draftKey(draft), draft);
  const added = await addMentions(tx, [...wanted.values()], now, justSaid);
  const places = [...added.values()];
  await noteDoubles(
    tx,
    places.flatMap(({ id, fresh }) => (fresh ? [id] : [])),
  );
  const fuller = await letWholeTextsLead(
    tx,
    places.filter(({ fresh }) => !fresh),
  );
  const changed = new Set([...(await refreshFindings(tx, drafts, known)), ...fuller]);
  const moved = places.filter((one) => !liesWhereAdded(one)).map(({ id }) => id);
  await refreshPiles(tx, [...moved, ...changed]);
  const answered = new Set<string>();
  return drafts.map((draft) => {
    const key = draftKey(draft);
    const first = !answered.has(key);
    answered.add(key);
    const { brandId, postId } = draft;
    const id = known.get(key)?.mention_id ?? added.get(key)?.id;
    if (id === undefined) throw new Error(`post ${postId} is not stored`);
    const fresh = first && added.get(key)?.fresh === true;
    const joined = first && added.get(key)?.fresh === false;
    return { id, brandId, postId, fresh, joined, changed: first && !fresh && changed.has(id) };
  });
}

export interface NewFindings {
  readonly mentionId: number;
  readonly findings: Findings;
  readonly setAside: SetAside | null;
  /** Where the brand's terms stand now; absent: where they stood. */
  readonly hits?: readonly Hit[];
}

/** Replaces what we conclude; what people marked and the cases stay. */
export async function updateFindings(tx: Tx, list: readonly NewFindings[]): Promise<void> {
  const rows = list.map(({ mentionId, findings, setAside }) => ({
    id: mentionId,
    set_aside: setAside,
    ...findingsColumns(findings),
  }));
  for (let from = 0; from < rows.length; from += 200) await updateRows(tx, 'mentions', rows.slice(from, from + 200));
  await updateHits(
    tx,
    list.flatMap(({ mentionId, hits }) => (hits ? [{ mention: mentionId, hits: JSON.stringify(hits) }] : [])),
  );
  await refreshPiles(
    tx,
    list.map(({ mentionId }) => mentionId),
  );
}

type Key = { readonly brandId: string; readonly postId: number };

function draftKey({ brandId, postId }: Key): string {
  return `${postId} ${brandId}`;
}

type KnownPlace = FindingsColumns & {
  readonly mention_id: number;
  readonly lead_post_id: number;
  readonly set_aside: string | null;
  readonly hits: string;
};

async function knownPlaces(tx: Tx, drafts: readonly Key[]): Promise<Map<string, KnownPlace>> {
  const rows = await tx
    .selectFrom('mention_posts')
    .innerJoin('mentions', 'mentions.id', 'mention_posts.mention_id')
    .select(['mention_posts.brand_id', 'mention_posts.post_id', 'mention_posts.mention_id', 'mention_posts.hits'])
    .select(['mentions.lead_post_id', 'mentions.set_aside'])
    .select(findingsColumnNames.map((name) => `mentions.${name}` as const))
    .where('mention_posts.post_id', 'in', among(drafts.map(({ postId }) => postId)))
    .execute();
  return new Map(rows.map((row) => [draftKey({ brandId: row.brand_id, postId: row.post_id }), row]));
}

/** Findings of a post that was judged again; a post that is a further place of its mention changes nothing. */
async function refreshFindings(
  tx: Tx,
  drafts: readonly MentionDraft[],
  known: ReadonlyMap<string, KnownPlace>,
): Promise<Set<number>> {
  const rows = new Map<number, FindingsColumns & { readonly id: number; readonly set_aside: null }>();
  const stands = new Map<number, { readonly mention: number; readonly hits: string }>();
  for (const draft of drafts) {
    const before = known.get(draftKey(draft));
    if (before === undefined || before.lead_post_id !== draft.postId) continue;
    const hits = JSON.stringify(draft.hits);
    if (hits !== before.hits) stands.set(before.mention_id, { mention: before.mention_id, hits });
    const columns = findingsColumns(draft.findings);
    if (before.set_aside === null && sameFindings(before, columns)) continue;
    rows.set(before.mention_id, { id: before.mention_id, set_aside: null, ...columns });
  }
  await updateRows(tx, 'mentions', [...rows.values()]);
  await updateHits(tx, [...stands.values()]);
  return new Set(rows.keys());
}

/** Where the brand's terms stand in the post that the findings are about. */
async function updateHits(tx: Tx, rows: readonly { readonly mention: number; readonly hits: string }[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`update mention_posts set hits = new.hits
    from ${tableOf(rows)} as new join mentions on mentions.id = new.mention
    where mention_posts.post_id = mentions.lead_post_id and mention_posts.brand_id = mentions.brand_id`.execute(tx);
}

interface Added {
  readonly id: number;
  readonly draft: MentionDraft;
  readonly fresh: boolean;
}

/** On no pile, as every mention is added. */
function liesWhereAdded({ fresh, draft }: Added): boolean {
  return fresh && draft.findings.complaint.verdict === 'none';
}

/** Drafts whose post is no place of any mention of that brand yet; each becomes a mention, or a place of one. */
async function addMentions(
  tx: Tx,
  drafts: readonly MentionDraft[],
  now: number,
  justSaid: ReadonlyMap<number, SaidPost>,
): Promise<Map<string, Added>> {
  if (drafts.length === 0) return new Map();
  const unread = drafts.flatMap(({ postId }) => (justSaid.has(postId) ? [] : [postId]));
  const read = await readSaid(tx, unread);
  const said = new Map(
    drafts.flatMap(({ postId }) => {
      const post = justSaid.get(postId) ?? read.get(postId);
      return post ? [[postId, post] as const] : [];
    }),
  );
  const candidates = await candidatesFor(tx, [...said.values()]);
  let next = await nextId(tx, 'mentions');
  const rows: ReturnType<typeof mentionRow>[] = [];
  const placed = drafts.map((draft) => {
    const post = said.get(draft.postId);
    if (post === undefined) throw new Error(`post ${draft.postId} is not stored`);
    const { same, alike } = candidates.find(draft.brandId, post);
    const id = same ?? next++;
    candidates.add(draft.brandId, post, id, alike);
    if (same === null) rows.push(mentionRow(id, draft, post, alike, now));
    return { draft, id, fresh: same === null };
  });
  await insertRows(tx, 'mentions', rows);
  await insertRows(
    tx,
    'mention_posts',
    placed.map(({ draft, id }) => ({
      brand_id: draft.brandId,
      post_id: draft.postId,
      mention_id: id,
      certain: draft.certain ? 1 : 0,
      hits: JSON.stringify(draft.hits),
    })),
  );
  await wakeHistory(
    tx,
    placed.filter((one) => !one.fresh && !one.draft.history).map(({ id }) => id),
  );
  return new Map(placed.map((one) => [draftKey(one.draft), one]));
}

/** An alert gives an article's first words, a mail a review's; once the whole of it comes in, people read and we judge that. */
async function letWholeTextsLead(tx: Tx, joining: readonly Added[]): Promise<number[]> {
  if (joining.length === 0) return [];
  const leads = await tx
    .selectFrom('mentions')
    .select(['id', 'lead_post_id'])
    .where('id', 'in', among(joining.map(({ id }) => id)))
    .execute();
  const leadOf = new Map(leads.map((row) => [row.id, row.lead_post_id]));
  const said = await readSaid(tx, [...leadOf.values(), ...joining.map(({ draft }) => draft.postId)]);
  const rows = joining.flatMap(({ id, draft }) => {
    const lead = said.get(leadOf.get(id) ?? 0);
    const post = said.get(draft.postId);
    if (!lead || !post || lead.kind === 'posts' || lead.kind !== post.kind) return [];
    if (post.words().length <= lead.words().length || !quotes(lead.words(), post.words())) return [];
    return [{ id, lead_post_id: draft.postId, ...findingsColumns(draft.findings) }];
  });
  await updateRows(tx, 'mentions', rows);
  return rows.map(({ id }) => id);
}

/** What is said anew is history no more. */
async function wakeHistory(tx: Tx, mentionIds: readonly number[]): Promise<void> {
  if (mentionIds.length === 0) return;
  await tx
    .updateTable('mentions')
    .set({ history: 0 })
    .where('history', '=', 1)
    .where('id', 'in', among(mentionIds))
    .execute();
}

function mentionRow(id: number, draft: MentionDraft, post: SaidPost, alike: number | null, now: number) {
  return {
    id,
    brand_id: draft.brandId,
    lead_post_id: draft.postId,
    first_seen_at: now,
    said_at: post.at,
    history: draft.history ? (1 as const) : (0 as const),
    set_aside: null,
    alike,
    double_of: null,
    ...findingsColumns(draft.findings),
    marked_us: null,
    marked_complaint: null,
    marked_urgent: null,
    pile: null,
    pile_class: 3,
    pile_at: now,
  };
}
