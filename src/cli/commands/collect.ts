/** `earshot collect`: looks now at every place, or at one, and tells what came in. */
import type { Edges } from '../../edges.ts';
import type { RunFace } from '../../face/run.ts';
import { collect } from '../../jobs/collect.ts';
import { clean, coloursOf, count, toWidth } from '../format.ts';
import { progressLine } from '../progress.ts';
import { nearestOf } from '../right-word.ts';
import { brandIds, momentGiven, withTools } from '../tools.ts';
import { Misuse } from '../trouble.ts';

interface Options {
  readonly config?: string;
  readonly brand?: string;
  readonly source?: string;
  readonly since?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

export async function command(edges: Edges, options: Options): Promise<number> {
  const { terminal } = edges;
  return withTools(edges, options, async (tools) => {
    const ids = await brandIds(tools, options.brand);
    const watches = tools.watches.filter(
      (watch) =>
        (options.source === undefined || watch.source === options.source) &&
        (!ids || watch.brands.some((id) => ids.includes(id))),
    );
    if (watches.length === 0)
      throw new Misuse(nothingToHear(options, [...new Set(tools.watches.map((watch) => watch.source))]));
    const since = options.since === undefined ? null : momentGiven(edges, tools, options.since, '--since');
    const progress = progressLine(terminal, !options.json);
    progress.say(`Listening in ${count(watches.length, 'place')} …`);
    const runs = await collect(tools, {
      watches,
      since,
      dryRun: options.dryRun ?? false,
      onRun: (run, done, of) => {
        if (!options.json) progress.line(runLine(run, edges));
        progress.say(`Listening: ${done} of ${of} places …`);
      },
    });
    progress.end();
    if (options.json) terminal.out(`${JSON.stringify({ runs }, null, 2)}\n`);
    else terminal.err(`\n${summary(runs, options.dryRun ?? false)}\n`);
    return runs.some((run) => run.outcome !== 'complete') ? 1 : 0;
  });
}

function nothingToHear({ source, brand }: Options, used: readonly string[]): string {
  if (source === undefined) return 'The config names no place to listen. `npx earshot sources` lists them.';
  const near = nearestOf(source, used);
  const whose = brand === undefined ? 'No brand' : `${brand} does not`;
  return `${whose} listens at ${source}.${near ? ` Did you mean ${near}?` : ` In the config are: ${used.join(', ')}.`}`.replace(
    'does not listens',
    'does not listen',
  );
}

/** `✓ bluesky "Blue Door"   12 seen, 3 new, 1 complaint`. */
function runLine(run: RunFace, { terminal }: Edges): string {
  const paint = coloursOf(terminal);
  const room = Math.max(20, Math.min(terminal.columns, 120) - 42);
  const sign = run.outcome === 'complete' ? paint.green('✓') : paint.red('✗');
  const told = run.fault
    ? clean(run.fault.message)
    : [
        `${run.seen} seen`,
        run.fresh > 0 ? `${run.fresh} new` : '',
        run.flagged > 0 ? paint.bold(count(run.flagged, 'complaint')) : '',
      ]
        .filter(Boolean)
        .join(', ');
  return run.fault ? `${sign} ${clean(run.watch)}\n    ${told}` : `${sign} ${toWidth(clean(run.watch), room)} ${told}`;
}

function summary(runs: readonly RunFace[], dryRun: boolean): string {
  const sum = (of: (run: RunFace) => number) => runs.reduce((total, run) => total + of(run), 0);
  const failed = runs.filter((run) => run.outcome !== 'complete').length;
  const kept = dryRun ? 'Nothing was kept. Would be new: ' : '';
  const lines = [
    `${kept}${count(
      sum((run) => run.fresh),
      'new mention',
    )}, ${count(
      sum((run) => run.flagged),
      'complaint',
    )}.`,
  ];
  if (failed > 0)
    lines.push(`${count(failed, 'place')} could not be read to the end: \`npx earshot status\` says what to do.`);
  lines.push('`npx earshot list` shows what needs you.');
  return lines.join(' ');
}
