/** What a new customer sees first: a complaint among the first ten results for the name is urgent, as long as it stands there. */
import { expect, test } from 'vitest';
import { alertPath } from '../fixtures/google-alerts/fixture.ts';
import { loopback } from '../support/loopback.ts';
import { answer } from '../support/source-fixture.ts';
import { house } from './house.ts';

const grumble = {
  title: 'Blue Door Coffee: a disappointing morning',
  url: 'https://grumbles.example/threads/7',
  description: 'The tea at Blue Door Coffee was a bit cold and nobody cared.',
};
const other = (n: number) => ({
  title: `Page ${n}`,
  url: `https://pages.example/${n}`,
  description: 'Blue Door Coffee',
});
const firstPage = (place: number) => ({
  json: {
    type: 'search',
    web: { results: [...Array.from({ length: place - 1 }, (_, n) => other(n)), grumble] },
  },
});
const nothing = '{ "type": "search", "query": {} }';

test('a complaint that climbs onto the first page becomes urgent, says why, and calms down when it leaves it', async () => {
  const server = await loopback();
  const here = house({ env: { BRAVE_SEARCH_KEY: 'invented' } });
  here.settle([{ name: 'Blue Door Coffee', sources: { 'brave-search': { baseUrl: server.url, news: false } } }]);
  const urgencyAt = async (place: number) => {
    server.route({
      '/res/v1/web/search': ({ query }) => (query.get('q') === 'Blue Door Coffee' ? firstPage(place) : nothing),
    });
    here.clock.advance(12 * 3_600_000);
    const runs = await here.collect();
    expect(runs.map(({ outcome }) => outcome)).toEqual(['complete']);
    const mention = (await here.mentions()).find(({ url }) => url === grumble.url);
    return [mention?.complaint.verdict, mention?.urgency, mention?.case?.state];
  };
  expect(await urgencyAt(12)).toEqual(['complaint', 'normal', 'new']);
  expect(await urgencyAt(3)).toEqual(['complaint', 'high', 'new']);
  const { out } = await here.earshot('show', '12');
  expect(out.replaceAll(/\s+/g, ' ')).toContain('stands on the first page when somebody searches for your name');
  expect(await urgencyAt(14)).toEqual(['complaint', 'normal', 'new']);
});

test('an alert that is heard through two sources is one mention with one place', async () => {
  const server = await loopback({
    [alertPath]: {
      body: answer(import.meta, '../fixtures/google-alerts/alert.xml'),
      headers: { 'content-type': 'application/atom+xml' },
    },
  });
  const here = house();
  const urls = [`${server.url}${alertPath}`];
  here.settle([{ name: 'Blue Door Coffee', sources: { feed: { urls }, 'google-alerts': { urls } } }]);
  const runs = await here.collect();
  expect(runs.map(({ outcome, seen }) => [outcome, seen])).toEqual([
    ['complete', 2],
    ['complete', 2],
  ]);
  const mentions = await here.mentions();
  expect(mentions.map(({ places }) => places.length)).toEqual([1]);
});
