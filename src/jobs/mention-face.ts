/** A stored mention as `--json`, export, lists and mails see it; reasons are quoted here, since only posts hold words. */
import type { MentionFace } from '../face/mention.ts';
import type { Reason } from '../mention.ts';
import type { MentionRow } from '../store/mention-rows.ts';

export function mentionFace(row: MentionRow): MentionFace {
  const { post, findings, marks } = row;
  const { relevance, complaint } = findings;
  return {
    id: row.id,
    brand: row.brand.name,
    source: post.source,
    externalId: post.externalId,
    url: post.url,
    place: post.place,
    places: row.places.map(({ source, externalId, url, publishedAt }) => ({
      source,
      externalId,
      url,
      publishedAt: iso(publishedAt),
    })),
    author: post.author,
    title: post.title,
    text: post.text,
    language: findings.language,
    publishedAt: iso(post.publishedAt),
    firstSeenAt: new Date(row.firstSeenAt).toISOString(),
    rating: post.rating,
    engagement: post.engagement,
    relevance:
      marks.us === null
        ? relevance
        : { verdict: marks.us === 'us' ? 'about' : 'other', probability: marks.us === 'us' ? 1 : 0 },
    sentiment: findings.sentiment,
    complaint:
      marks.complaint === null
        ? complaint
        : {
            verdict: marks.complaint === 'complaint' ? 'complaint' : 'none',
            probability: marks.complaint === 'complaint' ? 1 : 0,
          },
    severity: findings.severity,
    urgency: marks.urgent ? 'critical' : findings.urgency,
    topics: [...findings.topics],
    reasons: findings.reasons.map((reason) => reasonFace(reason, row)),
    case: row.case && {
      id: row.case.id,
      state: row.case.state,
      owner: row.case.owner,
      dueAt: iso(row.case.dueAt),
      snoozedUntil: iso(row.case.snoozedUntil),
    },
  };
}

export function reasonFace(
  reason: Reason,
  { post }: { readonly post: { readonly text: string; readonly title: string | null; readonly url: string | null } },
) {
  const fields: Partial<Record<Reason['field'], string | null>> = { text: post.text, title: post.title, url: post.url };
  const whole = fields[reason.field] ?? null;
  return {
    of: reason.of,
    rule: reason.rule,
    evidence: whole !== null && reason.at !== null ? whole.slice(reason.at[0], reason.at[1]) : null,
    at: reason.field === 'text' && reason.at !== null ? ([reason.at[0], reason.at[1]] as [number, number]) : null,
    weight: reason.weight,
    in: reason.field,
  };
}

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
