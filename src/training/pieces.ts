/** Pieces of our own posts, of which nobody says whether they complain: the precise judge is asked, and the fast one learns what it says. */
import { createHash } from 'node:crypto';
import type { Brand } from '../brand.ts';
import { type PreciseInput, preciseInput } from '../findings/judges/precise-input.ts';
import type { Post } from '../mention.ts';
import { postOf, type TrainingPost } from './posts.ts';
import { keyOf, type SoftLabels } from './soft.ts';

export interface Piece {
  readonly post: Post;
  /** The brand that it is judged for; null: for nobody. */
  readonly brand: Brand | null;
  /** What it is a piece of. */
  readonly whole: TrainingPost;
  readonly weight: number;
  /** What the precise judge is asked. */
  readonly asked: PreciseInput;
}

const pieceWeight = 0.5;
const nobodysPieceWeight = 0.3;
/** Of one post in so many a piece is asked about. */
const oneIn = 2;
const shortestSentence = 15;
const mostSentences = 2;

/** The pieces that the precise judge has spoken of. */
export function piecesOf(posts: readonly TrainingPost[], { said }: SoftLabels): readonly Piece[] {
  return posts.flatMap((each) =>
    partsOf(each).flatMap((part) => askable(part, each, (asked) => said.has(keyOf(asked)))),
  );
}

/**
 * What to ask, with what was said of it kept: of half of the posts a sentence or two, for its brand and for nobody. The precise
 * judge knows the whole one by heart, but not what a part of it says. Chosen by the post's own words, so that a post more or
 * less changes no other's piece.
 */
export function piecesToAsk(posts: readonly TrainingPost[], soft: SoftLabels): readonly Piece[] {
  const spoken = piecesOf(posts, soft);
  const known = new Set(spoken.map(({ whole }) => whole));
  const more = posts.flatMap((each) => {
    const parts = known.has(each) ? [] : partsOf(each);
    const [chosen = 0, which = 0] = createHash('sha256').update(each.post.text).digest();
    const part = chosen % oneIn === 0 ? parts[which % parts.length] : undefined;
    return part === undefined ? [] : askable(part, each, () => true);
  });
  return [...spoken, ...more];
}

/** Each sentence, and each two in a row, of a post that has more than one. */
function partsOf({ post }: TrainingPost): readonly string[] {
  const sentences = (post.text.match(/[^.!?\n]+[.!?\n]*\s*/g) ?? [])
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence.length >= shortestSentence);
  if (sentences.length < 2) return [];
  const parts = sentences.flatMap((_, first) =>
    Array.from({ length: mostSentences }, (_, more) => sentences.slice(first, first + 1 + more).join(' ')),
  );
  return [...new Set(parts)];
}

function askable(part: string, whole: TrainingPost, isWanted: (asked: PreciseInput) => boolean): readonly Piece[] {
  const post = postOf({ text: part });
  return [
    { brand: null, weight: nobodysPieceWeight },
    { brand: whole.brand, weight: pieceWeight },
  ].flatMap(({ brand, weight }) => {
    const asked = preciseInput(post, brand);
    return isWanted(asked) ? [{ post, brand, whole, weight, asked }] : [];
  });
}
