/** A post on one line, with the words that a rule found painted. */
import { excerpt, type Span } from '../digest/excerpt.ts';
import { placeName } from '../digest/place-name.ts';
import type { StoredPost } from '../store/stored-posts.ts';
import { clean, link, toWidth, widthOf } from './format.ts';
import type { Telling } from './tell-mention.ts';

interface Found {
  readonly field: string;
  readonly at: readonly [start: number, end: number] | null;
}

const widest = 140;
const columns = { letter: 7, when: 12, place: 18 } as const;

/** `  c4     Tue 14:00    … cold coffee …   Bluesky`. @param letter what to type for it; empty where it has none */
export function ruleLine(post: StoredPost, letter: string, found: readonly Found[], telling: Telling): string {
  const { terminal, paint, short, titles } = telling;
  const room = Math.max(20, Math.min(terminal.columns, widest) - columns.letter - columns.when - columns.place - 5);
  const place = toWidth(clean(placeName(post, titles)), columns.place).trimEnd();
  return [
    ` ${paint.bold(letter.padEnd(columns.letter))}`,
    paint.dim(toWidth(short(post.saidAt), columns.when)),
    said(post, found, room, telling),
    paint.dim(link(place, post.url, terminal)),
  ].join(' ');
}

function said(post: StoredPost, found: readonly Found[], room: number, { paint }: Telling): string {
  const spans = (field: string): Span[] => found.flatMap((one) => (one.field === field && one.at ? [one.at] : []));
  const inText = post.text !== '' && (spans('text').length > 0 || !post.title);
  const [whole, marks] = inText ? [post.text, spans('text')] : [post.title ?? post.text, spans('title')];
  const pieces = excerpt(whole || '(no words)', marks, room - 2);
  const plain = pieces.map(({ text }) => text).join('');
  const painted = pieces.map(({ text, telling }) => (telling ? paint.bold(text) : text)).join('');
  return widthOf(plain) > room ? toWidth(plain, room) : painted + ' '.repeat(room - widthOf(plain));
}
