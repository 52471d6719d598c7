/** What is particular to Trustpilot: the business behind a domain, pages, edits, and a key that is paid for. */
import { expect, test } from 'vitest';
import { trustpilot } from '../../src/sources/trustpilot.ts';
import { fixture, unit } from '../fixtures/trustpilot/fixture.ts';
import type { Answering, Routes } from '../support/loopback.ts';
import { readSource } from '../support/read-source.ts';

const reviews = `/v1/business-units/${unit}/reviews`;
const review = (id: string, createdAt = '2026-11-18T09:15:00Z') => ({ id, stars: 2, text: 'Slow.', createdAt });
const readUnit = (routes: Routes, business = unit) =>
  readSource(trustpilot, {
    options: (url) => ({ business, baseUrl: url }),
    routes: () => routes,
    secrets: { key: 'invented' },
  });

test('a review keeps its stars, its edit and its author; the business its score', async () => {
  const read = await readSource(trustpilot, fixture);
  expect(read.posts[0]).toEqual({
    source: 'trustpilot',
    externalId: '90071992547409931234abcd',
    url: 'https://www.trustpilot.com/reviews/90071992547409931234abcd',
    author: {
      handle: null,
      name: 'Ana Ferreira',
      url: 'https://www.trustpilot.com/users/57ffffffffff000f00aa0001',
      followers: null,
    },
    title: 'Beans never came',
    text: 'Ordered three weeks ago & still waiting for my refund.',
    language: 'en',
    publishedAt: Date.parse('2026-11-18T09:15:00Z'),
    editedAt: Date.parse('2026-11-19T10:00:00Z'),
    rating: { value: 1, scale: 5 },
    answer: { text: 'We are on it.', at: Date.parse('2026-11-18T12:00:00Z') },
    engagement: { likes: 4, reposts: null, replies: null, views: null },
    links: [],
    origin: null,
    parentId: null,
    threadId: null,
    place: null,
  });
  expect(read.ratings).toEqual([{ place: 'TrustScore', rating: { value: 3.9, scale: 5 }, count: 1204 }]);
  expect(read.requests.map(({ headers, target }) => [headers.apikey, target.includes('invented')])).toEqual([
    ['invented', false],
    ['invented', false],
  ]);
});

test('a business known by its id needs no finding; pages are read back to the last look, ten at most', async () => {
  const full = (at: number, date?: string) => Array.from({ length: 100 }, (_, index) => review(`${at}-${index}`, date));
  const pages: Answering = ({ query }) => {
    const page = Number(query.get('page'));
    return { json: { reviews: full(page, page === 2 ? '2026-09-01T00:00:00Z' : undefined) } };
  };
  const read = await readUnit({ [reviews]: pages });
  expect(read.requests.map(({ query }) => query.get('page'))).toEqual(['1', '2']);
  const endless = await readUnit({
    [reviews]: ({ query }) => ({ json: { reviews: full(Number(query.get('page'))) } }),
  });
  expect(endless.pages.filter(({ capped }) => capped)).toHaveLength(1);
  expect(endless.posts).toHaveLength(1000);
  const same = await readUnit({ [reviews]: () => ({ json: { reviews: full(1) } }) });
  expect(same.requests, 'a page that comes again is the end').toHaveLength(2);
});

test('a wrong key, a plan without the API and a business that is not there are three things to mend', async () => {
  const find = '/v1/business-units/find';
  const invalid = { fault: { faultstring: 'Invalid ApiKey' } };
  for (const status of [401, 403]) {
    const { faults } = await readUnit({ [find]: { status, json: invalid } }, 'bluedoor.example');
    expect(faults[0]).toMatchObject({ kind: 'not-allowed', message: /TRUSTPILOT_API_KEY/ });
  }
  const { faults } = await readUnit({ [find]: { status: 404, json: { message: 'Not found' } } }, 'bluedoor.example');
  expect(faults[0]).toMatchObject({ kind: 'gone', message: /“bluedoor\.example”/ });
});

test('a review without stars costs only itself', async () => {
  const read = await readUnit({ [reviews]: { json: { reviews: [review('1'), { id: '2', text: 'Fine.' }] } } });
  expect(read.posts).toHaveLength(1);
  expect(read.unreadable).toEqual(['reviews.1: stars is not as expected']);
});
