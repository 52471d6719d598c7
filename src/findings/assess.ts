/** The whole judgement of a post for a brand, top to bottom. Pure: no clock, network or database. */
import type { Brand } from '../brand.ts';
import type { ComplaintVerdict, Findings, Hit, Post } from '../mention.ts';
import { readLanguages } from '../text/language.ts';
import { type Learnt, learntOf, movedBy } from './corrections.ts';
import { apartReason, whoSpeaks, withoutCustomer } from './customer.ts';
import { feelingWords } from './feeling-words.ts';
import { gather } from './gather.ts';
import type { Features } from './judges/fast.ts';
import { listedTopics } from './judges/topics.ts';
import { type Knowledge, versionFor } from './knowledge.ts';
import { isRising, isSettling, isTopic } from './lexicon.ts';
import { aboutWeight, type Opinion, weighOpinions } from './opinion.ts';
import { findOwnTopics } from './own-topics.ts';
import { isPraise } from './praise.ts';
import type { Reading } from './reading.ts';
import { round } from './reasons.ts';
import { judgeRelevance, relevanceVerdict } from './relevance.ts';
import { isResolved } from './resolved.ts';
import { alwaysRises, findRising } from './rising.ts';
import { type Feeling, feelWith, feltBy } from './sentiment.ts';
import { isSeenFirst, judgeSeverity } from './severity.ts';
import { findTopics } from './topics.ts';
import { complaintReasons, feelingReasons, learntReasons, notRead } from './why.ts';

/**
 * A complaint from here on, `unsure` down to the other, none below: of ten flags two are wrong at most, and of ten complaints
 * hardly one is in neither pile (the fast judge on brands that were not learnt from: data/model/fast.json; with the slow one on
 * development posts and on plain reviews kept from both until then).
 */
const linesBy = {
  fast: { complaint: 0.42, unsure: 0.3 },
  /** With what a slow judge says. */
  slow: { complaint: 0.45, unsure: 0.25 },
} as const;
type Lines = (typeof linesBy)[keyof typeof linesBy];

