/** Opens a case for each complaint about us, and withdraws one that nobody has touched while it is none. */
import { isHistory } from '../cases/again.ts';
import { type CaseEvent, isWithdrawn, refusal } from '../cases/life.ts';
import { casesOfMentions, membersOf } from '../store/case-mentions.ts';
import type { CaseSummary } from '../store/case-rows.ts';
import { appendEvents, type Case, type CaseStep, passLead, readCases } from '../store/cases.ts';
import { readStandings, type Standing, setHistory } from '../store/standings.ts';
import type { Tx } from '../store/tables.ts';
import { atLeast, step, urgencyOf } from './case-steps.ts';
import { leaveDismissed } from './leave-dismissed.ts';
import { isPutRight, noteResolved } from './note-resolved.ts';
import { openCases } from './one-customer.ts';
import type { Tools } from './tools.ts';

/** Looks at mentions that are new, or that are now judged or marked otherwise. */
export async function settleCases(tools: Tools, tx: Tx, mentionIds: readonly number[], now: number): Promise<void> {
  if (mentionIds.length === 0) return;
  const before = now - tools.config.firstLookMs;
  const standings = await readStandings(tx, mentionIds);
  const woken = standings.filter((one) => one.history && !isHistory(one, before));
  await setHistory(tx, idsOf(woken), false);
  const known = await casesOfMentions(tx, mentionIds);
  const wanting = standings.filter((one) => wantsCase(one, before));
  const left = await leaveDismissed(tools, tx, known, wanting, now);
  const opened = wanting.filter((one) => !known.has(one.mentionId) || left.includes(one));
  await openCases(tools, tx, opened, now);
  const steps: CaseStep[] = [];
  const lost: [Standing, CaseSummary][] = [];
  for (const [own, standing] of await leadsOf(tx, [...known.values()], standings)) {
    if (!isComplaint(standing) && !isPutRight(own, standing)) steps.push(...withdrawal(tools, own, standing, now));
    else if (isWithdrawn(own) && !standing.marks.solved) lost.push([standing, own]);
    else if (isGraver(own, standing)) steps.push(step(tools, own, graver(standing, now)));
  }
  const cases = await readCases(
    tx,
    lost.map(([, { id }]) => id),
  );
  for (const [index, one] of cases.entries()) {
    const standing = lost[index]?.[0];
    if (standing) steps.push(step(tools, one, foundAgain(one, standing, now)));
  }
  await appendEvents(tx, steps);
  await noteResolved(tools, tx, standings, opened, now);
}

/**
 * The mention that opened a case says whether there is one; where it is no complaint any more, another of the customer's
 * that is one takes its place. Only of cases about which Earshot alone has decided, and of those given.
 */
async function leadsOf(
  tx: Tx,
  cases: readonly CaseSummary[],
  standings: readonly Standing[],
): Promise<readonly (readonly [CaseSummary, Standing])[]> {
  const undecided = new Map(cases.filter((one) => one.state === 'new' || isWithdrawn(one)).map((one) => [one.id, one]));
  const members = await membersOf(tx, [...undecided.keys()]);
  const given = new Map(standings.map((one) => [one.mentionId, one]));
  const more = [...members.values()].filter((ids) => ids.length > 1).flat();
  for (const one of await readStandings(
    tx,
    more.filter((id) => !given.has(id)),
  ))
    given.set(one.mentionId, one);
  const leads: [CaseSummary, Standing][] = [];
  for (const own of undecided.values()) {
    const lead = given.get(own.leadMentionId);
    const others = (members.get(own.id) ?? []).flatMap((id) => given.get(id) ?? []);
    const next = lead && !isComplaint(lead) ? others.find(isComplaint) : undefined;
    if (next) await passLead(tx, own.id, next.mentionId);
    const leading = next ?? lead;
    if (leading) leads.push([own, leading]);
  }
  return leads;
}

/**
 * Before mentions are judged again, those that lie on no pile grow old: what nobody had to look at while it was news
 * does not become news because we think otherwise of it now.
 */
