/** What is particular to pages: robots.txt, schema.org as sites really write it, and reviews without an id. */
import { describe, expect, test } from 'vitest';
import { page } from '../../src/sources/page.ts';
import { fixture } from '../fixtures/page/fixture.ts';
import { loopback, type Routes } from '../support/loopback.ts';
import { readSource } from '../support/read-source.ts';

const html = (...blocks: readonly (object | string)[]) =>
  `<!doctype html><html><head>${blocks
    .map((one) => `<script type="application/ld+json">${typeof one === 'string' ? one : JSON.stringify(one)}</script>`)
    .join('\n')}</head><body></body></html>`;
const review = (more: object = {}) => ({
  '@type': 'Review',
  author: 'Ana',
  datePublished: '2026-11-18',
  reviewBody: 'Cold coffee.',
  ...more,
});
const readPage = (body: string, more: Routes = {}) =>
  readSource(page, {
    options: (url) => ({ urls: [`${url}/reviews`] }),
    routes: () => ({ '/reviews': body, ...more }),
  });

test('JSON-LD: a graph, types with and without address, references, entities, and where a review came from', async () => {
  const read = await readSource(page, fixture);
  const [first, second] = read.posts;
  const host = new URL(read.url).host;
  expect(first).toEqual({
    source: 'page',
    externalId: `${host} 90071992547409931234`,
    url: `${read.url}/reviews`,
    author: { handle: null, name: 'Ana Ferreira', url: `${read.url}/people/ana`, followers: null },
    title: 'Charged twice',
    text: 'They charged my card twice & nobody answers.\nStill waiting for my refund.',
    language: 'en',
    publishedAt: Date.parse('2026-11-18T00:00:00Z'),
    editedAt: Date.parse('2026-11-19T07:00:00Z'),
    rating: { value: 1, scale: 5 },
    engagement: { likes: 7, reposts: null, replies: 1, views: null },
    links: [],
    origin: null,
    parentId: null,
    threadId: null,
    place: host,
  });
  expect(second).toMatchObject({
    url: 'https://leedseats.example/r/771',
    author: { name: 'Tom Okafor' },
    rating: { value: 9, scale: 10 },
    place: 'Leeds Eats',
  });
  expect(read.looks.map(({ certain }) => certain)).toEqual([true, true]);
});

test('microdata: values given for programs go before those shown; overall ratings carry the name of what was rated', async () => {
  const read = await readSource(page, fixture);
  expect(read.posts.slice(2)).toMatchObject([
    {
      author: { name: 'Mira T.' },
      text: 'Dry, and cold in the middle.\nThe waiter & I both laughed.',
      publishedAt: Date.parse('2026-11-02T00:00:00Z'),
      rating: { value: 2, scale: 5 },
    },
    { author: { name: 'Kofi' }, text: 'Moist and not too sweet.', publishedAt: null, rating: null },
  ]);
  expect(read.ratings).toEqual([
    { place: 'Blue Door Coffee', rating: { value: 4.4, scale: 5 }, count: 1204 },
    { place: 'Carrot cake', rating: { value: 3.8, scale: 5 }, count: 12 },
  ]);
});

describe('robots.txt', () => {
  const atRoot = (rules: Routes[string]) =>
    readSource(page, {
      options: (url) => ({ urls: [`${url}/reviews`] }),
      routes: () => ({ '/robots.txt': rules, '/reviews': html(review()) }),
    });

  test('a page that programs shall not read is not asked for', async () => {
    for (const rules of ['User-agent: *\nDisallow: /rev', 'User-agent: earshot\nDisallow: /', '*', '']) {
      const read = await atRoot(rules);
      const free = !rules.includes('Disallow');
      expect(read.posts, rules).toHaveLength(free ? 1 : 0);
      expect(read.requests.map(({ path }) => path)).toEqual(free ? ['/robots.txt', '/reviews'] : ['/robots.txt']);
      if (!free) expect(read.faults[0]).toMatchObject({ kind: 'not-allowed', message: /asks programs to keep away/ });
    }
  });

  test('rules for others do not bind us, and what is allowed within may be read', async () => {
    const rules = 'User-agent: other\nDisallow: /\n\nUser-agent: *\nDisallow: /\nAllow: /reviews$';
    expect((await atRoot(rules)).posts).toHaveLength(1);
  });

  test('shown to nobody it forbids nothing; out of order, the page waits', async () => {
    expect((await atRoot({ status: 403, body: 'no' })).posts).toHaveLength(1);
    const broken = await atRoot({ status: 503, body: 'later' });
    expect(broken.faults.map(({ kind }) => kind)).toEqual(['unreachable']);
    expect(broken.requests.filter(({ path }) => path === '/reviews')).toEqual([]);
  });

  test('a page that has moved is read only where the rules of its new address allow it', async () => {
    const moved = (target: string) =>
      readSource(page, {
        options: (url) => ({ urls: [`${url}/old`] }),
        routes: (url) => ({
          '/robots.txt': 'User-agent: *\nDisallow: /members',
          '/old': { status: 301, headers: { location: `${url}${target}` } },
          '/members/reviews': html(review()),
          '/reviews': html(review()),
        }),
      });
    expect((await moved('/reviews')).posts).toHaveLength(1);
    expect((await moved('/members/reviews')).faults.map(({ kind }) => kind)).toEqual(['not-allowed']);
  });
});

