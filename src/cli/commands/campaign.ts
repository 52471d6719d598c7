/** `earshot campaign`: go, or not yet and why: inside first. Exit code 0 is go, 1 not yet. */
import type { Edges } from '../../edges.ts';
import type { CampaignFace } from '../../face/campaign.ts';
import type { Reason } from '../../insight/campaign.ts';
import { sayAlarm } from '../../insight/wording.ts';
import { type Campaign, readCampaign } from '../../jobs/campaign.ts';
import { alarmFace } from '../../jobs/report-face.ts';
import { capital } from '../../text/capital.ts';
import { jsonText } from '../../text/json.ts';
import { clean, count, readingWidth, steps, wrapped } from '../format.ts';
import { tellingOf } from '../tell-mention.ts';
import { brandNames, brandsMeant, withTools } from '../tools.ts';
import { length } from '../when.ts';

interface Options {
  readonly config?: string;
  readonly brand?: string;
  readonly json?: boolean;
}

export async function command(edges: Edges, options: Options): Promise<number> {
  return withTools(edges, options, async (tools) => {
    const ids = await brandsMeant(tools, options.brand);
    const campaign = await readCampaign(tools, ids);
    const nameOf = await brandNames(tools);
    const { terminal } = edges;
    if (options.json) {
      terminal.out(`${jsonText(faceOf(campaign, ids, nameOf), 2)}\n`);
      return campaign.go ? 0 : 1;
    }
    const { paint } = tellingOf(edges, tools);
    const width = readingWidth(terminal);
    terminal.out(`${wrapped(sentence(campaign), width).replace(/^(Go|Not yet)\./, (word) => paint.bold(word))}\n`);
    const { firstCase } = campaign;
    const list = [
      ...(firstCase === null ? [] : [[`${tools.earshot} show c${firstCase}`, 'begin here'] as const]),
      ...(campaign.waiting.length > 1
        ? [[`${tools.earshot} case list`, 'all of them, most urgent first'] as const]
        : []),
      [`${tools.earshot} report`, 'how people talk of you'] as const,
    ];
    terminal.err(`\n${steps(list, terminal)}\n`);
    return campaign.go ? 0 : 1;
  });
}

/** `Not yet. 3 people wait for an answer, one for 6 days. First: c4.` */
function sentence({ go, reasons, firstCase }: Campaign): string {
  if (go) return 'Go. Nobody waits for you, and nothing that people say of you is alarming.';
  const first = firstCase === null ? '' : ` First: c${firstCase}.`;
  return `Not yet. ${reasons.map(say).join(' ')}${first}`;
}

function say(reason: Reason): string {
  switch (reason.kind) {
    case 'deaf':
      return 'No place could be heard yet, so nobody knows who waits.';
    case 'hurt':
      return `${count(reason.count, 'complaint says', 'complaints say')} that somebody may be hurt or ill.`;
    case 'answers': {
      const { count: all, late, longestMs } = reason;
      const who = all === 1 ? 'One person waits' : `${all} people wait`;
      const long = `${all === 1 ? '' : 'one '}for ${length(longestMs)}`;
      const overdue = late === 0 ? '' : late === 1 ? '; one is overdue' : `; ${late} are overdue`;
      return `${who} for an answer, ${long}${overdue}.`;
    }
    case 'check-backs':
      return `${reason.count === 1 ? 'One customer waits' : `${reason.count} customers wait`} to be asked back whether all is well.`;
    case 'fall':
    case 'spike':
      return sayAlarm(reason.alarm);
    case 'again':
      return `Several customers complain of the same: ${reason.subjects.map((one) => clean(capital(one))).join(', ')}.`;
  }
}

function faceOf(
  { go, reasons, firstCase, waiting, alarms }: Campaign,
  ids: readonly string[],
  nameOf: ReadonlyMap<string, string>,
): CampaignFace {
  return {
    brands: ids.map((id) => nameOf.get(id) ?? id),
    go,
    reasons: reasons.map((reason) => ({
      kind: reason.kind,
      sentence: say(reason),
      count: 'count' in reason ? reason.count : null,
    })),
    first: firstCase,
    waiting: waiting.map(({ caseId, wants, since, late }) => ({
      ...{ case: caseId, wants, since: new Date(since).toISOString(), late },
    })),
    alarms: alarms.map(({ brandId, ...alarm }) => ({ ...alarmFace(alarm), brand: nameOf.get(brandId) ?? brandId })),
  };
}
