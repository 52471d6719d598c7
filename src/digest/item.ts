/** One mention as the digest tells it: what was said, why it is here, who, where, when, and what to do next. */
import type { MentionFace } from '../face/mention.ts';
import { onOneLine } from '../text/clean.ts';
import { count } from '../text/count.ts';
import { plainWords } from '../text/fingerprint.ts';
import { sayAnswered } from './answered.ts';
import type { Asks, DigestRows, Item, Step, Tone } from './digest.ts';
import { excerpt, type Span } from './excerpt.ts';
import { sayMoment } from './local-time.ts';
import { placeName } from './place-name.ts';
import { tellingSpans } from './telling.ts';
import { sayRating, sayWhy } from './why.ts';
import { saySameWords } from './wording.ts';
import { sayWordless } from './wordless.ts';

const longestExcerpt = 280;
const longestTitle = 120;
const longestName = 60;
/** From here on the size of an audience is worth a word. */
const manyFollowers = 1000;

/** What of a digest's rows an item looks at. */
type ItemRows = Pick<
  DigestRows,
  'earshot' | 'brandNames' | 'now' | 'timezone' | 'sourceTitles' | 'regulars' | 'priority' | 'alike'
>;

export function itemOf(mention: MentionFace, tone: Tone, rows: ItemRows): Item {
  const { now, timezone } = rows;
  const letter = mention.case === null ? `m${mention.id}` : `c${mention.case.id}`;
  const asks = asked(mention, tone);
  const resolved = mention.case?.hint === 'resolved' && (asks === 'answer' || asks === 'check-back');
  const telling = tone === 'praise' ? 'likes' : 'hurts';
  return {
    tone,
    letter,
    mentionId: mention.id,
    caseId: mention.case?.id ?? null,
    resolved,
    asks,
    brand: rows.brandNames.length > 1 ? onOneLine(mention.brand) : null,
    title: excerpt(ownTitle(mention) ?? '', tellingSpans(mention, 'title', telling), longestTitle),
    excerpt: excerpt(mention.text, tellingSpans(mention, 'text', telling), longestExcerpt),
    wordless: sayWordless(mention, new Map(Object.entries(rows.sourceTitles))),
    language: /^[a-z]{2,3}$/.test(mention.language ?? '') ? mention.language : null,
    rating: sayRating(mention.rating),
    why: tone === 'praise' ? [] : sayWhy(mention),
    because: tone === 'praise' || tone === 'unsure' ? [] : (rows.priority?.get(mention.id) ?? []),
    answered: answeredThere(mention, rows),
    who: whoSaid(mention),
    audience: audienceOf(mention),
    regular: rows.regulars?.[mention.id] ?? null,
    where: whereSaid(mention, rows),
    when:
      mention.publishedAt === null
        ? `seen ${sayMoment(Date.parse(mention.firstSeenAt), now, timezone)}`
        : sayMoment(Date.parse(mention.publishedAt), now, timezone),
    alike: tone === 'unsure' ? sayAlike(rows.alike?.get(mention.id) ?? 0) : saySameWords(mention.accounts),
    link: webAddress(mention.url),
    due: tone === 'praise' ? null : sayDue(mention, rows),
    steps:
      asks === null
        ? []
        : stepsOf(letter, keeping(mention) ? 'promise' : asks, resolved).map((step) => ({
            ...step,
            command: `${rows.earshot} ${step.command}`,
          })),
  };
}

const sayAlike = (number: number): string | null => (number === 0 ? null : `and ${number} alike`);

/** Milliseconds UTC by which something is due from us, or null. */
export function dueAt(mention: MentionFace): number | null {
  const { dueAt: due = null, promise = null } = mention.case ?? {};
  const dues = [due, keeping(mention) ? (promise?.due ?? null) : null].filter((one) => one !== null);
  return dues.length === 0 ? null : Math.min(...dues.map((one) => Date.parse(one)));
}

/** It was answered, and what was promised in that is still to be done. */
function keeping({ case: known }: MentionFace): boolean {
  return known !== null && known.promise !== null && (known.state === 'answered' || known.state === 'fixed');
}

