/** Whose turn it is, in numbers. */
import { type Turn, turnOf } from '../cases/turn.ts';
import { countListed, countSetApart, type MentionFilter } from '../store/mention-list.ts';
import type { Tx } from '../store/tables.ts';

/** Of those listed, how many wait for us, for the customer, or were put off. */
export type Turns = Readonly<Record<Turn, number>>;

export const nobodysTurn: Turns = { ours: 0, theirs: 0, later: 0, nobody: 0 };

export async function countTurns(tx: Tx, filter: Omit<MentionFilter, 'limit' | 'after'>, now: number): Promise<Turns> {
  const turns: Record<Turn, number> = { ...nobodysTurn, ours: await countListed(tx, filter) };
  for (const apart of await countSetApart(tx, filter, now)) {
    turns.ours -= apart.count;
    turns[turnOf(apart.case, now)] += apart.count;
  }
  return turns;
}
