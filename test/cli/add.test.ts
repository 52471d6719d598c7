/** `earshot add`: what somebody said to us is a mention like any other. */
import { expect, test } from 'vitest';
import type { Asker } from '../../src/cli/asker.ts';
import { askFor } from '../../src/cli/commands/add.ts';
import { MentionFace } from '../../src/face/mention.ts';
import { loopback } from '../support/loopback.ts';
import { desk, words } from './desk.ts';

test('by flags: a mention with everything that was said of it, and a case where it is a complaint', async () => {
  const here = desk();
  const { code, out } = await here.earshot([
    ...['add', '--json', '--text', 'They charged me twice and nobody answers', '--where', 'Google', '--who', 'Jo Park'],
    ...['--stars', '1', '--when', '2026-11-18', '--link', 'https://maps.example/r/1', '--title', 'Never again'],
  ]);
  expect(code).toBe(0);
  expect(MentionFace.parse(JSON.parse(out))).toMatchObject({
    brand: 'Blue Door Coffee',
    source: 'google',
    text: 'They charged me twice and nobody answers',
    title: 'Never again',
    url: 'https://maps.example/r/1',
    author: { name: 'Jo Park' },
    rating: { value: 1, scale: 5 },
    publishedAt: '2026-11-18T00:00:00.000Z',
    complaint: { verdict: 'complaint' },
    case: { id: 1, state: 'new' },
  });
});

test('from stdin, which may be all there is; the same again is the same', async () => {
  const here = desk();
  const first = await here.earshot('add --where phone', { stdin: `${words.cold}\n` });
  expect(first.out).toContain(`  ${words.cold}\n`);
  expect(first.err).toMatch(/^\nKept, as case c1\.\n {2}npx earshot case answered c1 /);
  expect((await here.earshot('add --where phone', { stdin: words.cold })).err).toContain(
    'It was there already, as case c1.',
  );
  expect(await here.list('--all')).toHaveLength(1);
});

test('stars without a word are enough, as a number or as stars', async () => {
  const here = desk();
  expect((await here.earshot('add --stars 1')).code).toBe(0);
  expect((await here.earshot('add --stars ★★★★☆ --who Jo')).code).toBe(0);
  expect((await here.list('--all')).map(({ rating }) => rating?.value).toSorted()).toEqual([1, 4]);
});

test('with several brands it must be said which', async () => {
  const here = desk();
  here.settle(['Blue Door Coffee', 'Red Door Tea']);
  const without = await here.earshot(['add', '--text', 'Cold again']);
  expect([without.code, without.err]).toEqual([2, 'Which of your brands is it about? Say so with --brand.\n']);
  expect((await here.earshot(['add', '--text', 'Cold again', '--brand', 'red door tea'])).code).toBe(0);
  expect((await here.list('--all'))[0]?.brand).toBe('Red Door Tea');
});

test('asked at the terminal: what is wrong is told at once, and asked again', async () => {
  const told: string[] = [];
  const given: Record<string, string[]> = {
    'What was': ['Cold again'],
    stars: ['9', '2'],
    When: ['then', 'yesterday'],
  };
  const asker: Asker = {
    text: async (question, usual, _hint, wrong) => {
      for (;;) {
        const key = Object.keys(given).find((one) => question.includes(one)) ?? '';
        const answer = given[key]?.shift() ?? usual;
        const trouble = wrong?.(answer) ?? null;
        if (trouble === null) return answer;
        told.push(trouble);
      }
    },
    secret: async () => '',
    choose: async (_question, _choices, usual) => usual,
    key: () => Promise.reject(new Error('no key')),
  };
  const isMoment = (text: string) => text === 'yesterday';
  expect(await askFor({ where: 'by hand' }, asker, isMoment)).toMatchObject({
    ...{ text: 'Cold again', stars: '2', when: 'yesterday', where: 'by hand' },
  });
  expect(told).toEqual(['9 is no number from 0 to 5.', 'then is no date; write it as in 2026-11-01, yesterday or 2d.']);
});

