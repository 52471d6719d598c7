/** `earshot case list`: the cases, most urgent first, and whose they are. */
import { isOverslept, isUnanswered } from '../../cases/forgotten.ts';
import type { Edges } from '../../edges.ts';
import { caseRowFace } from '../../jobs/case-face.ts';
import { readCaseRows } from '../../jobs/case-rows.ts';
import { mentionFace } from '../../jobs/mention-face.ts';
import { listCases } from '../../store/case-list.ts';
import type { CaseSummary } from '../../store/case-rows.ts';
import { jsonText } from '../../text/json.ts';
import { clean, count, linesThatFit, steps } from '../format.ts';
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
  readonly promised?: boolean;
  readonly closed?: boolean;
  readonly json?: boolean;
}

const ownerColumns = 8;

function isWanted(one: CaseSummary, { of, unanswered, overslept, promised }: Options, now: number): boolean {
  if (of !== undefined && one.owner?.toLocaleLowerCase() !== of.toLocaleLowerCase()) return false;
  if (unanswered && !isUnanswered(one, now)) return false;
  if (promised && one.promise === null) return false;
  return !overslept || isOverslept(one, now);
}

export async function command(edges: Edges, options: Options): Promise<number> {
  const states = options.state === undefined ? null : [stateGiven(options.state)];
  return withTools(edges, options, async (tools) => {
    const ids = await brandIds(tools, options.brand);
    const filter = { brandIds: ids ?? [...tools.brands.keys()], ...(states ? { states } : { open: !options.closed }) };
    const { terminal } = edges;
    const now = edges.clock.now();
    const rows = await tools.store.read('cases', async (tx) => {
      const wanted = (await listCases(tx, filter)).filter((one) => isWanted(one, options, now));
      return readCaseRows(
        tools,
        tx,
        wanted.map(({ id }) => id),
      );
    });
    if (options.json) {
      const nameOf = await brandNames(tools);
      const faces = rows.map((row) => caseRowFace(row, nameOf.get(row.case.brandId) ?? row.case.brandId, now));
      terminal.out(`${jsonText(faces, 2)}\n`);
      return 0;
    }
    const telling = tellingOf(edges, tools);
    const shown = rows.slice(0, linesThatFit(terminal) ?? rows.length);
    for (const row of shown) {
      const [lead] = row.mentions;
      const owner = clean(row.case.owner ?? '') || '–';
      if (lead) terminal.out(`${mentionLine(mentionFace(lead), telling, { text: owner, columns: ownerColumns })}\n`);
    }
    const cases = rows.map((row) => row.case);
    const [first] = cases;
    const next = first
      ? ([`${telling.earshot} show c${first.id}`, 'one in full, and what to do'] as const)
      : ([`${telling.earshot} case list --closed`, 'also those that are closed'] as const);
    const what = options.closed || states ? 'case' : 'open case';
    const more = rows.length - shown.length;
    const head = `${count(cases.length, what)}${states ? ` ${states[0]}` : ''}.`;
    const rest = more > 0 ? ` ${more} more than fit here; \`${telling.earshot} case list | cat\` shows all.` : '';
    const list = [
      next,
      ...forgotten(cases, options, now).map(([words, why]) => [`${telling.earshot} ${words}`, why] as const),
    ];
    terminal.err(`${first ? '\n' : ''}${telling.paint.bold(head)}${rest}\n${steps(list, terminal)}\n`);
    return 0;
  });
}

/** The lists of what somebody meant to see to; not where one of them was asked for. */
function forgotten(cases: readonly CaseSummary[], { unanswered, overslept, promised }: Options, now: number) {
  if (unanswered || overslept || promised) return [];
  const lists = [
    ['--unanswered', 'taken by somebody, and without an answer', isUnanswered],
    ['--overslept', 'put off until a day that is past', isOverslept],
    ['--promised', 'with something promised that is not done yet', ({ promise }: CaseSummary) => promise !== null],
  ] as const;
  return lists.flatMap(([flag, why, is]) => {
    const found = cases.filter((one) => is(one, now)).length;
    return found === 0 ? [] : [[`case list ${flag}`, `${found} ${why}`] as const];
  });
}
