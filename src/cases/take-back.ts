/** Taking a step back: the event that makes a case again what its own events say it was. Pure. */
import type { MarkKind } from '../mention.ts';
import { afterEvent, type CaseEvent, type CaseEventKind, type CaseLife, type Promptness } from './life.ts';

/** As the store gives it back. */
export interface PastEvent {
  readonly kind: string;
  readonly at: number;
  readonly by: string;
  readonly details: Readonly<Record<string, unknown>>;
}

type Undoing = Pick<CaseEvent, 'kind' | 'details'>;

/** Marks that ask the same of a case: while one of them stands, the step stays. */
export const asksTheSame: readonly (readonly MarkKind[])[] = [
  ['no-complaint', 'not-us'],
  ['complaint', 'us'],
  ['solved'],
  ['urgent'],
];

/** These leave the case where it stands, so that the step before them can still be taken back. */
const besides: readonly string[] = [
  'note',
  'joined',
  'urgent',
  'joined-into',
  'promised',
  'kept',
  'resolved',
] satisfies readonly CaseEventKind[];

const isBeside = ({ kind, details }: PastEvent): boolean => besides.includes(kind) || details.mark === 'urgent';

/** The events of which nobody took anything back since, in order, and not those that took them back. */
export function standing<Event extends PastEvent>(events: readonly Event[]): readonly Event[] {
  const left: Event[] = [];
  for (const event of events) {
    const back = event.kind === 'undo' && !isBeside(event) ? left.findLastIndex((one) => !isBeside(one)) : -1;
    if (back >= 0) left.splice(back, 1);
    else if (event.kind !== 'undo') left.push(event);
  }
  return left;
}

/** The last step that still stands, with the mark that brought it about; null where there is none that can be taken back. */
export function lastStep(
  events: readonly PastEvent[],
): { readonly event: PastEvent; readonly mark: MarkKind | null; readonly was: CaseLife } | null {
  const event = standing(events).findLast((one) => !isBeside(one));
  const { was, mark = null } = (event?.details ?? {}) as CaseEvent['details'];
  return event && was ? { event, was, mark } : null;
}

/** Takes the last step back, its clock included; null where there is none. */
export function undoing(events: readonly PastEvent[]): Undoing | null {
  const step = lastStep(events);
  if (!step) return null;
  return {
    kind: 'undo',
    details: { why: 'it is as it was', life: step.was, ...(step.mark !== null && { mark: step.mark }) },
  };
}

/**
 * Takes `urgent` back, whatever else has happened since; the due time only where it is still the one that it set.
 * @param promptness of an urgent case
 */
export function calming(life: CaseLife, events: readonly PastEvent[], promptness: Promptness): Undoing | null {
  const raised = events.findLast(({ details }) => details.mark === 'urgent');
  const { was } = (raised?.details ?? {}) as CaseEvent['details'];
  if (raised?.kind !== 'urgent' || !was) return null;
  const { dueAt, snoozedUntil, remainingMs } = afterEvent(was, raised as CaseEvent, promptness);
  const untouched = life.dueAt === dueAt && life.snoozedUntil === snoozedUntil && life.remainingMs === remainingMs;
  const { state, owner, closedAt } = life;
  const { dueAt: due, snoozedUntil: until, remainingMs: left } = untouched ? was : life;
  const again: CaseLife = { state, owner, dueAt: due, snoozedUntil: until, closedAt, remainingMs: left };
  return { kind: 'undo', details: { why: 'not urgent after all', mark: 'urgent', urgency: was.urgency, life: again } };
}
