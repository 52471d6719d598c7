/** A second process that is killed while a transaction of its is open. */
import { saveMentions } from '../../src/store/mentions.ts';
import { savePosts } from '../../src/store/posts.ts';
import { openStore } from '../../src/store/store.ts';
import type { Tx } from '../../src/store/tables.ts';

const at = Date.UTC(2026, 10, 20);
const unknown = { likes: null, reposts: null, replies: null, views: null };

async function hear(tx: Tx, from: number, count: number): Promise<void> {
  const posts = Array.from({ length: count }, (_, place) => ({
    source: 'feed',
    externalId: String(from + place),
    url: null,
    author: { handle: null, name: null, url: null, followers: null },
    title: null,
    text: `Cold coffee, table ${from + place}`,
    language: 'en',
    publishedAt: at,
    editedAt: null,
    rating: null,
    engagement: unknown,
    links: [],
    origin: null,
    parentId: null,
    threadId: null,
    place: null,
  }));
  const saved = await savePosts(tx, posts, { seenAt: at });
  const drafts = saved.map(({ id }) => ({
    brandId: 'blue',
    postId: id ?? 0,
    hits: [],
    findings: {
      language: 'en',
      relevance: { verdict: 'about', probability: 1 },
      sentiment: { label: 'negative', score: -1 },
      complaint: { verdict: 'complaint', probability: 1 },
      severity: 1,
      urgency: 'low',
      topics: [],
      praise: false,
      resolved: false,
      reasons: [],
      doubtful: false,
      version: '1',
    } as const,
    history: false,
  }));
  await saveMentions(tx, drafts, at);
}

const store = await openStore({ path: process.argv[2] ?? '', now: () => at });
await store.write('first', (tx) => hear(tx, 0, 100));
await store.write('second', async (tx) => {
  await hear(tx, 100, 50);
  process.stdout.write('saved 100, and 50 more in an open transaction\n');
  await new Promise((resolve) => setTimeout(resolve, 60_000));
});
