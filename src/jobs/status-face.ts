/** Where things stand, as `status --json` and scripts see it. */
import type { StatusFace } from '../face/status.ts';
import { fixes, healthSentence, isListening, type WatchReport, watchState } from '../insight/health.ts';
import type { PreciseStanding } from './how-judged.ts';
import type { Standing } from './standing.ts';
import type { Tools } from './tools.ts';

export async function statusFace(
  tools: Tools,
  reports: readonly WatchReport[],
  stands: Standing,
  precise: PreciseStanding,
): Promise<StatusFace> {
  const now = tools.clock.now();
  const { flagged, overdue, unsure, mentions } = stands;
  return {
    queue: { flagged, overdue, unsure, mentions },
    places: reports.map((report) => ({
      watch: `${report.watch.source} ${report.watch.key}`,
      source: report.watch.source,
      brands: report.watch.brands.map((id) => tools.brands.get(id)?.name ?? id),
      state: watchState(report, now),
      sentence: healthSentence(report, now, tools.config.timezone, ''),
      fix: report.fault ? fixes[report.fault.kind] : null,
      lastGoodAt: iso(report.lastGoodAt),
      lastNewAt: iso(report.lastNewAt),
      lastTriedAt: iso(report.lastTriedAt),
      listeningSince: isListening(report, now) ? iso(report.listeningSince) : null,
      gap: report.gap && { from: iso(report.gap.from), to: iso(report.gap.to) },
      connectionEndsAt: iso(report.endsAt ?? null),
      fault: report.fault && {
        kind: report.fault.kind,
        message: report.fault.message,
        since: iso(report.fault.since),
        retryAt: iso(report.fault.retryAt),
      },
    })),
    leftBehind: stands.leftBehind.map(({ id, name, openCases }) => ({ brand: name, id, openCases })),
    judge: (await tools.judging()).knowledge.version,
    precise,
    secondOpinion: stands.second && {
      ...stands.second,
      trouble: stands.second.trouble && {
        sentence: stands.second.trouble.sentence,
        at: iso(stands.second.trouble.at),
        askedAgainAt: iso(stands.second.trouble.askedAgainAt),
      },
    },
    spending: stands.spending.map(({ source, account, spent, most, currency }) => ({
      ...{ source, account, spent, most, currency },
    })),
    mails: stands.mails.map(({ recipient, forDay, sentAt, trouble, nextTryAt }) => ({
      ...{ recipient, forDay, sentAt: iso(sentAt), trouble, nextTryAt: iso(nextTryAt) },
    })),
  };
}

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
