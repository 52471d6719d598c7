/** What stands out beyond the single post: praise that fell, complaints all at once, the same thing again, and what was mended. */
import type { MentionFace } from '../face/mention.ts';
import type { Again } from '../insight/again.ts';
import type { Alarm } from '../insight/alarms.ts';
import type { Mended } from '../insight/mended.ts';
import { sayAgain, sayAlarm, sayMended } from '../insight/wording.ts';
import { onOneLine } from '../text/clean.ts';
import type { Digest, DigestRows, NewsLine } from './digest.ts';
import { excerpt } from './excerpt.ts';
import { itemOf, topicSpans } from './item.ts';
import { sayDay } from './local-time.ts';
import { tellingSpans } from './telling.ts';
import { nameFew, titleOf } from './wording.ts';

/** Of one brand; `posts` are those that show it, the newest first. */
export type NewsRow = { readonly brandTitle: string; readonly posts: readonly MentionFace[] } & (
  | ({ readonly kind: Alarm['kind']; readonly topics: readonly string[]; readonly places: readonly string[] } & Pick<
      Alarm,
      'days' | 'count' | 'usual'
    >)
  | ({ readonly kind: 'again' } & Pick<Again, 'name' | 'times' | 'since'>)
  | ({ readonly kind: 'back' | 'stayed-away' } & Mended)
);

const longestExcerpt = 90;
/** Two minutes at breakfast. */
const mostNews = 3;
/** What hurts first. */
const order: readonly NewsRow['kind'][] = ['spike', 'fall', 'back', 'again', 'stayed-away'];

export function newsSection(rows: DigestRows): Digest['news'] {
  const news = (rows.news ?? []).toSorted((one, other) => order.indexOf(one.kind) - order.indexOf(other.kind));
  const more = news.length - mostNews;
  return {
    title: 'What stands out',
    lines: news.slice(0, mostNews).map((one) => lineOf(one, rows)),
    more: more > 0 ? { say: `and ${more} more`, command: `${rows.earshot} report` } : null,
  };
}

/** For the subject, where no complaint waits; null where nothing rings. */
export function loudest({ news = [] }: DigestRows): string | null {
  if (news.some(({ kind }) => kind === 'spike')) return 'Many complaints at once';
  return news.some(({ kind }) => kind === 'fall') ? 'Praise fell' : null;
}

function lineOf(news: NewsRow, rows: DigestRows): NewsLine {
  const brand = rows.brandNames.length > 1 ? `${onOneLine(news.brandTitle)}: ` : '';
  return { say: brand + onOneLine(sentence(news, rows)), posts: news.posts.map((post) => postLine(post, news, rows)) };
}

function sentence(news: NewsRow, rows: DigestRows): string {
  const { now, timezone } = rows;
  const day = (at: number) => sayDay(at, now, timezone);
  switch (news.kind) {
    case 'fall':
    case 'spike':
      return `${sayAlarm(news)}${behind(news, rows)}`;
    case 'again':
      return `${sayAgain(news, day)}.`;
    case 'back':
    case 'stayed-away':
      return sayMended(news, day, now);
  }
}

/** “Mostly delivery, mostly on Google.” */
function behind(
  {
    kind,
    topics,
    places,
  }: { readonly kind: Alarm['kind']; readonly topics: readonly string[]; readonly places: readonly string[] },
  { sourceTitles }: DigestRows,
): string {
  const titles = places.map((id) => sourceTitles[id] ?? titleOf(id));
  const parts = [
    topics.length > 0 ? `about ${nameFew(topics, 'other things')}` : '',
    titles.length > 0 ? `${kind === 'fall' ? 'missing ' : ''}on ${nameFew(titles, 'other places')}` : '',
  ].filter(Boolean);
  return parts.length > 0 ? ` Mostly ${parts.join(', ')}.` : '';
}

function postLine(post: MentionFace, news: NewsRow, rows: DigestRows): NewsLine['posts'][number] {
  const { letter, who, where, when, link, wordless } = itemOf(post, 'normal', rows);
  const spans = news.kind === 'again' ? topicSpans(post, news.name) : tellingSpans(post, 'text', 'hurts');
  const words = excerpt(post.text || (post.title ?? ''), post.text ? spans : [], longestExcerpt);
  return { letter, words, wordless, by: [who, where, when].join(', '), link };
}
