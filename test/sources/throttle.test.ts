/** Every form in which a platform asks us to slow down, through the real net door: what came before is kept, and the time to come back is right. */
import { expect, test } from 'vitest';
import { sources } from '../support/every-source.ts';
import type { Reply, Route } from '../support/loopback.ts';
import { readSource } from '../support/read-source.ts';
import type { SourceFixture } from '../support/source-fixture.ts';

/** When the tests' clock begins: `test/support/read-source.ts`. */
const now = Date.parse('2026-11-20T08:00:00Z');
const epoch = now / 1000;

interface Throttle {
  readonly source: string;
  readonly form: string;
  /** To every question, or only to the first one. */
  readonly answer: Route;
  /** Seconds from now. */
  readonly comeBackAfter: number;
  readonly posts?: number;
}

const limited = (headers: Readonly<Record<string, string>>, body: Omit<Reply, 'status' | 'headers'> = {}): Reply => ({
  status: 429,
  headers,
  ...body,
});
const questions = (more: object): Reply => ({
  json: {
    items: [
      {
        question_id: 1,
        title: 'Blue Door Coffee',
        body: '<p>cold</p>',
        creation_date: epoch - 60,
        link: 'https://cooking.example/q/1',
      },
    ],
    has_more: true,
    quota_max: 300,
    quota_remaining: 280,
    ...more,
  },
});
const statuses = Array.from({ length: 2 }, (_, index) => ({
  id: `${9 - index}`,
  uri: `https://social.example/${9 - index}`,
  created_at: '2026-11-20T07:00:00.000Z',
  content: '<p>#BlueDoorCoffee</p>',
  account: { acct: 'ana@social.example' },
}));

