/** `earshot collect`: looks now at every place, or at one, and tells what came in. */
import { resolve } from 'node:path';
import { sayLeftOut } from '../../digest/left-out.ts';
import type { Edges } from '../../edges.ts';
import type { RunFace } from '../../face/run.ts';
import { isLost, isOffline, offlineSentence } from '../../insight/offline.ts';
import { collect } from '../../jobs/collect.ts';
import { addCounts, type SetAsideCounts } from '../../jobs/judge-posts.ts';
import { replay } from '../../jobs/replay.ts';
import type { Tools } from '../../jobs/tools.ts';
import { Fault } from '../../net/fault.ts';
import { readOrdinaryFile } from '../../sources/read-file.ts';
import { asCalled } from '../../text/command.ts';
import { jsonText } from '../../text/json.ts';
import type { Watch } from '../../watch.ts';
import { clean, count, leftRoom, type Row, readingWidth, steps, twoColumns, wrapped } from '../format.ts';
import { nearestPlace } from '../place-called.ts';
import { progressLine } from '../progress.ts';
import { readBytes } from '../read-all.ts';
import { type Telling, tellingOf } from '../tell-mention.ts';
import { watchTitle } from '../tell-place.ts';
import { brandIds, momentGiven, withTools } from '../tools.ts';
import { Misuse } from '../trouble.ts';

interface Options {
  readonly config?: string;
  readonly brand?: string;
  readonly source?: string;
  readonly since?: string;
  readonly dryRun?: boolean;
  readonly fromFile?: string;
  readonly json?: boolean;
}

export async function command(edges: Edges, options: Options): Promise<number> {
  const { terminal } = edges;
  return withTools(edges, options, async (opened) => {
    const tools = withPipe(edges, opened);
    const ids = await brandIds(tools, options.brand);
    const heard = tools.watches.filter(
      (watch) => !watch.live && !watch.inbound && (!ids || watch.brands.some((id) => ids.includes(id))),
    );
    const watches = heard.filter((watch) => options.source === undefined || watch.source === options.source);
    if (watches.length === 0)
      throw new Misuse(nothingToHear(options, [...new Set(heard.map((watch) => watch.source))]));
    const since = options.since === undefined ? null : momentGiven(edges, tools, options.since, '--since');
    const telling = tellingOf(edges, tools);
    if (options.fromFile !== undefined) return replayed(edges, options, { tools, watches, telling });
    const titles = new Map(watches.map((watch) => [runKey(tools, watch), watchTitle(watch, telling, tools.brands)]));
    const room = leftRoom([...titles.values()], terminal);
    const dryRun = options.dryRun ?? false;
    const progress = progressLine(terminal, !options.json);
    const tellRun = (run: RunFace) => {
      const title = titles.get(JSON.stringify([run.watch, run.brands])) ?? clean(run.watch);
      const row = rowOf(run, title, telling);
      const told = twoColumns([row], terminal, room);
      if (run.outcome === 'complete') progress.line(told);
      // In a log or a cron job's mail one line is easier to find than three.
      else progress.trouble(terminal.lively ? told : `${row.sign} ${row.left}: ${row.right}`);
    };
    /** Places that nobody could reach wait: when that is all of them, it is said once. */
    const lost: RunFace[] = [];
    progress.say(`Listening in ${count(watches.length, 'place')} …`);
    const runs = await collect(tools, {
      watches,
      since,
      dryRun,
      watched: true,
      byHand: !options.json,
      onRun: (run, done, of) => {
        if (!options.json) isLost(endedWith(run)) ? lost.push(run) : tellRun(run);
        if (done < of) progress.say(`Listening: ${done} of ${of} places …`);
      },
    }).finally(progress.end);
    if (options.json) terminal.out(`${jsonText({ runs }, 2)}\n`);
    else if (isOffline(runs.map(endedWith))) tellOffline(runs.length, telling);
    else {
      lost.forEach(tellRun);
      tellResting(runs, telling);
      tellShownOnly(runs, telling);
      tellUnread(runs, telling);
      if (!runs.every(({ notAsked }) => notAsked)) tellSum(runs, dryRun, telling);
    }
    return runs.some((run) => run.outcome !== 'complete') ? 1 : 0;
  });
}

