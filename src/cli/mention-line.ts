/** A mention on one line: how urgent, its letter, by when, the words that hurt, and where they stand. */
import { asked } from '../cases/turn.ts';
import type { Segment } from '../digest/digest.ts';
import { excerpt } from '../digest/excerpt.ts';
import { placeName } from '../digest/place-name.ts';
import { tellingReasons, tellingSpans } from '../digest/telling.ts';
import { onItsScale, sayRating } from '../digest/why.ts';
import type { MentionFace } from '../face/mention.ts';
import { closedStates } from '../mention.ts';
import { type Colours, count, link, toWidth, widthOf } from './format.ts';
import type { Telling } from './tell-mention.ts';
import { length } from './when.ts';

/** Its case; one that Earshot alone took back is none. */
const caseOf = ({ case: own }: Pick<MentionFace, 'case'>): MentionFace['case'] =>
  own?.state === 'dismissed' && own.owner === null ? null : own;

/** `c4` where it has a case, else `m17`. */
export const letterOf = (mention: Pick<MentionFace, 'id' | 'case'>): string => {
  const own = caseOf(mention);
  return own ? `c${own.id}` : `m${mention.id}`;
};

/** Wider lines are hard to follow with the eye. */
const widest = 140;
/** Then the words need all there is. */
const tooNarrowForPlace = 50;
const clockTime = / \d\d:\d\d$/;
const columns = { sign: 3, letter: 5, when: 12 } as const;

/** `! c4    by Tue 14:00 … still waiting for my refund …  Bluesky` in the terminal's width. @param more a last column */
export function mentionLine(
  mention: MentionFace,
  telling: Telling,
  more: { text: string; columns: number } | null = null,
) {
  const { terminal, paint } = telling;
  const width = Math.min(terminal.columns, widest);
  const letter = letterOf(mention).padEnd(columns.letter);
  const placeRoom = width < tooNarrowForPlace ? 0 : Math.min(24, Math.max(10, Math.floor(width * 0.22)));
  const used = columns.sign + letter.length + 1 + columns.when + 1;
  const after = (placeRoom > 0 ? placeRoom + 1 : 0) + (more ? more.columns + 1 : 0);
  return [
    `${sign(mention, paint)}${paint.bold(letter)}`,
    when(mention, telling),
    words(mention, Math.max(8, width - used - after), paint),
    ...(placeRoom > 0 ? [where(mention, telling, placeRoom, more !== null)] : []),
    ...(more ? [toWidth(more.text, more.columns).trimEnd()] : []),
  ].join(' ');
}

/** The place, and how many more there are. */
function where(mention: MentionFace, { terminal, paint, titles }: Telling, room: number, padded: boolean): string {
  const others = mention.places.length - 1;
  const more = others > 0 ? ` +${others}` : '';
  const place = toWidth(placeName(mention, titles), room - more.length).trimEnd();
  const rest = padded ? ' '.repeat(Math.max(0, room - widthOf(place) - more.length)) : '';
  return paint.dim(link(place, mention.url, terminal) + more) + rest;
}

const signs = {
  '!!': 'very urgent',
  '!': 'urgent',
  '·': 'a complaint',
  '?': 'not sure',
  '♥': 'kind words',
  '-': 'about somebody else',
} as const;

function signOf({ complaint, relevance, urgency, praise }: MentionFace): keyof typeof signs | null {
  if (relevance.verdict === 'other') return '-';
  if (complaint.verdict === 'complaint') return urgency === 'critical' ? '!!' : urgency === 'high' ? '!' : '·';
  if (complaint.verdict === 'unsure' || relevance.verdict === 'unsure') return '?';
  return praise ? '♥' : null;
}

function sign(mention: MentionFace, paint: Colours): string {
  const one = signOf(mention);
  const painted = {
    '!!': (text: string) => paint.bold(paint.red(text)),
    '!': paint.red,
    '·': paint.yellow,
    '?': paint.yellow,
    '♥': paint.green,
    '-': paint.dim,
  };
  return one === null ? '   ' : painted[one](one === '!!' ? '!! ' : ` ${one} `);
}

/** The signs that stand on some lines: `!!`, `♥`, `+2`. */
export function signsOn(mentions: readonly MentionFace[]): ReadonlySet<string> {
  const more = mentions.find(({ places }) => places.length > 1);
  return new Set([...mentions.flatMap((one) => signOf(one) ?? []), ...(more ? [`+${more.places.length - 1}`] : [])]);
}

