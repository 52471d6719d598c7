/** What two sources bring of one thing said is one mention with two places, whichever comes first; what only looks so stays two. */
import { expect, test } from 'vitest';
import { secrets as appleSecrets } from '../fixtures/app-store-connect/fixture.ts';
import { alertPath } from '../fixtures/google-alerts/fixture.ts';
import { aMail, passed } from '../support/a-mail.ts';
import { imapServer } from '../support/imap-server.ts';
import { loopback } from '../support/loopback.ts';
import { type Brand, house } from './house.ts';
import { hashtag } from './statuses.ts';

const name = 'Blue Door Coffee';
const link = 'https://leeds-daily.example/food/kitchen-closed';
const title = 'Blue Door Coffee closes its kitchen for two weeks';

/** Which judge judges is another matter. */
const quick = { EARSHOT_JUDGE: 'fast' };

type Sources = Brand['sources'];

/** Both one after the other, in either order. @returns for each order, of each mention the sources of its places */
async function bothWays(
  one: Sources,
  other: Sources,
  env: Readonly<Record<string, string>> = {},
): Promise<string[][][]> {
  const told: string[][][] = [];
  for (const [first, second] of [
    [one, other],
    [other, one],
  ]) {
    const here = house({ env: { ...quick, ...env } });
    for (const sources of [first, { ...first, ...second }]) {
      here.settle([{ name, sources: sources ?? {} }]);
      const runs = await here.collect();
      expect(runs.map(({ outcome, fault }) => [outcome, fault])).toEqual(runs.map(() => ['complete', null]));
    }
    told.push((await here.mentions()).map((mention) => mention.places.map(({ source }) => source).toSorted()));
  }
  return told;
}

const twice = (...places: string[]) => [[places], [places]];

const feedOf = (address: string, text = 'The council said so on Monday.') =>
  `<rss version="2.0"><channel><title>x</title><item><title>${title}</title><link>${address}</link><guid isPermaLink="false">urn:x:1</guid><description>${text}</description></item></channel></rss>`;

const alertOf = (address: string) => `<feed xmlns="http://www.w3.org/2005/Atom"><title>Google Alert - "${name}"</title>
<entry><id>tag:google.com,2013:googlealerts/feed:1</id><title type="html">&lt;b&gt;Blue Door Coffee&lt;/b&gt; closes its kitchen - Leeds Daily</title>
<link href="https://www.google.com/url?rct=j&amp;sa=t&amp;url=${encodeURIComponent(address)}&amp;ct=ga"></link>
<published>2026-11-19T14:26:15Z</published><updated>2026-11-19T14:26:15Z</updated>
<content type="html">Inspectors found a broken fridge ...</content></entry></feed>`;

const story = (more: object) => ({
  hits: [
    {
      ...{ objectID: '451', author: 'jonas', title, created_at_i: Date.parse('2026-11-19T20:00:00Z') / 1000 },
      ...{ url: link, points: 3, num_comments: 0, _tags: ['story'], ...more },
    },
  ],
  nbPages: 1,
});

test('Google Alerts and a feed give one article', async () => {
  const { url } = await loopback({ [alertPath]: alertOf(link), '/feed.xml': feedOf(`${link}?utm_source=rss`) });
  const told = await bothWays(
    { 'google-alerts': { urls: [url + alertPath] } },
    { feed: { urls: [`${url}/feed.xml`] } },
  );
  expect(told).toEqual(twice('feed', 'feed'));
});

test('a story on Hacker News that is nothing but a link, and what it leads to', async () => {
  const { url } = await loopback({ '/api/v1/search_by_date': { json: story({}) }, '/feed.xml': feedOf(`${link}/`) });
  const feed = { feed: { urls: [`${url}/feed.xml`] } };
  expect(await bothWays({ 'hacker-news': { baseUrl: url } }, feed)).toEqual(twice('feed', 'hacker-news'));
});

