/** What people call each place: those that the config names, and every other of which something may be stored. */
import { sourceTitles } from '../sources/index.ts';
import type { Tools } from './tools.ts';

/** By id. */
export function titlesOf({ sources }: Pick<Tools, 'sources'>): ReadonlyMap<string, string> {
  return new Map([...sourceTitles, ...sources.map(({ id, title }) => [id, title] as const)]);
}
