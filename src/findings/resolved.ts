/** Whether a post says that what went wrong with us was put right, and tells of nothing that went wrong after it. */
import type { Rating } from '../mention.ts';
import { type Cue, isTold } from './cues.ts';
import { isApart } from './praise.ts';
import type { Reading } from './reading.ts';

export interface Told {
  readonly cues: readonly Cue[];
  readonly reading: Reading;
  readonly rating: Rating | null;
}

/** Told as it stands, neither asked nor of somebody else, in a customer's own voice. */
export function isResolved({ cues, reading, rating }: Told): boolean {
  const last = cues.findLast((cue) => isSettled(cue, reading));
  return last !== undefined && !isApart(reading, cues, rating) && !cues.some((cue) => isTroubleAfter(cue, last));
}

function isSettled(cue: Cue, { tokens, asked }: Reading): boolean {
  return cue.kind === 'settled' && isTold(cue) && cue.target !== 'them' && !asked.has(tokens[cue.from]?.sentence ?? -1);
}

const troubles: readonly Cue['kind'][] = ['wrong', 'bad', 'grave', 'help'];

/** Also where it only seems settled ("told me it was fixed"): those words are more; what was mended ("fixed my broken lamp") is less. */
function isTroubleAfter(cue: Cue, settled: Cue): boolean {
  if (!troubles.includes(cue.kind) || !isTold(cue) || cue.target === 'them') return false;
  return cue.from >= settled.to || (cue.from <= settled.from && cue.to >= settled.to);
}
