/** What ended a look or a stretch of listening, as its watch remembers it. */
import { Fault, Unasked } from '../net/fault.ts';
import { StoreTrouble } from '../store/trouble.ts';
import type { WatchFault } from '../store/watches.ts';
import { mistakeSentence, noteMistake } from './own-mistake.ts';
import type { Tools } from './tools.ts';

export type LookTrouble = Omit<WatchFault, 'since'>;

/** Null where we were asked to stop. @throws StoreTrouble: that is no place's fault, and could not be recorded */
export function troubleOf(error: unknown, tools: Pick<Tools, 'log' | 'signal'>, source: string): LookTrouble | null {
  if (error instanceof StoreTrouble) throw error;
  if (tools.signal.aborted) return null;
  if (error instanceof Fault) {
    const { kind, message, retryAt } = error;
    return { kind, message, retryAt, ...(error instanceof Unasked && { unasked: true }) };
  }
  return { kind: 'mistake', message: mistakeSentence(noteMistake(tools.log, source, error)), retryAt: null };
}