test('a story on Hacker News with words of its own is a thing said of its own', async () => {
  const { url } = await loopback({
    '/api/v1/search_by_date': { json: story({ story_text: 'They owe me 40 pounds, too.' }) },
    '/feed.xml': feedOf(link),
  });
  const told = await bothWays({ 'hacker-news': { baseUrl: url } }, { feed: { urls: [`${url}/feed.xml`] } });
  expect(told.map((mentions) => mentions.length)).toEqual([2, 2]);
});

test('a result of a search on the web, and the feed of the site that it found', async () => {
  const found = {
    title: `${title} - Leeds Daily`,
    url: link,
    description: 'Inspectors found …',
    page_age: '2026-11-19T09:30:00',
  };
  const { url } = await loopback({
    '/res/v1/web/search': { json: { type: 'search', web: { results: [found] } } },
    '/res/v1/news/search': { json: { type: 'news', results: [] } },
    '/feed.xml': feedOf(link),
  });
  const told = await bothWays(
    { 'brave-search': { baseUrl: url, country: 'GB' } },
    { feed: { urls: [`${url}/feed.xml`] } },
    { BRAVE_SEARCH_KEY: 'invented' },
  );
  expect(told).toEqual(twice('brave-search', 'feed'));
});

test('a post that two Mastodon servers show is one post: it has one name in the whole of Mastodon', async () => {
  const shown = hashtag(() => [{ id: 1, text: `${name} charged me twice.`, at: '2026-11-20T07:00:00Z' }]);
  const [home, away] = [await loopback(shown), await loopback(shown)];
  const here = house({ env: quick });
  here.settle([{ name, sources: { mastodon: { instances: [home.url, away.url], hashtags: ['leedsfood'] } } }]);
  expect((await here.collect()).map(({ seen }) => seen)).toEqual([1, 1]);
  expect(await here.mentions()).toHaveLength(1);
});

const appReview = { title: 'Charged twice', body: 'It took my money twice.', by: 'Mira T.', stars: 1 };

function appStores(ours: typeof appReview, theirs: typeof appReview) {
  const entry = {
    author: { uri: { label: 'https://itunes.apple.com/us/reviews/id7001' }, name: { label: theirs.by }, label: '' },
    updated: { label: '2026-11-19T23:15:07-07:00' },
    'im:rating': { label: String(theirs.stars) },
    id: { label: '1190001' },
    title: { label: theirs.title },
    content: { label: theirs.body, attributes: { type: 'text' } },
  };
  const attributes = { rating: ours.stars, title: ours.title, body: ours.body, reviewerNickname: ours.by };
  const data = [
    {
      ...{ type: 'customerReviews', id: '0000-1' },
      attributes: { ...attributes, createdDate: '2026-11-19T22:15:07-08:00', territory: 'USA' },
    },
  ];
  return loopback({
    '/us/rss/customerreviews/page=1/id=1234567890/sortby=mostrecent/json': { json: { feed: { entry: [entry] } } },
    '/us/rss/*': '{ "feed": {} }',
    '/lookup': { json: { resultCount: 0, results: [] } },
    '/v1/apps/1234567890/customerReviews': { json: { data, links: {} } },
  });
}

const appleEnv = {
  APP_STORE_CONNECT_ISSUER: appleSecrets.issuer,
  APP_STORE_CONNECT_KEY_ID: appleSecrets.keyId,
  APP_STORE_CONNECT_KEY: appleSecrets.key,
};

async function ofBothStores(theirs: typeof appReview): Promise<string[][][]> {
  const { url } = await appStores(appReview, theirs);
  return bothWays(
    { 'app-store': { app: '1234567890', countries: ['us'], baseUrl: url } },
    { 'app-store-connect': { apps: ['1234567890'], baseUrl: url } },
    appleEnv,
  );
}

test('a review in the App Store, and in the owner’s own list of them, which numbers it otherwise', async () => {
  expect(await ofBothStores(appReview)).toEqual(twice('app-store', 'app-store-connect'));
});

