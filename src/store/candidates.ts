/** Finds, among stored mentions and those about to be stored, the one that a post is another place of. */
import { type RawBuilder, sql } from 'kysely';
import { alikeWords, mayBeAlike, type Said, sameThing } from '../match/same.ts';
import { canonicalUrl } from '../text/canonical-url.ts';
import { plainWords } from '../text/fingerprint.ts';
import { addressHash } from './address-hash.ts';
import { among } from './lists.ts';
import type { Tx } from './tables.ts';

/** A stored post as the rule sees it. */
export interface SaidPost extends Said {
  readonly postId: number;
  readonly address: number | null;
  readonly originAddress: number | null;
  /** An article's own address, as `canonicalUrl` gives it. */
  readonly page: string | null;
  readonly author: number | null;
  /** Equal for equal words; null for texts too short to be called alike. */
  readonly alike: number | null;
  /** Numbers of which near-copies, and one review in two sources, have one in common; few or none for short texts. */
  readonly bands: readonly number[];
  /** Two posts that may be the same have one of these in common. */
  readonly signs: readonly Sign[];
}

/** A band is its own sign. */
type Sign = number | string;

export interface Found {
  /** The mention that the post is another place of. */
  readonly same: number | null;
  /** What all mentions of nearly the same words have in common. */
  readonly alike: number | null;
}

/** Mentions that came before, to look a post up in. */
export interface Candidates {
  find(brandId: string, post: SaidPost): Found;
  add(brandId: string, post: SaidPost, mentionId: number, alike: number | null): void;
}

const alikeFromWords = 5;
const weekMs = 7 * 86_400_000;
/** So many posts of one author, address or band are looked at, so that a flood of copies costs no more than a few. */
const most = 20;

