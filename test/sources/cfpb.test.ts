/** What is particular to the CFPB's register: words that come later, pages by their last hit, and names spelt its way. */
import { expect, test } from 'vitest';
import { cfpb } from '../../src/sources/cfpb.ts';
import { company, fixture } from '../fixtures/cfpb/fixture.ts';
import type { Answering, Routes } from '../support/loopback.ts';
import { readSource } from '../support/read-source.ts';

const search = '/data-research/consumer-complaints/search/api/v1/';
const suggest = `${search}_suggest_company`;

const hit = (id: number, more: object = {}) => ({
  _id: String(id),
  _source: { product: 'Mortgage', issue: 'Trouble paying', date_received: '2026-11-01T12:00:00-05:00', ...more },
  sort: [1_793_552_400_000, String(id)],
});
const hits = (...list: readonly object[]) => ({ json: { hits: { hits: list } } });
const many = (from: number) => hits(...Array.from({ length: 100 }, (_, at) => hit(from - at)));
const readRegister = (routes: Routes) => readSource(cfpb, { options: fixture.options, routes: () => routes });

test('a fresh complaint is told by what it is about, a later one in the consumer’s own words', async () => {
  const read = await readSource(cfpb, fixture);
  expect(read.posts.map(({ title, text }) => [title, text])).toEqual([
    [null, 'Checking or savings account – Managing an account – Fee problem'],
    [
      'Unauthorized transactions or other transaction problem',
      'On XX/XX/2026 Blue Door Savings took {$50.00} from my account twice. I called three times and nobody calls back.',
    ],
  ]);
  expect(read.posts[1]).toMatchObject({
    url: 'https://www.consumerfinance.gov/data-research/consumer-complaints/search/detail/15100012',
    publishedAt: Date.parse('2026-11-01T17:00:00Z'),
    place: 'NC',
    author: { handle: null, name: null },
  });
});

test('words that come later are asked for: each look goes back over two months', async () => {
  expect(cfpb.overlapMs).toBeGreaterThanOrEqual(60 * 86_400_000);
  const read = await readSource(cfpb, fixture);
  const { query } = read.requests[0] ?? {};
  expect(Object.fromEntries(query ?? [])).toEqual({
    company,
    date_received_min: '2026-10-21',
    sort: 'created_date_desc',
    size: '100',
    no_aggs: 'true',
    no_highlight: 'true',
  });
});

test('the next page begins behind the last hit; a page that gives the same again is the end', async () => {
  const pages: Answering = ({ query }) => (query.get('search_after') === null ? many(900) : many(800));
  const read = await readRegister({ [search]: pages });
  expect(read.requests.map(({ query }) => query.get('search_after'))).toEqual([
    null,
    '1793552400000_801',
    '1793552400000_701',
  ]);
  expect(read.posts).toHaveLength(200);
  expect(read.faults).toEqual([]);
});

test('of more than it may read, it reads those with words as well, and says that there is a gap', async () => {
  let next = 100_000;
  const endless: Answering = ({ query }) => {
    if (query.get('has_narrative') === 'true') return hits(hit(7, { complaint_what_happened: 'They lost my file.' }));
    next -= 100;
    return many(next);
  };
  const read = await readRegister({ [search]: endless });
  expect(read.pages.filter(({ capped }) => capped)).toHaveLength(1);
  expect(read.posts).toHaveLength(3001);
  expect(read.posts.at(-1)?.text).toBe('They lost my file.');
});

test('a name that the register writes differently is a mistake in the config; a suggestion that fails is none', async () => {
  const none = hits();
  const wrong = await readRegister({ [search]: none, [suggest]: { json: ['BLUE DOOR SAVINGS INC'] } });
  expect(wrong.faults[0]).toMatchObject({ kind: 'gone', message: /It knows “BLUE DOOR SAVINGS INC”\. Mend `cfpb/ });
  const unknown = await readRegister({ [search]: none, [suggest]: { json: [] } });
  expect(unknown.faults.map(({ kind }) => kind)).toEqual(['gone']);
  for (const reply of [{ json: { changed: true } }, { status: 404, body: '' }, { json: [company.toLowerCase()] }]) {
    expect((await readRegister({ [search]: none, [suggest]: reply })).faults).toEqual([]);
  }
});

test('data that the register itself calls out of date is told', async () => {
  const body = { json: { hits: { hits: [hit(1)] }, _meta: { is_data_stale: true } } };
  expect((await readRegister({ [search]: body })).notes).toEqual([
    'The register says that its own data is out of date for the moment.',
  ]);
});

test('asked too often, it waits until the register allows it', async () => {
  const read = await readRegister({
    [search]: { status: 429, headers: { 'retry-after': '46000' }, json: { detail: 'Request was throttled.' } },
  });
  expect(read.faults[0]).toMatchObject({ kind: 'slow-down', retryAt: Date.parse('2026-11-20T08:00:00Z') + 46_000_000 });
});
