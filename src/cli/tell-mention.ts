/** A mention in full: who said what and where, why it was flagged, and how it was judged. */
import { sayAnswered } from '../digest/answered.ts';
import { excerpt } from '../digest/excerpt.ts';
import { whoSaid } from '../digest/item.ts';
import { sayMoment } from '../digest/local-time.ts';
import { placeName, type Titles } from '../digest/place-name.ts';
import { tellingSpans } from '../digest/telling.ts';
import { sayRating, sayWhy } from '../digest/why.ts';
import { sayWordless } from '../digest/wordless.ts';
import type { Edges, Terminal } from '../edges.ts';
import type { MentionFace } from '../face/mention.ts';
import { titlesOf } from '../jobs/source-titles.ts';
import type { Tools } from '../jobs/tools.ts';
import type { MentionRow } from '../store/mention-rows.ts';
import type { Before } from '../store/post-edits.ts';
import { forTerminal } from '../text/clean.ts';
import { type Colours, clean, coloursOf, count, link, readingWidth, wrapped } from './format.ts';
import { shortMoments } from './when.ts';

/** What telling needs beside the mention. */
export interface Telling {
  readonly terminal: Terminal;
  readonly paint: Colours;
  /** Milliseconds UTC. */
  readonly now: number;
  readonly timezone: string;
  readonly titles: Titles;
  /** A moment in at most 11 columns. */
  readonly short: (at: number) => string;
  /** How the next command begins: `npx earshot`, with the config file where one was named. */
  readonly earshot: string;
}

export function tellingOf(edges: Edges, tools: Tools): Telling {
  const { terminal } = edges;
  const now = edges.clock.now();
  const { timezone } = tools.config;
  return {
    terminal,
    paint: coloursOf(terminal),
    now,
    timezone,
    titles: titlesOf(tools),
    short: shortMoments(now, timezone),
    earshot: tools.earshot,
  };
}

/** What `list` and `list --unsure` show, in a sentence. */
export const piles = { queue: 'the queue', unsure: 'the unsure pile' } as const;

const labelColumns = 10;
const manyFollowers = 1000;
const longestBefore = 280;

/** Enough to decide by, and read in ten seconds. */
const longestAtAGlance = 360;

/** The same for whoever decides one after the other: of a long text the part around the words that weighed most. @param alike how many lie beside it that say nearly the same */
export function mentionAtAGlance(mention: MentionFace, telling: Telling, alike: number): string {
  const { paint, earshot, terminal } = telling;
  const width = readingWidth(terminal);
  const isLong = mention.text.length > longestAtAGlance;
  const words = isLong ? excerpt(mention.text, tellingSpans(mention, 'text', 'hurts'), longestAtAGlance) : null;
  const more = [
    ...(words ? [['Whole', `${earshot} show m${mention.id}`] as const] : []),
    ...(alike > 0 ? [['Alike', `and ${alike} alike: what you say counts for all ${alike + 1}`] as const] : []),
  ];
  return [
    inFull(
      mention,
      telling,
      words?.map(({ text, telling: tells }) => (tells ? paint.bold(text) : text)).join('') ?? null,
    ),
    ...more.map(([label, text]) => labelled(label, text, width, paint)),
  ].join('\n');
}

/**
 * @param row what the face does not tell: marks, and what says nearly the same
 * @param regular what is known of whoever said it; null where that is nothing worth a line
 */
export function mentionInFull(
  mention: MentionFace,
  telling: Telling,
  row: MentionRow | null = null,
  regular: string | null = null,
): string {
  return inFull(mention, telling, null, row, regular);
}

/** @param words what is shown of its text; null: all of it */
function inFull(
  mention: MentionFace,
  telling: Telling,
  words: string | null,
  row: MentionRow | null = null,
  regular: string | null = null,
): string {
  const { terminal, paint } = telling;
  const width = readingWidth(terminal);
  const indent = '  ';
  const lines = [wrapped(`${paint.bold(`m${mention.id}`)}  ${heading(mention, telling)}`, width), ''];
  if (mention.title) lines.push(wrapped(paint.bold(clean(mention.title)), width, indent), '');
  lines.push(wrapped(words ?? (painted(mention, paint) || wordless(mention, telling)), width, indent), '');
  const known = regular === null ? [] : [['Customer', regular] as const];
  for (const [label, text] of [...known, ...facts(mention, telling, row)]) {
    lines.push(labelled(label, text, width, paint));
  }
  for (const [index, { url, source }] of mention.places.entries()) {
    if (url === null && index === 0) continue;
    const address = link(clean(url ?? telling.titles.get(source) ?? source), url, terminal);
    lines.push(`${paint.dim((index === 0 ? 'Link' : 'Also').padEnd(labelColumns))}${address}`);
  }
  return lines.join('\n');
}

function wordless(mention: MentionFace, { titles }: Telling): string {
  if (mention.words === 'taken-away') return '(its author took it away)';
  return sayWordless(mention, titles, `Read them at ${clean(mention.url ?? '')}`) ?? '(no words)';
}

/** Who else says it in the same words, a line each: whoever has read one has read them all. */
export function sayEchoes(mentions: readonly MentionFace[], telling: Telling): string {
  const { paint, terminal } = telling;
  const width = readingWidth(terminal);
  const told = mentions.slice(0, mostEchoes);
  const lines = told.map((one) => wrapped(`m${one.id}  ${heading(one, telling)}`, width, '  '));
  const more = mentions.length - told.length;
  return [paint.bold('Said in the same words'), ...lines, ...(more > 0 ? [`  and ${count(more, 'other')}`] : [])].join(
    '\n',
  );
}
const mostEchoes = 10;

