/**
 * Real answers, recorded by others, and how each is served. They lie outside the project, in the folder that
 * EARSHOT_RECORDINGS names. Nothing of what was recorded is written down here: to add a recording, add a row.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Terms } from '../../src/brand.ts';
import type { Session } from '../../src/sources/source.ts';
import type { Routes } from './loopback.ts';

export interface Recording {
  /** Below the folder of the recordings. */
  readonly file: string;
  readonly source: string;
  /** How it is served: the recorded body behind these paths, and what else the source asks on its way. */
  routes(body: Buffer, url: string): Routes;
  options(url: string): unknown;
  readonly terms?: Terms;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly session?: Session;
  /** How many posts the answer holds, counted by hand. */
  readonly posts: number;
  /** How many more it holds that are left out on purpose. */
  readonly leftOut?: number;
}

/** Undefined where nobody has set EARSHOT_RECORDINGS. */
export const recordingsFolder = process.env.EARSHOT_RECORDINGS || undefined;
export const recorded = (file: string) => readFileSync(join(recordingsFolder ?? '', file));
const xml = (body: Buffer) => ({ body, headers: { 'content-type': 'application/xml' } });
const emptyReviews = '{ "feed": {} }';

const aPage = {
  '/v25.0/me/accounts': { json: { data: [{ id: '1', name: 'A page', access_token: 'invented' }] } },
  '/v25.0/*': '{ "data": [] }',
};