test('places whose terms forbid reading them are refused in the config, whatever their country', () => {
  const refused = (url: string) => !page.options.safeParse({ urls: [url] }).success;
  for (const host of ['www.yelp.com', 'de.trustpilot.com', 'www.tripadvisor.co.uk', 'maps.google.de', 'amazon.com.au'])
    expect(refused(`https://${host}/x`), host).toBe(true);
  for (const host of ['yelp-fans.example', 'mygoogle.example', 'reviews.example'])
    expect(refused(`https://${host}/x`)).toBe(false);
});

test('JSON-LD as it is seen in the wild: comments, line breaks within text, CDATA, a comma too many, escaped for HTML', async () => {
  const body = (text: string) => `"@type": "Review", "author": "${text}", "reviewBody": "${text}"`;
  const read = await readPage(
    html(
      `{ ${body('one // not a comment')}, // a comment\n /* another */ "x": "", // "y": ""\n }`,
      `{ ${body('two\n\tlines')} }`,
      `//<![CDATA[\n{ ${body('three')} }\n//]]>`,
      `<!-- { ${body('four')} } -->`,
      `[null, { ${body('five <!-- kept -->')}, }, ]`,
      `{ ${body('six')} }`.replaceAll('"', '&quot;'),
      '{ "@type": "Review", "reviewBody": "cut o',
    ),
  );
  expect(read.posts.map(({ author }) => author.name)).toEqual([
    'one // not a comment',
    'two lines',
    'three',
    'four',
    'five',
    'six',
  ]);
  expect(read.unreadable).toEqual(['a block of JSON-LD: damaged']);
  expect(read.faults).toEqual([]);
});

test('a review without an id stays the same one when its words change; a place in the list is no id', async () => {
  const server = await loopback();
  const after = async (...blocks: readonly object[]) => {
    const read = await readSource(page, {
      options: (url) => ({ urls: [`${url}/reviews`] }),
      routes: () => ({ '/reviews': html(...blocks) }),
      server,
    });
    return read.posts.map(({ externalId }) => externalId);
  };
  const [first] = await after(review({ '@id': '#review-1' }));
  const [other, edited] = await after(
    review({ '@id': '#review-1', author: 'Tom' }),
    review({ '@id': '#review-2', reviewBody: 'Warm at last.' }),
  );
  expect(edited).toBe(first);
  expect(other).not.toBe(first);
  const twoOfOneDay = await after(review(), review({ reviewBody: 'And the cake was dry.' }));
  expect(new Set(twoOfOneDay).size).toBe(2);
});

test('what stands as the profile of everybody makes nobody one person', async () => {
  const by = (name: string, url: string) => review({ author: { '@type': 'Person', name, url } });
  const read = await readPage(html(by('Ana', '#'), by('Tom', ''), by('Kofi', '/'), by('Mira', '/people/mira')));
  expect(read.posts.map(({ author }) => author.url)).toEqual([null, null, null, `${read.url}/people/mira`]);
});

test('the same review as JSON-LD and as microdata is one', async () => {
  const microdata =
    '<div itemscope itemtype="http://schema.org/Review"><i itemprop="author">ANA</i>' +
    '<meta itemprop="datePublished" content="2026-11-18T09:00:00Z"><p itemprop="reviewBody">Cold coffee!</p></div>';
  expect((await readPage(html(review()).replace('</body>', `${microdata}</body>`))).posts).toHaveLength(1);
});

test('ratings are read as people write them, and never invented', async () => {
  const given: readonly [object | string | number, object | null][] = [
    [{ ratingValue: '4,5' }, { value: 4.5, scale: 5 }],
    [{ ratingValue: '80%' }, { value: 80, scale: 100 }],
    [{ ratingValue: '3 out of 5' }, { value: 3, scale: 5 }],
    [
      { ratingValue: 8, bestRating: 10 },
      { value: 8, scale: 10 },
    ],
    [4, { value: 4, scale: 5 }],
    [{ ratingValue: 8 }, null],
    [{ ratingValue: 'good' }, null],
    [{ ratingValue: '-1' }, null],
  ];
  const read = await readPage(html(...given.map(([reviewRating], at) => review({ author: `A${at}`, reviewRating }))));
  expect(read.posts.map(({ rating }) => rating)).toEqual(given.map(([, rating]) => rating));
});

test('no reviews, nothing for programs, and no page at all are three different things', async () => {
  const quiet = await readPage(html({ '@type': 'CafeOrCoffeeShop', name: 'Blue Door Coffee' }));
  expect([quiet.notes, quiet.faults]).toEqual([['The page was read, but it shows no reviews.'], []]);
  const plain = await readPage('<!doctype html><html><body>Come in.</body></html>');
  expect(plain.faults[0]).toMatchObject({ kind: 'garbled', message: /shows no reviews there that a program can read/ });
  const damaged = await readPage(html('{ "@type": '));
  expect(damaged.faults[0]).toMatchObject({ kind: 'garbled', message: /damaged/ });
  const nobody = await readPage(
    html({ '@type': 'Product', name: 'Mug', aggregateRating: { ratingValue: 0, reviewCount: 0 } }),
  );
  expect(nobody.ratings).toEqual([]);
});

test('a page of nothing but openings is given up quickly, and nobody’s property name reaches ours', async () => {
  const read = await readPage(
    `<!doctype html><html><div itemscope itemtype="http://schema.org/Review"><i itemprop="__proto__ author constructor">Ana</i><p itemprop="reviewBody">Cold.</p></div>${'<div itemscope itemprop="x">'.repeat(50_000)}`,
  );
  expect(read.posts.map(({ author }) => author.name)).toEqual(['Ana']);
  expect({}).not.toHaveProperty('author');
});
