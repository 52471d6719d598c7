/** A second process that saves 30 pages of 20 posts, and says what trouble it had. */

import { savePosts } from '../../src/store/posts.ts';
import { openStore } from '../../src/store/store.ts';
import { StoreTrouble } from '../../src/store/trouble.ts';

const at = Date.UTC(2026, 10, 20);
try {
  const store = await openStore({ path: process.argv[2] ?? '', now: () => at });
  process.stdout.write('begun\n');
  for (let page = 0; page < 30; page += 1) {
    await store.write('page', (tx) =>
      savePosts(
        tx,
        Array.from({ length: 20 }, (_, place) => ({
          source: 'other-process',
          externalId: `${page}/${place}`,
          url: null,
          author: { handle: `guest${place}`, name: null, url: null, followers: null },
          title: null,
          text: 'Lovely cake at Blue Door Coffee',
          language: null,
          publishedAt: null,
          editedAt: null,
          rating: null,
          engagement: { likes: null, reposts: null, replies: null, views: null },
          links: [],
          origin: null,
          parentId: null,
          threadId: null,
          place: null,
        })),
        { seenAt: at },
      ),
    );
  }
  await store.close();
} catch (error) {
  if (!(error instanceof StoreTrouble)) throw error;
  process.stdout.write(`trouble ${error.kind}: ${error.message}\n`);
}
