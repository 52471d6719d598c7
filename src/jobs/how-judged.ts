/** How posts are judged on this computer: by the fast judge alone, or with the precise one's word. */
import type { Env } from '../edges.ts';
import { modelFolder, modelTrouble, preciseVersion, readPreciseCard } from '../findings/judges/model.ts';
import { ModelTrouble } from '../findings/judges/model-trouble.ts';

/** The precise judge's version, or why there is none; null where `EARSHOT_JUDGE=fast` does without. */
export type PreciseStanding = { readonly version: string } | { readonly trouble: string } | null;

/** Asked before anything is begun. @throws ModelTrouble where the fast judge cannot work: nothing is judged without it */
export function howJudged(env: Env, { whole = false } = {}): PreciseStanding {
  const { fast, precise } = modelTrouble(modelFolder, { whole });
  if (fast !== null) throw new ModelTrouble(fast);
  if (env.EARSHOT_JUDGE === 'fast') return null;
  return precise === null ? { version: preciseVersion(readPreciseCard(modelFolder)) } : { trouble: precise };
}

/** A sentence for the log and for `check`; null where all is there that was wished for. */
export function fastAlone(stands: PreciseStanding): string | null {
  return stands && 'trouble' in stands ? `The fast judge judges alone, so more stays unsure. ${stands.trouble}` : null;
}
