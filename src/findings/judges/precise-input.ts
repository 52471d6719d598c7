/** What the precise judge reads: a brand and a post as two lines of words. src/training/precise/data.py writes the same. */
import type { Brand } from '../../brand.ts';
import type { Post, Rating } from '../../mention.ts';
import { starsOf } from '../sentiment.ts';

export interface PreciseInput {
  readonly brand: string;
  readonly text: string;
  /** Where in `text` the post's own text begins. */
  readonly start: number;
}

/** Stands for the brand where nobody says whom to ask for. */
const nobody = '?';
/** More is never looked at. */
const longest = 10_000;
/** Of a brand's words some forty pieces are read. */
const longestBrand = 1000;

export function preciseInput(post: Pick<Post, 'title' | 'text' | 'rating'>, brand: Brand | null): PreciseInput {
  const text = postWords(post);
  return {
    brand: brand ? brandWords(brand).slice(0, longestBrand) : nobody,
    text,
    start: Math.max(0, text.length - Math.min(post.text.length, longest)),
  };
}

function brandWords({ name, aliases, handles, about }: Brand): string {
  const names = [name, ...aliases.slice(0, 2), ...handles.slice(0, 1).map((handle) => `@${handle.replace(/^@/, '')}`)];
  return about ? `${names.join(', ')}: ${about}` : names.join(', ');
}

function postWords({ title, text, rating }: Pick<Post, 'title' | 'text' | 'rating'>): string {
  return (
    starWords(rating) +
    (title && !text.startsWith(title) ? `${title.slice(0, longest)}. ` : '') +
    text.slice(0, longest)
  );
}

/** It learnt scales of five and ten; what cannot be is no rating. */
function starWords(rating: Rating | null): string {
  if (!rating || starsOf(rating) === null) return '';
  const { value, scale } = rating;
  const [stars, of] = scale === 5 || scale === 10 ? [value, scale] : [Math.round((50 * value) / scale) / 10, 5];
  return `${stars}/${of} stars. `;
}
