/** Table `posts`: what somebody said, once each, with what its author and its platform let us keep of it. */
import type { OwnAnswer, Post, Rating } from '../mention.ts';
import { plainWords } from '../text/fingerprint.ts';
import { type AuthorIds, authorKey, dropSilentAuthors, saveAuthors } from './authors.ts';
import { type SaidPost, saidPost } from './candidates.ts';
import { authorMark, erasedAmong } from './erased.ts';
import { rememberLetGo } from './let-go.ts';
import { among, insertRows, nextId, updateRows } from './lists.ts';
import { addBands } from './post-bands.ts';
import { forgetBefore, rememberBefore } from './post-edits.ts';
import { bySource, postKey } from './post-id.ts';
import {
  answerOf,
  countsOf,
  type Known,
  postRow,
  rankOf,
  ratingOf,
  type Saving,
  type SourceTerms,
  termsFor,
  wordsUntil,
} from './post-rows.ts';
import { erasePosts } from './prune.ts';
import { storable } from './storable.ts';
import type { Tx } from './tables.ts';

export interface SavedPost {
  readonly source: string;
  readonly externalId: string;
  /** Null where the post was pruned or erased before: it must not come back. */
  readonly id: number | null;
  readonly fresh: boolean;
  /** Title, text or rating are others than before. */
  readonly edited: boolean;
  /** The business has answered it there, and that was not known before. */
  readonly answered: boolean;
  /** Its platform had taken it away, and shows it again. */
  readonly back: boolean;
  /** The stars it gave before it was saved; null where it was not there, or gave none. */
  readonly ratingBefore: Rating | null;
  /** Milliseconds UTC: when it was published, else first seen. */
  readonly saidAt: number;
  /** As it was stored, or is to be judged where its words may not be kept. */
  readonly post: Post;
  /** How a fresh one is compared with others: else it would be read again at once. */
  readonly said: SaidPost | null;
}

/**
 * Saves a page: new posts are added, edited ones changed, counts refreshed. One answer for each given post, in order;
 * an id that comes twice is one post (the later wins, the second answer is not fresh).
 */
export async function savePosts(tx: Tx, posts: readonly Post[], saving: Saving): Promise<SavedPost[]> {
  const given = posts.map((post) => storable(post, saving.seenAt)).map((post) => [postKey(post), post] as const);
  const pages = new Map(given);
  const known = await knownPosts(tx, [...pages.values()]);
  const unknown = [...pages].filter(([key]) => !known.has(key));
  const erased = await erasedAmong(tx, [...unknown.map(([key]) => key), ...[...pages.values()].flatMap(marksOf)]);
  const isErasedPerson = (post: Post) => erased.size > 0 && marksOf(post).some((mark) => erased.has(mark));
  await dropErasedPeople(tx, pages, known, { isErasedPerson, seenAt: saving.seenAt });
  const fresh = unknown.filter(([key, post]) => !erased.has(key) && !isErasedPerson(post));
  const seen = [...pages].filter(([key]) => known.has(key));
  const authors = await saveAuthors(
    tx,
    [...fresh, ...seen].map(([, post]) => post).filter((post) => termsFor(post, saving).keeps !== 'id-only'),
  );
  const added = await addPosts(tx, fresh, authors, saving);
  const { edited, back } = await updatePosts(tx, seen, known, authors, saving);
  const answered = new Set<string>();
  return given.map(([key, each]) => {
    const first = !answered.has(key);
    answered.add(key);
    const before = known.get(key);
    const { source, externalId } = each;
    const post = pages.get(key) ?? each;
    return {
      source,
      externalId,
      id: added.get(key)?.postId ?? before?.id ?? null,
      fresh: first && added.has(key),
      edited: first && edited.has(key),
      answered: first && post.answer !== undefined && !isSameAnswer(post.answer, before),
      back: first && back.has(key),
      ratingBefore: before ? ratingOf(before) : null,
      saidAt: before?.said_at ?? post.publishedAt ?? saving.seenAt,
      post,
      said: added.get(key) ?? null,
    };
  });
}

/** Whoever was erased while an address alone was somebody stays erased, too. */
function marksOf(post: Post): string[] {
  const { handle, url } = post.author;
  const keys = [authorKey(post), handle === null ? url : null];
  return keys.flatMap((key) => (key === null ? [] : [authorMark(post.source, key)]));
}

/** Of a post whose words and author had gone before its author was erased, the rest goes when it is shown again. */
async function dropErasedPeople(
  tx: Tx,
  pages: ReadonlyMap<string, Post>,
  known: Map<string, Known>,
  { isErasedPerson, seenAt }: { isErasedPerson(post: Post): boolean; readonly seenAt: number },
): Promise<void> {
  const gone = [...pages].filter(([key, post]) => known.has(key) && isErasedPerson(post)).map(([key]) => key);
  await erasePosts(
    tx,
    gone.flatMap((key) => known.get(key)?.id ?? []),
    seenAt,
  );
  for (const key of gone) known.delete(key);
}

async function knownPosts(tx: Tx, posts: readonly Post[]): Promise<Map<string, Known>> {
  const known = new Map<string, Known>();
  for (const [source, externalIds] of bySource(posts)) {
    const rows = await tx
      .selectFrom('posts')
      .select(['id', 'source', 'external_id', 'title', 'text', 'words', 'words_until', 'author_id'])
      .select(['gone_at', 'said_at'])
      .select(['rating_value', 'rating_scale', 'likes', 'reposts', 'replies', 'views', 'search_rank', 'searched_for'])
      .select(['answer', 'answered_at'])
      .where('source', '=', source)
      .where('external_id', 'in', among(externalIds))
      .execute();
    for (const row of rows) known.set(postKey({ source, externalId: row.external_id }), row);
  }
  return known;
}

