/** `earshot` alone: where things stand, and the next command. */
import { existsSync } from 'node:fs';
import { configPath } from '../../app.ts';
import type { Edges } from '../../edges.ts';
import { watchState } from '../../insight/health.ts';
import { standing as readStanding } from '../../jobs/standing.ts';
import { watchReports } from '../../jobs/status.ts';
import { coloursOf, count } from '../format.ts';
import { withTools } from '../tools.ts';

export async function standing(edges: Edges): Promise<number> {
  const { terminal } = edges;
  if (!existsSync(configPath(edges, undefined))) {
    terminal.out(
      [
        'Earshot hears what people say in public about your business, and finds the complaints.',
        '',
        '  npx earshot demo     see it work on invented posts, without the Internet',
        '  npx earshot sources  where it can listen',
        '',
        'To make it yours, copy config/earshot.example.yaml to config/earshot.yaml, put in your name,',
        'and let `npx earshot check` tell what is missing. `npx earshot --help` shows everything.',
        '',
      ].join('\n'),
    );
    return 0;
  }
  return withTools(edges, {}, async (tools) => {
    const stands = await readStanding(tools);
    const reports = await watchReports(tools);
    const now = edges.clock.now();
    const deaf = reports.filter(
      (report) => ['blind', 'never-worked'].includes(watchState(report, now)) && report.lastTriedAt !== null,
    ).length;
    const never = reports.every((report) => report.lastTriedAt === null);
    const strong = coloursOf(terminal).bold;
    const lines: string[] = [];
    if (never)
      lines.push('Earshot has not listened yet: `npx earshot collect` does it now, `npx earshot start` keeps at it.');
    else if (stands.flagged > 0) {
      const late = stands.overdue > 0 ? `, ${stands.overdue} late` : '';
      lines.push(
        `${strong(count(stands.flagged, 'complaint needs you', 'complaints need you'))}${late}: \`npx earshot list\`.`,
      );
    } else lines.push(`No complaint waits for you; ${count(stands.mentions, 'mention')} so far.`);
    if (stands.unsure > 0) lines.push(`Earshot is not sure about ${stands.unsure}: \`npx earshot list --unsure\`.`);
    if (deaf > 0) lines.push(`${count(deaf, 'place')} could not be read: \`npx earshot status\` says why.`);
    lines.push('`npx earshot --help` shows everything.');
    terminal.out(`${lines.join('\n')}\n`);
    return 0;
  });
}
