/** A stored mention as `--json`, export, lists and mails see it; reasons are quoted here, since only posts hold words. */
import type { MentionFace } from '../face/mention.ts';
import { barePost, type Reason } from '../mention.ts';
import type { MentionRow } from '../store/mention-rows.ts';
import type { StoredPost } from '../store/stored-posts.ts';

export function mentionFace(row: MentionRow): MentionFace {
  const { post, findings, marks } = row;
  const { relevance, complaint } = findings;
  const isOfOthers = marks.us === null ? relevance.verdict === 'other' : marks.us === 'not-us';
  const isRefused = marks.complaint === 'no-complaint';
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
    words: post.words === 'kept' ? 'kept' : post.goneAt === null ? 'not-kept' : 'taken-away',
    language: findings.language,
    publishedAt: iso(post.publishedAt),
    firstSeenAt: new Date(row.firstSeenAt).toISOString(),
    rating: post.rating,
    searchRank: firstOf(row.places),
    answer: post.answer ? { text: post.answer.text, at: iso(post.answer.at) } : null,
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
    severity: isRefused ? 0 : findings.severity,
    urgency: marks.urgent ? 'critical' : isRefused ? 'low' : findings.urgency,
    topics: [...findings.topics],
    praise: findings.praise && marks.complaint !== 'complaint' && !isOfOthers && row.echoes === null,
    resolved: findings.resolved && marks.complaint !== 'complaint' && !isOfOthers,
    reasons: findings.reasons.map((reason) => reasonFace(reason, row)),
    accounts: row.accounts,
    case: row.case && {
      id: row.case.id,
      state: row.case.state,
      owner: row.case.owner,
      dueAt: iso(row.case.dueAt),
      snoozedUntil: iso(row.case.snoozedUntil),
      hint: row.case.hint,
      promise: row.case.promise && {
        words: row.case.promise.words,
        from: new Date(row.case.promise.fromAt).toISOString(),
        due: new Date(row.case.promise.dueAt).toISOString(),
      },
    },
  };
}

/** As high as any of its places stands. */
function firstOf(places: MentionRow['places']): MentionFace['searchRank'] {
  const [first] = places.flatMap(({ searchRank }) => searchRank ?? []).sort((one, other) => one.rank - other.rank);
  return first ? { rank: first.rank, words: first.words } : null;
}

/** The same for what outlives the day, a mail or a file: without words that their platform lets us keep for some hours only. */
export function lastingFace(row: MentionRow): MentionFace {
  if (row.post.wordsUntil === null) return mentionFace(row);
  const { author, engagement } = barePost(row.post.source, '');
  const { answer: _, ...rest } = row.post;
  const post = { ...rest, author, engagement, place: null, title: null, text: '', words: 'dropped' } as const;
  return mentionFace({ ...row, post });
}

export function reasonFace(
  reason: Reason,
  {
    post,
  }: {
    readonly post: {
      readonly text: string;
      readonly title: string | null;
      readonly url: string | null;
      readonly words?: StoredPost['words'];
    };
  },
) {
  const fields: Partial<Record<Reason['field'], string | null>> = { text: post.text, title: post.title, url: post.url };
  const whole = fields[reason.field] ?? null;
  // Where the words are not here, neither is what they say nor where it stood.
  const at = reason.field !== 'url' && (post.words ?? 'kept') !== 'kept' ? null : reason.at;
  return {
    of: reason.of,
    rule: reason.rule,
    evidence: whole !== null && at !== null ? whole.slice(at[0], at[1]) : null,
    at: reason.field === 'text' && at !== null ? ([at[0], at[1]] as [number, number]) : null,
    weight: reason.weight,
    in: reason.field,
  };
}

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
