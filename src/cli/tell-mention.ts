/** A mention on one line of the queue, and in full with its reasons. */
import { excerpt, type Span } from '../digest/excerpt.ts';
import { sayMoment } from '../digest/local-time.ts';
import { sayRating, sayWhy } from '../digest/why.ts';
import type { Edges, Terminal } from '../edges.ts';
import type { MentionFace } from '../face/mention.ts';
import type { Tools } from '../jobs/tools.ts';
import { forTerminal } from '../text/clean.ts';
import { type Colours, clean, coloursOf, length, link, toWidth, wrapped } from './format.ts';

/** What telling needs beside the mention. */
export interface Telling {
  readonly terminal: Terminal;
  /** Milliseconds UTC. */
  readonly now: number;
  readonly timezone: string;
  /** What people call a source. */
  readonly titles: ReadonlyMap<string, string>;
}

export function tellingOf(edges: Edges, tools: Tools): Telling {
  const titles = new Map(tools.sources.map((source) => [source.id, source.title]));
  return { terminal: edges.terminal, now: edges.clock.now(), timezone: tools.config.timezone, titles };
}

const columns = { letter: 5, when: 15, place: 16 } as const;
const gaps = 4;

/** `! c4  due Tue 14:00  “…still waiting for my refund…”  Bluesky` in the terminal's width. */
export function mentionLine(mention: MentionFace, telling: Telling): string {
  const { terminal } = telling;
  const paint = coloursOf(terminal);
  const room = Math.max(20, Math.min(terminal.columns, 140) - columns.letter - columns.when - columns.place - gaps - 2);
  const letter = mention.case ? `c${mention.case.id}` : `m${mention.id}`;
  return [
    `${urgencySign(mention, paint)} ${link(paint.bold(toWidth(letter, columns.letter)), mention.url, terminal)}`,
    whenColumn(mention, telling, paint),
    words(mention, room, paint),
    paint.dim(toWidth(clean(telling.titles.get(mention.source) ?? mention.source), columns.place).trimEnd()),
  ].join(' ');
}

function urgencySign(mention: MentionFace, paint: Colours): string {
  if (mention.urgency === 'critical') return paint.red('‼');
  return mention.urgency === 'high' ? paint.yellow('!') : ' ';
}

function whenColumn(mention: MentionFace, { now, timezone }: Telling, paint: Colours): string {
  const due = mention.case?.dueAt ? Date.parse(mention.case.dueAt) : null;
  if (due !== null && due < now) return paint.red(toWidth(`late by ${length(now - due)}`, columns.when));
  if (due !== null) return toWidth(`by ${sayMoment(due, now, timezone)}`, columns.when);
  const said = Date.parse(mention.publishedAt ?? mention.firstSeenAt);
  return paint.dim(toWidth(sayMoment(said, now, timezone), columns.when));
}

function words(mention: MentionFace, room: number, paint: Colours): string {
  const text = mention.text || mention.title || sayRating(mention.rating) || '(no words)';
  const pieces = excerpt(text, mention.text ? complaintSpans(mention) : [], room);
  // Colour codes have no width, so what is cut is cut before it is painted.
  const line = toWidth(pieces.map((piece) => clean(piece.text)).join(' '), room);
  const hurting = clean(pieces.find((piece) => piece.telling)?.text ?? '');
  const at = hurting ? line.indexOf(hurting) : -1;
  return at < 0 ? line : line.slice(0, at) + paint.bold(hurting) + line.slice(at + hurting.length);
}

/** Where in the text the words stand that weighed most for a complaint, the heaviest first. */
function complaintSpans(mention: MentionFace): Span[] {
  return mention.reasons
    .filter((reason) => reason.of === 'complaint' && reason.in === 'text' && reason.weight > 0)
    .sort((one, other) => other.weight - one.weight)
    .flatMap((reason) => (reason.at ? [reason.at] : []));
}

const verdicts = {
  complaint: { complaint: 'a complaint', unsure: 'perhaps a complaint', none: 'no complaint' },
  relevance: { about: 'about you', unsure: 'perhaps about you', other: 'about somebody else' },
} as const;

/** Everything that is known of a mention, for `show`. */
export function mentionInFull(mention: MentionFace, telling: Telling): string {
  const { terminal, now, timezone, titles } = telling;
  const paint = coloursOf(terminal);
  const width = Math.min(terminal.columns, 100);
  const said = mention.publishedAt === null ? 'no date' : sayMoment(Date.parse(mention.publishedAt), now, timezone);
  const who = clean(mention.author.name ?? mention.author.handle ?? 'somebody');
  const head = [
    `m${mention.id}`,
    clean(titles.get(mention.source) ?? mention.source),
    who,
    said,
    sayRating(mention.rating),
  ];
  const lines = [head.filter((part) => part !== null).join(' · ')];
  if (mention.title) lines.push('', wrapped(paint.bold(clean(mention.title)), width));
  lines.push('', wrapped(painted(mention, paint) || '(no words)', width, '  '), '');
  const verdict = `${verdicts.complaint[mention.complaint.verdict]}, ${verdicts.relevance[mention.relevance.verdict]}`;
  lines.push(
    `For ${clean(mention.brand)}: ${verdict}; ${mention.urgency} urgency${mention.topics.length ? `; ${mention.topics.join(', ')}` : ''}.`,
  );
  const why = sayWhy(mention);
  if (why.length > 0) lines.push(wrapped(`Why: ${why.map(clean).join('; ')}.`, width));
  for (const place of mention.places)
    lines.push(`${mention.places.length > 1 ? 'Said at' : 'Read it at'} ${clean(place.url ?? place.source)}`);
  return lines.join('\n');
}

/** The whole text with the words that hurt marked; cleaned piece by piece, so that offsets still hold. */
function painted(mention: MentionFace, paint: Colours): string {
  let at = 0;
  let out = '';
  for (const [start, end] of complaintSpans(mention).sort((one, other) => one[0] - other[0])) {
    if (start < at) continue;
    out += forTerminal(mention.text.slice(at, start)) + paint.bold(forTerminal(mention.text.slice(start, end)));
    at = end;
  }
  return out + forTerminal(mention.text.slice(at));
}
