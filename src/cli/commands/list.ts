/** `earshot list`: the complaints that need somebody, most urgent first; or the unsure pile, or every mention. */
import type { Edges } from '../../edges.ts';
import { mentionFace } from '../../jobs/mention-face.ts';
import type { Tools } from '../../jobs/tools.ts';
import { type CaseState, caseStates } from '../../mention.ts';
import { countListed, listMentions, type MentionFilter } from '../../store/mention-list.ts';
import type { MentionRow } from '../../store/mention-rows.ts';
import { coloursOf, count } from '../format.ts';
import { mentionLine, tellingOf } from '../tell-mention.ts';
import { brandIds, idGiven, momentGiven, withTools } from '../tools.ts';
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
    const filter = await filterOf(edges, tools, options);
    if (options.json) await writeJson(edges, tools, filter);
    else await writeLines(edges, tools, filter);
    return 0;
  });
}

/** @throws Misuse where an option makes no sense */
export async function filterOf(
  edges: Edges,
  tools: Parameters<typeof brandIds>[0],
  options: FilterOptions,
): Promise<MentionFilter> {
  const { state, source, search, since } = options;
  if (state !== undefined && !caseStates.includes(state as CaseState)) {
    throw new Misuse(`No case is ever ${state}; there are: ${caseStates.join(', ')}.`);
  }
  const limit = Number(options.limit ?? 100);
  if (!Number.isInteger(limit) || limit < 0) throw new Misuse(`--limit ${options.limit} is no number; 0 shows all.`);
  const ids = await brandIds(tools, options.brand);
  return {
    pile: options.unsure ? 'unsure' : options.all ? 'all' : 'flagged',
    limit,
    ...(state !== undefined && { state: state as CaseState }),
    ...(ids && { brandIds: ids }),
    ...(source !== undefined && { source }),
    ...(search !== undefined && { search }),
    ...(since !== undefined && { since: momentGiven(edges, tools, since, '--since') }),
    ...(options.after !== undefined && { after: idGiven(options.after, 'mention').id }),
  };
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

async function writeJson({ terminal }: Edges, tools: Tools, filter: MentionFilter): Promise<void> {
  let before = '[';
  for await (const rows of pieces(tools, filter)) {
    for (const row of rows) {
      terminal.out(`${before}\n${JSON.stringify(mentionFace(row))}`);
      before = ',';
    }
  }
  terminal.out(before === '[' ? '[]\n' : '\n]\n');
}

async function writeLines(edges: Edges, tools: Tools, filter: MentionFilter): Promise<void> {
  const { terminal } = edges;
  const telling = tellingOf(edges, tools);
  let shown = 0;
  for await (const rows of pieces(tools, filter)) {
    for (const row of rows) terminal.out(`${mentionLine(mentionFace(row), telling)}\n`);
    shown += rows.length;
  }
  const total = await tools.store.read('the list', (tx) => countListed(tx, filter));
  terminal.err(
    `${shown > 0 ? '\n' : ''}${closing(filter, shown, total, await unsureCount(tools, filter), coloursOf(terminal).bold)}\n`,
  );
}

async function unsureCount(tools: Tools, filter: MentionFilter): Promise<number> {
  return filter.pile === 'flagged' ? tools.store.read('the list', (tx) => countListed(tx, { pile: 'unsure' })) : 0;
}

/** What the list was, and the next step. */
function closing(
  filter: MentionFilter,
  shown: number,
  total: number,
  unsure: number,
  strong: (text: string) => string,
): string {
  const perhaps =
    unsure > 0 ? ` Earshot is not sure about ${count(unsure, 'other')}: \`npx earshot list --unsure\`.` : '';
  if (shown === 0) {
    const none = { flagged: 'No complaint waits for you.', unsure: 'Nothing is unsure.', all: 'No mention yet.' }[
      filter.pile
    ];
    return `${strong(none)}${perhaps} \`npx earshot status\` says where Earshot has listened.`;
  }
  const what = {
    flagged: count(total, 'complaint needs you', 'complaints need you'),
    unsure: `${total} unsure`,
    all: count(total, 'mention'),
  }[filter.pile];
  const rest = total > shown && shown === filter.limit ? ` Shown are ${shown}; --limit 0 shows all.` : '';
  const next =
    filter.pile === 'unsure'
      ? '`npx earshot mark m17 complaint` (or no-complaint, not-us) decides one.'
      : '`npx earshot show c4` shows one in full.';
  return `${strong(`${what}.`)}${rest}${perhaps} ${next}`;
}