/** `Before    “still waiting” · 1 of 5 stars (until Tue 14:00)`, a line for each edit that was noticed, the latest first. */
export function saidBefore(
  before: readonly Before[],
  postId: number,
  { terminal, paint, now, timezone }: Telling,
): readonly string[] {
  const width = readingWidth(terminal);
  const own = before.filter((one) => one.postId === postId).reverse();
  return own.map(({ title, text, rating, until }) => {
    const words = excerpt([title, text].filter(Boolean).join(': '), [], longestBefore);
    const said = words.length === 0 ? [] : [`“${words.map((piece) => clean(piece.text)).join('')}”`];
    const stars = sayRating(rating);
    const parts = [...said, ...(stars === null ? [] : [stars])].join(' · ');
    return labelled(
      'Before',
      `${parts || 'no words'} (edited; noticed ${sayMoment(until, now, timezone)})`,
      width,
      paint,
    );
  });
}

/** `Why       the words “still waiting”`, wrapped under itself. */
export function labelled(label: string, text: string, width: number, paint: Colours): string {
  return paint.dim(label.padEnd(labelColumns)) + wrapped(text, width, ' '.repeat(labelColumns)).trimStart();
}

function heading(mention: MentionFace, { titles, now, timezone }: Telling): string {
  const { author, publishedAt, language } = mention;
  const place = placeName(mention, titles);
  const more = clean(mention.place ?? '');
  const parts = [
    clean(whoSaid(mention)),
    more !== '' && !place.includes(more) && !/^Google Alert/.test(more) && mention.source !== 'discourse'
      ? `${place} (${more})`
      : place,
    publishedAt === null
      ? `seen ${sayMoment(Date.parse(mention.firstSeenAt), now, timezone)}`
      : sayMoment(Date.parse(publishedAt), now, timezone),
    sayRating(mention.rating),
    author.followers !== null && author.followers >= manyFollowers ? count(author.followers, 'follower') : null,
    language === null || language === 'en' ? null : `in ${languageName(language)}`,
  ];
  return parts.filter((part) => part !== null).join(' · ');
}

const urgencies = { critical: 'very urgent', high: 'urgent', normal: 'not urgent', low: 'can wait' } as const;
const verdicts = { complaint: 'a complaint', unsure: 'perhaps a complaint', none: 'no complaint' } as const;

function facts(mention: MentionFace, telling: Telling, row: MentionRow | null): (readonly [string, string])[] {
  const { paint, titles } = telling;
  const { complaint, relevance, urgency, topics, answer } = mention;
  const brand = clean(mention.brand);
  const about = { about: ` about ${brand}`, unsure: `, perhaps about ${brand}`, other: `, not about ${brand}` };
  const isUrgent = urgency === 'critical' || urgency === 'high';
  const judged = [
    `${verdicts[complaint.verdict]}${about[relevance.verdict]}`,
    complaint.verdict === 'none' ? '' : isUrgent ? paint.bold(urgencies[urgency]) : urgencies[urgency],
    topics.map(clean).join(', '),
  ];
  const why = sayWhy(mention).map(clean).join('; ');
  const marks = row ? marksOf(row) : '';
  return [
    ...(why ? [['Why', why] as const] : []),
    ['Judged', judged.filter(Boolean).join('; ')],
    ...(answer ? [['You', saidBack(answer, titles.get(mention.source) ?? mention.source, telling)] as const] : []),
    ...(marks ? [['Marked', marks] as const] : []),
    ...(row && row.alike > 0 ? [['Alike', sayAlike(row)] as const] : []),
  ];
}

/** `answered on Google Play on 3 Nov: “Sorry! Please write to us.”` */
function saidBack({ text, at }: NonNullable<MentionFace['answer']>, where: string, telling: Telling): string {
  const said = sayAnswered(clean(where), at === null ? null : Date.parse(at), telling);
  const words = excerpt(text, [], longestBefore).map((piece) => clean(piece.text));
  return words.length === 0 ? said : `${said}: “${words.join('')}”`;
}

function marksOf({ marks }: MentionRow): string {
  const { us, complaint, urgent, solved } = marks;
  return [us, complaint, urgent ? 'urgent' : null, solved ? 'solved' : null]
    .filter((one) => one !== null)
    .map((one) => one.replace('-', ' '))
    .join(', ');
}

/** `de` → `German`; the letters themselves where nobody knows them. */
function languageName(code: string): string {
  try {
    return new Intl.DisplayNames('en', { type: 'language' }).of(code) ?? clean(code);
  } catch {
    return clean(code);
  }
}

/** The whole text with the words that hurt painted; cleaned piece by piece, so that offsets still hold. */
function painted(mention: MentionFace, paint: Colours): string {
  const { text } = mention;
  let at = 0;
  let out = '';
  for (const [start, end] of tellingSpans(mention, 'text', 'hurts').toSorted((one, other) => one[0] - other[0])) {
    if (start < at) continue;
    out += forTerminal(text.slice(at, start)) + paint.bold(forTerminal(text.slice(start, end)));
    at = end;
  }
  return out + forTerminal(text.slice(at));
}

function sayAlike({ alike, echoes, findings }: MentionRow): string {
  const others = `${count(alike, 'other')} ${alike === 1 ? 'says' : 'say'} nearly the same`;
  if (echoes === null) return others;
  const once = findings.praise ? ', so it is no kind word of its own' : '';
  return `${others}; another account said it first in the same words (m${echoes})${once}`;
}