async function addPosts(
  tx: Tx,
  posts: readonly (readonly [key: string, post: Post])[],
  authors: AuthorIds,
  saving: Saving,
): Promise<Map<string, SaidPost>> {
  const from = await nextId(tx, 'posts');
  const placed = posts.map(([key, post], place) => {
    const id = from + place;
    const words = plainWords(post.text);
    return { id, key, post, words, row: { ...postRow(post, words, authors(post), saving), id } };
  });
  await insertRows(
    tx,
    'posts',
    placed.map(({ row }) => row),
  );
  const bands = await addBands(tx, placed);
  return new Map(
    placed.map(({ key, post, words, row }, place) => {
      const { name, handle } = post.author;
      const own = row.words === 'kept' ? words : null;
      return [key, saidPost({ ...row, name, handle }, bands[place] ?? [], own)];
    }),
  );
}

type Counted = Post['engagement'] &
  ReturnType<typeof rankOf> &
  ReturnType<typeof answerOf> & { readonly id: number; readonly words_until: number | null };

/** @returns keys of the posts that now say something else, and of those that had gone. */
async function updatePosts(
  tx: Tx,
  posts: readonly (readonly [key: string, post: Post])[],
  known: ReadonlyMap<string, Known>,
  authors: AuthorIds,
  saving: Saving,
): Promise<{ readonly edited: Set<string>; readonly back: Set<string> }> {
  const edited = new Set<string>();
  const back = new Set<string>();
  const counted: Counted[] = [];
  for (const [key, post] of posts) {
    const before = known.get(key);
    if (before === undefined) continue;
    const returned = before.gone_at !== null;
    if (returned) back.add(key);
    const { keeps } = termsFor(post, saving);
    if (returned || termsAskIt(keeps, before) || saysAnother(post, before)) {
      if (saysAnother(post, before)) edited.add(key);
      await rewrite(tx, before, post, authors(post), saving);
    } else if (keeps !== 'id-only') {
      const until = before.words === 'kept' ? wordsUntil(keeps, saving.seenAt) : null;
      const answer = before.words === 'kept' ? answerOf(post) : { answer: null, answered_at: before.answered_at };
      const counts = { ...countsOf(post), ...rankOf(post), ...answer, words_until: until };
      if (countsDiffer(counts, before)) counted.push({ id: before.id, ...counts });
    }
  }
  await updateRows(tx, 'posts', counted);
  return { edited, back };
}

function saysAnother(post: Post, before: Known): boolean {
  const stars = ratingOf(before);
  const rated = post.rating?.value !== stars?.value || post.rating?.scale !== stars?.scale;
  const said = post.title !== before.title || post.text !== before.text;
  return rated || (before.words === 'kept' && said && !isCutShort(post.text, before.text));
}

/** Two feeds may give one item, the one whole and the other its first words: the whole one stays. */
function isCutShort(text: string, whole: string): boolean {
  const kept = text.replace(/\s*\[?(?:…|\.{3})\]?\s*$/u, '');
  return kept.length < text.length && kept.length < whole.length && whole.startsWith(kept);
}

/** Shown anew, words may be kept for as long again; those of a platform that never lets us, or no longer, go. */
function termsAskIt(keeps: SourceTerms['keeps'], { words }: Known): boolean {
  return (words === 'dropped' && typeof keeps === 'object') || (words === 'kept' && keeps === 'id-only');
}

function isSameAnswer({ text, at }: OwnAnswer, before: Known | undefined): boolean {
  return before !== undefined && before.answer === text && before.answered_at === at;
}

function countsDiffer(counts: Omit<Counted, 'id'>, before: Known): boolean {
  const names = ['likes', 'reposts', 'replies', 'views', 'search_rank', 'searched_for', 'words_until'] as const;
  return [...names, 'answer' as const, 'answered_at' as const].some((name) => counts[name] !== before[name]);
}

async function rewrite(tx: Tx, before: Known, post: Post, authorId: number | null, saving: Saving): Promise<void> {
  const plain = plainWords(post.text);
  const { first_seen_at, said_at, published_at, edited_at, ...row } = postRow(post, plain, authorId, saving);
  const { author_id, title, text, byline, links, text_hash, words, words_until, word_count, ...beside } = row;
  const { answer, ...rest } = beside;
  const spoken = { author_id, title, text, byline, links, text_hash, words, words_until, word_count, answer };
  // Whose words went with the post has them again with it.
  const { keeps } = termsFor(post, saving);
  const speaks = before.words === 'kept' || before.gone_at !== null || termsAskIt(keeps, before);
  const editedAt = post.editedAt ?? (saysAnother(post, before) ? saving.seenAt : null);
  await tx
    .updateTable('posts')
    .set({ ...rest, ...(speaks ? spoken : {}), ...(editedAt === null ? {} : { edited_at: editedAt }) })
    .where('id', '=', before.id)
    .execute();
  if (!speaks) return;
  if (row.words === 'kept' && keeps === 'everything' && before.words === 'kept' && saysAnother(post, before)) {
    const { id: postId, title, text } = before;
    await rememberBefore(tx, { postId, until: saving.seenAt, title, text, rating: ratingOf(before) });
  }
  if (row.words !== 'kept') {
    await forgetBefore(tx, [before.id]);
    await dropSilentAuthors(tx, [before.author_id]);
    await rememberLetGo(tx, saving.seenAt);
  }
  await tx.deleteFrom('post_bands').where('post_id', '=', before.id).execute();
  await addBands(tx, [{ id: before.id, post, words: plain, row }]);
}
