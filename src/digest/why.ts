/** Why a mention was flagged, in plain words: at most a few, the heaviest first. */
import type { MentionFace } from '../face/mention.ts';
import { apartRules, automaticRule, firstSeenRule, learntRules } from '../mention.ts';
import { onOneLine } from '../text/clean.ts';
import { tellingReasons } from './telling.ts';

type Reason = MentionFace['reasons'][number];

const mostQuotes = 2;
const longestQuote = 60;

/** What a complaint of that topic is about, the gravest first: only the first one is told. */
const topics: readonly (readonly [topic: string, says: string])[] = [
  ['safety', 'is about safety'],
  ['discrimination', 'is about being treated worse than others'],
  ['privacy', 'is about private data'],
  ['accessibility', 'is about access for everybody'],
  ['refund', 'asks for money back'],
  ['billing', 'is about a charge or a bill'],
  ['cancellation', 'is about cancelling'],
  ['delivery', 'is about a delivery'],
  ['bug', 'says that something does not work'],
  ['staff', 'is about your people'],
  ['quality', 'is about the quality'],
  ['waiting', 'is about waiting'],
  ['price', 'is about the price'],
];

/** Reasons that are sentences of their own: what people said of posts like it, who speaks, and where it stands. */
const sentences: ReadonlySet<string> = new Set([
  ...Object.values(learntRules).flatMap((rules) => Object.values(rules)),
  ...Object.values(apartRules),
  automaticRule,
  firstSeenRule,
]);

/** “the words “still waiting for my refund””, “1 of 5 stars”, “asks for money back”. */
export function sayWhy(mention: MentionFace): readonly string[] {
  const learnt = mention.reasons.flatMap(({ rule }) => (sentences.has(rule) ? [rule] : []));
  // What speaks for a complaint is no reason why it is none.
  if (mention.complaint.verdict === 'none') return learnt;
  const heavy = mention.reasons
    .filter(({ of, weight }) => weight > 0 && (of === 'complaint' || of === 'severity' || of === 'urgency'))
    .sort((one, other) => other.weight - one.weight);
  const marked = tellingReasons(mention, 'hurts');
  const spoken = marked.length > 0 ? marked : heavy.filter(({ in: field }) => field !== 'rating');
  const quotes = [...new Set(spoken.flatMap(quote))].slice(0, mostQuotes);
  const stars = heavy.some(({ in: field }) => field === 'rating') ? sayRating(mention.rating) : null;
  const topic = topics.find(([known]) => mention.topics.includes(known));
  return [
    ...(stars === null ? [] : [stars]),
    ...(quotes.length === 0 ? [] : [`the ${/\s/.test(quotes.join(' ')) ? 'words' : 'word'} ${quotes.join(' and ')}`]),
    ...(topic === undefined ? [] : [topic[1]]),
    ...learnt,
  ];
}

/** “1 of 5 stars”, “thumbs down”; null where there is none, or it is not on its own scale. */
export function sayRating(rating: MentionFace['rating']): string | null {
  if (rating === null || !onItsScale(rating)) return null;
  if (rating.scale === 1) return rating.value > 0 ? 'thumbs up' : 'thumbs down';
  return `${rating.value} of ${rating.scale} ${rating.scale === 5 ? 'stars' : 'points'}`;
}

/** Nobody can give nine stars of five: what says so is misread. */
export const onItsScale = ({ value, scale }: { readonly value: number; readonly scale: number }): boolean =>
  value >= 0 && value <= scale;

function quote({ evidence }: Reason): readonly string[] {
  const characters = [...onOneLine(evidence ?? '')];
  if (characters.length === 0) return [];
  const short = characters.slice(0, longestQuote).join('');
  return [`“${characters.length > longestQuote ? `${short.trimEnd()}…` : short}”`];
}
