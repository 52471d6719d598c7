/** `earshot` alone: where things stand, and the next command. */
import { existsSync } from 'node:fs';
import { configPath } from '../../app.ts';
import type { Edges } from '../../edges.ts';
import { type WatchReport, watchState } from '../../insight/health.ts';
import { sayLeftBehind } from '../../jobs/left-behind.ts';
import { standing as readStanding, type Standing } from '../../jobs/standing.ts';
import { watchReports } from '../../jobs/status.ts';
import { asCalled } from '../../text/command.ts';
import { clean, coloursOf, count, readingWidth, steps, wrapped } from '../format.ts';
import { type Telling, tellingOf } from '../tell-mention.ts';
import { unheard } from '../tell-place.ts';
import { withTools } from '../tools.ts';
import { needsSentence, othersSentence } from '../turns.ts';

type Step = readonly [words: string, why: string];

/** @param config as it was given with `--config` */
export async function standing(edges: Edges, config: string | undefined): Promise<number> {
  const { terminal } = edges;
  if (config === undefined && !existsSync(configPath(edges, undefined))) {
    const strong = coloursOf(terminal).bold;
    const next: readonly Step[] = [
      ['npx earshot demo', 'see it work on invented posts'],
      ['npx earshot try "Your Name"', 'ask every open place about your name'],
      ['npx earshot init', 'a few questions, then it listens for you'],
      ['npx earshot sources', 'where it can listen'],
      ['npx earshot --help', 'everything it can do'],
    ];
    terminal.out(
      `${strong(wrapped('Earshot hears what people say in public about your business, and finds the complaints.', terminal.columns))}\n\n${steps(next, terminal)}\n`,
    );
    return 0;
  }
  return withTools(edges, { config }, async (tools) => {
    const stands = await readStanding(tools);
    const reports = await watchReports(tools);
    const telling = tellingOf(edges, tools);
    const left = sayLeftBehind(stands.leftBehind, tools.config.brands);
    const also = left === null ? '' : `\n${wrapped(asCalled(clean(left), telling.earshot), readingWidth(terminal))}`;
    terminal.out(
      `${headline(stands, reports, telling)}${also}\n\n${steps(nextSteps(stands, reports, telling), terminal)}\n`,
    );
    return 0;
  });
}

const neverLooked = (reports: readonly WatchReport[]) => reports.every((report) => report.lastTriedAt === null);

function headline(stands: Standing, reports: readonly WatchReport[], { paint, earshot }: Telling): string {
  const deaf = stands.mentions === 0 ? unheard(reports, { earshot }) : null;
  if (deaf) return paint.bold(deaf.sentence);
  if (stands.flagged === 0)
    return `${paint.bold('No complaint waits for you')}; ${count(stands.mentions, 'mention')} so far.`;
  const late = stands.overdue > 0 ? `, ${paint.bold(paint.red(`${stands.overdue} late`))}` : '';
  return `${paint.bold(needsSentence(stands.turns))}${late}${othersSentence(stands.turns)}.`;
}

function nextSteps(stands: Standing, reports: readonly WatchReport[], { now, earshot }: Telling): Step[] {
  const deaf = reports.filter(
    (report) => ['blind', 'never-worked'].includes(watchState(report, now)) && report.lastTriedAt !== null,
  ).length;
  const steps: Step[] = [];
  if (reports.length === 0) steps.push([`${earshot} sources`, 'where it can listen']);
  else if (neverLooked(reports))
    steps.push([`${earshot} collect`, 'listen now'], [`${earshot} start`, 'keep listening']);
  if (stands.flagged > 0)
    steps.push([
      `${earshot} list`,
      stands.turns.ours > 0 ? 'what needs you, most urgent first' : 'what waits for the customer, and what is put off',
    ]);
  if (stands.unsure > 0) steps.push([`${earshot} list --unsure`, `${stands.unsure} that Earshot is not sure about`]);
  if (deaf > 0)
    steps.push([
      `${earshot} status`,
      deaf === reports.length ? 'why no place could be read' : `why ${count(deaf, 'place')} could not be read`,
    ]);
  steps.push([`${earshot} --help`, 'everything it can do']);
  return steps;
}
