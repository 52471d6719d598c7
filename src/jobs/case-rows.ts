/** Cases with all that is told of them: their posts, audience, customer and clock, in order of priority. */
import { causeOf } from '../cases/cause.ts';
import { type CaseEvent, promptnessFor } from '../cases/life.ts';
import { inOrder, type Priority } from '../cases/priority.ts';
import { type SolvingClock, solvingClock } from '../cases/solving.ts';
import { durationMs } from '../config/duration.ts';
import type { Case } from '../store/cases.ts';
import { type Promised, promisesOf } from '../store/promises.ts';
import type { Tx } from '../store/tables.ts';
import type { Tools } from './tools.ts';
import { type WeighedCase, weighCases } from './weigh-cases.ts';

export interface CaseRow extends WeighedCase {
  readonly clock: SolvingClock;
  readonly priority: Priority;
  /** What was behind it, in the brand's own words. */
  readonly cause: string | null;
  /** What its customer was promised, due first; kept ones too. */
  readonly promises: readonly Promised[];
}

/** In order of priority, whatever the order of the ids. */
export async function readCaseRows(tools: Tools, tx: Tx, ids: readonly number[]): Promise<readonly CaseRow[]> {
  const now = tools.clock.now();
  const weighed = await weighCases(tools, tx, ids);
  const promised = await promisesOf(
    tx,
    weighed.flatMap(({ mentions }) => mentions.map(({ id }) => id)),
  );
  return inOrder(weighed, now).map((one) => ({
    ...one,
    clock: solvingClock({ openedAt: one.case.openedAt, events: eventsOf(one.case) }, solvingOf(tools, one.case), now),
    cause: causeOf(one.case.events),
    promises: promised.filter(({ mentionId }) => one.case.mentionIds.includes(mentionId)),
  }));
}

/** How many accounts say in the same words what the case is about; 1: nobody but its customer. */
export const accountsIn = ({ mentions }: Pick<CaseRow, 'mentions'>): number =>
  Math.max(1, ...mentions.map(({ accounts }) => accounts));

const eventsOf = ({ events }: Case) => events as readonly CaseEvent[];

function solvingOf({ brands, config }: Tools, { brandId, urgency }: Case) {
  const brand = brands.get(brandId);
  const time = { hours: brand?.hours ?? null, timezone: config.timezone };
  const solveWithin = brand?.solveWithin ?? { critical: '1d', high: '5d', normal: '10d', low: '20d' };
  return promptnessFor(urgency, solveWithin, time, durationMs);
}