/** The one command that lets places read what is piped in: once, however many ask. */
function withPipe<Opened extends Tools>(edges: Edges, tools: Opened): Opened {
  if (!edges.stdinPiped) return tools;
  let piped: Promise<Uint8Array> | null = null;
  return { ...tools, files: { ...tools.files, piped: () => (piped ??= readBytes(edges)) } };
}

interface Replaying {
  readonly tools: Tools;
  readonly watches: readonly Watch[];
  readonly telling: Telling;
}

/** Like a look, told as one; what comes in is kept unless it is a dry run. */
async function replayed(edges: Edges, options: Options, { tools, watches, telling }: Replaying): Promise<number> {
  const { terminal } = edges;
  const { fromFile = '', source = '', dryRun = false } = options;
  if (options.since !== undefined) throw new Misuse('A saved answer is read whole: leave out --since.');
  if (source === '')
    throw new Misuse('--from-file wants to know whose answer that is: add --source, as in --source bluesky.');
  const title = tools.sources.find(({ id }) => id === source)?.title ?? source;
  if (asksNobody.includes(source))
    throw new Misuse(
      `${title} is not asked over the web, so it has no answer to save. \`npx earshot import\` takes in posts.`,
    );
  const brands = [...new Set(watches.flatMap((watch) => (watch.scope === 'brand' ? watch.brands : [])))];
  if (brands.length > 1)
    throw new Misuse(`${title} is asked for ${brands.length} brands. Say whose answer that is with --brand.`);
  const answer = await savedAnswer(edges, fromFile);
  const run = await replay(tools, { watches, answer, path: fromFile, dryRun });
  if (run === null) return 1;
  if (options.json) terminal.out(`${jsonText({ runs: [run] }, 2)}\n`);
  else if (run.outcome === 'complete') {
    terminal.out(
      `${twoColumns([rowOf(run, clean(fromFile), telling)], terminal, leftRoom([clean(fromFile)], terminal))}\n`,
    );
    tellShownOnly([run], telling);
    tellUnread([run], telling);
    tellSum([run], dryRun, telling);
  } else {
    const why = run.fault?.kind === 'garbled' ? `is not what ${title} answers` : 'could not be read';
    const words = `${clean(fromFile)} ${why}: ${asCalled(clean(run.fault?.message ?? 'it was stopped'), telling.earshot)}`;
    terminal.err(`${wrapped(words, readingWidth(terminal))}\n`);
  }
  return run.outcome === 'complete' ? 0 : 1;
}

const asksNobody = ['mailbox', 'file', 'webhook'];

async function savedAnswer({ cwd }: Edges, path: string): Promise<Uint8Array> {
  try {
    const answer = await readOrdinaryFile(resolve(cwd, path));
    if (answer.length === 0) throw new Misuse(`${path} is empty: save the whole answer of the platform in it.`);
    return answer;
  } catch (error) {
    if (error instanceof Fault) throw new Misuse(error.message);
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new Misuse(`${path} cannot be read: ${fileTrouble.get(String(error.code)) ?? error.message}.`);
  }
}

const fileTrouble = new Map([
  ['ENOENT', 'there is no such file'],
  ['EISDIR', 'it is a folder'],
  ['EACCES', 'you may not read it'],
]);

const endedWith = ({ source, fault }: RunFace) => ({ source, trouble: fault });

function tellOffline(places: number, { terminal, paint, earshot }: Telling): void {
  terminal.err(`${paint.red('✗')} ${wrapped(offlineSentence(places), readingWidth(terminal) - 2, '  ').trimStart()}\n`);
  terminal.err(`\n${steps([[`${earshot} collect`, 'once this computer is online']], terminal)}\n`);
}

const runKey = ({ brands }: Tools, watch: Watch) =>
  JSON.stringify([`${watch.source} ${watch.key}`, watch.brands.map((id) => brands.get(id)?.name ?? id)]);

function nothingToHear({ source, brand }: Options, used: readonly string[]): string {
  const whose = brand === undefined ? 'The config names' : `${brand} has`;
  if (source === undefined || used.length === 0)
    return `${whose} no place to listen. \`npx earshot sources\` lists them.`;
  const near = nearestPlace(source, used);
  return `${whose} no place called ${source}.${near ? ` Did you mean ${near}?` : ` There are: ${used.join(', ')}.`}`;
}