const throttles: readonly Throttle[] = [
  { source: 'feed', form: 'Retry-After in seconds', answer: limited({ 'retry-after': '120' }), comeBackAfter: 120 },
  {
    source: 'feed',
    form: 'Retry-After as a date, on a 503',
    answer: { status: 503, headers: { 'retry-after': 'Fri, 20 Nov 2026 08:10:00 GMT' } },
    comeBackAfter: 600,
  },
  {
    source: 'feed',
    form: 'Retry-After counts before the reset header',
    answer: limited({ 'retry-after': '90', 'x-ratelimit-reset': `${epoch + 4000}` }),
    comeBackAfter: 90,
  },
  { source: 'feed', form: 'no word of when', answer: limited({}), comeBackAfter: 60 },
  {
    source: 'bluesky',
    form: 'reset in epoch seconds',
    answer: limited(
      {
        'ratelimit-limit': '3000',
        'ratelimit-remaining': '0',
        'ratelimit-reset': `${epoch + 284}`,
        'ratelimit-policy': '3000;w=300',
      },
      { json: { error: 'RateLimitExceeded', message: 'Rate Limit Exceeded' } },
    ),
    comeBackAfter: 284,
  },
  {
    source: 'mastodon',
    form: 'reset as an ISO time',
    answer: limited(
      { 'x-ratelimit-limit': '300', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '2026-11-20T08:05:00.000000Z' },
      { json: { error: 'Too many requests' } },
    ),
    comeBackAfter: 300,
  },
  {
    source: 'mastodon',
    form: 'the last allowed answer says that nothing is left',
    answer: [
      { status: 404 },
      {
        json: statuses,
        headers: {
          link: '<https://mastodon.example/?max_id=8>; rel="next"',
          'x-ratelimit-remaining': '0',
          'x-ratelimit-reset': '2026-11-20T08:04:00Z',
        },
      },
    ],
    comeBackAfter: 240,
    posts: 2,
  },
  {
    source: 'hacker-news',
    form: 'a 429 inside a 200',
    answer: { json: { message: 'Too many requests', status: 429 } },
    comeBackAfter: 60,
  },
  {
    source: 'hacker-news',
    form: 'Retry-After in seconds',
    answer: limited({ 'retry-after': '3600' }, { json: { message: 'Too many requests', status: 429 } }),
    comeBackAfter: 3600,
  },
  {
    source: 'reddit',
    form: 'reset in seconds to go',
    answer: limited(
      { 'x-ratelimit-used': '100', 'x-ratelimit-remaining': '0.0', 'x-ratelimit-reset': '1200' },
      { json: { message: 'Too Many Requests', error: 429 } },
    ),
    comeBackAfter: 1200,
  },
  {
    source: 'reddit',
    form: 'seconds to go, fewer than its quarter of an hour',
    answer: limited({ 'x-ratelimit-reset': '46.0' }),
    comeBackAfter: 900,
  },
  {
    source: 'reddit',
    form: 'a 429 inside a 200',
    answer: { json: { message: 'Too Many Requests', error: 429 } },
    comeBackAfter: 900,
  },
  {
    source: 'lemmy',
    form: 'rate_limit_error as 400',
    answer: { status: 400, json: { error: 'rate_limit_error' } },
    comeBackAfter: 60,
  },
  {
    source: 'lemmy',
    form: 'rate_limit_error as 429',
    answer: limited({}, { json: { error: 'rate_limit_error' } }),
    comeBackAfter: 60,
  },
  { source: 'lemmy', form: 'nothing at all, as 400', answer: { status: 400 }, comeBackAfter: 60 },
  { source: 'lemmy', form: 'nothing at all, as 200', answer: { status: 200 }, comeBackAfter: 60 },
  {
    source: 'discourse',
    form: 'wait_seconds in the body',
    answer: limited(
      {},
      {
        json: {
          errors: ['You’ve performed this action too many times, please try again later.'],
          error_type: 'rate_limit',
          extras: { wait_seconds: 47, time_left: '47 seconds' },
        },
      },
    ),
    comeBackAfter: 47,
  },
  {
    source: 'discourse',
    form: 'the search’s “slow down”',
    answer: limited({ 'retry-after': '50' }, { body: 'Slow down, too many requests from this IP address.' }),
    comeBackAfter: 50,
  },
  {
    source: 'stack-exchange',
    form: 'throttle_violation as 400, seconds in the sentence',
    answer: {
      status: 400,
      json: {
        error_id: 502,
        error_message: 'too many requests from this IP, more requests available in 46472 seconds',
        error_name: 'throttle_violation',
      },
    },
    comeBackAfter: 46_472,
  },
  {
    source: 'stack-exchange',
    form: 'backoff in a healthy answer binds while there is more to read',
    answer: [questions({ backoff: 40 }), { json: { items: [], has_more: false, quota_remaining: 279 } }],
    comeBackAfter: 40,
    posts: 1,
  },
  {
    source: 'stack-exchange',
    form: 'the day’s quota is used up until midnight UTC',
    answer: questions({ quota_remaining: 0 }),
    comeBackAfter: 16 * 3600,
    posts: 1,
  },
  { source: 'app-store', form: 'Retry-After in seconds', answer: limited({ 'retry-after': '75' }), comeBackAfter: 75 },
  { source: 'steam', form: 'no word of when', answer: limited({}), comeBackAfter: 60 },
  {
    source: 'dev',
    form: 'seconds in the words of its error',
    answer: limited({}, { json: { error: 'Rate limit reached, try again in 120 seconds', status: 429 } }),
    comeBackAfter: 120,
  },
  {
    source: 'lobsters',
    form: 'reset in epoch seconds, beside words',
    answer: limited(
      { 'ratelimit-limit': '30', 'ratelimit-remaining': '0', 'ratelimit-reset': `${epoch + 240}` },
      { body: 'Throttled, sleep(1) between hits; more at https://lobsters.example/about' },
    ),
    comeBackAfter: 240,
  },
  {
    source: 'github',
    form: 'a used up limit as a 403, reset in epoch seconds',
    answer: {
      status: 403,
      headers: {
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': `${epoch + 500}`,
        'x-ratelimit-resource': 'search',
      },
      json: { message: 'API rate limit exceeded for 192.0.2.1.' },
    },
    comeBackAfter: 500,
  },
  {
    source: 'github',
    form: 'its second limit, without a time',
    answer: { status: 403, json: { message: 'You have exceeded a secondary rate limit.' } },
    comeBackAfter: 60,
  },
  {
    source: 'google-play',
    form: 'Retry-After in seconds, at the sign-in',
    answer: limited({ 'retry-after': '240' }),
    comeBackAfter: 240,
  },
  {
    source: 'app-store-connect',
    form: 'what is left of the hour, without a time',
    answer: limited({ 'x-rate-limit': 'user-hour-lim:3500;user-hour-rem:0;' }),
    comeBackAfter: 3600,
  },
  {
    source: 'wordpress-org',
    form: 'Retry-After in seconds',
    answer: limited({ 'retry-after': '600' }),
    comeBackAfter: 600,
  },
  {
    source: 'mozilla-addons',
    form: 'Retry-After in seconds',
    answer: limited({ 'retry-after': '240' }),
    comeBackAfter: 240,
  },
  {
    source: 'google-alerts',
    form: 'Retry-After in seconds',
    answer: limited({ 'retry-after': '300' }),
    comeBackAfter: 300,
  },
  { source: 'google-news', form: 'no word of when', answer: limited({}), comeBackAfter: 60 },
  {
    source: 'bing-news',
    form: 'Retry-After in seconds',
    answer: limited({ 'retry-after': '300' }),
    comeBackAfter: 300,
  },
  {
    source: 'gdelt',
    form: 'in prose, as if all were well',
    answer: 'Please limit requests to one every 5 seconds or contact us for larger queries.',
    comeBackAfter: 600,
  },
  { source: 'searxng', form: 'its limiter, without a time', answer: limited({}), comeBackAfter: 60 },
  {
    source: 'brave-search',
    form: 'several windows at once, of which the longer one is used up',
    answer: limited({ 'x-ratelimit-remaining': '1, 0', 'x-ratelimit-reset': '1, 5000' }),
    comeBackAfter: 5000,
  },
  {
    source: 'wordpress',
    form: 'Retry-After in seconds',
    answer: limited({ 'retry-after': '120' }),
    comeBackAfter: 120,
  },
  {
    source: 'youtube',
    form: 'the day’s questions are used up, until midnight in California',
    answer: { status: 403, json: { error: { code: 403, errors: [{ reason: 'quotaExceeded' }] } } },
    comeBackAfter: 86_400,
  },
  { source: 'telegram', form: 'no word of when', answer: limited({}), comeBackAfter: 60 },
  {
    source: 'page',
    form: 'Retry-After, before its rules are known',
    answer: limited({ 'retry-after': '90' }),
    comeBackAfter: 90,
  },
  { source: 'cfpb', form: 'Retry-After in seconds', answer: limited({ 'retry-after': '46' }), comeBackAfter: 46 },
  { source: 'nhtsa', form: 'no word of when', answer: limited({}), comeBackAfter: 60 },
  {
    source: 'google-places',
    form: 'in a word, with a status',
    answer: limited({}, { json: { error: { code: 429, message: 'Quota exceeded.', status: 'RESOURCE_EXHAUSTED' } } }),
    comeBackAfter: 60,
  },
  {
    source: 'tripadvisor',
    form: 'Retry-After in seconds',
    answer: limited({ 'retry-after': '300' }, { json: { Message: 'Limit Exceeded' } }),
    comeBackAfter: 300,
  },
  {
    source: 'trustpilot',
    form: 'Retry-After in seconds',
    answer: limited({ 'retry-after': '120' }),
    comeBackAfter: 120,
  },
  {
    source: 'yelp',
    form: 'the day’s questions are used up, until a time of its own header',
    answer: limited(
      { 'ratelimit-resettime': '2026-11-21T00:00:00+00:00' },
      { json: { error: { code: 'ACCESS_LIMIT_REACHED' } } },
    ),
    comeBackAfter: 16 * 3600,
  },
  {
    source: 'google-business',
    form: 'the minute’s questions are used up; Google names no time',
    answer: {
      status: 429,
      json: {
        error: {
          code: 429,
          message: "Quota exceeded for quota metric 'Requests' and limit 'Requests per minute'",
          status: 'RESOURCE_EXHAUSTED',
          details: [{ reason: 'RATE_LIMIT_EXCEEDED', metadata: { quota_limit_value: '300' } }],
        },
      },
    },
    comeBackAfter: 60,
  },
  {
    source: 'reddit-api',
    form: 'X-Ratelimit-Reset in seconds to go, nothing remaining',
    answer: limited(
      { 'x-ratelimit-remaining': '0.0', 'x-ratelimit-used': '1000', 'x-ratelimit-reset': '346' },
      { json: { message: 'Too Many Requests', error: 429 } },
    ),
    comeBackAfter: 346,
  },
  {
    source: 'facebook-page',
    form: 'a code on a 400, and minutes to go in a header of its own',
    answer: {
      status: 400,
      headers: { 'x-business-use-case-usage': '{"7001":[{"call_count":100,"estimated_time_to_regain_access":12}]}' },
      json: { error: { message: '(#80001) There have been too many calls', type: 'OAuthException', code: 80001 } },
    },
    comeBackAfter: 720,
  },
  {
    source: 'instagram',
    form: 'a code on a 400, without a time: an hour',
    answer: { status: 400, json: { error: { message: 'limit reached', type: 'OAuthException', code: 4 } } },
    comeBackAfter: 3600,
  },
  {
    source: 'etsy',
    form: 'Retry-After beside headers of its own',
    answer: limited(
      { 'retry-after': '1800', 'x-limit-per-day': '10000', 'x-remaining-today': '0' },
      { json: { error: 'Exceeded daily rate limit' } },
    ),
    comeBackAfter: 1800,
  },
  {
    source: 'ebay',
    form: 'the day’s questions are used up; eBay names no time: an hour',
    answer: limited(
      {},
      { json: { errors: [{ errorId: 2001, domain: 'ACCESS', category: 'REQUEST', message: 'Too many requests.' }] } },
    ),
    comeBackAfter: 3600,
  },
  {
    source: 'threads',
    form: 'a code on a 400, without a time: an hour',
    answer: { status: 400, json: { error: { message: 'rate limit', type: 'OAuthException', code: 613 } } },
    comeBackAfter: 3600,
  },
  {
    source: 'x',
    form: 'the quarter of an hour is used up, until an epoch in seconds',
    answer: limited(
      { 'x-rate-limit-limit': '450', 'x-rate-limit-remaining': '0', 'x-rate-limit-reset': String(epoch + 700) },
      { json: { title: 'Too Many Requests', type: 'about:blank', status: 429 } },
    ),
    comeBackAfter: 700,
  },
  {
    source: 'x',
    form: 'the month is used up; asked again after a day',
    answer: {
      status: 429,
      json: { title: 'UsageCapExceeded', period: 'Monthly', type: 'https://api.twitter.com/2/problems/usage-capped' },
    },
    comeBackAfter: 86_400,
  },
  { source: 'nodebb', form: 'Retry-After in seconds', answer: limited({ 'retry-after': '120' }), comeBackAfter: 120 },
  { source: 'tumblr', form: 'Retry-After in seconds', answer: limited({ 'retry-after': '120' }), comeBackAfter: 120 },
  { source: 'medium', form: 'no word of when', answer: limited({}), comeBackAfter: 60 },
  {
    source: 'product-hunt',
    form: 'the points of a quarter of an hour are used up, in seconds',
    answer: limited({ 'x-rate-limit-reset': '300' }, { json: { errors: [{ error: 'rate_limit_reached' }] } }),
    comeBackAfter: 300,
  },
  {
    source: 'vk',
    form: 'the day is used up, in a 200',
    answer: { json: { error: { error_code: 29, error_msg: 'Rate limit reached' } } },
    comeBackAfter: 16 * 3600,
  },
];

