/** Puts two cases of one customer together by hand, and takes them apart again. */
import { type CaseEvent, lacking, refusal } from '../cases/life.ts';
import { standing } from '../cases/take-back.ts';
import { moveMentions } from '../store/case-mentions.ts';
import {
  appendEvents,
  type Case,
  caseLedBy,
  createCases,
  joinedInto,
  partedFrom,
  readCases,
  setJoinedInto,
} from '../store/cases.ts';
import { readStandings } from '../store/standings.ts';
import type { Tx } from '../store/tables.ts';
import { atLeast, draft, step } from './case-steps.ts';
import { lifeOf, type Split, splitOff } from './split-off.ts';
import type { Tools } from './tools.ts';
import { type CaseWish, findCase } from './work-case.ts';

/** Who wants it, and why. */
export interface Wanted {
  readonly by: string;
  readonly why?: string | undefined;
}

/**
 * The second case's posts and questions become the first's; it stays stored with all its events, and `splitCase` brings it
 * back. @returns the first case, or why nothing was done; null where one of them is not there
 */
export async function joinCases(
  tools: Tools,
  wish: CaseWish,
  other: CaseWish,
  { by, why }: Wanted,
): Promise<Case | string | null> {
  const now = tools.clock.now();
  return tools.store.write('joining cases', async (tx) => {
    const [known, second] = [await findCase(tx, wish), await findCase(tx, other)];
    if (!known || !second) return null;
    if (known.id === second.id) return `c${known.id} and c${second.id} are one case already.`;
    if (known.brandId !== second.brandId) return 'they are about two brands, which answer for themselves.';
    const given = { ...(why !== undefined && { why }) };
    const no = refusal(known, 'join') ?? lacking('join', given);
    if (no !== null) return no;
    const urgency = second.closedAt === null ? atLeast(known.urgency, second.urgency) : known.urgency;
    const { mentionIds } = second;
    const joined = { ...given, caseId: second.id, mentionIds, urgency, life: lifeOf(second) };
    const into: CaseEvent = { kind: 'joined-into', at: now, by, details: { ...given, caseId: known.id } };
    await moveMentions(tx, mentionIds, known.id);
    await setJoinedInto(tx, second.id, known.id);
    await appendEvents(tx, [
      step(tools, known, { kind: 'join', at: now, by, details: joined }),
      step(tools, second, into),
    ]);
    return (await readCases(tx, [known.id]))[0] ?? null;
  });
}

/**
 * Takes a joined case out again, as it was; or one of the posts, which then has a case of its own.
 * @param part without one, the case that was joined last
 * @returns the case that stands on its own now, or why nothing was done; null where there is none
 */
export async function splitCase(
  tools: Tools,
  wish: CaseWish,
  part: CaseWish | null,
  { by, why = '' }: Wanted,
): Promise<Case | string | null> {
  const now = tools.clock.now();
  return tools.store.write('splitting a case', async (tx) => {
    const known = await findCase(tx, wish);
    if (!known) return null;
    const no = lacking('split', { why });
    if (no !== null) return no;
    const wanted = part === null ? await lastJoined(tx, known) : await partOf(tx, known, part);
    if (wanted !== null) return splitOff(tools, tx, known, { otherId: wanted, by, why, now });
    if (part === null || part.of === 'case') return 'no such case was joined to it.';
    return splitPost(tools, tx, known, { mentionId: part.id, by, why, now });
  });
}

async function lastJoined(tx: Tx, known: Case): Promise<number | null> {
  const parts = await partedFrom(tx, known.id);
  const joins = standing(known.events).flatMap(({ kind, details }) => (kind === 'join' ? [details.caseId] : []));
  const last = joins.findLast((id) => parts.some((one) => one.id === id));
  return typeof last === 'number' ? last : null;
}

/** The case that was joined, be it by way of a third one; of a post, the one that it began. */
async function partOf(tx: Tx, known: Case, { id, of }: CaseWish): Promise<number | null> {
  const caseId = of === 'case' ? id : await caseLedBy(tx, id);
  return caseId !== null && caseId !== known.id && (await joinedInto(tx, caseId)) === known.id ? caseId : null;
}

async function splitPost(
  tools: Tools,
  tx: Tx,
  known: Case,
  { mentionId, by, why, now }: Split & { readonly mentionId: number },
): Promise<Case | string> {
  if (!known.mentionIds.includes(mentionId)) return `m${mentionId} is not part of it.`;
  if (known.leadMentionId === mentionId) return `m${mentionId} is what it began with; split another of its posts off.`;
  const [one] = await readStandings(tx, [mentionId]);
  if (!one) return `m${mentionId} is no longer here.`;
  const mentionIds = [mentionId];
  await appendEvents(tx, [step(tools, known, { kind: 'split', at: now, by, details: { why, mentionIds } })]);
  await moveMentions(tx, mentionIds, null);
  const [id = 0] = await createCases(tx, [draft(tools, one, now)]);
  return (await readCases(tx, [id]))[0] ?? known;
}
