/** A page of any size becomes writes of at most 500 posts, and the mark stays behind the last of them. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { partsOf, postsPerWrite } from '../../src/jobs/page-parts.ts';
import type { Page } from '../../src/sources/source.ts';
import { aPost } from '../support/a-post.ts';

test('no post is lost or moved, no part is too large, and what else the page brings comes with the last part', () => {
  fc.assert(
    fc.property(fc.nat(4 * postsPerWrite), (count) => {
      const posts = Array.from({ length: count }, (_, number) => aPost('Soup', { externalId: String(number) }));
      const page: Page = { posts, unreadable: ['item.3: id is missing'], position: 'go on here', capped: true };
      const parts = partsOf(page);
      expect(parts.flatMap((part) => part.posts)).toEqual(posts);
      expect(Math.max(...parts.map((part) => part.posts.length))).toBeLessThanOrEqual(postsPerWrite);
      expect(parts.at(-1)).toEqual({ ...page, posts: parts.at(-1)?.posts });
      for (const part of parts.slice(0, -1)) expect(Object.keys(part)).toEqual(['posts']);
    }),
    { examples: [[0], [postsPerWrite], [postsPerWrite + 1]] },
  );
});
