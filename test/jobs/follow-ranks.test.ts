/** A complaint heard elsewhere first rises once a web search shows it on its first page, and stays up. */
import { expect, test } from 'vitest';
import { collect } from '../../src/jobs/collect.ts';
import { mentionFace } from '../../src/jobs/mention-face.ts';
import { rejudgeOutdated } from '../../src/jobs/rejudge.ts';
import type { Post } from '../../src/mention.ts';
import { readCases } from '../../src/store/cases.ts';
import { aShop, opened, said } from '../support/shop.ts';
import { listeningTo, stubSource } from '../support/stub-source.ts';

const url = 'https://grumbles.example/blue-door';
const post = said('The coffee at Blue Door was cold, a little disappointing.', {
  source: 'stub',
  externalId: 'a',
  url,
});
const found = (rank: number, words = 'Blue Door'): Post => ({
  ...post,
  source: 'search',
  externalId: 'hit',
  searchRank: { rank, words },
});

/** What was heard first, then what the search found. */
async function joined(hit: Post) {
  const shop = aShop();
  const { app } = await opened(shop, 'brands:\n  - { name: Blue Door, sources: {} }\n');
  let shown: readonly Post[] = [post];
  const tools = listeningTo(
    app,
    stubSource('newest-first', () => [{ posts: shown }]),
  );
  const look = async (posts: readonly Post[]) => {
    shown = posts;
    shop.clock.advance(60_000);
    await collect(tools, { watches: tools.watches });
    const [mention] = await shop.list();
    const known = await app.store.read('cases', async (tx) => (await readCases(tx, [1]))[0]);
    return { urgency: mention?.findings.urgency, places: mention?.places.length, known };
  };
  const first = await look([post]);
  return { tools, look, first, second: await look([hit]), shop };
}

test('among the first ten it is high, with its case, which says why', async () => {
  const { first, second, look, shop } = await joined(found(3));
  expect(first.urgency).not.toBe('high');
  const [mention] = await shop.list();
  expect(mention && mentionFace(mention).searchRank).toEqual({ rank: 3, words: 'Blue Door' });
  expect(second).toMatchObject({ urgency: 'high', places: 2, known: { urgency: 'high' } });
  expect(second.known?.dueAt).toBeLessThan(first.known?.dueAt ?? 0);
  expect(second.known?.events.at(-1)).toMatchObject({
    kind: 'urgent',
    by: 'earshot',
    details: { why: 'it stands on the first page when somebody searches for your name' },
  });
  // Its first place heard once more knows nothing of the search.
  const third = await look([post]);
  expect(third.urgency).toBe('high');
  expect(third.known?.events).toHaveLength(second.known?.events.length ?? 0);
});

test('judged again it stays high', async () => {
  const { tools, shop } = await joined(found(10));
  await rejudgeOutdated(tools, true);
  expect((await shop.list())[0]?.findings.urgency).toBe('high');
});

test.each([
  ['further down', found(11)],
  ['for other words', found(1, 'cold coffee')],
])('%s it stays as it was', async (_, hit) => {
  const { first, second } = await joined(hit);
  expect(second.places).toBe(2);
  expect(second.urgency).toBe(first.urgency);
});
