/** `earshot list`: the complaints that need somebody, most urgent first; or the unsure pile, or every mention. */
import type { Edges } from '../../edges.ts';
import { mentionFace } from '../../jobs/mention-face.ts';
import type { Tools } from '../../jobs/tools.ts';
import { type CaseState, caseStates } from '../../mention.ts';
import { sourceIds } from '../../sources/index.ts';
import { countListed, listMentions, type MentionFilter } from '../../store/mention-list.ts';
import type { MentionRow } from '../../store/mention-rows.ts';
import { jsonText } from '../../text/json.ts';
import { linesThatFit } from '../format.ts';
import { nearestOf } from '../right-word.ts';
import { brandIds, mentionGiven, momentGiven, withTools } from '../tools.ts';
import { Misuse } from '../trouble.ts';

export interface FilterOptions {
  readonly config?: string;
  readonly brand?: string;
  readonly source?: string;
  readonly since?: string;
  readonly state?: string;
  readonly search?: string;
  readonly unsure?: boolean;
  readonly all?: boolean;
  readonly limit?: string;
  readonly after?: string;
}

/** Large answers are read and written in pieces of so many. */
const piece = 500;

export async function command(edges: Edges, options: FilterOptions & { readonly json?: boolean }): Promise<number> {
  return withTools(edges, options, async (tools) => {
    const fit = options.limit === undefined && !options.json ? linesThatFit(edges.terminal) : null;
    const filter = await filterOf(edges, tools, fit === null ? options : { ...options, limit: `${fit}` });
    const found = pieces(tools, filter);
    if (options.json) await writeJson(edges, found);
    else await (await import('../list-lines.ts')).writeLines(edges, tools, filter, found);
    return 0;
  });
}

/** @throws Misuse where an option makes no sense */
export async function filterOf(
  edges: Edges,
  tools: Parameters<typeof brandIds>[0],
  options: FilterOptions,
): Promise<MentionFilter> {
  const { state, source, search, since, limit = '100' } = options;
  if (options.unsure && options.all)
    throw new Misuse('--unsure and --all are two different lists; ask for one of them.');
  if (!/^\d{1,9}$/.test(limit)) throw new Misuse(`--limit ${limit} is no number; 0 shows all.`);
  const ids = await brandIds(tools, options.brand);
  if (source !== undefined) await refuseUnknownPlace(tools, source);
  return {
    pile: options.unsure ? 'unsure' : options.all ? 'all' : 'flagged',
    limit: Number(limit),
    ...(state !== undefined && { state: stateGiven(state) }),
    ...(ids && { brandIds: ids }),
    ...(source !== undefined && { source }),
    ...(search !== undefined && { search }),
    ...(since !== undefined && { since: momentGiven(edges, tools, since, '--since') }),
    ...(options.after !== undefined && { after: (await mentionGiven(tools, options.after)).id }),
  };
}

/** @throws Misuse */
export function stateGiven(word: string): CaseState {
  const state = caseStates.find((one) => one === word);
  if (state) return state;
  const near = nearestOf(word, caseStates);
  throw new Misuse(
    `No case is ever “${word}”.${near ? ` Did you mean ${near}?` : ''} A case is ${caseStates.slice(0, -1).join(', ')} or ${caseStates.at(-1)}.`,
  );
}

/** Posts that were imported may come from a place that is no source of ours. */
async function refuseUnknownPlace({ store }: Tools, source: string): Promise<void> {
  if (sourceIds.includes(source)) return;
  const any = await store.read('a place', (tx) => countListed(tx, { pile: 'all', source }));
  if (any > 0) return;
  const { nearestPlace } = await import('../place-called.ts');
  const near = nearestPlace(source, sourceIds);
  throw new Misuse(
    `Nothing was ever heard at a place called ${source}.${near ? ` Did you mean ${near}?` : ' `npx earshot sources` shows them all.'}`,
  );
}

/** The rows a filter names, read piece by piece. */
export async function* pieces({ store }: Tools, filter: MentionFilter): AsyncGenerator<MentionRow[]> {
  let { after } = filter;
  for (let left = filter.limit === 0 ? Number.POSITIVE_INFINITY : filter.limit; left > 0; ) {
    const limit = Math.min(left, piece);
    const rows = await store.read('the list', (tx) =>
      listMentions(tx, { ...filter, limit, ...(after !== undefined && { after }) }),
    );
    if (rows.length > 0) yield rows;
    if (rows.length < limit) return;
    left -= rows.length;
    after = rows.at(-1)?.id;
  }
}

async function writeJson({ terminal, signal }: Edges, found: AsyncIterable<MentionRow[]>): Promise<void> {
  let before = '[';
  for await (const rows of found) {
    signal.throwIfAborted();
    for (const row of rows) {
      terminal.out(`${before}\n${jsonText(mentionFace(row))}`);
      before = ',';
    }
  }
  terminal.out(before === '[' ? '[]\n' : '\n]\n');
}
