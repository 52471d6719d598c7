/** Where something was said, as the list and the mail tell it: a mailbox's place is its sender, and one that is not proven is never named alone. */
import { expect, test } from 'vitest';
import { itemOf } from '../../src/digest/item.ts';
import { placeName, watchTitle } from '../../src/digest/place-name.ts';
import { mention, rows } from './sample.ts';

test.each([
  ['tripadvisor.example', 'tripadvisor.example'],
  ['sender not proven: tripadvisor.example', 'sender not proven: tripadvisor.example'],
  ['sender not proven: Google Alert', 'sender not proven: Google Alert'],
  ['own: Contact form', 'own: Contact form'],
  [null, 'Mailbox'],
])('a mail from %j', (place, said) => {
  const mail = mention({ source: 'mailbox', url: 'https://www.tripadvisor.example/r/1', place });
  expect(placeName(mail, new Map([['mailbox', 'Mailbox']]))).toBe(said);
  expect(itemOf(mail, 'unsure', rows({ sourceTitles: { mailbox: 'Mailbox' } })).where).toBe(said);
});

test.each([
  ['bluesky', 'search', 'brand', 'Bluesky for Blue Door'],
  ['app-store', '9990001234 nl', 'brand', 'App Store nl for Blue Door'],
  ['reddit', 'r/coffee', 'place', 'Reddit r/coffee'],
  ['feed', 'https://leedsfood.example/feed.xml', 'place', 'leedsfood.example/feed.xml'],
  ['google-alerts', 'Google Alert 0123456789ab', 'place', 'Google Alert 0123456789ab'],
  ['wordpress', 'https://eats.example/blog/', 'place', 'eats.example/blog'],
] as const)('a %s watch at %s has one name, wherever it is told', (source, key, scope, name) => {
  const titles = {
    bluesky: 'Bluesky',
    'app-store': 'App Store',
    reddit: 'Reddit',
    feed: 'Feeds',
    'google-alerts': 'Google Alerts',
    wordpress: 'WordPress sites',
  };
  const brands = { 'blue-door': 'Blue Door', 'red-door': 'Red Door' };
  expect(watchTitle({ source, key, scope, brands: ['blue-door'] }, titles[source], brands)).toBe(name);
});

test.each([
  ['google-news', 'https://news.example/rss/articles/CBMi1', 'Leeds Daily', 'Leeds Daily'],
  ['brave-search', 'https://www.grumbles.example/7', 'grumbles.example', 'grumbles.example'],
  ['wordpress', 'https://eats.example/blog/1', 'eats.example/blog', 'eats.example'],
])('what %s found is where it stands, not which search found it', (source, url, place, said) => {
  expect(placeName(mention({ source, url, place }), new Map([[source, 'A search']]))).toBe(said);
});

test('a mention’s place is called in the mail as in the list', () => {
  const review = mention({ source: 'app-store', url: 'https://apps.example/nl/1', place: 'nl' });
  expect(itemOf(review, 'unsure', rows({ sourceTitles: { 'app-store': 'App Store' } })).where).toBe('App Store nl');
  expect(placeName(review, new Map([['app-store', 'App Store']]))).toBe('App Store nl');
});
