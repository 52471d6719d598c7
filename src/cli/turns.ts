/** The queue in one sentence: what needs us, and what waits for somebody else. */
import type { Turns } from '../jobs/turns.ts';
import { count } from './format.ts';

/** `2 complaints need you`, or `No complaint waits for you` where there is none. */
export function needsSentence({ ours }: Turns): string {
  return ours === 0 ? 'No complaint waits for you' : count(ours, 'complaint needs you', 'complaints need you');
}

/** `, 1 waits for the customer, 2 are put off`; empty where none does. */
export function othersSentence({ theirs, later }: Turns): string {
  const parts = [
    theirs > 0 ? count(theirs, 'waits for the customer', 'wait for the customer') : null,
    later > 0 ? count(later, 'is put off', 'are put off') : null,
  ];
  return parts.map((part) => (part === null ? '' : `, ${part}`)).join('');
}
