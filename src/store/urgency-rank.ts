/** Urgencies as numbers, so that the database can put them in order: 0 is low, 3 critical. */
import { type Urgency, urgencies } from '../mention.ts';

export function rankOf(urgency: Urgency): number {
  return urgencies.indexOf(urgency);
}

export function urgencyOf(rank: number): Urgency {
  return urgencies[rank] ?? 'normal';
}
