/** What is particular to Google Alerts: one post however it is heard, and a dead or empty alert is told. */
import { expect, test } from 'vitest';
import { feed } from '../../src/sources/feed.ts';
import { googleAlerts } from '../../src/sources/google-alerts.ts';
import { alertPath, fixture } from '../fixtures/google-alerts/fixture.ts';
import { readSource } from '../support/read-source.ts';
import { blueDoor } from '../support/source-fixture.ts';

test('a find tells where it really is and who published it, with nothing bold and nothing encoded', async () => {
  const { posts } = await readSource(googleAlerts, fixture);
  expect(posts[0]).toMatchObject({
    source: 'feed',
    externalId: 'tag:google.com,2013:googlealerts/feed:12345678901234567892',
    url: 'https://www.northernpost.example/food/refunds?id=7&p=2',
    author: { name: 'northernpost.example' },
    title: 'Blue Door Coffee & the missing refunds',
    text: "Three customers of Blue Door Coffee say that they're still waiting for their money ... ...",
    place: 'Google Alert - "Blue Door Coffee"',
  });
  expect(posts[1]?.url).toBe('http://survey.example/flat-white');
});

test('it is the same post as when the source `feed` reads that alert', async () => {
  const reading = { ...fixture, prefix: '/same' };
  const alone = await readSource(googleAlerts, reading);
  const asFeed = await readSource(feed, reading);
  expect(alone.posts).toEqual(asFeed.posts);
});

test('the alert’s address works like a password and is not shown', () => {
  const urls = [1, 2, 1].map((n) => `https://www.google.com${alertPath.slice(0, -1)}${n}`);
  const keys = googleAlerts.looks({ urls }, blueDoor).map(({ key }) => key);
  expect(new Set(keys).size).toBe(2);
  for (const key of keys) expect(key).toMatch(/^Google Alert [\da-f]{12}$/);
});

test('only an alert’s feed is taken, not the page of alerts', () => {
  const { error } = googleAlerts.options.safeParse({ urls: ['https://www.google.com/alerts'] });
  expect(error?.issues[0]?.message).toMatch(/google\.com\/alerts\/feeds/);
  expect(googleAlerts.options.safeParse({ urls: ['alerts'] }).success).toBe(false);
});

test('a deleted alert says what to do, and an empty one that it may be deleted', async () => {
  const deleted = await readSource(googleAlerts, { ...fixture, routes: () => ({}) });
  expect(deleted.faults).toMatchObject([
    { kind: 'gone', message: expect.stringMatching(/no longer there.*Deliver to/) },
  ]);
  const empty = await readSource(googleAlerts, { ...fixture, routes: fixture.empty });
  expect(empty.faults).toEqual([]);
  expect(empty.notes).toEqual([expect.stringMatching(/empty/)]);
});

test('Google’s “unusual traffic” page is a door that is shut, not a silence', async () => {
  const body = '<html><head><title>Sorry…</title></head><body>Our systems have detected unusual traffic</body></html>';
  const { faults } = await readSource(googleAlerts, {
    ...fixture,
    routes: () => ({ [alertPath]: { status: 200, headers: { 'content-type': 'text/html' }, body } }),
  });
  expect(faults.map(({ kind }) => kind)).toEqual(['blocked']);
});
