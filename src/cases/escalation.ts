/** Who takes over when the one whose case it is lets it become overdue. Pure. */
import { type PastEvent, standing } from './take-back.ts';
import { turnOf, type Waiting } from './turn.ts';

/** As the config names them. */
export interface Colleague {
  readonly name: string;
  readonly mail?: string | undefined;
  readonly escalateTo?: string | undefined;
}

/** Since these it is nobody's fault but the next one's. */
const anew: readonly string[] = ['answered', 'fix', 'take', 'assign', 'reopen', 'spoke-again'];

/**
 * Null: it stays where it is. Nobody gets back what went on from them, and whoever has it now has as long as the first one
 * had. @param dueSince when an answer is due of what somebody got at that moment
 */
export function escalation(
  known: Waiting & { readonly owner: string | null; readonly events: readonly PastEvent[] },
  people: readonly Colleague[],
  now: number,
  dueSince: (at: number) => number,
): string | null {
  const { owner, dueAt, events } = known;
  if (owner === null || dueAt === null || dueAt >= now || turnOf(known, now) !== 'ours') return null;
  const next = colleague(people, owner)?.escalateTo;
  if (next === undefined || sameName(next, owner)) return null;
  const all = standing(events);
  const since = all.slice(all.findLastIndex(({ kind }) => anew.includes(kind)) + 1);
  const last = since.findLast(({ kind }) => kind === 'escalated');
  if (last && dueSince(last.at) >= now) return null;
  const had = since.flatMap(({ details }) => {
    const { owner: before } = (details.was ?? {}) as { readonly owner?: string | null };
    return before ? [before] : [];
  });
  return had.some((name) => sameName(name, next)) ? null : next;
}

/** Null where the config names nobody of that name. */
export function colleague(people: readonly Colleague[], name: string): Colleague | null {
  return people.find((one) => sameName(one.name, name)) ?? null;
}

const sameName = (one: string, other: string): boolean =>
  one.trim().toLocaleLowerCase('en') === other.trim().toLocaleLowerCase('en');