/** The words by which it has a topic; else those that the finding rests on. */
export function topicSpans(mention: MentionFace, topic: string): readonly Span[] {
  const own = mention.reasons.filter(({ of, rule, in: field }) => of === 'topic' && rule === topic && field === 'text');
  const spans = own.flatMap(({ at }) => (at === null ? [] : [at]));
  return spans.length > 0 ? spans : tellingSpans(mention, 'text', 'hurts');
}

/** “Ana Diaz (ana@mastodon.example)”. */
export function whoSaid({ author }: Pick<MentionFace, 'author'>): string {
  const [name, handle] = [shorten(author.name), shorten(author.handle)];
  return name !== '' && handle !== '' && name !== handle ? `${name} (${handle})` : name || handle || 'somebody';
}

function audienceOf({ author: { followers } }: MentionFace): string | null {
  return followers === null || followers < manyFollowers ? null : count(followers, 'follower');
}

/** Null where it says no other words than the text does. */
export function ownTitle({ title, text }: Pick<MentionFace, 'title' | 'text'>): string | null {
  return title === null || plainWords(title).join(' ') === plainWords(text).join(' ') ? null : title;
}

function shorten(name: string | null): string {
  const characters = [...onOneLine(name ?? '')];
  return characters.length > longestName ? `${characters.slice(0, longestName).join('')}…` : characters.join('');
}

function whereSaid(mention: MentionFace, rows: ItemRows): string {
  const place = placeName(mention, new Map(Object.entries(rows.sourceTitles)));
  const more = mention.places.length - 1;
  return more > 0 ? `${place} and ${count(more, 'more place')}` : place;
}

function answeredThere({ answer, source }: MentionFace, rows: ItemRows): string | null {
  if (answer === null) return null;
  return sayAnswered(rows.sourceTitles[source] ?? source, answer.at === null ? null : Date.parse(answer.at), rows);
}

/** Only what a click may safely open; as the browser would write it. */
function webAddress(url: string | null): string | null {
  const parsed = url === null ? null : URL.parse(url);
  return parsed !== null && ['http:', 'https:'].includes(parsed.protocol) ? parsed.href : null;
}

function sayDue(mention: MentionFace, { now, timezone }: ItemRows): string | null {
  const due = dueAt(mention);
  if (due === null) return null;
  const moment = sayMoment(due, now, timezone);
  if (keeping(mention) && due === Date.parse(mention.case?.promise?.due ?? ''))
    return due < now ? `you promised it for ${moment}` : `you promised it by ${moment}`;
  const checkBack = mention.case?.state === 'fixed';
  if (due < now) return `${checkBack ? 'your check-back was' : 'was'} due ${moment}`;
  return `${checkBack ? 'ask if they are happy by' : 'answer by'} ${moment}`;
}

/** Without a case nothing can be answered: a person first says what it is. */
function asked(mention: MentionFace, tone: Tone): Asks | null {
  if (tone === 'praise') return null;
  if (tone !== 'unsure' && mention.case !== null) return mention.case.state === 'fixed' ? 'check-back' : 'answer';
  return mention.relevance.verdict === 'unsure' ? 'us' : 'complaint';
}

function stepsOf(letter: string, asks: keyof typeof stepsFor, resolved: boolean): readonly Step[] {
  const steps = stepsFor[asks](letter);
  if (!resolved) return steps;
  const close = { say: 'They say that it was put right; to close it', command: `case happy ${letter}` };
  return [close, ...steps.filter(({ command }) => command !== close.command)];
}

/** What to type behind how Earshot is called. */
const stepsFor: Readonly<Record<Asks | 'promise', (letter: string) => readonly Step[]>> = {
  promise: (letter) => [{ say: 'When you have done what you promised', command: `case kept ${letter}` }],
  answer: (letter) => [{ say: 'When you have answered', command: `case answered ${letter}` }],
  'check-back': (letter) => [{ say: 'If they are happy now', command: `case happy ${letter}` }],
  us: (letter) => [
    { say: 'About you', command: `mark ${letter} us` },
    { say: 'About somebody else', command: `mark ${letter} not-us` },
  ],
  complaint: (letter) => [
    { say: 'A complaint', command: `mark ${letter} complaint` },
    { say: 'No complaint', command: `mark ${letter} no-complaint` },
  ],
};
