/** What looks came to, as a person reads it: a row for each place, and below them what all of them brought. */
import { sayLeftOut } from '../digest/left-out.ts';
import type { RunFace } from '../face/run.ts';
import { offlineSentence } from '../insight/offline.ts';
import { addCounts, type SetAsideCounts } from '../jobs/judge-posts.ts';
import { asCalled } from '../text/command.ts';
import { clean, count, type Row, readingWidth, steps, twoColumns, wrapped } from './format.ts';
import type { Telling } from './tell-mention.ts';

/** No place could be reached: said once for all of them. */
export function tellOffline(places: number, { terminal, paint, earshot }: Telling): void {
  terminal.err(`${paint.red('✗')} ${wrapped(offlineSentence(places), readingWidth(terminal) - 2, '  ').trimStart()}\n`);
  terminal.err(`\n${steps([[`${earshot} collect`, 'once this computer is online']], terminal)}\n`);
}

/** `✓ Bluesky   12 read, 3 new, 1 complaint`. */
export function runRow(run: RunFace, title: string, { paint, earshot, short }: Telling): Row {
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
export function tellResting(runs: readonly RunFace[], { terminal, paint }: Telling): void {
  if (runs.every(({ notAsked }) => notAsked === null)) return;
  const why =
    'Feeds are asked only as often as their makers wish, and at most four times an hour; a look by hand waits no longer than an hour.';
  terminal.out(`\n${paint.dim(wrapped(why, readingWidth(terminal)))}\n`);
}

/** Figures that their platforms let nobody keep: whoever looks now sees them, and nobody later. */
export function tellShownOnly(runs: readonly RunFace[], { terminal, paint }: Telling): void {
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
export function tellUnread(runs: readonly RunFace[], { terminal, paint }: Telling): void {
  for (const { source, watch, unread } of runs) {
    if (source !== 'file' || unread.length === 0) continue;
    const width = readingWidth(terminal);
    const lines = unread.slice(0, toldLines).map((sentence) => wrapped(clean(sentence), width, '    ').slice(2));
    const more = unread.length > toldLines ? ['  … and more.'] : [];
    const head = wrapped(`Look at these lines of ${clean(watch.slice(source.length + 1))}:`, width);
    terminal.err(`${['', `${paint.yellow('!')} ${head}`, ...lines, ...more].join('\n')}\n`);
  }
}

/** What came in, what was left out, and what is next. */
export function tellSum(runs: readonly RunFace[], dryRun: boolean, { terminal, paint, earshot }: Telling): void {
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
