/** The queue in order of priority: all of it by what is stored of a mention, the first ones by all that is known of their cases. */
import { graveOf } from '../cases/grave.ts';
import { inOrder, type Pressing, type Priority } from '../cases/priority.ts';
import type { MentionRow } from '../store/mention-rows.ts';
import type { Tx } from '../store/tables.ts';
import type { Tools } from './tools.ts';
import { weighCases } from './weigh-cases.ts';

export interface InPriority {
  readonly row: MentionRow;
  readonly priority: Priority;
}

/** @param refined so many of the first are looked at closely: who the customer is and how many may have seen it */
export async function inPriority(
  tools: Tools,
  tx: Tx,
  rows: readonly MentionRow[],
  refined: number,
): Promise<readonly InPriority[]> {
  const now = tools.clock.now();
  const roughly = inOrder(
    rows.map((row) => ({ row, pressing: roughPressing(row) })),
    now,
  );
  const first = roughly.slice(0, refined);
  const caseIds = new Set(first.flatMap(({ row }) => row.case?.id ?? []));
  const cases = await weighCases(tools, tx, [...caseIds], rows);
  const known = new Map(cases.map((one) => [one.case.id, one.pressing]));
  const closely = inOrder(
    first.map(({ row, pressing }) => ({ row, pressing: (row.case && known.get(row.case.id)) ?? pressing })),
    now,
  );
  return [...closely, ...roughly.slice(refined)];
}

const nobodyKnown = { mentions: 0, praise: 0, complaints: 0, firstAt: null };

/** Without a case a person first says what it is: its own urgency, since we saw it. */
function roughPressing({ id, case: known, findings, marks, post, firstSeenAt }: MentionRow): Pressing {
  const { urgency } = findings;
  const { views } = post.engagement;
  const own = marks.urgent ? 'critical' : urgency;
  const { state, dueAt, snoozedUntil, openedAt } = known ?? {
    state: 'new',
    dueAt: null,
    snoozedUntil: null,
    openedAt: firstSeenAt,
  };
  return {
    ...{ id: known?.id ?? id, state, dueAt, snoozedUntil },
    grave: graveOf(findings),
    urgency: known?.urgency ?? own,
    waitsSince: openedAt,
    exposure: views === null ? null : { low: views, high: views, counted: true },
    customer: nobodyKnown,
  };
}
