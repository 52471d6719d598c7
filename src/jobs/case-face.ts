/** A case and what happened to it, as `--json` prints them. */
import { turnOf } from '../cases/turn.ts';
import type { CaseEventFace, CaseFace } from '../face/case.ts';
import { sayExposure } from '../insight/exposure.ts';
import type { CaseEvent } from '../store/case-events.ts';
import { accountsIn, type CaseRow } from './case-rows.ts';

export function caseRowFace(row: CaseRow, brand: string, now: number): CaseFace {
  const { exposure, clock, priority, cause, customer } = row;
  const { id, state, urgency, owner, openedAt, dueAt, snoozedUntil, closedAt, leadMentionId, mentionIds } = row.case;
  return {
    ...{ id, brand, state, urgency, owner },
    openedAt: iso(openedAt),
    dueAt: isoOrNull(dueAt),
    snoozedUntil: isoOrNull(snoozedUntil),
    closedAt: isoOrNull(closedAt),
    mention: leadMentionId,
    mentions: [...mentionIds],
    accounts: accountsIn(row),
    promises: row.promises.map(({ words, fromAt, dueAt, by, keptAt, keptBy }) => ({
      words,
      from: iso(fromAt),
      due: iso(dueAt),
      by,
      keptAt: isoOrNull(keptAt),
      keptBy,
    })),
    turn: turnOf(row.case, now),
    cause,
    hint: row.case.hint,
    exposure: { low: exposure?.low ?? null, high: exposure?.high ?? null, because: sayExposure(exposure) },
    priority: [...priority.because],
    customer: {
      mentions: customer.mentions,
      praise: customer.praise,
      complaints: customer.complaints,
      since: isoOrNull(customer.firstAt),
    },
    clock: {
      oursMs: clock.oursMs,
      answeredAfterMs: clock.answeredAfterMs,
      solveDueAt: isoOrNull(clock.solveDueAt),
    },
  };
}

export function caseEventFace({ kind, at, by, details }: CaseEvent): CaseEventFace {
  const text = (key: string) => (typeof details[key] === 'string' ? details[key] : null);
  const number = (key: string) => (typeof details[key] === 'number' ? details[key] : null);
  return {
    kind,
    at: iso(at),
    by,
    why: text('why'),
    words: text('words'),
    where: text('where'),
    until: isoOrNull(number('until')),
    cause: text('cause'),
    proof: text('proof'),
    to: text('to'),
    otherCase: number('caseId'),
    mentions: Array.isArray(details.mentionIds) ? details.mentionIds.filter((id) => typeof id === 'number') : [],
  };
}

const iso = (at: number) => new Date(at).toISOString();
const isoOrNull = (at: number | null) => (at === null ? null : iso(at));
