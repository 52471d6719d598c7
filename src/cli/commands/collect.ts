/** `earshot collect`: looks now at every place, or at one, and tells what came in. */
import { resolve } from 'node:path';
import type { Edges } from '../../edges.ts';
import type { RunFace } from '../../face/run.ts';
import { isLost, isOffline } from '../../insight/offline.ts';
import { collect } from '../../jobs/collect.ts';
import { replay } from '../../jobs/replay.ts';
import type { Tools } from '../../jobs/tools.ts';
import { Fault } from '../../net/fault.ts';
import { readOrdinaryFile } from '../../sources/read-file.ts';
import { asCalled } from '../../text/command.ts';
import { jsonText } from '../../text/json.ts';
import type { Watch } from '../../watch.ts';
import { clean, count, leftRoom, readingWidth, twoColumns, wrapped } from '../format.ts';
import { nearestPlace } from '../place-called.ts';
import { progressLine } from '../progress.ts';
import { readBytes } from '../read-all.ts';
import { type Telling, tellingOf } from '../tell-mention.ts';
import { watchTitle } from '../tell-place.ts';
import { runRow, tellOffline, tellResting, tellShownOnly, tellSum, tellUnread } from '../tell-run.ts';
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
      const row = runRow(run, title, telling);
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
      `${twoColumns([runRow(run, clean(fromFile), telling)], terminal, leftRoom([clean(fromFile)], terminal))}\n`,
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

const runKey = ({ brands }: Tools, watch: Watch) =>
  JSON.stringify([`${watch.source} ${watch.key}`, watch.brands.map((id) => brands.get(id)?.name ?? id)]);

function nothingToHear({ source, brand }: Options, used: readonly string[]): string {
  const whose = brand === undefined ? 'The config names' : `${brand} has`;
  if (source === undefined || used.length === 0)
    return `${whose} no place to listen. \`npx earshot sources\` lists them.`;
  const near = nearestPlace(source, used);
  return `${whose} no place called ${source}.${near ? ` Did you mean ${near}?` : ` There are: ${used.join(', ')}.`}`;
}
