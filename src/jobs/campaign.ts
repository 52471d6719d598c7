/** Whether now is the time for a campaign: who waits, what rings, what several customers say. */
import { asked, turnOf } from '../cases/turn.ts';
import { campaignCheck, type Verdict, type Waiting } from '../insight/campaign.ts';
import { heardNowhere } from '../insight/health.ts';
import { listCases } from '../store/case-list.ts';
import { type CaseRow, readCaseRows } from './case-rows.ts';
import { readAgain } from './same-again.ts';
import type { Tools } from './tools.ts';
import { readReports, readTalk, ringing, type ToldAlarm } from './word-of-mouth.ts';

export interface Campaign extends Verdict {
  readonly waiting: readonly Waiting[];
  readonly alarms: readonly (ToldAlarm & { readonly brandId: string })[];
}

export async function readCampaign(tools: Tools, brandIds: readonly string[]): Promise<Campaign> {
  const now = tools.clock.now();
  const reports = (await readReports(tools)).filter(({ watch }) => watch.brands.some((id) => brandIds.includes(id)));
  return tools.store.read('the campaign check', async (tx) => {
    const ours = (await listCases(tx, { brandIds, open: true })).filter((one) => turnOf(one, now) === 'ours');
    const rows = await readCaseRows(
      tools,
      tx,
      ours.map(({ id }) => id),
    );
    const waiting = rows.map((row) => waitingOf(row, now));
    const alarms: Campaign['alarms'][number][] = [];
    for (const [brandId, talk] of await readTalk(tools, tx, brandIds, reports))
      alarms.push(...(await ringing(tx, brandId, talk, now)).map((alarm) => ({ ...alarm, brandId })));
    const again = [...(await readAgain(tx, brandIds, now)).values()].flat();
    const verdict = campaignCheck(
      {
        waiting,
        deaf: reports.length > 0 && heardNowhere(reports),
        fall: alarms.find(({ kind }) => kind === 'fall') ?? null,
        spike: alarms.find(({ kind }) => kind === 'spike') ?? null,
        again: [...new Set(again.map(({ name }) => name))],
      },
      now,
    );
    return { ...verdict, waiting, alarms };
  });
}

function waitingOf({ case: one, mentions, pressing }: CaseRow, now: number): Waiting {
  // Whoever never had an answer has waited since they spoke, not since we heard it.
  const answered = one.events.some(({ kind }) => kind === 'answered');
  const spoke = answered ? [] : mentions.map(({ post }) => post.saidAt);
  return {
    caseId: one.id,
    wants: asked.includes(one.state) ? 'check-back' : 'answer',
    since: Math.min(pressing.waitsSince, ...spoke),
    late: one.dueAt !== null && one.dueAt < now,
    hurt: pressing.grave === 'hurt',
  };
}
