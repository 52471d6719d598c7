/** What is particular to Google Maps: two interfaces, translations, reviews without an id, and refusals with a 200. */
import { describe, expect, test } from 'vitest';
import { googlePlaces } from '../../src/sources/google-places.ts';
import { fixture, place } from '../fixtures/google-places/fixture.ts';
import type { Reply } from '../support/loopback.ts';
import { readSource } from '../support/read-source.ts';

test('a review keeps what its author wrote, not the translation; one of stars alone counts', async () => {
  const read = await readSource(googlePlaces, fixture);
  expect(googlePlaces.keeps).toBe('id-only');
  expect(read.posts).toMatchObject([
    {
      externalId: `places/${place}/reviews/ChZDSUhN90071992547409931234`,
      url: 'https://www.google.com/maps/reviews/data=!4m6',
      author: { handle: '108462800000000000001', name: 'Ana F.' },
      text: 'Sie haben mir zweimal Geld abgebucht.',
      language: 'de',
      publishedAt: Date.parse('2026-11-18T18:11:45.700Z'),
      rating: { value: 1, scale: 5 },
    },
    { text: '', language: null, rating: { value: 5, scale: 5 }, url: 'https://maps.google.com/?cid=1' },
  ]);
});

test('the overall figure comes with its page, to be shown; a place that nobody rated has none', async () => {
  expect((await readSource(googlePlaces, fixture)).ratings).toEqual([
    { place: 'Blue Door Coffee', rating: { value: 4.3, scale: 5 }, count: 212, url: 'https://maps.google.com/?cid=1' },
  ]);
  expect((await readSource(googlePlaces, { ...fixture, routes: fixture.empty })).ratings).toEqual([]);
});

test('the key travels in a header, and only what is read is asked for', async () => {
  const [request] = (await readSource(googlePlaces, fixture)).requests;
  expect(request?.headers).toMatchObject({
    'x-goog-api-key': 'invented',
    'x-goog-fieldmask': 'id,displayName,googleMapsUri,rating,userRatingCount,reviews',
  });
  expect(request?.target).not.toContain('invented');
});

const refusedWith = async (reply: Reply) =>
  (await readSource(googlePlaces, { ...fixture, routes: () => ({ '/*': reply }) })).faults[0];

test.each([
  [400, 'INVALID_ARGUMENT', 'The provided Place ID is no longer valid.', 'gone'],
  [400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.', 'not-allowed'],
  [403, 'PERMISSION_DENIED', 'Places API (New) has not been used in this project.', 'not-allowed'],
  [404, 'NOT_FOUND', 'Not found.', 'gone'],
  [429, 'RESOURCE_EXHAUSTED', 'Quota exceeded.', 'slow-down'],
])('%i %s: %s', async (code, status, message, kind) => {
  expect((await refusedWith({ status: code, json: { error: { code, message, status } } }))?.kind).toBe(kind);
});

describe('the old interface', () => {
  const path = '/maps/api/place/details/json';
  const old = (reply: Reply) =>
    readSource(googlePlaces, {
      options: (url) => ({ places: [place], interface: 'old', baseUrl: url }),
      secrets: { key: 'invented' },
      routes: () => ({ [path]: reply }),
    });
  const review = (more: object = {}) => ({
    author_name: 'Ana F.',
    author_url: 'https://www.google.com/maps/contrib/108462800000000000001/reviews',
    profile_photo_url: 'https://img.example/a',
    rating: 2,
    relative_time_description: 'a week ago',
    language: 'en',
    text: 'Cold coffee.',
    time: 1_794_000_000,
    ...more,
  });
  const answer = (...reviews: readonly object[]) => ({
    json: {
      status: 'OK',
      html_attributions: [],
      result: { url: 'https://maps.google.com/?cid=1', name: 'Blue Door', rating: 4.1, user_ratings_total: 9, reviews },
    },
  });

  test('gives the newest first; an edited review stays the same one', async () => {
    const read = await old(answer(review(), review({ author_url: undefined, author_name: 'Tom' })));
    expect(read.requests[0]?.query.get('reviews_sort')).toBe('newest');
    expect(read.ratings).toMatchObject([{ place: 'Blue Door', rating: { value: 4.1, scale: 5 }, count: 9 }]);
    expect(read.posts[0]).toMatchObject({
      url: 'https://maps.google.com/?cid=1',
      publishedAt: 1_794_000_000_000,
      author: { handle: '108462800000000000001' },
    });
    const edited = await old(answer(review({ text: 'Warm at last.', rating: 4, time: 1_794_500_000 })));
    expect(edited.posts[0]?.externalId).toBe(read.posts[0]?.externalId);
    expect(read.posts[1]?.externalId).not.toBe(read.posts[0]?.externalId);
    expect((await old(answer())).faults).toEqual([]);
  });

  test.each([
    ['NOT_FOUND', 'gone'],
    ['INVALID_REQUEST', 'gone'],
    ['OVER_QUERY_LIMIT', 'slow-down'],
    ['REQUEST_DENIED', 'not-allowed'],
  ])('says %s with a 200', async (status, kind) => {
    const read = await old({ json: { html_attributions: [], status, error_message: 'No.' } });
    expect(read.faults.map((fault) => fault.kind)).toEqual([kind]);
  });
});
