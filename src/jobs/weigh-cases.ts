/** How pressing cases are: what their customers said, how many may have seen it, and what is known of whoever said it. */
import { graveOf, gravest } from '../cases/grave.ts';
import type { Pressing } from '../cases/priority.ts';
import type { Customer } from '../cases/regulars.ts';
import { standing } from '../cases/take-back.ts';
import { placeName } from '../digest/place-name.ts';
import { type Exposure, exposureOf, together } from '../insight/exposure.ts';
import { anewKinds } from '../mention.ts';
import { type Case, readCases } from '../store/cases.ts';
import { type MentionRow, readMentions } from '../store/mention-rows.ts';
import type { Tx } from '../store/tables.ts';
import { readCustomers } from './customers.ts';
import { titlesOf } from './source-titles.ts';
import type { Tools } from './tools.ts';

export interface WeighedCase {
  readonly case: Case;
  /** The one that opened it first. */
  readonly mentions: readonly MentionRow[];
  /** Null: no idea. */
  readonly exposure: Exposure | null;
  readonly customer: Customer;
  /** What its priority rests on. */
  readonly pressing: Pressing;
}

/** @param known mentions that need not be read again */
export async function weighCases(
  tools: Tools,
  tx: Tx,
  ids: readonly number[],
  known: readonly MentionRow[] = [],
): Promise<readonly WeighedCase[]> {
  const now = tools.clock.now();
  const cases = await readCases(tx, ids);
  const byId = new Map(known.map((row) => [row.id, row]));
  const unread = cases.flatMap(({ mentionIds }) => mentionIds.filter((id) => !byId.has(id)));
  for (const row of await readMentions(tx, unread)) byId.set(row.id, row);
  const rowsOf = ({ mentionIds }: Case) => mentionIds.flatMap((id) => byId.get(id) ?? []);
  const customerOf = await readCustomers(tx, cases.flatMap(rowsOf), now);
  const titles = titlesOf(tools);
  return cases.map((one) => {
    const mentions = rowsOf(one);
    const exposure = together(mentions.map((row) => seen(row, titles, now)));
    const customer = customerOf(mentions.filter(({ id, echoes }) => echoes === null || id === one.leadMentionId));
    return { case: one, mentions, exposure, customer, pressing: pressingOf(one, mentions, exposure, customer) };
  });
}

function seen({ post }: MentionRow, titles: ReadonlyMap<string, string>, now: number): Exposure | null {
  const { engagement, author, saidAt } = post;
  return exposureOf({ ...engagement, followers: author.followers, saidAt, place: placeName(post, titles) }, now);
}

const speaking: readonly string[] = anewKinds;

function pressingOf(known: Case, rows: readonly MentionRow[], exposure: Exposure | null, customer: Customer): Pressing {
  const { id, state, urgency, dueAt, snoozedUntil, openedAt, promise } = known;
  const events = standing(known.events);
  const spoke = events.filter(({ kind }) => speaking.includes(kind));
  const answered = events.findLast(({ kind }) => kind === 'answered' || kind === 'fix')?.at ?? 0;
  return {
    ...{ id, state, urgency, dueAt, snoozedUntil, promise, exposure },
    grave: gravest(rows.map(({ findings }) => graveOf(findings))),
    waitsSince: spoke.find(({ at }) => at >= answered)?.at ?? dueAt ?? openedAt,
    customer,
  };
}
