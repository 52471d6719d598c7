/** The judge that says who speaks: a customer, or news, an advert, a machine. It is asked where that may change something. */
import { type ApartSort, apartRules, automaticRule, type Post } from '../../mention.ts';
import { perWord } from '../spelling.ts';
import { settingSigns } from './apart-signs.ts';
import type { Features } from './fast.ts';
import type { ApartFiles } from './model.ts';
import { type PlacedSigns, type SignList, wordSigns } from './signs.ts';

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
  const heads = [apart, ...sorts];
  const biases = Float64Array.from(heads, ({ bias }) => bias);
  function add(odds: Float64Array, place: number, value: number): void {
    const row = weights.find(place);
    for (let head = 0; row >= 0 && head < heads.length; head++)
      odds[head] = (odds[head] ?? 0) + (weights.numbers[row + head] ?? 0) * (heads[head]?.scale ?? 0) * value;
  }
  function addAll(odds: Float64Array, { places, ...strong }: SignList | PlacedSigns): void {
    for (let each = 0; each < places.length; each++)
      add(odds, places[each] ?? 0, 'value' in strong ? strong.value : (strong.values[each] ?? 0));
  }
  const alone = perWord((word) => {
    const odds = new Float64Array(heads.length);
    addAll(odds, wordSigns(word));
    return odds;
  });
  return {
    version: `apart-${card.sha256.slice(0, 8)}`,
    judge: (features, post) => {
      if (post.author.automatic) return told;
      if (features.rating) return null;
      const { reading, signs } = features;
      const odds = biases.slice();
      for (const token of reading.tokens)
        for (const [head, weight] of alone(token).entries()) odds[head] = (odds[head] ?? 0) + weight * signs.share;
      for (const list of [signs.pairs, signs.meaning, signs.cues, settingSigns(features, post)]) addAll(odds, list);
      const over = (odds[0] ?? 0) - line;
      if (over < 0) return null;
      const ofSorts = odds.subarray(1);
      const likeliest = sorts[ofSorts.indexOf(ofSorts.reduce((most, each) => Math.max(most, each), -Infinity))];
      return likeliest ? { rule: apartRules[likeliest.sort], over, sure: over + line >= sureFrom } : null;
    },
  };
}
