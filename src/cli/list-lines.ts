/** The list as a person reads it: a case on each line, and below them what there is, what the signs mean, and what is next. */
import type { Edges } from '../edges.ts';
import type { MentionFace } from '../face/mention.ts';
import { mentionFace } from '../jobs/mention-face.ts';
import type { Tools } from '../jobs/tools.ts';
import { countQueue, nobodysTurn, type Turns } from '../jobs/turns.ts';
import { countListed, type MentionFilter } from '../store/mention-list.ts';
import type { MentionRow } from '../store/mention-rows.ts';
import { clean, count, readingWidth, steps, widthOf, wrapped } from './format.ts';
import { legend, letterOf, mentionLine, signsOn } from './mention-line.ts';
import { type Telling, tellingOf } from './tell-mention.ts';
import { needsSentence, othersSentence } from './turns.ts';

/** @param found what the filter names, piece by piece */
export async function writeLines(
  edges: Edges,
  tools: Tools,
  filter: MentionFilter,
  found: AsyncIterable<MentionRow[]>,
): Promise<void> {
  const { terminal, signal } = edges;
  const telling = tellingOf(edges, tools);
  const brands = filter.brandIds ? null : brandColumns(tools, terminal);
  let shown = 0;
  let first: string | null = null;
  let last: number | null = null;
  const signs = new Set<string>();
  for await (const rows of found) {
    signal.throwIfAborted();
    const { ordered, before } = await inShownOrder(tools, filter, rows);
    const groups = await inGroups(filter, ordered);
    const lines = groups.flatMap(({ face, others }) => {
      const line = mentionLine(face, telling, brands === null ? null : { text: clean(face.brand), columns: brands });
      const more = filter.pile === 'unsure' ? `and ${others} alike` : `and ${others} more from the same customer`;
      const below = [others === 0 ? null : more, before.get(face.id) ?? null];
      return [line, ...below.flatMap((say) => (say === null ? [] : [telling.paint.dim(`         ${say}`)]))];
    });
    terminal.out(`${lines.join('\n')}\n`);
    for (const one of signsOn(groups.map(({ face }) => face)))
      if (!one.startsWith('+') || ![...signs].some((each) => each.startsWith('+'))) signs.add(one);
    const [top] = groups;
    first ??= top ? letterOf(top.face) : null;
    // What follows is said in the stored order.
    last = rows.at(-1)?.id ?? last;
    shown += rows.length;
  }
  const { after: _, ...all } = filter;
  const queue = filter.pile === 'flagged' && filter.state === undefined;
  const { turns, unsure, total } = await tools.store.read('the list', async (tx) => {
    if (!queue) return { turns: nobodysTurn, unsure: 0, total: await countListed(tx, all) };
    const { flagged: total, ...rest } = await countQueue(tx, all, telling.now);
    return { ...rest, total };
  });
  // An empty list means something only where somebody listened.
  const nothingYet =
    total === 0 && (await tools.store.read('any mention', (tx) => countListed(tx, { pile: 'all' }))) === 0;
  const deaf = nothingYet ? await whyNothing(tools, telling) : null;
  const told = { filter, shown, total, turns, unsure, first, last, signs: legend(signs), deaf };
  terminal.err(`${shown > 0 ? '\n' : ''}${shown === 0 ? nothing(told, telling) : closing(told, telling)}\n`);
}

/** Why an empty list means nothing yet; null where some place was heard. */
async function whyNothing(tools: Tools, telling: Telling) {
  const { watchReports } = await import('../jobs/status.ts');
  const { unheard } = await import('./tell-place.ts');
  return unheard(await watchReports(tools), telling);
}

/**
 * Which mentions stand on a page, and where to go on, the stored order says (urgency, then time); a person reads what is
 * there of the queue in order of priority. Scripts get it as it is stored.
 */
async function inShownOrder(tools: Tools, filter: MentionFilter, rows: MentionRow[]): Promise<Shown> {
  if (filter.pile !== 'flagged' || filter.state !== undefined || rows.length > longestPage)
    return { ordered: rows, before: new Map() };
  const { inPriority } = await import('../jobs/in-priority.ts');
  const inOrder = await tools.store.read('its order', (tx) => inPriority(tools, tx, rows, rows.length));
  const before = inOrder.flatMap(({ row, priority }) => (priority.before ? [[row.id, priority.before] as const] : []));
  return { ordered: inOrder.map(({ row }) => row), before: new Map(before) };
}

interface Shown {
  readonly ordered: readonly MentionRow[];
  /** Of a mention that stands before more urgent ones, why. */
  readonly before: ReadonlyMap<number, string>;
}

/** The queue has one line a case; what is decided one by one is decided once where it says nearly the same. */
async function inGroups({ pile }: MentionFilter, rows: readonly MentionRow[]): Promise<readonly Group[]> {
  if (pile === 'all') return rows.map((row) => ({ face: mentionFace(row), others: 0 }));
  if (pile === 'flagged') {
    const cases = Map.groupBy(rows.map(mentionFace), letterOf);
    return [...cases.values()].flatMap(([face, ...others]) => (face ? [{ face, others: others.length }] : []));
  }
  const { groupAlike } = await import('../jobs/group-alike.ts');
  return groupAlike(rows).map(({ row, others }) => ({ face: mentionFace(row), others: others.length }));
}

/** A line of the list, and how many more stand behind it. */
interface Group {
  readonly face: MentionFace;
  readonly others: number;
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
  readonly deaf: Awaited<ReturnType<typeof whyNothing>>;
  /** What the signs mean. */
  readonly signs: string;
}

/** Not the whole queue: what is counted below it is only what was asked for. */
const isNarrowed = (filter: MentionFilter, but?: keyof MentionFilter) =>
  (['state', 'brandIds', 'source', 'since', 'search', 'after'] as const).some((key) => key !== but && key in filter);

function nothing({ filter, unsure, deaf }: Told, { terminal, earshot, paint }: Telling): string {
  if (deaf) return `${paint.bold(deaf.sentence)}\n${steps([deaf.next], terminal)}`;
  const none = { flagged: 'No complaint waits for you.', unsure: 'Nothing is unsure.', all: 'No mention yet.' };
  const next = [
    ...perhaps(unsure, earshot),
    isNarrowed(filter)
      ? ([`${earshot} list --all`, 'every mention'] as const)
      : ([`${earshot} status`, 'where Earshot has listened'] as const),
  ];
  return `${paint.bold(isNarrowed(filter) ? 'Nothing of that kind.' : none[filter.pile])}\n${steps(next, terminal)}`;
}

/** What the list was, what it left out, and the next step. */
function closing(
  { filter, shown, total, turns, unsure, first, last, signs }: Told,
  { terminal, earshot, paint }: Telling,
): string {
  const queue = `${needsSentence(turns)}${othersSentence(turns)}`;
  const what = {
    // `after` only turns the page.
    flagged: isNarrowed(filter, 'after') ? `Of that kind, ${queue.replace(/^N/, 'n')}` : queue,
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
  const meaning = terminal.lively && signs !== '' ? `${paint.dim(wrapped(signs, readingWidth(terminal)))}\n` : '';
  return `${meaning}${wrapped(head + rest, readingWidth(terminal))}\n${steps(next, terminal)}`;
}

const perhaps = (unsure: number, earshot: string) =>
  unsure > 0 ? [[`${earshot} list --unsure`, `${unsure} more that Earshot is not sure about`] as const] : [];