test('every platform that is asked over HTTP has its forms here', () => {
  const covered = new Set(throttles.map(({ source }) => source));
  const asked = sources.filter(({ id, listen }) => !listen && id !== 'file' && id !== 'mailbox' && id !== 'webhook');
  expect(asked.map(({ id }) => id).filter((id) => !covered.has(id))).toEqual([]);
});

test.each(throttles)('$source: $form', async ({ source: id, answer, comeBackAfter, posts = 0 }) => {
  const source = sources.find((one) => one.id === id);
  if (!source) throw new Error(`no source is called ${id}`);
  const address = new URL(`../fixtures/${id}/fixture.ts`, import.meta.url).href;
  const { fixture } = (await import(/* @vite-ignore */ address)) as { fixture: SourceFixture };
  const read = await readSource(source, {
    options: fixture.options,
    ...(fixture.secrets && { secrets: fixture.secrets }),
    ...(fixture.session && { session: fixture.session }),
    routes: () => ({ '/*': answer }),
    terms: { names: ['Blue Door Coffee'], handles: [], domains: [] },
  });
  const [fault] = read.faults;
  expect(fault?.kind).toBe('slow-down');
  expect(((fault?.retryAt ?? 0) - now) / 1000).toBe(comeBackAfter);
  expect(read.posts).toHaveLength(posts);
});
