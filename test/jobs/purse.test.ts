/** What places cost is counted over restarts and never goes past its limit; `status` says how much it was. */
import { expect, test } from 'vitest';
import { collect } from '../../src/jobs/collect.ts';
import { purseOf } from '../../src/jobs/purse.ts';
import { standing } from '../../src/jobs/standing.ts';
import { Fault } from '../../src/net/fault.ts';
import type { Source } from '../../src/sources/source.ts';
import { aPost } from '../support/a-post.ts';
import { aShop, opened } from '../support/shop.ts';
import { listeningTo, stubSource, stubWatch } from '../support/stub-source.ts';

const config = 'timezone: Europe/London\nbrands:\n  - { name: Blue Door, sources: {} }\n';
const paid: Source = { ...stubSource('newest-first', () => []), costs: () => ({ most: 1, currency: 'USD' }) };
const answering = (cost: number) => async () => ({ answer: 'yes', cost });

async function house(now = Date.parse('2026-11-30T12:00Z')) {
  const shop = aShop(now);
  await opened(shop, config);
  const tools = () => listeningTo(shop.app(), paid);
  const spent = async () => (await standing(tools())).spending.map((one) => one.spent);
  return { shop, tools, purse: () => purseOf(tools(), paid, stubWatch()), spent };
}

test('it is counted before it is asked, and what was not used comes back', async () => {
  const { purse, spent } = await house();
  expect(
    await purse().spend(0.5, async () => {
      expect(await spent()).toEqual([0.5]);
      return { answer: 'yes', cost: 0.25 };
    }),
  ).toBe('yes');
  expect(await spent()).toEqual([0.25]);
  expect(await purse().left()).toBe(0.75);
});

test('what would go past the limit is not asked, not at the same time either, until the month is over where the owner lives', async () => {
  const { shop, purse, spent } = await house();
  await purse().spend(0.8, answering(0.75));
  const both = await Promise.allSettled([purse().spend(0.25, answering(0.25)), purse().spend(0.25, answering(0.25))]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  await shop.open(config);
  let asked = false;
  const ask = async () => {
    asked = true;
    return { answer: '', cost: 0 };
  };
  await expect(purse().spend(0.01, ask)).rejects.toMatchObject({
    kind: 'slow-down',
    message: expect.stringMatching(/1 USD\) is spent.+`stub\.moneyPerMonth`/),
    retryAt: Date.parse('2026-12-01T00:00Z'),
  });
  expect(asked).toBe(false);
  shop.clock.advance(12 * 3_600_000);
  expect(await spent()).toEqual([0]);
  expect(await purse().spend(1, answering(1))).toBe('yes');
});

test('a refused question costs nothing; one without an answer may have', async () => {
  const { purse, spent } = await house();
  const failing = (kind: 'blocked' | 'unreachable') =>
    purse().spend(0.25, () => Promise.reject(new Fault(kind, 'No.')));
  await expect(failing('blocked')).rejects.toThrow('No.');
  expect(await spent()).toEqual([0]);
  await expect(failing('unreachable')).rejects.toThrow('No.');
  expect(await spent()).toEqual([0.25]);
});

test('a look is given the purse of its account, and what is spent is kept with what came in', async () => {
  const { shop } = await house();
  const source: Source = {
    ...paid,
    collect: async function* ({ purse }) {
      const posts = [aPost('Blue Door is closed', { source: 'stub', externalId: '1' })];
      yield { posts: (await purse?.spend(0.5, async () => ({ answer: posts, cost: 0.5 }))) ?? [] };
    },
  };
  const tools = listeningTo(shop.app(), source);
  await collect(tools, { watches: tools.watches });
  expect((await standing(tools)).spending).toEqual([
    { source: 'stub', title: source.title, account: null, most: 1, currency: 'USD', spent: 0.5 },
  ]);
});
