/** Apple's App Store: the newest 500 reviews of each country, fifty a page, and the app's overall rating. */
import { numberOf } from '../markup.ts';
import type { ShownPost } from '../timeline.ts';
import { type Ask, json, type Platform, type Reply } from './platform.ts';

/** The only app of this store. */
export const demoApp = '9990001234';

const pageSize = 50;
const lastPage = 10;

export const appStorePlatform: Platform = {
  prefix: 'app-store',
  holds: 'app-store',
  answer(ask) {
    if (ask.path === '/lookup') return lookup(ask);
    const [, country = '', page = '', app = ''] =
      /^\/([a-z]{2})\/rss\/customerreviews\/page=(\d+)\/id=(\d+)\/sortby=mostrecent\/json$/.exec(ask.path) ?? [];
    if (country === '') return { status: 404, headers: { 'content-type': 'text/html' }, body: 'Not Found' };
    if (Number(page) > lastPage) {
      const body = 'CFS error: page depth is limited to 10';
      return { status: 400, headers: { 'content-type': 'text/plain' }, body };
    }
    return reviews(ask, country, Number(page), app);
  },
};

function reviews({ posts }: Ask, country: string, page: number, app: string): Reply {
  const all = app === demoApp ? reviewsOf(posts, country) : [];
  const entries = all.slice((page - 1) * pageSize, page * pageSize).map((post) => toEntry(post, country, app));
  return json({
    feed: {
      author: { name: label('iTunes Store'), uri: label('http://www.apple.com/itunes/') },
      // A list, one thing alone, or nothing at all.
      ...(entries.length === 0 ? {} : { entry: entries.length === 1 ? entries[0] : entries }),
      updated: label(appleTime(posts[0]?.publishedAt ?? 0)),
      rights: label('Copyright'),
      title: label('iTunes Store: Customer Reviews'),
      id: label(`https://mzstoreservices-int.example/${country}/rss/customerreviews/id=${app}/json`),
    },
  });
}

function lookup({ query, posts }: Ask): Reply {
  const country = query.get('country') ?? 'us';
  const ratings = query.get('id') === demoApp ? reviewsOf(posts, country).map(({ rating }) => rating ?? 0) : [];
  const results = ratings.length === 0 ? [] : [overall(ratings, country)];
  const reply = json({ resultCount: results.length, results });
  return { ...reply, headers: { 'content-type': 'text/javascript; charset=utf-8' } };
}

function overall(ratings: readonly number[], country: string) {
  return {
    wrapperType: 'software',
    trackId: Number(demoApp),
    trackName: 'Tallyo: Bookkeeping',
    trackViewUrl: `https://apps.apple.com/${country}/app/id${demoApp}`,
    averageUserRating: ratings.reduce((sum, rating) => sum + rating, 0) / ratings.length,
    userRatingCount: ratings.length,
  };
}

/** `mostrecent` means last written or changed. */
function reviewsOf(posts: readonly ShownPost[], country: string): readonly ShownPost[] {
  return posts.filter(({ place }) => place === country).toSorted((a, b) => changedAt(b) - changedAt(a));
}

function toEntry(post: ShownPost, country: string, app: string) {
  const reviewer = `https://itunes.apple.com/${country}/reviews/id${numberOf(`${country} ${post.author.name}`, 10)}`;
  return {
    author: { uri: label(reviewer), name: label(post.author.name ?? ''), label: '' },
    updated: label(appleTime(changedAt(post))),
    'im:rating': label(String(post.rating ?? 3)),
    'im:version': label('6.2.1'),
    id: label(post.id),
    title: label(post.title ?? ''),
    content: { ...label(post.text), attributes: { type: 'text' } },
    link: {
      attributes: {
        rel: 'related',
        href: `https://itunes.apple.com/${country}/review?id=${app}&type=Purple%20Software`,
      },
    },
    'im:voteSum': label(String(post.counts.likes ?? 0)),
    'im:contentType': { attributes: { term: 'Application', label: 'Application' } },
    'im:voteCount': label(String(post.counts.likes ?? 0)),
  };
}

const label = (text: string) => ({ label: text });
const changedAt = ({ publishedAt, editedAt }: ShownPost) => editedAt ?? publishedAt;
const appleTime = (ms: number) => new Date(ms - 7 * 3_600_000).toISOString().replace(/\.\d+Z$/, '-07:00');
