/** `earshot case list`: the cases, most urgent first, and whose they are. */
import { isOverslept, isUnanswered } from '../../cases/forgotten.ts';
import type { Edges } from '../../edges.ts';
import { caseFace } from '../../face/case.ts';
import { mentionFace } from '../../jobs/mention-face.ts';
import { type CaseSummary, listCases } from '../../store/cases.ts';
import { readMentions } from '../../store/mention-rows.ts';
import { jsonText } from '../../text/json.ts';
import { clean, count, steps } from '../format.ts';
import { mentionLine } from '../mention-line.ts';
import { tellingOf } from '../tell-mention.ts';
import { brandIds, brandNames, withTools } from '../tools.ts';
import { stateGiven } from './list.ts';

interface Options {
  readonly config?: string;
  readonly brand?: string;
  readonly state?: string;
  readonly of?: string;
  readonly unanswered?: boolean;
  readonly overslept?: boolean;
  readonly closed?: boolean;
  readonly json?: boolean;
}

const ownerColumns = 8;

function isWanted(one: CaseSummary, { of, unanswered, overslept }: Options, now: number): boolean {
  if (of !== undefined && one.owner?.toLocaleLowerCase() !== of.toLocaleLowerCase()) return false;
  if (unanswered && !isUnanswered(one, now)) return false;
  return !overslept || isOverslept(one, now);
}

export async function command(edges: Edges, options: Options): Promise<number> {
  const states = options.state === undefined ? null : [stateGiven(options.state)];
  return withTools(edges, options, async (tools) => {
    const ids = await brandIds(tools, options.brand);
    const filter = { brandIds: ids ?? [...tools.brands.keys()], ...(states ? { states } : { open: !options.closed }) };
    const { terminal } = edges;
    const { cases, rows } = await tools.store.read('cases', async (tx) => {
      const cases = (await listCases(tx, filter)).filter((one) => isWanted(one, options, edges.clock.now()));
      const leads = cases.map((one) => one.leadMentionId);
      return { cases, rows: options.json ? [] : await readMentions(tx, leads) };
    });
    if (options.json) {
      const nameOf = await brandNames(tools);
      const faces = cases.map((one) => caseFace(one, nameOf.get(one.brandId) ?? one.brandId));
      terminal.out(`${jsonText(faces, 2)}\n`);
      return 0;
    }
    const telling = tellingOf(edges, tools);
    for (const row of rows) {
      const owner = clean(row.case?.owner ?? '') || '–';
      terminal.out(`${mentionLine(mentionFace(row), telling, { text: owner, columns: ownerColumns })}\n`);
    }
    const [first] = cases;
    const next = first
      ? ([`${telling.earshot} show c${first.id}`, 'one in full, and what to do'] as const)
      : ([`${telling.earshot} case list --closed`, 'also those that are closed'] as const);
    const what = options.closed || states ? 'case' : 'open case';
    const head = `${count(cases.length, what)}${states ? ` ${states[0]}` : ''}.`;
    terminal.err(`${first ? '\n' : ''}${telling.paint.bold(head)}\n${steps([next], terminal)}\n`);
    return 0;
  });
}
