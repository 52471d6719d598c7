/** A case as `case … --json` prints it. Only ever added to. */
import { z } from 'zod';
import { type CaseState, caseStates, type Urgency, urgencies } from '../mention.ts';

const time = z.iso.datetime();

export const CaseFace = z.object({
  id: z.int().describe('Typed as c4.'),
  brand: z.string(),
  state: z.enum(caseStates),
  urgency: z.enum(urgencies),
  owner: z.string().nullable(),
  openedAt: time,
  dueAt: time.nullable(),
  snoozedUntil: time.nullable(),
  closedAt: time.nullable(),
  mention: z.int().describe('The mention that opened it.'),
});
export type CaseFace = z.infer<typeof CaseFace>;

/** What the face is made from; times in milliseconds UTC. */
interface CaseFacts {
  readonly id: number;
  readonly state: CaseState;
  readonly urgency: Urgency;
  readonly owner: string | null;
  readonly openedAt: number;
  readonly dueAt: number | null;
  readonly snoozedUntil: number | null;
  readonly closedAt: number | null;
  readonly leadMentionId: number;
}

export function caseFace(one: CaseFacts, brand: string): CaseFace {
  const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  return {
    id: one.id,
    brand,
    state: one.state,
    urgency: one.urgency,
    owner: one.owner,
    openedAt: new Date(one.openedAt).toISOString(),
    dueAt: iso(one.dueAt),
    snoozedUntil: iso(one.snoozedUntil),
    closedAt: iso(one.closedAt),
    mention: one.leadMentionId,
  };
}
