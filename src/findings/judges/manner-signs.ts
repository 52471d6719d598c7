/** The signs of how a post is said: its mood, its stars, to whom it speaks, how long and how loud it is. */
import { isAsked, type Reading } from '../reading.ts';
import { type Feeling, starsOf } from '../sentiment.ts';
import type { Features, Judgement } from './fast.ts';
import { named } from './sign-places.ts';
import { type SignList, shareOf } from './signs.ts';

const lengths = [4, 8, 14, 22, 35, 60, 120];

/** The signs of how it is said; `ruled` is what the judge by rules says of it. */
export function mannerSigns(features: Features, ruled: Judgement): SignList {
  const { reading, language, spoken, rating, addressed, reply } = features;
  const { tokens, asked, exclaimed } = reading;
  const found: { places: number[]; values: number[] } = { places: [], values: [] };
  const whole = (place: number, value = 1) => {
    found.places.push(place);
    found.values.push(value);
  };
  const odds = Math.log(ruled.complaint / (1 - ruled.complaint));
  whole(named('rules'), Math.max(-6, Math.min(6, odds)) / 2);
  whole(named('rules', Math.round(Math.max(-4, Math.min(4, odds)))));
  putFeeling(spoken, tokens, whole);
  const stars = starsOf(rating);
  if (stars !== null) whole(named('stars', Math.round(stars * 2)));
  if (addressed) whole(named('addressed'));
  if (reply) whole(named('reply'));
  whole(named('language', language ?? 'unknown'));
  if (asked.size > 0) whole(named('asked'));
  if (isAsked(reading, tokens.length - 1)) whole(named('asked last'));
  if (exclaimed.size > 0) whole(named(exclaimed.size > 1 ? 'exclaimed often' : 'exclaimed'));
  if (tokens.some(({ loud }) => loud)) whole(named('loud'));
  whole(
    named(
      'length',
      lengths.findIndex((length) => tokens.length < length),
    ),
  );
  return found;
}

/** Good and bad by themselves, since a text may have both; and how it ends, since the sum of a review stands there. */
function putFeeling(
  { words, parts }: Feeling,
  tokens: Reading['tokens'],
  whole: (place: number, value?: number) => void,
): void {
  if (words === null) return;
  let [good, bad, worst, last] = [0, 0, 0, 0];
  const ending = tokens.at(-1)?.sentence ?? -1;
  for (const { value, from } of parts) {
    if (value > 0) good += value;
    else bad -= value;
    worst = Math.min(worst, value);
    if (tokens[from]?.sentence === ending) last += value;
  }
  whole(named('mood'), words * 2);
  whole(named('mood', Math.round(words * 4)));
  const share = Math.min(1, shareOf(tokens.length));
  whole(named('good'), Math.log1p(good * share));
  whole(named('bad'), Math.log1p(bad * share));
  whole(named('mostly bad'), bad / (good + bad + 1));
  whole(named('worst', Math.round(worst)));
  whole(named('ends'), Math.max(-2, Math.min(2, last / 3)));
}
