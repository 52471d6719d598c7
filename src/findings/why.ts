/** Why a post was judged so: what speaks for and against a complaint, what people's marks taught, and how it sounds. */
import { learntRules, type Reason } from '../mention.ts';
import type { Learnt } from './corrections.ts';
import type { Evidence } from './judges/fast.ts';
import type { Opinion } from './opinion.ts';
import type { Reading } from './reading.ts';
import { reasonOf, round, soundsBad } from './reasons.ts';
import type { Feeling } from './sentiment.ts';

const mostReasons = 12;
/** Letters of a stretch that says why by itself, however short the post. */
const shortest = 20;

/** What a slow judge listened to goes before the stretches of words that the fast one guesses at. */
export function complaintReasons(
  evidence: readonly Evidence[],
  reading: Reading,
  opinions: readonly Opinion[],
): readonly Reason[] {
  const told = opinions.flatMap((opinion) => opinion.told ?? []);
  const listened = told.map(
    ({ at, weight }): Reason => ({
      of: 'complaint',
      rule: soundsBad,
      field: 'text',
      at: [at[0], at[1]],
      weight: round(weight),
    }),
  );
  // Half a post is no answer to why: then the fast judge's words stand beside it.
  const length = reading.tokens.at(-1)?.end ?? 0;
  const isBrief = told.some(({ at }) => at[1] - at[0] <= Math.max(shortest, length / 3));
  const telling = evidence.filter(
    ({ weight, words }) => Math.abs(weight) >= 0.1 && !(words && (isBrief || isOurName(words, reading))),
  );
  const order = telling.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).slice(0, mostReasons);
  const found = order.map(({ rule, cue, weight, words }): Reason => {
    if (cue) return reasonOf('complaint', cue, weight, reading);
    if (words) return reasonOf('complaint', { rule, ...words }, weight, reading);
    return {
      of: 'complaint',
      rule,
      field: rule.endsWith('stars') ? 'rating' : 'text',
      at: null,
      weight: round(weight),
    };
  });
  return [...listened, ...found];
}

/** That our name stands there tells nobody why. */
function isOurName({ from, to }: { readonly from: number; readonly to: number }, { tokens }: Reading): boolean {
  return tokens.slice(from, to).every(({ text }) => text === '<us>');
}

/** The words that made how it sounds, the weightiest first. */
export function feelingReasons(feeling: Feeling, reading: Reading): readonly Reason[] {
  const order = [...feeling.parts].sort((a, b) => Math.abs(b.value) - Math.abs(a.value)).slice(0, mostReasons);
  const said = order.map((part) => reasonOf('sentiment', part, part.value, reading));
  if (feeling.stars === null) return said;
  return [{ of: 'sentiment', rule: 'stars', field: 'rating', at: null, weight: round(feeling.stars) }, ...said];
}

/** What people marked taught of this brand. */
export function learntReasons(marks: Learnt): readonly Reason[] {
  return (['complaint', 'relevance'] as const).flatMap((of): Reason[] => {
    const weight = round(marks[of]);
    const rule = learntRules[of][weight > 0 ? 'yes' : 'no'];
    return weight === 0 ? [] : [{ of, rule, field: 'text', at: null, weight }];
  });
}

/** Nobody here can read it. */
export const notRead: Reason = {
  of: 'language',
  rule: 'not read in this language',
  field: 'text',
  at: null,
  weight: 0,
};
