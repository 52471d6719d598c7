/** A second process that saves 30 pages of 20 posts, and says what trouble it had. */
import { barePost } from '../../src/mention.ts';
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
        Array.from({ length: 20 }, (_, place) =>
          barePost('other-process', 'Lovely cake at Blue Door Coffee', {
            externalId: `${page}/${place}`,
            author: { handle: `guest${place}`, name: null, url: null, followers: null },
          }),
        ),
        { seenAt: at },
      ),
    );
  }
  await store.close();
} catch (error) {
  if (!(error instanceof StoreTrouble)) throw error;
  process.stdout.write(`trouble ${error.kind}: ${error.message}\n`);
}
