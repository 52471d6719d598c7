/** What is particular to TripAdvisor: five reviews a language, of which nothing may be kept, and errors in two forms. */
import { expect, test } from 'vitest';
import { tripadvisor } from '../../src/sources/tripadvisor.ts';
import { fixture } from '../fixtures/tripadvisor/fixture.ts';
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
  // The overall figure may not be kept either.
  expect(read.ratings).toEqual([]);
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
