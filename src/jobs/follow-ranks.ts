/** A complaint that was heard elsewhere first, and that a web search shows to new customers too, becomes urgent. */
import { type CaseEvent, refusal } from '../cases/life.ts';
import { asSeenFirst, isSeenFirst } from '../findings/severity.ts';
import { closedStates, firstSeenRule } from '../mention.ts';
import { casesOfMentions } from '../store/case-mentions.ts';
import { appendEvents, readCases } from '../store/cases.ts';
import { updateFindings } from '../store/mentions.ts';
import { bestRanks } from '../store/search-ranks.ts';
import type { Tx } from '../store/tables.ts';
import { mentionsToJudge } from '../store/to-judge.ts';
import { atLeast, step } from './case-steps.ts';
import type { Tools } from './tools.ts';

/** Also after its first place was heard once more, which knows nothing of the search. @param mentionIds just saved */
export async function followRanks(tools: Tools, tx: Tx, mentionIds: readonly number[], now: number): Promise<void> {
  const ranked = [...(await bestRanks(tx, [...new Set(mentionIds)])).keys()];
  if (ranked.length === 0) return;
  const raised = (await mentionsToJudge(tx, ranked)).flatMap(({ mentionId, brandId, post, findings, setAside }) => {
    if (!isSeenFirst(post, tools.brands.get(brandId)?.name)) return [];
    const seenFirst = asSeenFirst(findings);
    return seenFirst === findings ? [] : [{ mentionId, findings: seenFirst, setAside }];
  });
  if (raised.length === 0) return;
  await updateFindings(tx, raised);
  const urgencyOf = new Map(raised.map((one) => [one.mentionId, one.findings.urgency]));
  const cases = await casesOfMentions(tx, [...urgencyOf.keys()]);
  for (const known of await readCases(tx, [...new Set([...cases.values()].map(({ id }) => id))])) {
    const urgency = known.mentionIds.map((id) => urgencyOf.get(id) ?? 'low').reduce(atLeast, known.urgency);
    if (urgency === known.urgency || closedStates.includes(known.state) || refusal(known, 'urgent') !== null) continue;
    const event: CaseEvent = {
      kind: 'urgent',
      at: now,
      by: 'earshot',
      details: { urgency, why: `it ${firstSeenRule}` },
    };
    await appendEvents(tx, [step(tools, known, event)]);
  }
}
