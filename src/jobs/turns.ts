/** Whose turn it is, in numbers. */
import { type Turn, turnOf } from '../cases/turn.ts';
import { countPiles, countSetApart, type MentionFilter } from '../store/mention-list.ts';
import type { Tx } from '../store/tables.ts';

/** Of those listed, how many wait for us, for the customer, or were put off. */
export type Turns = Readonly<Record<Turn, number>>;

export const nobodysTurn: Turns = { ours: 0, theirs: 0, later: 0, nobody: 0 };

/** What waits in all. */
export interface Queue {
  readonly flagged: number;
  /** Of the flagged ones. */
  readonly turns: Turns;
  readonly unsure: number;
}

export async function countQueue(
  tx: Tx,
  filter: Omit<MentionFilter, 'pile' | 'state' | 'limit' | 'after'>,
  now: number,
): Promise<Queue> {
  const { flagged, unsure } = await countPiles(tx, filter);
  const turns: Record<Turn, number> = { ...nobodysTurn, ours: flagged };
  for (const apart of await countSetApart(tx, { ...filter, pile: 'flagged' }, now)) {
    turns.ours -= apart.count;
    turns[turnOf(apart.case, now)] += apart.count;
  }
  return { flagged, turns, unsure };
}
