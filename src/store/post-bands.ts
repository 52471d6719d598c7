/** Table `post_bands`: numbers of which near-copies of a text, and one review in two sources, have one in common. */
import { reviewMark } from '../match/same.ts';
import type { Post } from '../mention.ts';
import { wordBands } from '../text/fingerprint.ts';
import { insertRows } from './lists.ts';
import type { postRow } from './post-rows.ts';
import type { Tx } from './tables.ts';

/** Shorter texts are alike by chance. */
const bandedWords = 40;

/** A stored post and the words of its text. */
export interface Banded {
  readonly id: number;
  readonly post: Post;
  readonly words: readonly string[];
  readonly row: Pick<ReturnType<typeof postRow>, 'kind' | 'words' | 'rating_value'>;
}

/** @returns those of each post, in order; none of posts whose words are not kept. */
export async function addBands(tx: Tx, posts: readonly Banded[]): Promise<readonly (readonly number[])[]> {
  const bands = posts.map(({ post, words, row }) => {
    if (row.words !== 'kept') return [];
    const { name, handle } = post.author;
    const mark = reviewMark({ kind: row.kind, name: name ?? handle, rating: row.rating_value }, words);
    const bands = words.length < bandedWords ? [] : wordBands(words);
    return [...bands, ...(mark === null ? [] : [mark])];
  });
  const rows = posts.flatMap(({ id }, place) => (bands[place] ?? []).map((band) => ({ band, post_id: id })));
  await insertRows(tx, 'post_bands', rows);
  return bands;
}
