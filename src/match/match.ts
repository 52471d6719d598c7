/** Finds which brands a post may be about: all terms of all brands in one pass. */
import type { Brand } from '../brand.ts';
import type { Hit, Post } from '../mention.ts';

export interface Match {
  readonly brandId: string;
  /** Only `mention` is kept; the others say why the post was set aside for this brand. */
  readonly verdict: 'mention' | 'own-post' | 'excluded' | 'required-missing';
  /** Where the brand's terms stand; empty where the place alone speaks for the brand. */
  readonly hits: readonly Hit[];
}

export interface Where {
  /** Ids of brands that every post of this place is about (an app's reviews, a shop's own page). */
  readonly certain: readonly string[];
}

export interface Matcher {
  /** At most one match a brand, in the order of the brands; empty where the post matches nobody. */
  find(post: Post, where?: Where): readonly Match[];
}

/** Prepares all brands at once; do it once per config, not per post. */
export function compileBrands(_brands: readonly Brand[]): Matcher {
  return { find: () => [] };
}