export async function letGrowOld(tools: Tools, tx: Tx, mentionIds: readonly number[], now: number): Promise<void> {
  await growOld(tools, tx, await readStandings(tx, mentionIds), now);
}

/** @param standings as they are before judging */
export async function growOld(tools: Tools, tx: Tx, standings: readonly Standing[], now: number): Promise<void> {
  const before = now - tools.config.firstLookMs;
  const old = standings.filter((one) => !one.history && !one.setAside && one.pile === null && isHistory(one, before));
  await setHistory(tx, idsOf(old), true);
}

const idsOf = (standings: readonly Standing[]) => standings.map(({ mentionId }) => mentionId);

/** What a person marked goes before what we found. */
export function isComplaint({
  complaint,
  relevance,
  setAside,
  gone,
  marks,
}: Pick<Standing, 'complaint' | 'relevance' | 'setAside' | 'gone' | 'marks'>): boolean {
  if (gone && marks.complaint === null) return false;
  const ours = marks.us === null ? relevance === 'about' && setAside === null : marks.us === 'us';
  const hurts = marks.complaint === null ? complaint === 'complaint' : marks.complaint === 'complaint';
  // Saying that it is a complaint says that it is about us, as long as nobody says otherwise.
  return hurts && (ours || (marks.us === null && marks.complaint === 'complaint'));
}

/** A person's word makes a case of what is old, too; judging it again does not. */
function wantsCase(standing: Standing, before: number): boolean {
  const { marks, history } = standing;
  if (marks.solved || !isComplaint(standing)) return false;
  if (marks.complaint === 'complaint') return true;
  const woken = !isHistory(standing, before);
  return woken || (!history && marks.us === 'us');
}

function withdrawal(tools: Tools, known: CaseSummary, standing: Standing, now: number): CaseStep[] {
  if (refusal(known, 'withdrawn') !== null) return [];
  const why = standing.gone ? tookAway : (standing.setAside ?? 'it is judged otherwise now');
  return [step(tools, known, { kind: 'withdrawn', at: now, by: 'earshot', details: { why } })];
}

/** Nobody has looked at it, and it is more urgent than it seemed: read once more, or by a slower judge. */
function isGraver({ state, urgency }: CaseSummary, standing: Standing): boolean {
  const now = urgencyOf(standing);
  return state === 'new' && (now === 'high' || now === 'critical') && atLeast(urgency, now) !== urgency;
}

function graver(standing: Standing, now: number): CaseEvent {
  const details = { urgency: urgencyOf(standing), why: 'read once more, it sounds graver' };
  return { kind: 'urgent', at: now, by: 'earshot', details };
}

export const tookAway = 'its author took it away';

/** The customer has waited on while we thought otherwise, so the clock goes on; whoever writes anew starts it anew. */
function foundAgain({ events }: Case, standing: Standing, now: number): CaseEvent {
  const withdrawn = events.findLast(({ kind }) => kind === 'withdrawn');
  const { was } = (withdrawn?.details ?? {}) as CaseEvent['details'];
  const anew = (standing.editedAt ?? 0) > (withdrawn?.at ?? 0);
  const details = { urgency: urgencyOf(standing), ...(was && !anew && { dueAt: was.dueAt }) };
  return { kind: 'found', at: now, by: 'earshot', details };
}

/** Earshot tells of something on the cases of these mentions, where there are any that are not closed. */
export async function noteOnCases(
  tools: Tools,
  tx: Tx,
  mentionIds: readonly number[],
  { words, now }: { readonly words: string; readonly now: number },
): Promise<void> {
  if (mentionIds.length === 0) return;
  const cases = new Map([...(await casesOfMentions(tx, mentionIds)).values()].map((one) => [one.id, one]));
  const open = [...cases.values()].filter((one) => one.closedAt === null);
  const event: CaseEvent = { kind: 'note', at: now, by: 'earshot', details: { words } };
  await appendEvents(
    tx,
    open.map((one) => step(tools, one, event)),
  );
}
