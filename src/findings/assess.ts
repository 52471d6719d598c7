/** The whole judgement of a post for a brand, top to bottom. Pure: no clock, network or database. */
import type { Brand } from '../brand.ts';
import type { ComplaintVerdict, Findings, Hit, Post, Reason } from '../mention.ts';
import { detectLanguage, readLanguages } from '../text/language.ts';
import { findCues } from './cues.ts';
import type { Evidence } from './judges/fast.ts';
import { anyLanguage, type Knowledge } from './knowledge.ts';
import type { Lexicon } from './lexicon.ts';
import { nameThem } from './names.ts';
import type { Opinion } from './opinion.ts';
import { judgedLength, type Named, type Reading, readPost } from './reading.ts';
import { reasonOf, round } from './reasons.ts';
import { judgeRelevance, verdictOf } from './relevance.ts';
import { type Feeling, feel } from './sentiment.ts';
import { judgeSeverity } from './severity.ts';
import { findTopics } from './topics.ts';

/** A complaint from here on; `unsure` down to the other; none below. */
export const complaintFrom = 0.6;
export const unsureFrom = 0.35;
/** Between these the fast judge asks for a slower one. */
const doubtful = [0.15, 0.85] as const;
/** An opinion counts as much as this many of the fast judge's. */
const opinionWeight = 3;
const mostReasons = 12;

/**
 * What we conclude about a post for a brand. `hits` are the matcher's; none means that the place speaks for the brand.
 * With no brand, relevance is `about` with probability 1 and callers print null.
 */
export function assess(
  post: Post,
  brand: Brand | null,
  hits: readonly Hit[],
  knowledge: Knowledge,
  opinions: readonly Opinion[] = [],
): Findings {
  const named = nameThem(post, brand, hits);
  const { language } = detectLanguage(withoutNames(post, named), post.language);
  const lexicons = lexiconsFor(language, knowledge);
  const reading = readPost(post, named);
  const cues = findCues(reading, lexicons);
  const corrections = brand ? knowledge.corrections.get(brand.id) : undefined;

  const relevance = brand
    ? judgeRelevance(post, brand, hits, reading, cues, knowledge.names, corrections)
    : { verdict: 'about' as const, probability: 1, reasons: [] };
  const isAbout = round(weighOpinions(relevance.probability, opinions, ({ relevance: said }) => said));

  const english = isEnglish(language, post, lexicons);
  const feeling = feel(reading, cues, english, post.rating);

  const addressed = isAddressed(reading, brand, hits);
  const judged = knowledge.judge.judge({
    reading,
    cues,
    language,
    sentiment: feeling.words,
    rating: post.rating,
    addressed,
  });
  const learnt = corrections
    ? reading.tokens.reduce((sum, { text }) => sum + (corrections.complaint.get(text) ?? 0), 0)
    : 0;
  const own = shift(judged.complaint, Math.max(-4, Math.min(4, learnt)));
  const unread = isUnread(language, reading, feeling);
  const aboutUs = verdictOf(isAbout) === 'other' ? 0.25 : 1;
  const probability =
    aboutUs * weighOpinions(unread ? Math.max(own, unsureFrom) : own, opinions, (said) => said.complaint);
  const verdict = complaintVerdict(probability);

  const opinion = average(opinions.flatMap(({ severity }) => (severity === null ? [] : [severity])));
  const severity = judgeSeverity(verdict, judged.evidence, reading, opinion);
  const topics = findTopics(reading, lexicons, cues, verdict !== 'none');

  return {
    language,
    relevance: { verdict: verdictOf(isAbout), probability: isAbout },
    sentiment: { label: feeling.label, score: feeling.score === null ? null : round(feeling.score) },
    complaint: { verdict, probability },
    severity: severity.severity,
    urgency: severity.urgency,
    topics: topics.topics,
    reasons: [
      ...complaintReasons(judged.evidence, reading),
      ...(unread
        ? [{ of: 'language', rule: 'not read in this language', field: 'text', at: null, weight: 0 } as const]
        : []),
      ...severity.reasons,
      ...relevance.reasons.map((reason) => ({ ...reason, weight: round(reason.weight) })),
      ...feelingReasons(feeling, reading, post),
      ...topics.reasons,
    ],
    doubtful: opinions.length === 0 && (isBetween(own, doubtful) || verdictOf(isAbout) === 'unsure' || unread),
    version: corrections ? `${knowledge.version}+${corrections.version}` : knowledge.version,
  };
}