/** `!! very urgent, ? not sure, +2 in 2 more places`: what those signs mean. */
export function legend(shown: ReadonlySet<string>): string {
  const told = Object.entries(signs).flatMap(([one, means]) => (shown.has(one) ? [`${one} ${means}`] : []));
  const more = [...shown].find((one) => one.startsWith('+'));
  return [...told, ...(more ? [`${more} in ${count(Number(more), 'more place')}`] : [])].join(', ');
}

/** By when something is due from us; else how it stands, or when it was said. */
function when(mention: MentionFace, { now, short, paint }: Telling): string {
  const { when: room } = columns;
  const own = caseOf(mention);
  if (own === null || own.state === 'dismissed')
    return paint.dim(toWidth(own ? 'dismissed' : short(Date.parse(mention.publishedAt ?? mention.firstSeenAt)), room));
  const snoozed = own.snoozedUntil === null ? null : Date.parse(own.snoozedUntil);
  if (snoozed !== null && snoozed > now)
    return paint.dim(toWidth(`till ${short(snoozed).replace(clockTime, '')}`, room));
  const answer = own.dueAt === null ? null : Date.parse(own.dueAt);
  const promise = own.promise === null || closedStates.includes(own.state) ? null : Date.parse(own.promise.due);
  const isPromise = promise !== null && (answer === null || promise < answer);
  const due = isPromise ? promise : answer;
  if (due === null) return paint.dim(toWidth(closedStates.includes(own.state) ? own.state : 'their turn', room));
  if (due < now) return paint.bold(paint.red(toWidth(`late ${length(now - due)}`, room)));
  const by = `${isPromise ? 'do by' : asked.includes(own.state) ? 'ask' : 'by'} ${short(due)}`;
  return toWidth(by.length > room ? by.replace(clockTime, '') : by, room);
}

/** Its customer says so. */
const putRight = 'put right? ';

/** What was said, around the words that weighed most for a complaint; those are painted. */
function words(mention: MentionFace, room: number, paint: Colours): string {
  const { rating } = mention;
  const stars = rating?.scale === 5 && onItsScale(rating) && mention.text ? `${rating.value}★ ` : '';
  const hint = caseOf(mention)?.hint === 'resolved' && room > 2 * putRight.length ? putRight : '';
  const many = mention.accounts > 1 ? `${mention.accounts} accounts: ` : '';
  const voices = room > 2 * (hint.length + many.length) ? many : '';
  const left = room - stars.length - hint.length - voices.length;
  const pieces = telling(mention, left);
  const line = toWidth(pieces.map(({ text }) => text).join(''), left);
  // Colour codes have no width, so what is cut is cut before it is painted.
  const whole = line.trimEnd().replace(/…$/, '').length;
  let at = 0;
  let painted = '';
  for (const { text, telling } of pieces) {
    const part = line.slice(at, Math.min(at + text.length, whole));
    at += part.length;
    painted += telling ? paint.bold(part) : part;
  }
  return paint.green(hint) + paint.yellow(voices + stars) + painted + line.slice(at);
}

function telling(mention: MentionFace, room: number): readonly Segment[] {
  const { title, text } = mention;
  const [heaviest] = tellingReasons(mention, 'hurts');
  const inTitle = title !== null && (text === '' || heaviest?.in === 'title');
  const said = inTitle ? title : text || unsaid(mention);
  const narrowed = Math.max(8, Math.floor((room * said.length) / Math.max(1, widthOf(said))));
  const pieces = excerpt(said, tellingSpans(mention, inTitle ? 'title' : 'text', 'hurts'), narrowed);
  return pieces.map((piece) => ({ ...piece, text: piece.text.replace(drawnStars, briefly) }));
}

/** Stars of five as many sites draw them, written as this list writes them. */
const drawnStars = /(?<![★☆])(?=[★☆]{5}(?![★☆]))★*☆*/g;
const briefly = (drawn: string) => (drawn.length === 5 ? `${drawn.replaceAll('☆', '').length}★` : drawn);

function unsaid({ words, rating }: MentionFace): string {
  const stars = sayRating(rating);
  if (words === 'kept') return stars ?? '(no words)';
  const why = words === 'not-kept' ? '(words not kept)' : '(taken away)';
  return stars === null ? why : `${stars} ${why}`;
}