test.each([
  [['--stars', '6', '--text', 'x'], '--stars 6 is no number from 0 to 5.'],
  [['--stars', 'many', '--text', 'x'], '--stars many is no number from 0 to 5.'],
  [['--link', 'javascript:alert(1)', '--text', 'x'], 'is no web address; it begins with https://'],
  [['--when', 'whenever', '--text', 'x'], '--when whenever is no date'],
  [['--brand', 'nobody', '--text', 'x'], 'There is no brand called nobody.'],
])('add %j', async (flags, sentence) => {
  const here = desk();
  const { code, err } = await here.earshot(['add', ...flags]);
  expect(code).toBe(2);
  expect(err).toContain(sentence);
  expect(await here.list('--all')).toEqual([]);
});

test('nothing said is asked for', async () => {
  const { code, err } = await desk().earshot('add', { stdin: '' });
  expect([code, err]).toEqual([2, 'What was said? Give it with --text "…", or on stdin.\n']);
});

const review = (id: string, author: string, body: string) => ({
  '@type': 'Review',
  '@id': `#${id}`,
  url: `/reviews/${id}`,
  author: { '@type': 'Person', name: author },
  datePublished: '2026-11-18',
  reviewBody: body,
  reviewRating: { '@type': 'Rating', ratingValue: 2, bestRating: 10 },
});
const marked = (...reviews: object[]) =>
  `<!doctype html><html><head><script type="application/ld+json">${JSON.stringify({ '@context': 'https://schema.org', '@type': 'CafeOrCoffeeShop', name: 'Blue Door Coffee', review: reviews })}</script></head><body></body></html>`;

test('--link alone: the page’s own words, stars, name and day are taken, where it marks them and lets programs read it', async () => {
  const server = await loopback({
    '/reviews/7': marked(review('7', 'Jo Park', 'They charged me twice and nobody answers')),
    '/reviews': marked(review('7', 'Jo Park', 'Twice'), review('8', 'Ana', 'Cold')),
    '/plain': '<!doctype html><html><body>They charged me twice.</body></html>',
    '/closed/7': marked(review('7', 'Jo Park', 'Twice')),
    '/robots.txt': 'User-agent: *\nDisallow: /closed/\n',
  });
  const here = desk();
  // What the config names may be on this computer.
  here.settle([{ name: 'Blue Door Coffee', sources: { page: { urls: [`${server.url}/reviews`] } } }]);
  const env = { EARSHOT_JUDGE: 'fast' };
  const add = (path: string, ...more: string[]) =>
    here.earshot(['add', '--link', server.url + path, ...more], { stdin: '', env });
  const { code, err } = await add('/reviews/7', '--who', 'Joanna Park');
  expect([code, err]).toEqual([
    0,
    expect.stringContaining('Read from 127.0.0.1: what its page says of this review.\n'),
  ]);
  expect((await here.list('--all'))[0]).toMatchObject({
    text: 'They charged me twice and nobody answers',
    author: { name: 'Joanna Park' },
    rating: { value: 2, scale: 10 },
    publishedAt: '2026-11-18T00:00:00.000Z',
    url: `${server.url}/reviews/7`,
  });
  for (const [path, why] of [
    ['/reviews', 'it shows 2 reviews, and does not say which one is meant'],
    ['/plain', 'it marks no review for programs'],
    ['/closed/7', 'it does not let programs read it'],
    ['/nothing', 'there is nothing at that address'],
  ] as const) {
    const refused = await add(path);
    expect([refused.code, refused.err.replaceAll(/\s+/g, ' ')]).toEqual([
      2,
      expect.stringContaining(`Nothing could be read from 127.0.0.1: ${why}. What it says is yours to type in.`),
    ]);
  }
  expect((await add('/closed/7', '--text', 'Typed by hand')).code).toBe(0);
  expect(
    server.requests.some(({ path }) => path === '/closed/7'),
    'is not asked for',
  ).toBe(false);
  expect(await here.list('--all')).toHaveLength(2);
});

test('--link to a place whose terms forbid it is not asked', async () => {
  const { code, err } = await desk().earshot('add --link https://www.yelp.com/biz/blue-door?hrid=1', { stdin: '' });
  expect([code, err]).toEqual([2, expect.stringContaining('it does not let programs read it')]);
});
