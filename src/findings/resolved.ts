/** Whether a post says that what went wrong with us was put right, and tells of nothing that went wrong after it. */
import { type Cue, findCues, isTold } from './cues.ts';
import type { Features } from './judges/fast.ts';
import type { SettledRule, Tongue } from './lexicon.ts';
import type { Heard } from './phrases.ts';
import { isApart } from './praise.ts';
import { isAsked, type Reading } from './reading.ts';

/** Told as it stands, neither asked nor of somebody else, in a customer's own voice. */
export function isResolved(
  { reading, cues, rating }: Features,
  heard: readonly Heard<SettledRule>[],
  tongue: Tongue,
): boolean {
  const listed = findCues(reading, heard, tongue);
  const open = listed.filter(({ kind }) => kind === 'wrong');
  const stands = (cue: Cue) => isSettled(cue, reading) && !open.some((each) => overlaps(each, cue));
  const known = cues.filter(stands);
  const said = listed.filter(stands);
  const inWay = (way: string) => said.some(({ rule }) => rule === way);
  if (known.length === 0 && !inWay('sure') && !(inWay('deed') && inWay('word'))) return false;
  const last = [...known, ...said].reduce((latest, cue) => (cue.from > latest.from ? cue : latest));
  const against = [...cues.filter(isTrouble), ...open];
  return !against.some((cue) => isAfter(cue, last)) && !isApart(reading, cues, rating);
}

function isSettled(cue: Cue, reading: Reading): boolean {
  return cue.kind === 'settled' && isTold(cue) && cue.target !== 'them' && !isAsked(reading, cue.from);
}

const troubles: readonly Cue['kind'][] = ['wrong', 'bad', 'grave', 'help'];

function isTrouble(cue: Cue): boolean {
  return troubles.includes(cue.kind) && isTold(cue) && cue.target !== 'them';
}

function overlaps(one: Cue, other: Cue): boolean {
  return one.from < other.to && other.from < one.to;
}

/** Also where it only seems settled ("told me it was fixed"): those words are more; what was mended ("fixed my broken lamp") is less. */
function isAfter(trouble: Cue, settled: Cue): boolean {
  return trouble.from >= settled.to || (trouble.from <= settled.from && trouble.to >= settled.to);
}