test.each([
  ['another name', { ...appReview, by: 'Ana' }],
  ['other stars', { ...appReview, stars: 2 }],
  ['another title', { ...appReview, title: 'Bad' }],
  ['other words', { ...appReview, body: 'It shows me nothing but a white page.' }],
])('two reviews of the two lists stay two: %s', async (_, theirs) => {
  expect((await ofBothStores(theirs)).map((mentions) => mentions.length)).toEqual([2, 2]);
});

const words =
  'Forty minutes for a flat white, and then it was cold. Nobody said sorry, and I was charged twice for it.';
const pageWith = (reviews: readonly object[]) =>
  `<!doctype html><html><head><script type="application/ld+json">${JSON.stringify({
    '@context': 'https://schema.org',
    '@type': 'CafeOrCoffeeShop',
    name,
    review: reviews,
  })}</script></head><body></body></html>`;
const onPage = (author: string, body: string, stars: number) => ({
  '@type': 'Review',
  author: { '@type': 'Person', name: author },
  datePublished: '2026-11-19',
  reviewBody: body,
  reviewRating: { '@type': 'Rating', ratingValue: stars, bestRating: 5 },
});
const googleMail = (author: string, body: string) =>
  aMail({
    from: 'Google Business Profile <businessprofile-noreply@google.com>',
    subject: `${author} left a review for ${name}`,
    headers: [passed('google.com')],
    text: `${name} got a new 2-star review\n\nRead review\n<https://business.google.com/n/1/reviews/abc>\n\n${author}\n\n${body}\n\nReply to review\n`,
  });

async function pageAndMail(review: object, mail: string): Promise<string[][][]> {
  const { url } = await loopback({ '/reviews': pageWith([review]), '/robots.txt': { status: 404 } });
  const { port } = await imapServer({ folders: { INBOX: [], Earshot: [{ uid: 1, raw: mail }] } });
  return bothWays(
    { page: { urls: [`${url}/reviews`] } },
    {
      mailbox: { host: '127.0.0.1', port, security: 'none', folder: 'Earshot', trustedServer: 'mail.bluedoor.example' },
    },
    { MAILBOX_USER: 'owner@bluedoor.example', MAILBOX_PASSWORD: 'rig-secret' },
  );
}

test('a review on a page, and the mail about it, whole or only its beginning', async () => {
  for (const told of [words, `${words.slice(0, 60)}…`])
    expect(await pageAndMail(onPage('Mira Tolland', words, 2), googleMail('Mira Tolland', told))).toEqual(
      twice('mailbox', 'page'),
    );
});

test('the whole review is what is read, also where the mail with its beginning came first', async () => {
  const { url } = await loopback({ '/reviews': pageWith([onPage('Mira Tolland', words, 2)]) });
  const mail = googleMail('Mira Tolland', `${words.slice(0, 60)}…`);
  const { port } = await imapServer({ folders: { INBOX: [], Earshot: [{ uid: 1, raw: mail }] } });
  const here = house({ env: { ...quick, MAILBOX_USER: 'owner@bluedoor.example', MAILBOX_PASSWORD: 'rig-secret' } });
  const box = { host: '127.0.0.1', port, security: 'none', folder: 'Earshot', trustedServer: 'mail.bluedoor.example' };
  here.settle([{ name, sources: { mailbox: box } }]);
  await here.collect();
  here.settle([{ name, sources: { mailbox: box, page: { urls: [`${url}/reviews`] } } }]);
  await here.collect();
  expect((await here.mentions()).map((one) => one.text)).toEqual([words]);
});

test('two guests stay two, on a page and in a mail: by their names, their stars, or words that many write', async () => {
  for (const [review, mail] of [
    [onPage('Ben', words, 2), googleMail('Mira Tolland', words)],
    [onPage('Mira Tolland', words, 3), googleMail('Mira Tolland', words)],
    [onPage('Anna', 'Cold and slow.', 2), googleMail('Anna', 'Cold and slow.')],
    [onPage('A Google User', words, 2), googleMail('A Google User', words)],
  ] as const)
    expect((await pageAndMail(review, mail)).map((mentions) => mentions.length)).toEqual([2, 2]);
});
