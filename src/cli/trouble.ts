/** What went wrong, as a sentence for the person at the terminal and an exit code. */
import { ConfigTrouble, problemLine } from '../config/config.ts';
import type { Edges } from '../edges.ts';
import { ModelTrouble } from '../findings/judges/model-trouble.ts';
import { Fault } from '../net/fault.ts';
import { StoreTrouble } from '../store/trouble.ts';

/** A misuse that a command finds out itself; exit code 2. */
export class Misuse extends Error {
  override readonly name = 'Misuse';
}

/** 1 for what failed, 2 for what was asked wrongly. Whatever is not expected is a bug, and said to be one. */
export function sentenceFor(error: unknown, edges: Edges): { readonly sentence: string; readonly code: number } {
  if (error instanceof Misuse) return { sentence: error.message, code: 2 };
  if (error instanceof ConfigTrouble) {
    const problems = error.problems.filter((problem) => problem.level === 'error');
    const [first] = problems;
    // Not a line of it is wrong but the file itself: it is missing, or not ours to read.
    if (first && problems.length === 1 && first.path === '' && first.line === null)
      return { sentence: `${error.path}: ${first.sentence}`, code: 1 };
    const lines = problems.map((problem) => `  ${problemLine(problem)}`);
    return { sentence: `${error.path} has to be mended first:\n${lines.join('\n')}`, code: 1 };
  }
  if (error instanceof StoreTrouble || error instanceof Fault || error instanceof ModelTrouble)
    return { sentence: error.message, code: 1 };
  if (edges.signal.aborted) return { sentence: 'Stopped.', code: 130 };
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  const more = edges.env.EARSHOT_DEBUG ? `\n${stack}` : ' Run it again with EARSHOT_DEBUG=1 to see where.';
  return { sentence: `This is a mistake of Earshot’s own: ${message}.${more}`, code: 1 };
}
