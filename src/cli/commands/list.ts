/** `earshot list`: the complaints that need somebody, most urgent first; or the unsure pile, or every mention. */

import type { Edges } from '../../edges.ts';
import { inPriority } from '../../jobs/in-priority.ts';
import { mentionFace } from '../../jobs/mention-face.ts';
import { watchReports } from '../../jobs/status.ts';
import type { Tools } from '../../jobs/tools.ts';
import { countTurns, nobodysTurn, type Turns } from '../../jobs/turns.ts';
import { type CaseState, caseStates } from '../../mention.ts';
import { sourceIds } from '../../sources/index.ts';
import { countListed, listMentions, type MentionFilter } from '../../store/mention-list.ts';
import type { MentionRow } from '../../store/mention-rows.ts';
import { jsonText } from '../../text/json.ts';
import { clean, count, linesThatFit, steps, widthOf, wrapped } from '../format.ts';
import { legend, letterOf, mentionLine, signsOn } from '../mention-line.ts';
import { nearestOf } from '../right-word.ts';
import { type Telling, tellingOf } from '../tell-mention.ts';
import { unheard } from '../tell-place.ts';
import { brandIds, mentionGiven, momentGiven, withTools } from '../tools.ts';
import { Misuse } from '../trouble.ts';
import { needsSentence, othersSentence } from '../turns.ts';

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
    if (options.json) await writeJson(edges, tools, filter);
    else await writeLines(edges, tools, filter, tellingOf(edges, tools));
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
  const near = nearestOf(source, sourceIds);
  throw new Misuse(
    `Nothing was ever heard at a place called ${source}.${near ? ` Did you mean ${near}?` : ` There are: ${sourceIds.join(', ')}.`}`,
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

async function writeJson({ terminal, signal }: Edges, tools: Tools, filter: MentionFilter): Promise<void> {
  let before = '[';
  for await (const rows of pieces(tools, filter)) {
    signal.throwIfAborted();
    for (const row of rows) {
      terminal.out(`${before}\n${jsonText(mentionFace(row))}`);
      before = ',';
    }
  }
  terminal.out(before === '[' ? '[]\n' : '\n]\n');
}

async function writeLines({ terminal, signal }: Edges, tools: Tools, filter: MentionFilter, telling: Telling) {
  const brands = filter.brandIds ? null : brandColumns(tools, terminal);
  let shown = 0;
  let first: string | null = null;
  let last: number | null = null;
  const signs = new Set<string>();
  for await (const rows of pieces(tools, filter)) {
    signal.throwIfAborted();
    const faces = (await inShownOrder(tools, filter, rows)).map(mentionFace);
    const lines = faces.map((face) =>
      mentionLine(face, telling, brands === null ? null : { text: clean(face.brand), columns: brands }),
    );
    terminal.out(`${lines.join('\n')}\n`);
    for (const one of signsOn(faces))
      if (!one.startsWith('+') || ![...signs].some((each) => each.startsWith('+'))) signs.add(one);
    const [top] = faces;
    first ??= top ? letterOf(top) : null;
    // What follows is said in the stored order.
    last = rows.at(-1)?.id ?? last;
    shown += rows.length;
  }
  const { after: _, ...all } = filter;
  const queue = filter.pile === 'flagged' && filter.state === undefined;
  const { turns, unsure, total } = await tools.store.read('the list', async (tx) => {
    if (!queue) return { turns: nobodysTurn, unsure: 0, total: await countListed(tx, all) };
    const turns = await countTurns(tx, all, telling.now);
    const total = Object.values(turns).reduce((sum, count) => sum + count);
    return { turns, unsure: await countListed(tx, { ...all, pile: 'unsure' }), total };
  });
  // An empty list means something only where somebody listened.
  const nothingYet =
    total === 0 && (await tools.store.read('any mention', (tx) => countListed(tx, { pile: 'all' }))) === 0;
  const deaf = nothingYet ? unheard(await watchReports(tools), telling) : null;
  const told = { filter, shown, total, turns, unsure, first, last, signs: legend(signs), deaf };
  terminal.err(`${shown > 0 ? '\n' : ''}${shown === 0 ? nothing(told, telling) : closing(told, telling)}\n`);
}

/**
 * Which mentions stand on a page, and where to go on, the stored order says (urgency, then time); a person reads what is
 * there of the queue in order of priority. Scripts get it as it is stored.
 */
async function inShownOrder(tools: Tools, filter: MentionFilter, rows: MentionRow[]): Promise<readonly MentionRow[]> {
  if (filter.pile !== 'flagged' || filter.state !== undefined || rows.length > longestPage) return rows;
  const ordered = await tools.store.read('its order', (tx) => inPriority(tools, tx, rows, rows.length));
  return ordered.map(({ row }) => row);
}
/** What is longer nobody reads from the top. */
const longestPage = 100;

/** Room for the brand's name, where there are several and the terminal is wide; null where not. */
function brandColumns({ brands }: Tools, { columns }: Edges['terminal']): number | null {
  if (brands.size < 2 || columns < wideEnoughForBrand) return null;
  return Math.min(18, Math.max(...[...brands.values()].map(({ name }) => widthOf(name))));
}
const wideEnoughForBrand = 100;

interface Told {
  readonly filter: MentionFilter;
  readonly shown: number;
  readonly total: number;
  readonly turns: Turns;
  readonly unsure: number;
  /** The letter of the first line. */
  readonly first: string | null;
  /** The mention of the last line. */
  readonly last: number | null;
  /** Why it is empty, where nothing was heard yet. */
  readonly deaf: ReturnType<typeof unheard>;
  /** What the signs mean. */
  readonly signs: string;
}

function nothing({ filter, unsure, deaf }: Told, { terminal, earshot, paint }: Telling): string {
  if (deaf) return `${paint.bold(deaf.sentence)}\n${steps([deaf.next], terminal)}`;
  const narrowed = ['state', 'brandIds', 'source', 'since', 'search', 'after'].some((key) => key in filter);
  const none = { flagged: 'No complaint waits for you.', unsure: 'Nothing is unsure.', all: 'No mention yet.' };
  const next = [
    ...perhaps(unsure, earshot),
    narrowed
      ? ([`${earshot} list --all`, 'every mention'] as const)
      : ([`${earshot} status`, 'where Earshot has listened'] as const),
  ];
  return `${paint.bold(narrowed ? 'Nothing of that kind.' : none[filter.pile])}\n${steps(next, terminal)}`;
}

/** What the list was, what it left out, and the next step. */
function closing(
  { filter, shown, total, turns, unsure, first, last, signs }: Told,
  { terminal, earshot, paint }: Telling,
): string {
  const what = {
    flagged: `${needsSentence(turns)}${othersSentence(turns)}`,
    unsure: `Earshot is not sure about ${total}`,
    all: count(total, 'mention'),
  }[filter.pile];
  const head = paint.bold(`${filter.state === undefined ? what : count(total, 'mention')}.`);
  const rest =
    shown < total && shown === filter.limit
      ? ` Shown are ${shown}, and ${total - shown} more: --after m${last} goes on, --limit 0 shows all.`
      : '';
  const next =
    filter.pile === 'unsure'
      ? [
          [`${earshot} mark --unsure`, 'decide them one by one, with a key each'] as const,
          [`${earshot} mark ${first} complaint`, 'decide one; or no-complaint, us, not-us'] as const,
        ]
      : [[`${earshot} show ${first}`, 'one in full, and what to do'] as const, ...perhaps(unsure, earshot)];
  const meaning =
    terminal.lively && signs !== '' ? `${paint.dim(wrapped(signs, Math.min(terminal.columns, 100)))}\n` : '';
  return `${meaning}${wrapped(head + rest, Math.min(terminal.columns, 100))}\n${steps(next, terminal)}`;
}

const perhaps = (unsure: number, earshot: string) =>
  unsure > 0 ? [[`${earshot} list --unsure`, `${unsure} more that Earshot is not sure about`] as const] : [];