/** Names say nothing about the language ("Door" is a Dutch word). */
function withoutNames(post: Post, named: readonly Named[]): string {
  const cut = (text: string, field: string) =>
    named.reduce((left, { field: where, start, end }) => {
      return where === field ? left.slice(0, start) + ' '.repeat(end - start) + left.slice(end) : left;
    }, text);
  return `${cut(post.title ?? '', 'title')}\n${cut(post.text.slice(0, judgedLength), 'text')}`;
}

/** The word lists of the post's language, of all we read where it is unknown, and always the one that needs no language. */
function lexiconsFor(language: string | null, { lexicons }: Knowledge): readonly Lexicon[] {
  if (language === null) return [...lexicons.values()];
  return [lexicons.get(language), lexicons.get(anyLanguage)].filter((lexicon) => lexicon !== undefined);
}

/** English word values are used for English, and for a few words of unknown language in plain letters. */
function isEnglish(language: string | null, post: Post, lexicons: readonly Lexicon[]): Lexicon | null {
  const english = lexicons.find((lexicon) => lexicon.language === 'en') ?? null;
  return language === 'en' || (language === null && /[a-z]/i.test(post.text)) ? english : null;
}

/** The brand is named, or the post speaks to an account, as one does to a company when no brand is given. */
function isAddressed(reading: Reading, brand: Brand | null, hits: readonly Hit[]): boolean {
  if (brand) return hits.length === 0 || reading.tokens.some(({ text }) => text === '<us>');
  return reading.tokens.some(({ text }) => text === '<us>' || text === '<account>');
}

/** Words that we cannot read and no stars or emoji that speak for them: a person should look. */
function isUnread(language: string | null, reading: Reading, feeling: Feeling): boolean {
  const known = language === null || readLanguages.some((each) => each === language);
  return !known && reading.count >= 3 && feeling.label === 'unknown';
}

/** The verdict that belongs to a probability. */
export function complaintVerdict(probability: number): ComplaintVerdict {
  if (probability >= complaintFrom) return 'complaint';
  return probability >= unsureFrom ? 'unsure' : 'none';
}

/** The mean of the log-odds, an opinion counting thrice. */
function weighOpinions(own: number, opinions: readonly Opinion[], said: (opinion: Opinion) => number | null): number {
  const given = opinions.map(said).filter((each) => each !== null);
  if (given.length === 0) return own;
  const sum = oddsOf(own) + opinionWeight * given.reduce((total, each) => total + oddsOf(each), 0);
  return 1 / (1 + Math.exp(-sum / (1 + opinionWeight * given.length)));
}

function oddsOf(probability: number): number {
  const held = Math.min(0.999, Math.max(0.001, probability));
  return Math.log(held / (1 - held));
}

function shift(probability: number, odds: number): number {
  return odds === 0 ? probability : 1 / (1 + Math.exp(-(oddsOf(probability) + odds)));
}

function isBetween(value: number, [low, high]: readonly [number, number]): boolean {
  return value > low && value < high;
}

function average(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, each) => sum + each, 0) / values.length;
}

function complaintReasons(evidence: readonly Evidence[], reading: Reading): readonly Reason[] {
  const order = [...evidence]
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .filter(({ weight }) => Math.abs(weight) >= 0.1);
  return order.slice(0, mostReasons).map(({ rule, cue, weight }): Reason => {
    if (cue) return reasonOf('complaint', cue, weight, reading);
    return {
      of: 'complaint',
      rule,
      field: rule.endsWith('stars') ? 'rating' : 'text',
      at: null,
      weight: round(weight),
    };
  });
}

function feelingReasons(feeling: Feeling, reading: Reading, post: Post): readonly Reason[] {
  const order = [...feeling.parts].sort((a, b) => Math.abs(b.value) - Math.abs(a.value)).slice(0, mostReasons);
  const said = order.map((part) => reasonOf('sentiment', part, part.value, reading));
  if (feeling.score === null || feeling.score === feeling.words || !post.rating) return said;
  return [{ of: 'sentiment', rule: 'stars', field: 'rating', at: null, weight: round(feeling.score) }, ...said];
}
