/** Why the precise judge hears a complaint: leaves stretches of the text out, one at a time, and asks what is left of it. */
import { type Opinion, oddsOf } from '../opinion.ts';
import type { PreciseJudge } from './precise.ts';
import type { PreciseInput } from './precise-input.ts';
import { stretchesOf } from './stretches.ts';

/** From this probability of a complaint on somebody will want to know why. */
export const tellFrom = 0.5;
/** In log-odds; less is noise. */
const leastWeight = 0.3;
const mostTold = 3;

type Told = NonNullable<Opinion['told']>;

/** The heaviest first; one question for each stretch. A text of one stretch is all the reason there is. */
export async function toldBy(
  judge: PreciseJudge,
  { brand, text, start }: PreciseInput,
  complaint: number,
): Promise<Told> {
  const said = text.slice(start);
  const stretches = stretchesOf(said);
  const [only] = stretches;
  if (stretches.length <= 1) return only ? [{ at: only, weight: oddsOf(complaint) }] : [];
  const without = stretches.map(([from, to]) => ({
    brand,
    text: text.slice(0, start) + said.slice(0, from) + said.slice(to),
    start,
  }));
  const left = await judge.judge(without);
  const weights = stretches.map((at, place) => ({
    at,
    weight: oddsOf(complaint) - oddsOf(left[place]?.complaint ?? complaint),
  }));
  const heavy = weights.filter(({ weight }) => weight >= leastWeight).sort((a, b) => b.weight - a.weight);
  return heavy.slice(0, mostTold).map(({ at, weight }) => ({ at, weight: Math.round(weight * 100) / 100 }));
}
