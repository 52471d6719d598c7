/** Stack Exchange: questions by search, answers by excerpts, always gzipped, 300 questions a day and then none. */
import { escaped, numberOf, paragraphs, slugOf } from '../markup.ts';
import { matcherOf } from '../query.ts';
import { rootOf, type ShownPost } from '../timeline.ts';
import { type Ask, json, type Platform, type Reply, wholeNumber } from './platform.ts';

const quota = 300;

export const stackExchangePlatform: Platform = {
  prefix: 'stack-exchange',
  holds: 'stack-exchange',
  answer(ask) {
    return { ...answer(ask), gzip: true };
  },
};

function answer(ask: Ask): Reply {
  const { path, query, now, asked } = ask;
  if (asked >= quota) {
    const wait = Math.ceil((86_400_000 - (now % 86_400_000)) / 1000);
    return error(
      502,
      'throttle_violation',
      `too many requests from this IP, more requests available in ${wait} seconds`,
    );
  }
  const item = methods.get(path);
  if (item === undefined) return error(404, 'no_method', 'no method found with this name');
  const site = query.get('site');
  if (!site) return error(400, 'bad_parameter', 'site is required');
  return found(ask, site, item);
}

/** The HTTP status is always 400; what is meant stands inside. */
function error(id: number, name: string, message: string): Reply {
  return json({ error_id: id, error_message: message, error_name: name }, { status: 400 });
}

/** What one search makes of a post; null where it does not look at such. */
type ToItem = (post: ShownPost, thread: ShownPost, query: URLSearchParams) => object | null;

const methods: ReadonlyMap<string, ToItem> = new Map([
  ['/2.3/search/advanced', toQuestion],
  ['/2.3/search/excerpts', toExcerpt],
]);

function found({ query, posts, asked }: Ask, site: string, toItem: ToItem): Reply {
  const size = wholeNumber(query, 'pagesize', 30, 100);
  const page = wholeNumber(query, 'page', 1, Number.MAX_SAFE_INTEGER);
  const matches = matcherOf(query.get('q') ?? '');
  const from = Number(query.get('fromdate') ?? 0);
  const to = Number(query.get('todate') ?? Number.POSITIVE_INFINITY);
  const items = posts
    .filter((post) => post.place === site && seconds(post) >= from && seconds(post) <= to)
    .filter(({ title, text }) => matches(`${title ?? ''}\n${text}`))
    .flatMap((post) => toItem(post, rootOf(post, posts), query) ?? []);
  return json({
    items: items.slice((page - 1) * size, page * size),
    has_more: items.length > page * size,
    quota_max: quota,
    quota_remaining: quota - asked - 1,
  });
}

function toQuestion(post: ShownPost, _: ShownPost, query: URLSearchParams): object | null {
  if (post.replyTo !== undefined) return null;
  const host = `https://${post.place}.example`;
  return {
    tags: ['invoices'],
    owner: {
      account_id: Number(numberOf(post.author.handle ?? '', 7)),
      user_id: Number(numberOf(post.author.handle ?? '', 6)),
      user_type: 'registered',
      reputation: 101,
      display_name: escaped(post.author.handle ?? ''),
      link: `${host}/users/${numberOf(post.author.handle ?? '', 6)}/${slugOf(post.author.handle ?? '')}`,
    },
    is_answered: (post.counts.replies ?? 0) > 0,
    view_count: post.counts.views ?? 0,
    answer_count: post.counts.replies ?? 0,
    score: post.counts.likes ?? 0,
    last_activity_date: seconds(post),
    creation_date: seconds(post),
    ...(post.editedAt === null ? {} : { last_edit_date: Math.floor(post.editedAt / 1000) }),
    question_id: Number(post.id),
    content_license: 'CC BY-SA 4.0',
    link: `${host}/questions/${post.id}/${slugOf(post.title ?? '')}`,
    title: entities(post.title ?? ''),
    ...(query.get('filter') === 'withbody' ? { body: paragraphs(post.text) } : {}),
  };
}

function toExcerpt(post: ShownPost, thread: ShownPost): object {
  const isAnswer = post !== thread;
  return {
    tags: ['invoices'],
    question_score: thread.counts.likes ?? 0,
    ...(isAnswer
      ? { answer_id: Number(post.id), answer_score: post.counts.likes ?? 0, is_accepted: false }
      : { answer_count: post.counts.replies ?? 0, is_answered: (post.counts.replies ?? 0) > 0 }),
    has_accepted_answer: false,
    last_activity_date: seconds(post),
    creation_date: seconds(post),
    score: post.counts.likes ?? 0,
    question_id: Number(thread.id),
    item_type: isAnswer ? 'answer' : 'question',
    title: entities(thread.title ?? ''),
    excerpt: entities(post.text.slice(0, 200)),
    body: paragraphs(post.text),
  };
}

/** Titles and excerpts come with quotation marks as entities. */
const entities = (text: string) => escaped(text).replaceAll("'", '&#39;');
const seconds = ({ publishedAt }: ShownPost) => Math.floor(publishedAt / 1000);
