/** How bad it is, from 0 (a shrug) to 4 (somebody was hurt), and how soon somebody should look. */
import { type Findings, firstSeenRule, type Post, type Reason, type Urgency } from '../mention.ts';
import { type Cue, isTold } from './cues.ts';
import type { Evidence } from './judges/fast.ts';
import type { Reading } from './reading.ts';
import { reasonOf, soundsGrave } from './reasons.ts';

export interface Severity {
  readonly severity: number;
  readonly urgency: Urgency;
  readonly reasons: readonly Reason[];
}

/** Of a learnt figure for how bad it is, how much is the matter itself; the rest is how hard the writer reproaches. */
export const matterShare = 0.6;
const usual = 1.2;
/** Somebody gave one or two stars of five: more than a shrug, whatever the words. */
const withFewStars = 1.6;
/** Urgency from this severity on. */
export const criticalFrom = 3.5;
const highFrom = 2.5;
const normalFrom = 1.2;
/** Results on the first page of a search: more than that hardly anybody looks at. */
const firstPage = 10;

/** A new customer who searches for the brand sees this on the first page. */
export function isSeenFirst({ searchRank }: Post, name: string | undefined): boolean {
  return searchRank !== undefined && searchRank.rank <= firstPage && searchRank.words === name;
}

/** What was concluded of a complaint, now that new customers see it first; the same where that changes nothing. */
export function asSeenFirst(findings: Findings): Findings {
  const { complaint, severity, reasons } = findings;
  if (complaint.verdict !== 'complaint' || reasons.some(({ rule }) => rule === firstSeenRule)) return findings;
  const raised = Math.max(severity, highFrom);
  return { ...findings, severity: raised, urgency: urgencyOf(raised), reasons: [...reasons, seenFirstReason] };
}

/**
 * The gravest thing told sets the figure; more that is told and a raised voice add a little, a kind word takes some off. What
 * other judges say weighs more, but what may have hurt somebody stays critical whatever they say, a complaint that new
 * customers see first, and what always rises, is high at least, and few stars are never a shrug. What others than we did is nothing to us.
 */
export function judgeSeverity(
  complaint: 'complaint' | 'unsure' | 'none',
  evidence: readonly Evidence[],
  reading: Reading,
  learnt: number | null,
  opinions: readonly (number | null)[],
  seenFirst: boolean,
): Severity {
  if (complaint === 'none') return { severity: 0, urgency: 'low', reasons: [] };
  const told = evidence.filter(
    ({ cue, weight }) => cue !== null && weight > 0 && cue.severity > 0 && cue.target !== 'them',
  );
  const order = [...told].sort((a, b) => (b.cue?.severity ?? 0) - (a.cue?.severity ?? 0));
  const gravest = order[0]?.cue ?? null;
  const beside = new Set(told.map(({ rule }) => rule)).size - 1;
  const loud = reading.tokens.some((token) => token.loud) || reading.exclaimed.size > 0;
  const kind = evidence.some(({ cue, weight }) => cue?.kind === 'praise' && weight < 0);
  const least = evidence.some(({ rule, weight }) => rule === 'few stars' && weight > 2) ? withFewStars : 0;
  const own =
    Math.max(least, gravest?.severity ?? usual) +
    Math.min(0.5, Math.max(0, beside - 1) * 0.25) +
    (loud ? 0.2 : 0) -
    (kind ? 0.4 : 0);
  const capped =
    gravest && gravest.severity >= criticalFrom ? Math.min(4, Math.max(criticalFrom, own)) : Math.min(3.4, own);
  const floor = gravest && gravest.severity >= criticalFrom ? criticalFrom : 0;
  const risen = complaint === 'complaint' && told.some(({ cue }) => cue?.rises && isTold(cue)) ? highFrom : 0;
  const shown = seenFirst && complaint === 'complaint' ? highFrom : 0;
  const severity = Math.max(floor, risen, shown, least, weighed(ownFigure(gravest, capped, learnt), opinions));
  const urgency = urgencyOf(
    complaint === 'unsure' && severity < criticalFrom ? Math.min(severity, highFrom - 0.1) : severity,
  );
  const reasons = soonReasons(gravest, severity, urgency, reading);
  return { severity, urgency, reasons: shown > 0 ? [...reasons, seenFirstReason] : reasons };
}

const seenFirstReason: Reason = { of: 'urgency', rule: firstSeenRule, field: 'url', at: null, weight: highFrom };

/** Where the word lists know nothing grave of it, what was learnt stands alone; else both count alike. */
function ownFigure(gravest: Cue | null, listed: number, learnt: number | null): number {
  if (learnt === null) return listed;
  return gravest === null ? learnt : (listed + learnt) / 2;
}

/** A slow judge's figure counts twice ours; one place behind the point. */
function weighed(own: number, opinions: readonly (number | null)[]): number {
  const given = opinions.filter((each) => each !== null);
  const sum = own + given.reduce((total, each) => total + 2 * each, 0);
  return Math.round((sum / (1 + 2 * given.length)) * 10) / 10;
}

/** Whatever made it urgent is said: the gravest thing told, or that it is the whole of it. */
function soonReasons(cue: Cue | null, severity: number, urgency: Urgency, reading: Reading): readonly Reason[] {
  const soon = urgency === 'high' || urgency === 'critical';
  const grave = cue && reasonOf('severity', cue, cue.severity, reading);
  const whole: Reason = { of: 'urgency', rule: soundsGrave, field: 'text', at: null, weight: severity };
  const why =
    grave && grave.weight >= normalFrom ? { ...whole, ...grave, of: 'urgency' as const, weight: severity } : whole;
  return [...(grave ? [grave] : []), ...(soon ? [why] : [])];
}

function urgencyOf(severity: number): Urgency {
  if (severity >= criticalFrom) return 'critical';
  if (severity >= highFrom) return 'high';
  return severity >= normalFrom ? 'normal' : 'low';
}
