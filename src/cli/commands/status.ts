/** `earshot status`: where things stand: the queue, every place in plain words, the mail. */

import { sayMoment } from '../../digest/local-time.ts';
import type { Edges } from '../../edges.ts';
import { fixes, healthSentence, type WatchReport, watchState } from '../../insight/health.ts';
import { type Standing, standing } from '../../jobs/standing.ts';
import { watchReports } from '../../jobs/status.ts';
import type { Tools } from '../../jobs/tools.ts';
import { clean, coloursOf, count, toWidth, wrapped } from '../format.ts';
import { withTools } from '../tools.ts';

interface Options {
  readonly config?: string;
  readonly json?: boolean;
}

export async function command(edges: Edges, options: Options): Promise<number> {
  return withTools(edges, options, async (tools) => {
    const reports = await watchReports(tools);
    const now = edges.clock.now();
    const stands = await standing(tools);
    const { knowledge } = await tools.judging();
    edges.terminal.out(
      options.json
        ? `${JSON.stringify(statusFace(reports, stands, tools, now, knowledge.version), null, 2)}\n`
        : `${said(edges, tools, reports, stands, knowledge.version)}\n`,
    );
    return 0;
  });
}

function said(edges: Edges, tools: Tools, reports: readonly WatchReport[], stands: Standing, judge: string): string {
  const { terminal } = edges;
  const now = edges.clock.now();
  const { timezone } = tools.config;
  const paint = coloursOf(terminal);
  const say = (at: number) => sayMoment(at, now, timezone);
  const signs = {
    fresh: paint.green('✓'),
    quiet: paint.yellow('·'),
    limited: paint.yellow('…'),
    blind: paint.red('✗'),
    'never-worked': paint.red('✗'),
  };
  const lines = [
    `${count(stands.flagged, 'complaint')} in the queue, ${stands.overdue} late; ${stands.unsure} unsure; ${count(stands.mentions, 'mention')} in all.`,
    '',
  ];
  for (const report of reports) {
    const name = `${report.title} ${clean(report.watch.key)}`;
    const sentence = clean(healthSentence(report, now, timezone));
    const state = watchState(report, now);
    lines.push(`${signs[state]} ${toWidth(name, 34)} ${sentence}`);
    if (report.fault && state !== 'limited')
      lines.push(wrapped(clean(report.fault.message), Math.min(terminal.columns, 100), '    '));
  }
  if (reports.length === 0) lines.push('No place to listen yet: `npx earshot sources` lists them.');
  lines.push('', `Judged by: the fast judge (${judge}).`);
  for (const mail of stands.mails) {
    lines.push(
      mail.sentAt === null
        ? `Mail to ${clean(mail.recipient)} waits: ${clean(mail.trouble ?? 'not tried yet')}`
        : `Mail to ${clean(mail.recipient)} went out ${say(mail.sentAt)}.`,
    );
  }
  if (stands.mails.length === 0) lines.push('No daily mail has gone out yet.');
  return lines.join('\n');
}

function statusFace(reports: readonly WatchReport[], stands: Standing, tools: Tools, now: number, judge: string) {
  const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  return {
    places: reports.map((report) => ({
      watch: `${report.watch.source} ${report.watch.key}`,
      source: report.watch.source,
      brands: report.watch.brands.map((id) => tools.brands.get(id)?.name ?? id),
      state: watchState(report, now),
      sentence: healthSentence(report, now, tools.config.timezone),
      fix: report.fault ? fixes[report.fault.kind] : null,
      lastGoodAt: iso(report.lastGoodAt),
      lastNewAt: iso(report.lastNewAt),
      lastTriedAt: iso(report.lastTriedAt),
      fault: report.fault && {
        kind: report.fault.kind,
        message: report.fault.message,
        since: iso(report.fault.since),
        retryAt: iso(report.fault.retryAt),
      },
    })),
    queue: { flagged: stands.flagged, overdue: stands.overdue, unsure: stands.unsure, mentions: stands.mentions },
    judge,
    mails: stands.mails.map((mail) => ({ ...mail, sentAt: iso(mail.sentAt) })),
  };
}
