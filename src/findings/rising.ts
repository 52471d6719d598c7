/** What always rises: harm, a leak, a slur, a threat, asking again without an answer, a customer of years who goes; told of us by whoever met with it. */
import { type Cue, findCues, isTold } from './cues.ts';
import type { Evidence, Features } from './judges/fast.ts';
import type { RisingPart, RisingRule, Tongue } from './lexicon.ts';
import type { Heard } from './phrases.ts';
import { isApart } from './praise.ts';
import { isAsked, type Reading } from './reading.ts';

const alone = ['harm', 'danger', 'data', 'slight', 'law', 'asked'] as const;

/** In words that no judge learnt, so that they may grow; as far as it is told of us. */
export function findRising(
  { reading, cues, rating, addressed }: Features,
  heard: readonly Heard<RisingRule>[],
  tongue: Tongue,
): readonly Evidence[] {
  if (heard.length === 0 || isApart(reading, cues, rating)) return [];
  const told = (part: RisingPart) =>
    findCues(
      reading,
      heard.filter(({ rule }) => rule.part === part),
      tongue,
    ).filter((cue) => isToldOfUs(cue, reading, addressed));
  const [loyal] = told('loyal');
  const leaving = loyal && told('leaves').length > 0 ? [loyal] : [];
  return [...alone.flatMap(told), ...leaving].map((cue) => ({ rule: cue.rule, cue, weight: cue.weight }));
}

/** Told of us as it stands: not asked, imagined or in the news. */
export function alwaysRises({ reading, rating }: Features, evidence: readonly Evidence[]): boolean {
  if (!evidence.some(({ cue }) => cue?.rises && isToldOfUs(cue, reading, false))) return false;
  const told = evidence.flatMap(({ cue }) => cue ?? []);
  return !isApart(reading, told, rating);
}

function isToldOfUs(cue: Cue, reading: Reading, addressed: boolean): boolean {
  const ours = cue.target === 'us' || (cue.target === 'unknown' && (cue.aimed || addressed));
  return ours && isTold(cue) && !isAsked(reading, cue.from);
}