/** `✓ Bluesky   12 read, 3 new, 1 complaint`. */
function rowOf(run: RunFace, title: string, { paint, earshot, short }: Telling): Row {
  const { outcome, seen, fresh, flagged, fault, notAsked } = run;
  if (notAsked) {
    const heard = notAsked.heardAt === null ? '' : `last heard ${short(Date.parse(notAsked.heardAt))}, `;
    const words = `not asked: ${heard}asked again from ${short(Date.parse(notAsked.until))}`;
    return { sign: paint.dim('–'), left: title, right: words };
  }
  const numbers = [
    seen > 0 ? `${seen} read` : '',
    fresh > 0 ? `${fresh} new` : 'nothing new',
    flagged > 0 ? paint.bold(count(flagged, 'complaint')) : '',
  ];
  const told = numbers.filter(Boolean).join(', ');
  if (outcome === 'complete') return { sign: paint.green('✓'), left: title, right: told };
  const begun = outcome === 'cut-short' ? `${told}; then ` : '';
  return {
    sign: paint.red('✗'),
    left: title,
    right: begun + asCalled(clean(fault?.message ?? 'it was stopped'), earshot),
  };
}

/** Why somebody was not asked: said once, below the places. */
function tellResting(runs: readonly RunFace[], { terminal, paint }: Telling): void {
  if (runs.every(({ notAsked }) => notAsked === null)) return;
  const why =
    'Feeds are asked only as often as their makers wish, and at most four times an hour; a look by hand waits no longer than an hour.';
  terminal.out(`\n${paint.dim(wrapped(why, readingWidth(terminal)))}\n`);
}

/** Figures that their platforms let nobody keep: whoever looks now sees them, and nobody later. */
function tellShownOnly(runs: readonly RunFace[], { terminal, paint }: Telling): void {
  const figures = runs.flatMap(({ ratings }) => ratings.filter(({ kept }) => !kept));
  if (figures.length === 0) return;
  const rows = figures.map(({ platform, place, value, scale, count: of, url }) => ({
    sign: paint.yellow('★'),
    left: clean(`${place} on ${platform}`),
    right: `${Math.round(value * 100) / 100} of ${scale}${of === null ? '' : `, from ${count(of, 'rating')}`}`,
    below: clean(url ?? ''),
  }));
  const why = 'Stars to see now, kept nowhere: these platforms do not allow it.';
  terminal.out(`\n${wrapped(why, readingWidth(terminal))}\n${twoColumns(rows, terminal)}\n`);
}

const toldLines = 10;

/** What is wrong in a file its owner can mend; what a platform sends, nobody here can. */
function tellUnread(runs: readonly RunFace[], { terminal, paint }: Telling): void {
  for (const { source, watch, unread } of runs) {
    if (source !== 'file' || unread.length === 0) continue;
    const width = readingWidth(terminal);
    const lines = unread.slice(0, toldLines).map((sentence) => wrapped(clean(sentence), width, '    ').slice(2));
    const more = unread.length > toldLines ? ['  … and more.'] : [];
    const head = wrapped(`Look at these lines of ${clean(watch.slice(source.length + 1))}:`, width);
    terminal.err(`${['', `${paint.yellow('!')} ${head}`, ...lines, ...more].join('\n')}\n`);
  }
}

function tellSum(runs: readonly RunFace[], dryRun: boolean, { terminal, paint, earshot }: Telling): void {
  const sum = (of: (run: RunFace) => number) => runs.reduce((total, run) => total + of(run), 0);
  const failed = runs.filter((run) => run.outcome !== 'complete').length;
  const flagged = sum((run) => run.flagged);
  const fresh = count(
    sum((run) => run.fresh),
    'new mention',
  );
  const numbers = `${fresh}, ${count(flagged, 'complaint')}.`;
  const leftOut = sayLeftOut(runs.reduce<SetAsideCounts>((all, run) => addCounts(all, run.setAside), {}));
  terminal.out(`\n${paint.bold(dryRun ? `Nothing was kept. There would be ${numbers}` : numbers)}\n`);
  if (leftOut.length > 0)
    terminal.out(`${paint.dim(wrapped(`Left out: ${leftOut.join(' ')}`, readingWidth(terminal)))}\n`);
  const next = [
    ...(failed > 0
      ? [[`${earshot} status`, `why ${count(failed, 'place')} could not be read to the end`] as const]
      : []),
    ...(dryRun ? [] : [[`${earshot} list`, 'what needs you'] as const]),
  ];
  if (next.length > 0) terminal.err(`${steps(next, terminal)}\n`);
}
