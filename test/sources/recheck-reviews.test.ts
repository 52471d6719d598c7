/** How places with reviews look at stored ones again: words and stars as they are now, and what is gone. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { barePost, type Post } from '../../src/mention.ts';
import { appStoreConnect } from '../../src/sources/app-store-connect.ts';
import { googleBusiness } from '../../src/sources/google-business.ts';
import { googlePlay } from '../../src/sources/google-play.ts';
import { mozillaAddons } from '../../src/sources/mozilla-addons.ts';
import { steam } from '../../src/sources/steam.ts';
import { trustpilot } from '../../src/sources/trustpilot.ts';
import { places, reviewsOf } from '../fixtures/google-business/fixture.ts';
import { recheckSource } from '../support/recheck-source.ts';

const fixture = (name: string) => JSON.parse(readFileSync(join(import.meta.dirname, '../fixtures', name), 'utf8'));
const stored = (source: string, externalId: string, more: Partial<Post> = {}) =>
  barePost(source, 'as it was', { externalId, ...more });
const session = { token: 't1', until: Date.parse('2026-11-20T09:00:00Z') };

test('Firefox Add-ons: one by one; not found and no longer shown are gone', async () => {
  const [rating] = fixture('mozilla-addons/page-1.json').results;
  const { posts, gone } = await recheckSource(
    mozillaAddons,
    (baseUrl) => ({ addons: ['blue-door-coupons'], baseUrl }),
    ['1', '2', '3'].map((id) => stored('mozilla-addons', id)),
    {
      '/api/v5/ratings/rating/1/': { json: { ...rating, id: 1, score: 4, body: 'Fixed, thanks.' } },
      '/api/v5/ratings/rating/2/': { json: { ...rating, id: 2, is_deleted: true } },
      '/api/v5/ratings/rating/3/': { status: 404, json: { detail: 'Not found.' } },
    },
  );
  expect(posts).toMatchObject([{ externalId: '1', text: 'Fixed, thanks.', rating: { value: 4, scale: 5 } }]);
  expect(gone).toEqual(['2', '3']);
});

test('Trustpilot: one by one, with the key', async () => {
  const [review] = fixture('trustpilot/reviews.json').reviews;
  const { posts, gone, requests } = await recheckSource(
    trustpilot,
    (baseUrl) => ({ business: 'bluedoor.example', baseUrl }),
    ['a1', 'a2'].map((id) => stored('trustpilot', id)),
    {
      '/v1/reviews/a1': { json: { ...review, id: 'a1', stars: 5 } },
      '/v1/reviews/a2': { status: 404, json: { message: 'Not found' } },
    },
    { secrets: { key: 'k1' } },
  );
  expect(posts).toMatchObject([{ externalId: 'a1', rating: { value: 5, scale: 5 } }]);
  expect(gone).toEqual(['a2']);
  expect(requests[0]?.headers.apikey).toBe('k1');
});

test('App Store Connect: one by one, as whoever is signed in', async () => {
  const [review] = fixture('app-store-connect/page-1.json').data;
  const url = 'https://apps.apple.com/app/id123?see-all=reviews';
  const { posts, gone, requests } = await recheckSource(
    appStoreConnect,
    (baseUrl) => ({ apps: ['123'], baseUrl }),
    ['r1', 'r2'].map((id) => stored('app-store-connect', id, { url })),
    {
      '/v1/customerReviews/r1': { json: { data: { ...review, id: 'r1' } } },
      '/v1/customerReviews/r2': { status: 404, json: { errors: [{ code: 'NOT_FOUND' }] } },
    },
    { session },
  );
  expect(posts).toMatchObject([{ externalId: 'r1', title: 'Charged twice', url }]);
  expect(gone).toEqual(['r2']);
  expect(requests[0]?.headers.authorization).toBe('Bearer t1');
});

test('Google Play: one by one; a review that Google has forgotten is not taken for deleted', async () => {
  const [review] = fixture('google-play/page-1.json').reviews;
  const url = 'https://play.google.com/store/apps/details?id=com.example.bluedoor&reviewId=x';
  const reviews = '/androidpublisher/v3/applications/com.example.bluedoor/reviews';
  const { posts, gone } = await recheckSource(
    googlePlay,
    (baseUrl) => ({ packages: ['com.example.bluedoor'], baseUrl }),
    ['r1', 'r2'].map((id) => stored('google-play', id, { url })),
    {
      [`${reviews}/r1`]: { json: { ...review, reviewId: 'r1' } },
      [`${reviews}/r2`]: { status: 404, json: { error: { message: 'Not found.' } } },
    },
    { session },
  );
  expect(posts).toMatchObject([{ externalId: 'r1', title: 'Charged twice' }]);
  expect(gone).toEqual([]);
});

test('Steam: the reviews of the days in which the stored ones were written, until all were seen; none counts as gone', async () => {
  const { response } = fixture('steam/page-1.json');
  const [review] = response.reviews;
  const url = 'https://steamcommunity.com/profiles/1/recommended/1234560/';
  const at = (seconds: number) => ({ url, publishedAt: seconds * 1000 });
  const { posts, gone, requests } = await recheckSource(
    steam,
    (baseUrl) => ({ apps: ['1234560'], baseUrl }),
    [stored('steam', '7', at(1795000000)), stored('steam', '8', at(1795000500))],
    {
      '/IUserReviewsService/GetAppReviews/v1/': [
        { json: { response: { reviews: [{ ...review, recommendationid: '7', voted_up: true }], cursor: 'AoJ+' } } },
        { json: { response: { reviews: [], cursor: 'AoJ+' } } },
      ],
    },
  );
  expect(posts).toMatchObject([{ externalId: '7', rating: { value: 1, scale: 1 } }]);
  expect(gone).toEqual([]);
  expect(requests.map(({ query }) => JSON.parse(query.get('input_json') ?? ''))).toMatchObject([
    { cursor: '*', filter: 1, date_range_start: 1795000000, date_range_end: 1795000501 },
    { cursor: 'AoJ+', filter: 1, date_range_start: 1795000000, date_range_end: 1795000501 },
  ]);
});

test('Google Business Profile: one by one, at the place of that name; where no place has it, nothing is said', async () => {
  const [review] = fixture('google-business/page-1.json').reviews;
  const notFound = { status: 404, json: { error: { code: 404, message: 'Requested entity was not found.' } } };
  const kiosk = { place: 'Blue Door Kiosk' };
  const { posts, gone, requests } = await recheckSource(
    googleBusiness,
    (baseUrl) => ({ baseUrl }),
    [
      stored('google-business', 'r1', kiosk),
      stored('google-business', 'r2', kiosk),
      stored('google-business', 'r3', { place: 'Blue Door, as it was called' }),
    ],
    {
      ...places,
      [`${reviewsOf(22)}/r1`]: { json: { ...review, reviewId: 'r1', starRating: 'FOUR' } },
      [`${reviewsOf(22)}/r2`]: notFound,
      [`${reviewsOf(21)}/r3`]: notFound,
      [`${reviewsOf(22)}/r3`]: notFound,
    },
    { session },
  );
  expect(posts).toMatchObject([{ externalId: 'r1', rating: { value: 4 }, place: 'Blue Door Kiosk' }]);
  expect(gone).toEqual(['r2']);
  expect(requests.filter(({ path }) => path === '/v1/accounts')).toHaveLength(1);
});
