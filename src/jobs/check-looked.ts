/** What each part of `check` tells: what has to be mended, and what is as it should be. */
import type { Problem } from '../config/config.ts';

export interface Looked {
  /** There were looks, and no place could ever be read. */
  readonly deaf?: boolean;
  /** How many places the last look could not read. */
  readonly missed?: number;
  readonly problems: readonly Problem[];
  /** What is as it should be, a sentence each. */
  readonly good: readonly string[];
}

/** One that stands in no line of the config. */
export const problem = (path: string, sentence: string, level: Problem['level'] = 'error'): Problem => ({
  path,
  line: null,
  sentence,
  level,
});
