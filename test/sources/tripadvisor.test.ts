/** What is particular to TripAdvisor: five reviews a language, of which nothing may be kept, and errors in two forms. */
import { describe, expect, test } from 'vitest';
import { tripadvisor } from '../../src/sources/tripadvisor.ts';
import { fixture } from '../fixtures/tripadvisor/fixture.ts';
import type { Reply } from '../support/loopback.ts';
import { readSource } from '../support/read-source.ts';

test('a review keeps what it says for the judges only; the store keeps its id', async () => {
  const read = await readSource(tripadvisor, fixture);
  expect(tripadvisor.keeps).toBe('id-only');
  expect(read.posts[0]).toMatchObject({
    externalId: '90071992547409931234',
    url: 'https://www.tripadvisor.com/ShowUserReviews-g1-d1234567-r90071992547409931234.html',
    author: { handle: 'anaf' },
    title: 'Never again',
    language: 'en',
    publishedAt: Date.parse('2026-11-18T20:55:57Z'),
    rating: { value: 2, scale: 5 },
    engagement: { likes: 3 },
  });
  // Nobody looks: what could only be shown is not asked for.
  expect([read.ratings, read.requests.length]).toEqual([[], 1]);
});

describe('where somebody looks, the overall figure is asked for', () => {
  const details = '/api/v1/location/1234567/details';
  const watched = (reply: Reply, languages = ['en']) =>
    readSource(tripadvisor, {
      ...fixture,
      watched: true,
      options: (url) => ({ locations: ['1234567'], languages, baseUrl: url }),
      routes: (url) => ({ ...fixture.routes(url), [details]: reply }),
    });

  test('once for a place, with its page', async () => {
    const url = 'https://www.tripadvisor.com/Restaurant_Review-g1-d1234567.html';
    const read = await watched(
      { json: { location_id: '1234567', name: 'Blue Door', rating: '4.5', num_reviews: '318', web_url: url } },
      ['en', 'fr'],
    );
    expect(read.ratings).toEqual([{ place: 'Blue Door', rating: { value: 4.5, scale: 5 }, count: 318, url }]);
    expect(read.requests.filter(({ path }) => path === details)).toHaveLength(1);
  });

  test('nobody has rated it yet: there is none', async () => {
    expect((await watched({ json: { name: 'Blue Door', num_reviews: '0' } })).ratings).toEqual([]);
    expect((await watched({ json: { name: 'Blue Door', rating: '0.0' } })).ratings).toEqual([]);
  });

  test('it cannot be had: the reviews have come all the same', async () => {
    for (const reply of [{ status: 403, json: { Message: 'Forbidden' } }, { json: { rating: 'good' } }]) {
      const read = await watched(reply);
      expect([read.faults, read.posts.length, read.ratings]).toEqual([[], 2, []]);
      expect(read.notes).toEqual(['The reviews were read, but the overall rating could not be.']);
    }
  });
});

test('each language costs a question of its own', async () => {
  const read = await readSource(tripadvisor, {
    ...fixture,
    options: (url) => ({ locations: [1234567], languages: ['en', 'fr', 'en'], baseUrl: url }),
  });
  expect(read.requests.map(({ query }) => query.get('language'))).toEqual(['en', 'fr']);
  expect(read.looks.map(({ key, certain }) => [key, certain])).toEqual([
    ['1234567 en', true],
    ['1234567 fr', true],
  ]);
});

test.each([
  [401, { Message: 'Unauthorized' }, 'not-allowed', /TRIPADVISOR_API_KEY/],
  [
    403,
    { error: { message: 'Forbidden', type: 'ForbiddenException', code: 403 } },
    'not-allowed',
    /not from this network/,
  ],
  [404, { error: { message: 'Not found', type: 'NotFoundException', code: 404 } }, 'gone', /1234567/],
])('%i is told in words', async (status, json, kind, message) => {
  const { faults } = await readSource(tripadvisor, { ...fixture, routes: () => ({ '/*': { status, json } }) });
  expect(faults[0]).toMatchObject({ kind, message: expect.stringMatching(message) });
  expect(faults[0]?.message).not.toContain('invented');
});
