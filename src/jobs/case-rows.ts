/** Cases with all that is told of them: their posts, audience, customer and clock, in order of priority. */

import { causeOf } from '../cases/cause.ts';
import { type CaseEvent, promptnessFor } from '../cases/life.ts';
import { inOrder, type Pressing, type Priority } from '../cases/priority.ts';
import type { Customer } from '../cases/regulars.ts';
import { type SolvingClock, solvingClock } from '../cases/solving.ts';
import { standing } from '../cases/take-back.ts';
import { durationMs } from '../config/duration.ts';
import { placeName } from '../digest/place-name.ts';
import { type Exposure, exposureOf, together } from '../insight/exposure.ts';
import { type Case, readCases } from '../store/cases.ts';
import { type MentionRow, readMentions } from '../store/mention-rows.ts';
import { type Promised, promisesOf } from '../store/promises.ts';
import type { Tx } from '../store/tables.ts';
import { readCustomers } from './customers.ts';
import { titlesOf } from './source-titles.ts';
import type { Tools } from './tools.ts';

export interface CaseRow {
  readonly case: Case;
  /** The one that opened it first. */
  readonly mentions: readonly MentionRow[];
  /** Null: no idea. */
  readonly exposure: Exposure | null;
  readonly clock: SolvingClock;
  readonly customer: Customer;
  /** What its priority rests on. */
  readonly pressing: Pressing;
  readonly priority: Priority;
  /** What was behind it, in the brand's own words. */
  readonly cause: string | null;
  /** What its customer was promised, due first; kept ones too. */
  readonly promises: readonly Promised[];
}

/** In order of priority, whatever the order of the ids. @param known mentions that need not be read again */
export async function readCaseRows(
  tools: Tools,
  tx: Tx,
  ids: readonly number[],
  known: readonly MentionRow[] = [],
): Promise<readonly CaseRow[]> {
  const now = tools.clock.now();
  const cases = await readCases(tx, ids);
  const byId = new Map(known.map((row) => [row.id, row]));
  const unread = cases.flatMap(({ mentionIds }) => mentionIds.filter((id) => !byId.has(id)));
  for (const row of await readMentions(tx, unread)) byId.set(row.id, row);
  const mentions = cases.flatMap(({ mentionIds }) => mentionIds.flatMap((id) => byId.get(id) ?? []));
  const customerOf = await readCustomers(tx, mentions, now);
  const titles = titlesOf(tools);
  const promised = await promisesOf(
    tx,
    mentions.map(({ id }) => id),
  );
  const all = cases.map((known) => {
    const rows = known.mentionIds.flatMap((id) => byId.get(id) ?? []);
    const exposure = together(rows.map((row) => seen(row, titles, now)));
    const customer = customerOf(rows);
    return { known, rows, exposure, customer, pressing: pressingOf(known, rows, exposure, customer) };
  });
  return inOrder(all, now).map(({ known, rows, exposure, customer, pressing, priority }) => ({
    case: known,
    mentions: rows,
    exposure,
    customer,
    pressing,
    priority,
    clock: solvingClock({ openedAt: known.openedAt, events: eventsOf(known) }, solvingOf(tools, known), now),
    cause: causeOf(known.events),
    promises: promised.filter(({ mentionId }) => known.mentionIds.includes(mentionId)),
  }));
}

const eventsOf = ({ events }: Case) => events as readonly CaseEvent[];

function seen({ post }: MentionRow, titles: ReadonlyMap<string, string>, now: number): Exposure | null {
  const { engagement, author, saidAt } = post;
  return exposureOf({ ...engagement, followers: author.followers, saidAt, place: placeName(post, titles) }, now);
}

const speaking: readonly string[] = ['found', 'spoke-again', 'joined', 'reopen', 'join'];

function pressingOf(known: Case, rows: readonly MentionRow[], exposure: Exposure | null, customer: Customer): Pressing {
  const { id, state, urgency, dueAt, snoozedUntil, openedAt, promise } = known;
  const events = standing(known.events);
  const spoke = events.filter(({ kind }) => speaking.includes(kind));
  const answered = events.findLast(({ kind }) => kind === 'answered' || kind === 'fix')?.at ?? 0;
  return {
    ...{ id, state, urgency, dueAt, snoozedUntil, promise, exposure },
    severity: Math.max(0, ...rows.map(({ findings }) => findings.severity)),
    waitsSince: spoke.find(({ at }) => at >= answered)?.at ?? dueAt ?? openedAt,
    customer,
  };
}

function solvingOf({ brands, config }: Tools, { brandId, urgency }: Case) {
  const brand = brands.get(brandId);
  const time = { hours: brand?.hours ?? null, timezone: config.timezone };
  const solveWithin = brand?.solveWithin ?? { critical: '1d', high: '5d', normal: '10d', low: '20d' };
  return promptnessFor(urgency, solveWithin, time, durationMs);
}