/** The posts with these ids. */
export async function readSaid(tx: Tx, postIds: readonly number[]): Promise<Map<number, SaidPost>> {
  if (postIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('posts')
    .leftJoin('authors', 'authors.id', 'posts.author_id')
    .select(saidColumns)
    .select(bands.as('bands'))
    .where('posts.id', 'in', among(postIds))
    .execute();
  return new Map(rows.map((row) => [row.id, saidPost(row, bandsOf(row))]));
}

/** Looks through the database once for all of these posts. */
export async function candidatesFor(tx: Tx, posts: readonly SaidPost[]): Promise<Candidates> {
  const pool = createPool();
  for (const row of await likelyPlaces(tx, posts))
    pool.add(row.brand_id, saidPost(row, bandsOf(row)), row.mention_id, row.alike);
  return pool;
}

function createPool(): Candidates {
  type Entry = { readonly post: SaidPost; readonly mentionId: number; readonly alike: number | null };
  const ofBrand = new Map<string, Map<Sign, Entry[]>>();
  return {
    find: (brandId, post) => {
      let alike = post.alike;
      const compared = new Set<Entry>();
      const entries = ofBrand.get(brandId);
      for (const sign of entries ? post.signs : []) {
        for (const entry of entries?.get(sign) ?? []) {
          if (compared.has(entry)) continue;
          compared.add(entry);
          if (sameThing(entry.post, post) !== null) return { same: entry.mentionId, alike: entry.alike };
          if (entry.alike !== null && mayBeAlike(entry.post, post) && alikeWords(entry.post.words(), post.words()))
            alike = entry.alike;
        }
      }
      return { same: null, alike };
    },
    add: (brandId, post, mentionId, alike) => {
      const entry = { post, mentionId, alike };
      const entries = ofBrand.get(brandId) ?? new Map<Sign, Entry[]>();
      if (entries.size === 0) ofBrand.set(brandId, entries);
      for (const sign of post.signs) {
        const list = entries.get(sign) ?? [];
        if (list.length === 0) entries.set(sign, list);
        list.push(entry);
        if (list.length > most) list.shift();
      }
    },
  };
}

function signsOf(post: Omit<SaidPost, 'signs'>): Sign[] {
  const signs: Sign[] = [...post.bands];
  if (post.origin !== null) signs.push(`origin ${post.origin}`);
  if (post.address !== null && post.kind !== 'reviews') signs.push(`address ${post.address}`);
  if (post.originAddress !== null) signs.push(`address ${post.originAddress}`);
  if (post.author !== null) signs.push(`author ${post.author}`);
  return signs;
}

const saidColumns = [
  'posts.id',
  'posts.source',
  'posts.kind',
  'posts.address',
  'posts.url',
  'posts.origin',
  'posts.author_id',
  'authors.name',
  'authors.handle',
  'posts.said_at',
  'posts.place',
  'posts.title',
  'posts.text',
  'posts.rating_value',
  'posts.text_hash',
  'posts.word_count',
] as const;

/** As they were worked out when the post was saved: taking its words apart again costs more than all else here. */
const bands = sql<string | null>`(select group_concat(band) from post_bands where post_id = posts.id)`;

interface SaidRow {
  readonly id: number;
  readonly source: string;
  readonly kind: string;
  readonly address: number | null;
  readonly url: string | null;
  readonly origin: string | null;
  readonly author_id: number | null;
  readonly name: string | null;
  readonly handle: string | null;
  readonly said_at: number;
  readonly place: string | null;
  readonly title: string | null;
  readonly text: string;
  readonly rating_value: number | null;
  readonly text_hash: number | null;
  readonly word_count: number;
  readonly bands: string | null;
}

const bandsOf = ({ bands }: SaidRow): readonly number[] => (bands === null ? [] : bands.split(',').map(Number));

async function likelyPlaces(tx: Tx, posts: readonly SaidPost[]) {
  const from = posts.reduce((least, post) => Math.min(least, post.at), Number.MAX_SAFE_INTEGER) - weekMs;
  const to = posts.reduce((greatest, post) => Math.max(greatest, post.at), 0) + weekMs;
  const listed = <Value extends string | number>(pick: (post: SaidPost) => readonly (Value | null)[]) =>
    among([...new Set(posts.flatMap(pick).filter((value) => value !== null))]);
  // Only those that are a place of a mention; the page's own posts, which are none yet, count among the newest all the same.
  const newest = (list: ReturnType<typeof listed>, which: RawBuilder<unknown>) => sql`
    select post_id from ${list} as wanted join mention_posts on post_id in (${which} limit ${sql.lit(most)})`;
  const ids = sql<number>`(
    ${newest(
      listed((post) => [post.kind === 'reviews' ? null : post.address, post.originAddress]),
      sql`select id from posts where address = wanted.value order by id desc`,
    )}
    union all ${newest(
      listed((post) => [post.origin, post.page]),
      sql`select id from posts where origin = wanted.value order by id desc`,
    )}
    union all ${newest(
      listed((post) => [post.author]),
      sql`select id from posts where author_id = wanted.value and said_at between ${from} and ${to} order by id desc`,
    )}
    union all ${newest(
      listed((post) => post.bands),
      sql`select post_id from post_bands where band = wanted.value order by post_id`,
    )})`;
  return tx
    .selectFrom('mention_posts')
    .innerJoin('posts', 'posts.id', 'mention_posts.post_id')
    .innerJoin('mentions', 'mentions.id', 'mention_posts.mention_id')
    .leftJoin('authors', 'authors.id', 'posts.author_id')
    .select(saidColumns)
    .select(bands.as('bands'))
    .select(['mention_posts.brand_id', 'mention_posts.mention_id', 'mentions.alike'])
    .where('mention_posts.post_id', 'in', ids)
    .orderBy('mention_posts.post_id')
    .execute();
}

/** @param bands of the post; @param known the words of its text, where somebody has taken it apart already */
export function saidPost(
  row: Omit<SaidRow, 'bands'>,
  bands: readonly number[],
  known: readonly string[] | null = null,
): SaidPost {
  let words = known;
  const spoken = () => {
    words ??= plainWords(row.text);
    return words;
  };
  const said = {
    postId: row.id,
    source: row.source,
    kind: row.kind as SaidPost['kind'],
    address: row.address,
    origin: row.origin,
    originAddress: addressHash(row.origin),
    page: row.kind === 'articles' && row.url !== null ? canonicalUrl(row.url) : null,
    author: row.author_id,
    name: row.name ?? row.handle,
    at: row.said_at,
    place: row.place,
    title: row.title,
    rating: row.rating_value,
    wordCount: row.word_count,
    words: spoken,
    alike: row.word_count >= alikeFromWords ? row.text_hash : null,
    bands,
  };
  return { ...said, signs: signsOf(said) };
}
