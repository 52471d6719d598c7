/** Pieces of our own posts, of which nobody says whether they complain: the precise judge is asked, and the fast one learns what it says. */
import type { Brand } from '../brand.ts';
import { type PreciseInput, preciseInput } from '../findings/judges/precise-input.ts';
import type { Post } from '../mention.ts';
import { postOf, type TrainingPost } from './posts.ts';

export interface Piece {
  readonly post: Post;
  /** The brand that it is judged for; null: for nobody. */
  readonly brand: Brand | null;
  /** The brand of whose posts it is a piece. */
  readonly from: Brand;
  readonly weight: number;
  /** What the precise judge is asked. */
  readonly asked: PreciseInput;
}

const pieceWeight = 0.5;
const nobodysPieceWeight = 0.3;
/** Of one post in so many a piece is asked about. */
const oneIn = 2;
const shortestSentence = 15;

/** A sentence or two of a post, for its brand and for nobody: the precise judge knows the whole one by heart, but not what a part of it says. */
export function piecesOf(posts: readonly TrainingPost[]): readonly Piece[] {
  return posts.flatMap(({ post, brand }, place) => {
    if (place % oneIn !== 0) return [];
    const sentences = (post.text.match(/[^.!?\n]+[.!?\n]*\s*/g) ?? [])
      .map((sentence) => sentence.trim())
      .filter((sentence) => sentence.length >= shortestSentence);
    if (sentences.length < 2) return [];
    const first = place % sentences.length;
    const piece = postOf({ text: sentences.slice(first, first + 1 + ((place / oneIn) % 2)).join(' ') });
    return [
      { post: piece, brand: null, from: brand, weight: nobodysPieceWeight, asked: preciseInput(piece, null) },
      { post: piece, brand, from: brand, weight: pieceWeight, asked: preciseInput(piece, brand) },
    ];
  });
}
