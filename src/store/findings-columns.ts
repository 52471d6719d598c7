/** Findings as columns of `mentions`, there and back. */
import type { Selectable } from 'kysely';
import type { ComplaintVerdict, Findings, Reason, RelevanceVerdict, SentimentLabel } from '../mention.ts';
import type { MentionsTable } from './tables.ts';
import { rankOf, urgencyOf } from './urgency-rank.ts';

export const findingsColumnNames = [
  'language',
  'relevance',
  'relevance_probability',
  'sentiment',
  'sentiment_score',
  'complaint',
  'complaint_probability',
  'severity',
  'urgency',
  'topics',
  'praise',
  'resolved',
  'reasons',
  'doubtful',
  'version',
] as const;
export type FindingsColumns = Pick<Selectable<MentionsTable>, (typeof findingsColumnNames)[number]>;

export function findingsColumns(findings: Findings): FindingsColumns {
  return {
    language: findings.language,
    relevance: findings.relevance.verdict,
    relevance_probability: findings.relevance.probability,
    sentiment: findings.sentiment.label,
    sentiment_score: findings.sentiment.score,
    complaint: findings.complaint.verdict,
    complaint_probability: findings.complaint.probability,
    severity: findings.severity,
    urgency: rankOf(findings.urgency),
    topics: JSON.stringify(findings.topics),
    praise: findings.praise ? 1 : 0,
    resolved: findings.resolved ? 1 : 0,
    reasons: JSON.stringify(findings.reasons.map(shortReason)),
    doubtful: findings.doubtful ? 1 : 0,
    version: findings.version,
  };
}

export function findingsOf(row: FindingsColumns): Findings {
  return {
    language: row.language,
    relevance: { verdict: row.relevance as RelevanceVerdict, probability: row.relevance_probability },
    sentiment: { label: row.sentiment as SentimentLabel, score: row.sentiment_score },
    complaint: { verdict: row.complaint as ComplaintVerdict, probability: row.complaint_probability },
    severity: row.severity,
    urgency: urgencyOf(row.urgency),
    topics: JSON.parse(row.topics) as string[],
    praise: row.praise === 1,
    resolved: row.resolved === 1,
    reasons: reasonsOf(row.reasons),
    doubtful: row.doubtful === 1,
    version: row.version,
  };
}

export function sameFindings(one: FindingsColumns, other: FindingsColumns): boolean {
  return findingsColumnNames.every((name) => one[name] === other[name]);
}

/**
 * Reasons are most of what is stored of a mention, so their keys are left out: of, rule, field, weight, and where.
 * Whoever changes this form raises the version of the rules, so that what is stored is judged again.
 */
type ShortReason = readonly [Reason['of'], string, Reason['field'], number, number?, number?];

function shortReason({ of, rule, field, at, weight }: Reason): ShortReason {
  return at === null ? [of, rule, field, weight] : [of, rule, field, weight, at[0], at[1]];
}

/** One in another version's form is left out: the mention is worth more than its reasons, and is judged again anyway. */
function reasonsOf(text: string): Reason[] {
  const stored: unknown = JSON.parse(text);
  return (Array.isArray(stored) ? stored : []).filter(isShortReason).map(reasonOf);
}

function isShortReason(stored: unknown): stored is ShortReason {
  if (!Array.isArray(stored) || stored.length < 4) return false;
  return stored.every((part, place) => typeof part === (place < 3 ? 'string' : 'number'));
}

function reasonOf([of, rule, field, weight, start, end]: ShortReason): Reason {
  return { of, rule, field, at: start === undefined || end === undefined ? null : [start, end], weight };
}
