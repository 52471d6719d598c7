/** The judge that says who speaks: a customer, or news, an advert, a machine. It is asked where that may change something. */
import { type ApartSort, apartRules, automaticRule, type Post } from '../../mention.ts';
import { apartPlaces, settingSigns } from './apart-signs.ts';
import type { Features } from './fast.ts';
import type { ApartFiles } from './model.ts';
import { weigherOf } from './weigh.ts';

export interface Apart {
  readonly rule: (typeof apartRules)[ApartSort] | typeof automaticRule;
  /** Log-odds above the line. */
  readonly over: number;
  /** Hardly any complaint reads so. */
  readonly sure: boolean;
}

export interface ApartJudge {
  /** Changes whenever the same post could be judged otherwise. */
  readonly version: string;
  /** Null where a customer may be speaking; who gives stars is one. */
  judge(features: Features, post: Post): Apart | null;
}

/** Never says that nobody speaks: what others learn beside. */
export const nobodyApart: ApartJudge = { version: 'none', judge: () => null };

/** As sure as what is learnt can be. */
const told: Apart = { rule: automaticRule, over: 5, sure: true };

/** A judge that remembers words, and nothing of what was said with them. */
export function learnedApart({ card, weights }: ApartFiles): ApartJudge {
  const { apart, sorts, line, sureFrom } = card;
  const weigh = weigherOf([apart, ...sorts], weights, apartPlaces);
  return {
    version: `apart-${card.sha256.slice(0, 8)}`,
    judge: (features, post) => {
      if (post.author.automatic) return told;
      if (features.rating) return null;
      const { reading, signs } = features;
      const more = [settingSigns(features, post)];
      const weighing = weigh({ tokens: reading.tokens, signs, more, muted: null });
      const over = weighing.oddsOf(0) - line;
      if (over < 0) return null;
      const [, ...ofSorts] = weighing.odds();
      const likeliest = sorts[ofSorts.indexOf(Math.max(...ofSorts))];
      return likeliest ? { rule: apartRules[likeliest.sort], over, sure: over + line >= sureFrom } : null;
    },
  };
}