export const recordings: readonly Recording[] = [
  {
    file: 'tumblr/user_likes_2017_huginn.json',
    source: 'tumblr',
    routes: (body) => {
      const { liked_posts: response } = JSON.parse(body.toString()) as { liked_posts: unknown[] };
      return { '/v2/tagged': [{ json: { response } }, { json: { response: [] } }] };
    },
    options: (url) => ({ tags: ['wendys'], baseUrl: url }),
    secrets: { key: 'invented' },
    // Three are pictures without a word.
    posts: 17,
    leftOut: 3,
  },
  {
    file: 'app-store/jp_1404176564_page1.json',
    source: 'app-store',
    routes: (body) => ({
      '/jp/rss/customerreviews/page=1/id=1404176564/sortby=mostrecent/json': { body },
      '/jp/rss/*': emptyReviews,
      '/lookup': '{ "results": [{}] }',
    }),
    options: (url) => ({ app: '1404176564', countries: ['jp'], baseUrl: url }),
    posts: 50,
  },
  {
    file: 'devto/articles_list_2026-04_edited.json',
    source: 'dev',
    routes: (body) => ({
      '/api/articles/search': { body },
      '/api/articles/*': { json: { body_markdown: 'What it says is not recorded.' } },
      '/api/comments': '[]',
    }),
    options: (url) => ({ baseUrl: url }),
    terms: { names: ['Blue Door Coffee'], handles: [], domains: [] },
    posts: 1,
  },
  {
    file: 'lobsters/hottest_2025-02-13.json',
    source: 'lobsters',
    routes: (body) => ({
      '/newest.json': { body },
      '/newest/*': '[]',
      '/comments.rss': '<rss version="2.0"><channel/></rss>',
    }),
    options: (url) => ({ baseUrl: url }),
    posts: 25,
  },
  {
    file: 'github/search_issues.json',
    source: 'github',
    routes: (body) => ({ '/search/issues': { body }, '/repos/*': '[]' }),
    options: (url) => ({ baseUrl: url }),
    terms: { names: ['Blue Door Coffee'], handles: [], domains: [] },
    posts: 10,
  },
  {
    file: 'steam/getappreviews_v1_doc_example.json',
    source: 'steam',
    routes: (body) => ({ '/IUserReviewsService/GetAppReviews/v1/': { body } }),
    options: (url) => ({ apps: ['10'], baseUrl: url }),
    posts: 1,
  },
  {
    // Its author's library put the reviews of all pages into one object, by their numbers.
    file: 'steam/aggregated_review_357330.json',
    source: 'steam',
    routes: (body) => ({ '/IUserReviewsService/GetAppReviews/v1/': { json: { response: listed(body) } } }),
    options: (url) => ({ apps: ['357330'], baseUrl: url }),
    posts: 6,
  },
  {
    file: 'reddit/subreddit_top_thinkpad.atom.xml',
    source: 'reddit',
    routes: (body) => ({
      '/r/thinkpad/new/.rss': xml(body),
      '/r/thinkpad/comments/.rss': '<feed xmlns="http://www.w3.org/2005/Atom"/>',
    }),
    options: (url) => ({ subreddits: ['thinkpad'], baseUrl: url }),
    posts: 5,
  },
  {
    file: 'google-alerts/alert_2021-06-04_one_entry.xml',
    source: 'feed',
    routes: (body) => ({ '/alerts/feeds/00000000000000000000/11111111111111111111': xml(body) }),
    options: (url) => ({ urls: [`${url}/alerts/feeds/00000000000000000000/11111111111111111111`] }),
    posts: 1,
  },
  {
    file: 'google-alerts/alert_2021-06-04_one_entry.xml',
    source: 'google-alerts',
    routes: (body) => ({ '/alerts/feeds/00000000000000000000/11111111111111111111': xml(body) }),
    options: (url) => ({ urls: [`${url}/alerts/feeds/00000000000000000000/11111111111111111111`] }),
    posts: 1,
  },
  {
    file: 'google-news-rss/search_2026-09-25_trimmed.xml',
    source: 'feed',
    routes: (body) => ({ '/feed': xml(body) }),
    options: (url) => ({ urls: [`${url}/feed`] }),
    posts: 2,
  },
  {
    file: 'google-news-rss/search_2026-09-25_trimmed.xml',
    source: 'google-news',
    routes: (body) => ({ '/rss/search': xml(body) }),
    options: (url) => ({ baseUrl: url }),
    posts: 2,
  },
  {
    file: 'wordpress-rest-comments/comments-v2-view-context-success.json',
    source: 'wordpress',
    routes: (body) => ({ '/wp-json/wp/v2/comments': { body }, '/wp-json/wp/v2/posts': '[]' }),
    options: (url) => ({ sites: [url] }),
    posts: 2,
  },
  {
    file: 'wordpress-rest-comments/site-comments-success.json',
    source: 'wordpress',
    routes: (body) => ({ '/rest/v1.1/sites/door.wordpress.com/comments': { body } }),
    options: (url) => ({ sites: ['https://door.wordpress.com'], baseUrl: url }),
    posts: 1,
  },
  {
    file: 'youtube/channel_videos_feed_2017.atom.xml',
    source: 'feed',
    routes: (body) => ({ '/feed': xml(body) }),
    options: (url) => ({ urls: [`${url}/feed`] }),
    posts: 15,
  },
  {
    file: 'feeds/node-feedparser/tpm.atom',
    source: 'feed',
    routes: (body) => ({ '/feed': xml(body) }),
    options: (url) => ({ urls: [`${url}/feed`] }),
    posts: 20,
  },
  {
    file: 'feeds/node-feedparser/rss2sample.xml',
    source: 'feed',
    routes: (body) => ({ '/feed': xml(body) }),
    options: (url) => ({ urls: [`${url}/feed`] }),
    posts: 4,
  },
  {
    file: 'feeds/node-feedparser/category-feed.xml',
    source: 'feed',
    routes: (body) => ({ '/feed': xml(body) }),
    options: (url) => ({ urls: [`${url}/feed`] }),
    posts: 1,
  },
  {
    file: 'lemmy/postview_v3_0.18_sh_itjust_works.json',
    source: 'lemmy',
    // Recorded is one element of the answer's list.
    routes: (body) => ({
      '/api/v3/search': ({ query }) =>
        query.get('type_') === 'Posts' ? `{ "posts": [${body}], "comments": [] }` : '{ "posts": [], "comments": [] }',
    }),
    options: (url) => ({ instances: [url] }),
    posts: 1,
  },
  {
    file: 'discourse/discourse_api_posts_latest.json',
    source: 'discourse',
    routes: (body) => ({ '/posts.json': [{ body }, '{ "latest_posts": [] }'] }),
    options: (url) => ({ forums: [url] }),
    posts: 4,
  },
  {
    file: 'bluesky/getPosts.json',
    source: 'bluesky',
    routes: (body) => ({
      '/xrpc/app.bsky.feed.searchPosts': { body },
      '/xrpc/app.bsky.actor.getProfiles': { body: recorded('bluesky/getProfiles.json') },
    }),
    options: (url) => ({ baseUrl: url }),
    posts: 1,
  },
  {
    file: 'bluesky/jetstream_v1_golden.jsonl',
    source: 'bluesky-jetstream',
    routes: (body) => {
      const frames = body.toString().trimEnd().split('\n');
      // Who wrote it is not recorded with it.
      const events = frames.map((frame) => JSON.parse(frame) as { did: string; commit?: { record?: object } });
      const record = events.find(({ commit }) => /feed\.post"/.test(JSON.stringify(commit?.record ?? {})))?.commit
        ?.record;
      const author = { did: 'did:plc:somebody', handle: 'somebody.example' };
      return {
        '/subscribe': { frames },
        '/xrpc/app.bsky.feed.getPosts': ({ query }) => ({
          json: { posts: query.getAll('uris').map((uri) => ({ uri, author, record })) },
        }),
        '/xrpc/app.bsky.actor.getProfiles': { body: recorded('bluesky/getProfiles.json') },
      };
    },
    options: (url) => ({ baseUrl: url }),
    posts: 1,
  },
  {
    file: 'mastodon/streaming_user_sse.txt',
    source: 'mastodon-stream',
    routes: (body) => ({
      '/api/v2/instance': { status: 404, json: { error: 'Not Found' } },
      '/api/v1/streaming/hashtag': { body, headers: { 'content-type': 'text/event-stream' } },
    }),
    options: (url) => ({ instance: url, hashtags: ['bluedoor'] }),
    secrets: { token: 'a-token' },
    posts: 1,
  },
  {
    file: 'mastodon/timeline_public_anonymous.json',
    source: 'mastodon',
    routes: (body) => ({
      '/api/v2/instance': { body: recorded('mastodon/instance_v2_mastodon_social.json') },
      '/api/v1/timelines/tag/bluedoor': { body },
    }),
    options: (url) => ({ instances: [url], hashtags: ['bluedoor'] }),
    posts: 19,
    leftOut: 1,
  },
  {
    file: 'mastodon/search_v2_mastodon_social.json',
    source: 'mastodon',
    routes: (body) => ({ '/api/v2/search': { body }, '/api/v1/timelines/tag/*': '[]' }),
    options: (url) => ({ instances: [url], hashtags: ['bluedoor'], search: true }),
    secrets: { token: 'invented' },
    posts: 2,
  },
  {
    // 24 answers in one file: each is the answer to a name of its own.
    file: 'hackernews/node-hacker-news-api_fixtures.json',
    source: 'hacker-news',
    routes: (body) => ({
      '/api/v1/search_by_date': ({ query }) =>
        repliesIn(body)[Number(query.get('query')?.replace(/\D/g, ''))] ?? '{ "hits": [] }',
    }),
    options: (url) => ({ baseUrl: url }),
    terms: { names: Array.from({ length: 24 }, (_, index) => `answer ${index}`), handles: [], domains: [] },
    posts: 18,
  },
  {
    // Marked for programs, without a single review.
    file: 'schema-org/schema.org/LocalBusiness.002.html',
    source: 'page',
    routes: (body) => ({ '/reviews': { body } }),
    options: (url) => ({ urls: [`${url}/reviews`] }),
    posts: 0,
  },
  {
    // Marked for programs, without a single review.
    file: 'schema-org/schema.org/product.html',
    source: 'page',
    routes: (body) => ({ '/reviews': { body } }),
    options: (url) => ({ urls: [`${url}/reviews`] }),
    posts: 0,
  },
  {
    // Marked for programs, without a single review.
    file: 'schema-org/custom.invalid/JSONLD_with_JS_comment.html',
    source: 'page',
    routes: (body) => ({ '/reviews': { body } }),
    options: (url) => ({ urls: [`${url}/reviews`] }),
    posts: 0,
  },
  {
    file: 'cfpb/search_page1_2024-11-05.json',
    source: 'cfpb',
    routes: (body) => ({ '/data-research/consumer-complaints/search/api/v1/': { body } }),
    options: (url) => ({ companies: ['EQUIFAX, INC.'], baseUrl: url }),
    posts: 25,
  },
  {
    file: 'nhtsa/complaint_11055305.json',
    source: 'nhtsa',
    // Recorded is one element of the answer's list.
    routes: (body) => ({ '/complaints/complaintsByVehicle': `{ "results": [${body}] }` }),
    options: (url) => ({ vehicles: [{ make: 'JEEP', model: 'WRANGLER', year: 1987 }], baseUrl: url }),
    posts: 1,
  },
  {
    file: 'youtube/search_by_keywords_p1.json',
    source: 'youtube',
    routes: (body) => ({ '/youtube/v3/search': [{ body }, '{ "items": [] }'], '/youtube/v3/*': '{ "items": [] }' }),
    options: (url) => ({ search: true, baseUrl: url }),
    secrets: { key: 'invented' },
    posts: 25,
  },
  {
    file: 'youtube/comment_threads_by_channel.json',
    source: 'youtube',
    routes: (body) => ({ '/youtube/v3/commentThreads': { body } }),
    options: (url) => ({ ownChannels: ['UC0123456789abcdefghijkl'], baseUrl: url }),
    secrets: { key: 'invented' },
    posts: 2,
  },
  {
    file: 'youtube/videos_info_multi.json',
    source: 'youtube',
    // Recorded are two videos, asked for by their ids.
    routes: (body) => ({
      '/youtube/v3/search': { json: { items: idsIn(body).map((videoId) => ({ id: { videoId }, snippet: {} })) } },
      '/youtube/v3/videos': { body },
      '/youtube/v3/channels': '{ "items": [] }',
    }),
    options: (url) => ({ search: true, baseUrl: url }),
    secrets: { key: 'invented' },
    posts: 2,
  },
  {
    file: 'youtube/channel_videos_feed_2017.atom.xml',
    source: 'youtube',
    routes: (body) => ({ '/feeds/videos.xml': xml(body) }),
    options: (url) => ({ channels: ['UC0123456789abcdefghijkl'], baseUrl: url }),
    posts: 15,
  },
  {
    file: 'google-places-new/place_reviews_googleplex.json',
    source: 'google-places',
    routes: (body) => ({ '/v1/places/ChIJ0123456789abcdefghijklm': { body } }),
    options: (url) => ({ places: ['ChIJ0123456789abcdefghijklm'], baseUrl: url }),
    secrets: { key: 'invented' },
    posts: 5,
  },
  {
    file: 'yelp/reviews_bi-rite-creamery.json',
    source: 'yelp',
    routes: (body) => ({ '/v3/businesses/somewhere/reviews': { body } }),
    options: (url) => ({ businesses: ['somewhere'], baseUrl: url }),
    secrets: { key: 'invented' },
    posts: 3,
  },
  {
    file: 'trustpilot/next_data_review_2024.json',
    source: 'trustpilot',
    // Recorded is one review of a page's own list.
    routes: (body) => ({ '/v1/business-units/0123456789abcdef01234567/reviews': `{ "reviews": [${body}] }` }),
    options: (url) => ({ business: '0123456789abcdef01234567', baseUrl: url }),
    secrets: { key: 'invented' },
    posts: 1,
  },
  {
    file: 'facebook/feed_fields_p1.json',
    source: 'facebook-page',
    routes: (body) => ({ ...aPage, '/v25.0/1/feed': { body } }),
    options: (url) => ({ baseUrl: url }),
    session: { token: 'invented', until: 8.64e15 },
    posts: 5,
  },
  {
    file: 'facebook/comments_p1.json',
    source: 'facebook-page',
    routes: (body) => ({
      ...aPage,
      '/v25.0/1/feed': { json: { data: [{ id: '1_1', created_time: '2021-08-01T00:00:00+0000' }] } },
      '/v25.0/1_1/comments': [{ body }, '{ "data": [] }'],
    }),
    options: (url) => ({ baseUrl: url }),
    session: { token: 'invented', until: 8.64e15 },
    posts: 10,
  },
  {
    file: 'threads/keyword_search_docs_example.json',
    source: 'threads',
    routes: (body) => ({ '/v1.0/keyword_search': { body } }),
    options: (url) => ({ baseUrl: url }),
    session: { token: 'invented', until: 8.64e15 },
    posts: 1,
  },
  {
    file: 'x/search_recent_tweepy.json',
    source: 'x',
    routes: (body) => ({ '/2/tweets/search/recent': [{ body }, '{ "meta": { "result_count": 0 } }'] }),
    options: (url) => ({ moneyPerMonth: 1, baseUrl: url }),
    secrets: { bearer: 'invented' },
    posts: 10,
  },
  {
    file: 'x/timeline_mentions.json',
    source: 'x',
    routes: (body) => ({ '/2/users/1/mentions': [{ body }, '{ "meta": { "result_count": 0 } }'] }),
    options: (url) => ({ moneyPerMonth: 1, search: false, userId: '1', baseUrl: url }),
    secrets: { bearer: 'invented' },
    posts: 5,
  },
  ...['search_r_all', 'subreddit_new_askreddit', 'subreddit_comments_kakapo_poll1'].map(
    (name, index): Recording => ({
      file: `reddit/${name}.json`,
      source: 'reddit-api',
      routes: (body) => ({
        'POST /api/v1/access_token': '{ "access_token": "invented" }',
        '/search': [{ body }, '{ "data": { "children": [] } }'],
      }),
      options: (url) => ({ baseUrl: url }),
      secrets: { clientId: 'invented', clientSecret: 'invented' },
      posts: [6, 100, 16][index] ?? 0,
    }),
  ),
];

function idsIn(body: Buffer): string[] {
  return (JSON.parse(body.toString()) as { readonly items: readonly { readonly id: string }[] }).items.map(
    ({ id }) => id,
  );
}

function listed(body: Buffer): object {
  const { reviews, ...rest } = JSON.parse(body.toString()) as { readonly reviews: object };
  return { ...rest, reviews: Object.values(reviews) };
}

/** The file is a list of `{ url, reply }`; two of its answers are a user and an item, which we never ask for. */
function repliesIn(body: Buffer): string[] {
  const pairs = JSON.parse(body.toString()) as { readonly reply: object }[];
  return pairs.filter(({ reply }) => 'hits' in reply).map(({ reply }) => JSON.stringify(reply));
}

/** Whole mails, which come in a folder and not by HTTP; the mailbox is Gmail's, whose server took the alert. */
export const recordedMails: readonly { readonly file: string; readonly posts: number }[] = [
  { file: 'email/google-alerts/google-alert_2025-10-06.eml', posts: 10 },
  { file: 'email/mixed.eml', posts: 1 },
  // A bounce says nothing about anybody.
  { file: 'email/delivery-status.eml', posts: 0 },
];
