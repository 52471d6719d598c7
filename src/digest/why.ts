/** Why a mention was flagged, in plain words: at most a few, the heaviest first. */
import type { MentionFace } from '../face/mention.ts';
import { onOneLine } from '../text/clean.ts';

type Reason = MentionFace['reasons'][number];

const mostQuotes = 2;
const longestQuote = 60;

/** What a complaint of that topic asks for or is about; a topic that is not here speaks for itself. */
const topics: Readonly<Record<string, string>> = {
  refund: 'asks for money back',
  billing: 'is about a charge or a bill',
  delivery: 'is about a delivery',
  waiting: 'is about waiting',
  staff: 'is about your people',
  quality: 'is about the quality',
  price: 'is about the price',
  hygiene: 'is about cleanliness',
  safety: 'is about somebody’s safety',
  health: 'is about somebody’s health',
  legal: 'speaks of lawyers or the authorities',
  booking: 'is about a booking',
  support: 'is about getting an answer from you',
  bug: 'says that something does not work',
};

/** “the words “still waiting for my refund””, “1 of 5 stars”, “asks for money back”. */
export function sayWhy(mention: MentionFace): readonly string[] {
  const heavy = mention.reasons
    .filter(({ of, weight }) => weight > 0 && (of === 'complaint' || of === 'severity' || of === 'urgency'))
    .sort((one, other) => other.weight - one.weight);
  const quotes = [...new Set(heavy.filter(({ in: field }) => field !== 'rating').flatMap(quote))].slice(0, mostQuotes);
  const stars = heavy.some(({ in: field }) => field === 'rating') ? sayRating(mention.rating) : null;
  const topic = mention.topics[0];
  return [
    ...(stars === null ? [] : [stars]),
    ...(quotes.length === 0 ? [] : [`the ${/\s/.test(quotes.join(' ')) ? 'words' : 'word'} ${quotes.join(' and ')}`]),
    ...(topic === undefined ? [] : [topics[topic] ?? `is about ${onOneLine(topic).replaceAll('-', ' ')}`]),
  ];
}

/** “1 of 5 stars”, “thumbs down”. */
export function sayRating(rating: MentionFace['rating']): string | null {
  if (rating === null) return null;
  if (rating.scale === 1) return rating.value > 0 ? 'thumbs up' : 'thumbs down';
  return `${rating.value} of ${rating.scale} ${rating.scale === 5 ? 'stars' : 'points'}`;
}

function quote({ evidence }: Reason): readonly string[] {
  const characters = [...onOneLine(evidence ?? '')];
  if (characters.length === 0) return [];
  const short = characters.slice(0, longestQuote).join('');
  return [`“${characters.length > longestQuote ? `${short.trimEnd()}…` : short}”`];
}