/** Between these the fast judge asks for a slower one. */
const doubtful = { from: 0.15, to: 0.85 };
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
  const { features, heard, feeling: spoken } = gather(post, brand, hits, knowledge);
  const { reading, cues, language } = features;
  const corrections = brand ? knowledge.corrections.get(brand.id) : undefined;
  // Weighed in last: people's word stands above every judge's.
  const marks = brand && corrections ? learntOf(corrections, reading, brand) : nothingLearnt;

  const judged = knowledge.judge.judge(features);
  const relevance = judgeRelevance(post, brand, hits, reading, cues, knowledge.names, judged.about);
  // The precise judge takes most names for a business's.
  const whoKnow = relevance.meansTheThing ? opinions.filter(({ judge }) => judge !== 'precise') : opinions;
  const about = weighOpinions(
    relevance.probability,
    whoKnow.map((opinion) => opinion.relevance),
    aboutWeight,
  );
  const isAbout = round(movedBy(about, marks.relevance));
  const verdict = relevanceVerdict(isAbout);

  const unread = isUnread(language, reading, spoken);
  const own = unread ? Math.max(judged.complaint, linesBy.fast.unsure) : judged.complaint;
  // Our own judges learnt seven languages; a second opinion may read any.
  const isLeftToPeople = unread && opinions.every(({ judge }) => judge === 'precise');
  const heardAs = weighOpinions(
    own,
    opinions.map((opinion) => opinion.complaint),
  );
  const lines = opinions.length > 0 ? linesBy.slow : linesBy.fast;
  const evidence = [...judged.evidence, ...findRising(features, heard.filter(isRising), knowledge.tongue(language))];
  const rises = alwaysRises(features, evidence);
  // Before people's marks, which stand above how a post reads.
  const apart = heardAs >= lines.unsure ? whoSpeaks(knowledge.apart.judge(features, post), heardAs, rises) : null;
  const said = apart ? withoutCustomer(heardAs, apart, lines) : heardAs;
  // What may be grave is never lost between judges; only people say that it is nothing.
  const mayBe = isLeftToPeople || rises;
  const seen = mayBe ? Math.max(said, lines.unsure) : said;
  const weighed = movedBy(seen, marks.complaint);
  const probability = round(verdict === 'other' ? weighed * aboutOthers : weighed);
  const complaint = complaintVerdict(probability, lines);

  const feeling = feelingOf(features, spoken, judged.feeling, opinions, probability);

  const graver = opinions.map((opinion) => opinion.severity);
  const severity = judgeSeverity(complaint, evidence, reading, judged.severity, graver, isSeenFirst(post, brand?.name));
  const ownTopics = findOwnTopics(post, brand?.topics ?? []);
  const listed = heard.filter(isTopic);
  const named = complaint === 'none' ? listedTopics(listed) : knowledge.topics.judge(features, listed);
  const topics = findTopics(reading, named, complaint !== 'none', ownTopics);
  const resolved =
    complaint !== 'complaint' &&
    verdict === 'about' &&
    isResolved(features, heard.filter(isSettling), knowledge.tongue(language));

  return {
    language,
    relevance: { verdict, probability: isAbout },
    sentiment: { label: feeling.label, score: feeling.score === null ? null : round(feeling.score) },
    complaint: { verdict: complaint, probability },
    severity: severity.severity,
    urgency: severity.urgency,
    topics: topics.topics,
    praise:
      complaint === 'none' &&
      !resolved &&
      isPraise({ label: feeling.label, complaint: probability, cues, reading, rating: post.rating }) &&
      !knowledge.apart.judge(features, post),
    resolved,
    reasons: [
      ...complaintReasons(judged.evidence, reading, opinions),
      ...(unread ? [notRead] : []),
      ...(apart ? [apartReason(apart)] : []),
      ...(marks === nothingLearnt ? [] : learntReasons(marks)),
      ...severity.reasons,
      ...relevance.reasons,
      ...feelingReasons(feeling, reading),
      ...topics.reasons,
    ],
    doubtful: opinions.length === 0 && (isDoubtful(own) || verdict === 'unsure'),
    version: versionFor(knowledge, brand?.id),
  };
}

const nothingLearnt: Learnt = { relevance: 0, complaint: 0 };

/** What is left of a complaint's probability where it is about somebody else. */
const aboutOthers = 0.25;

/** So little cannot be a complaint. */
const fewestLetters = 6;

/** Words that we cannot read, and neither stars nor emoji that speak for them: a person should look. */
function isUnread(language: string | null, reading: Reading, feeling: Feeling): boolean {
  const known = language === null || readLanguages.some((each) => each === language);
  return !known && reading.written.join('').length >= fewestLetters && feeling.label === 'unknown';
}

/** With the words of our own lists; what judges are given to listen to (`spoken`) stays what it was when they learnt. */
function feelingOf(
  { reading, cues, language, rating }: Features,
  spoken: Feeling,
  fast: number | null,
  opinions: readonly Opinion[],
  complaint: number,
): Feeling {
  const own = feelingWords(language);
  const worded = own ? feelWith(reading, cues, own, rating) : spoken;
  if (!isSpoken(language, reading, spoken)) return worded;
  const slow = opinions.map((opinion) => opinion.feeling ?? null);
  return feltBy(worded, own ? 'ours' : 'afinn', fast, slow, complaint);
}

/** There are words, in a language that our judges learnt. */
function isSpoken(language: string | null, { written }: Reading, { words }: Feeling): boolean {
  return written.length > 0 && (words !== null || readLanguages.some((each) => each === language));
}

function complaintVerdict(probability: number, { complaint, unsure }: Lines): ComplaintVerdict {
  if (probability >= complaint) return 'complaint';
  return probability >= unsure ? 'unsure' : 'none';
}

function isDoubtful(probability: number): boolean {
  return probability > doubtful.from && probability < doubtful.to;
}
