/** Posts are kept once, as they are now, whatever they hold. */
import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Post } from '../../src/mention.ts';
import { listMentions } from '../../src/store/mention-list.ts';
import { dropDueWords, markGone } from '../../src/store/post-words.ts';
import { savePosts } from '../../src/store/posts.ts';
import { erasePosts } from '../../src/store/prune.ts';
import type { Store } from '../../src/store/store.ts';
import { readPosts, storedPosts } from '../../src/store/stored-posts.ts';
import { aPost, aStore, day, hear, noon } from './a-store.ts';

const hour = 3_600_000;

function save(store: Store, posts: readonly Post[], more: Partial<Parameters<typeof savePosts>[2]> = {}) {
  return store.write('save', (tx) => savePosts(tx, posts, { seenAt: noon, ...more }));
}

function read(store: Store, ids: readonly (number | null | undefined)[]) {
  return store.read('read', (tx) =>
    readPosts(
      tx,
      ids.map((id) => id ?? -1),
    ),
  );
}

function finds(store: Store, search: string): Promise<number> {
  return store.read('search', async (tx) => (await listMentions(tx, { pile: 'all', search, limit: 0 })).length);
}

describe('a post', () => {
  test('comes out as it went in', async () => {
    const store = await aStore();
    const post = aPost({
      title: 'Cold',
      rating: { value: 1, scale: 5 },
      links: ['https://x.example/a'],
      origin: 'https://home.example/1',
      parentId: 'p',
      threadId: 't',
      place: 'r/coffee',
      editedAt: noon - hour,
    });
    const [saved] = await save(store, [post]);
    expect(saved).toMatchObject({ fresh: true, edited: false });
    const [stored] = await read(store, [saved?.id]);
    expect(stored).toMatchObject({
      ...post,
      id: saved?.id,
      kind: 'posts',
      words: 'kept',
      firstSeenAt: noon,
      saidAt: noon - day,
    });
  });

  test('is a program’s as long as its account says so', async () => {
    const store = await aStore();
    const author = { handle: 'echo', name: null, url: null, followers: null };
    const post = aPost({ author: { ...author, automatic: true } });
    const stored = async (given: typeof post) => {
      const [saved] = await save(store, [given]);
      const [one] = await read(store, [saved?.id]);
      return one?.author;
    };
    expect(await stored(post)).toEqual({ ...author, automatic: true });
    expect(await stored({ ...post, author })).toEqual(author);
  });

  test('keeps its place on a search’s page as it was last seen', async () => {
    const store = await aStore();
    const post = aPost();
    const rank = async (searchRank?: Post['searchRank']) => {
      const [saved] = await save(store, [{ ...post, ...(searchRank && { searchRank }) }]);
      return (await read(store, [saved?.id]))[0]?.searchRank;
    };
    expect(await rank({ rank: 12, words: 'Blue Door' })).toEqual({ rank: 12, words: 'Blue Door' });
    expect(await rank({ rank: 3, words: 'Blue Door' })).toEqual({ rank: 3, words: 'Blue Door' });
    expect(await rank()).toBeUndefined();
  });

  test('that is given again is the same one, also twice in a page', async () => {
    const store = await aStore();
    const [one, other] = [aPost(), aPost()];
    const first = await save(store, [one, other, { ...one, text: 'the later one counts' }]);
    expect(first.map(({ fresh }) => fresh)).toEqual([true, true, false]);
    expect(first[2]?.id).toBe(first[0]?.id);
    expect((await read(store, [first[0]?.id]))[0]?.text).toBe('the later one counts');
    const second = await save(store, [{ ...one, text: 'the later one counts' }, other]);
    expect(second.map(({ id, fresh, edited }) => [id, fresh, edited])).toEqual([
      [first[0]?.id, false, false],
      [first[1]?.id, false, false],
    ]);
  });

  test('with an id of two platforms is two', async () => {
    const store = await aStore();
    const saved = await save(store, [
      aPost({ source: 'lemmy', externalId: '7' }),
      aPost({ source: 'reddit', externalId: '7' }),
    ]);
    expect(new Set(saved.map(({ id }) => id)).size).toBe(2);
  });

  test.each([
    ['title', { title: 'Another title' }],
    ['text', { text: 'They gave my money back' }],
    ['rating', { rating: { value: 5, scale: 5 } }],
  ])('whose %s has changed is edited, and found by its new words only', async (_, change) => {
    const store = await aStore();
    const post = aPost({ title: 'First', text: 'No refund', rating: { value: 1, scale: 5 } });
    const { posts } = await store.write('hear', (tx) => hear(tx, [{ post }]));
    const [again] = await save(store, [{ ...post, ...change }], { seenAt: noon + hour });
    expect(again).toMatchObject({ fresh: false, edited: true });
    const [stored] = await read(store, [posts[0]?.id]);
    expect(stored).toMatchObject({ ...post, ...change, editedAt: noon + hour, firstSeenAt: noon });
    expect(await finds(store, 'refund')).toBe('text' in change ? 0 : 1);
    expect(await finds(store, 'money')).toBe('text' in change ? 1 : 0);
  });

  test('keeps its counts fresh without being edited', async () => {
    const store = await aStore();
    const post = aPost();
    const engagement = { likes: 90, reposts: 7, replies: null, views: 1_000 };
    const [saved] = await save(store, [post]);
    const [again] = await save(store, [{ ...post, engagement, author: { ...post.author, followers: 99 } }]);
    expect(again?.edited).toBe(false);
    expect((await read(store, [saved?.id]))[0]).toMatchObject({ engagement, author: { followers: 99 } });
  });

  test('is read again in pages for judging', async () => {
    const store = await aStore();
    const saved = await save(
      store,
      Array.from({ length: 5 }, () => aPost()),
    );
    const ids: number[] = [];
    for (;;) {
      const page = await store.read('page', (tx) => storedPosts(tx, { afterId: ids.at(-1) ?? 0, limit: 2 }));
      ids.push(...page.map(({ id }) => id));
      if (page.length < 2) break;
    }
    expect(ids).toEqual(saved.map(({ id }) => id));
  });
});

describe('whatever comes in', () => {
  test('NUL bytes, half characters, 1 MB, the year 9999', async () => {
    const store = await aStore();
    const [saved] = await save(store, [
      aPost({
        externalId: 'odd\0id\ud800',
        title: 'a\0b',
        text: `\ud83d cold ${'x'.repeat(1_000_000)}`,
        publishedAt: Date.UTC(9999, 0, 1),
        author: { handle: 'a\0', name: '\udc00', url: null, followers: Number.NaN },
        engagement: { likes: Number.POSITIVE_INFINITY, reposts: 1.4, replies: null, views: null },
      }),
    ]);
    const [stored] = await read(store, [saved?.id]);
    expect(stored).toMatchObject({
      title: 'a\ufffdb',
      publishedAt: null,
      saidAt: noon,
      author: { handle: 'a\ufffd', name: '\ufffd', followers: null },
      engagement: { likes: null, reposts: 1 },
    });
    expect(stored?.text).toHaveLength(100_000);
    expect(stored?.text.startsWith('\ufffd cold')).toBe(true);
    expect(stored?.text.endsWith('… [cut]')).toBe(true);
  });

  test('a date up to a day ahead is a clock that runs fast', async () => {
    const store = await aStore();
    const saved = await save(store, [aPost({ publishedAt: noon + day }), aPost({ publishedAt: noon + day + 1 })]);
    const posts = await read(
      store,
      saved.map(({ id }) => id),
    );
    expect(posts.map(({ publishedAt }) => publishedAt)).toEqual([noon + day, null]);
  });

  test('is stored once and found again, any text', async () => {
    const store = await aStore();
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ unit: 'grapheme', maxLength: 60 }));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ externalId: text, text, title: fc.option(text) }), { maxLength: 12 }),
        async (list) => {
          const posts = list.map((one) => aPost({ url: null, ...one }));
          const first = await save(store, posts);
          const second = await save(store, posts);
          expect(first).toHaveLength(posts.length);
          expect(second.map(({ id }) => id)).toEqual(first.map(({ id }) => id));
          expect(second.every(({ fresh, edited }) => !fresh && !edited)).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('an author', () => {
  test('is one by handle, else by address, and never by name', async () => {
    const store = await aStore();
    const nobody = { handle: null, name: null, url: null, followers: null };
    const saved = await save(store, [
      aPost({ author: { ...nobody, handle: 'ana', name: 'Ana' } }),
      aPost({ author: { ...nobody, handle: 'ana', name: 'Ana B.' } }),
      aPost({ author: { ...nobody, name: 'Tom' } }),
      aPost({ author: { ...nobody, name: 'Tom' } }),
      aPost({ author: nobody }),
    ]);
    const posts = await read(
      store,
      saved.map(({ id }) => id),
    );
    const ids = posts.map(({ authorId }) => authorId);
    expect(ids[0]).toBe(ids[1]);
    expect(ids[2]).not.toBe(ids[3]);
    expect(ids[4]).toBeNull();
    expect(posts[0]?.author.name).toBe('Ana B.');
  });
});

describe('an author without a handle', () => {
  const url = 'https://blog.example/2026/11/cafes#comment-7';
  const by = (name: string | null, address: string | null, at: string | null = url) =>
    aPost({ source: 'wordpress', url: at, author: { handle: null, name, url: address, followers: null } });
  const idsOf = async (...posts: readonly Post[]) => {
    const store = await aStore();
    const saved = await save(store, posts);
    return (
      await read(
        store,
        saved.map(({ id }) => id),
      )
    ).map(({ authorId }) => authorId);
  };

  test('is two where two type the same address under different names, and one under the same name', async () => {
    const [ana, ben, again, elsewhere] = await idsOf(
      by('Ana', 'https://firm.example/'),
      by('Ben', 'https://firm.example/'),
      by('ana ', 'https://firm.example/'),
      by('Ana', 'https://other.example/'),
    );
    expect(new Set([ana, ben, elsewhere]).size).toBe(3);
    expect(again).toBe(ana);
  });

  test('is two where both have the same name and no address, or the place’s own first page, each with a post of their own', async () => {
    expect(new Set(await idsOf(by('Anna', null), by('Anna', null))).size).toBe(2);
    expect(new Set(await idsOf(by(null, 'https://firm.example/'), by(null, 'https://firm.example/'))).size).toBe(2);
    expect(new Set(await idsOf(by('Ana', 'https://blog.example/'), by('Ben', 'https://blog.example'))).size).toBe(2);
  });

  test('is one by a page of the place itself, whatever the name is by then', async () => {
    const maps = 'https://maps.example/place/7';
    const profile = 'https://www.maps.example/contrib/42';
    expect(new Set(await idsOf(by('Ana', profile, maps), by('Ana B.', profile, maps))).size).toBe(1);
    const channel = 'https://www.video.example/channel/UC1';
    expect(new Set(await idsOf(by('Ana', channel, `${channel}?v=1`), by('Ann', channel, `${channel}?v=2`))).size).toBe(
      1,
    );
  });
});

describe('what a platform lets us keep', () => {
  const marker = 'zanzibarquokka';
  /** Every file that the store leaves behind. */
  function leftOnDisk(store: Store): string {
    return ['', '-wal', '-shm']
      .map((end) => store.path + end)
      .filter(existsSync)
      .map((path) => readFileSync(path, 'latin1'))
      .join('');
  }

  test('no words: id, address, rating and times are stored, words and author nowhere', async () => {
    const store = await aStore();
    const post = aPost({
      title: marker,
      text: `cold ${marker}`,
      rating: { value: 1, scale: 5 },
      author: { handle: marker, name: marker, url: null, followers: 3 },
    });
    const [saved] = await save(store, [post], { sourceOf: () => ({ kind: 'reviews', keeps: 'id-only' }) });
    expect(saved?.post.text).toContain(marker);
    const [stored] = await read(store, [saved?.id]);
    expect(stored).toMatchObject({
      text: '',
      title: null,
      words: 'withheld',
      kind: 'reviews',
      rating: post.rating,
      url: post.url,
    });
    const [again] = await save(store, [post], { sourceOf: () => ({ kind: 'reviews', keeps: 'id-only' }) });
    expect(again?.edited).toBe(false);
    expect(leftOnDisk(store)).not.toContain(marker);
  });

  test('words for some hours: then they go, from the file and from the search', async () => {
    const store = await aStore();
    const sourceOf = () => ({ kind: 'posts', keeps: { textForHours: 24 } }) as const;
    const post = aPost({ text: `cold ${marker}` });
    await store.write('hear', (tx) => hear(tx, [{ post }], { sourceOf }));
    expect(await store.write('early', (tx) => dropDueWords(tx, noon + 23 * hour))).toBe(0);
    expect(await finds(store, marker)).toBe(1);
    expect(await store.write('due', (tx) => dropDueWords(tx, noon + 24 * hour))).toBe(1);
    expect(await finds(store, marker)).toBe(0);
    // Shown once more, they may be kept for as long again.
    const [again] = await save(store, [post], { sourceOf, seenAt: noon + 30 * hour });
    expect(again).toMatchObject({ fresh: false, edited: false });
    expect(await finds(store, marker)).toBe(1);
    expect(await store.write('due again', (tx) => dropDueWords(tx, noon + 54 * hour))).toBe(1);
    await store.close();
    expect(leftOnDisk(store).includes(marker)).toBe(false);
  });

  test('gone from its platform: so are its words', async () => {
    const store = await aStore();
    const post = aPost({ text: `cold ${marker}` });
    const { posts } = await store.write('hear', (tx) => hear(tx, [{ post }]));
    const gone = [
      { source: post.source, externalId: post.externalId },
      { source: 'bluesky', externalId: 'never seen' },
    ];
    expect(await store.write('gone', (tx) => markGone(tx, gone, noon + day))).toEqual([posts[0]?.id]);
    expect((await read(store, [posts[0]?.id]))[0]).toMatchObject({ text: '', words: 'dropped', goneAt: noon + day });
    expect(await finds(store, marker)).toBe(0);
  });

  test('erased: nothing is left of it in any file, and it does not come back', async () => {
    const store = await aStore();
    const post = aPost({ text: `cold ${marker}`, author: { handle: marker, name: null, url: null, followers: null } });
    const { posts } = await store.write('hear', (tx) =>
      hear(tx, [{ post }, ...Array.from({ length: 50 }, () => ({ post: aPost() }))]),
    );
    const id = posts[0]?.id ?? 0;
    expect(await store.write('erase', (tx) => erasePosts(tx, [id], noon))).toEqual({ posts: 1, mentions: 1 });
    expect(await save(store, [post])).toMatchObject([{ id: null, fresh: false }]);
    expect(await read(store, [id])).toEqual([]);
    await store.close();
    expect(leftOnDisk(store)).not.toContain(marker);
    expect(leftOnDisk(store)).toContain('Blue Door');
  });
});

describe('search', () => {
  async function heard() {
    const store = await aStore();
    const texts = [
      'Still waiting for my refund',
      'Refunds are slow at the Café',
      'コーヒーが冷たい、最悪',
      'ZANZIBAR waiting room',
      '50% off_today',
    ];
    await store.write('hear', (tx) =>
      hear(
        tx,
        texts.map((text) => ({ post: aPost({ text }) })),
      ),
    );
    return store;
  }

  test.each([
    ['refund', 1],
    ['refund*', 2],
    ['WAITING', 2],
    ['waiting refund', 1],
    ['"waiting for my"', 1],
    ['"for waiting"', 0],
    ['cafe', 1],
    ['CAFÉ slow', 1],
    ['冷たい', 1],
    ['冷たい 最悪', 1],
    ['冷たい refund', 0],
    ['guest*', 5],
    ['', 0],
    ['😡', 0],
  ])('%j finds %i', async (search, count) => {
    expect(await finds(await heard(), search)).toBe(count);
  });

  test('never fails, whatever is typed', async () => {
    const store = await heard();
    const odd = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(
          fc.constantFrom(
            '"',
            '*',
            'AND',
            'OR',
            'NOT',
            'NEAR(',
            ')',
            '(',
            ':',
            '-',
            '^',
            'title:',
            'refund',
            "'",
            '%',
            '最',
            '\0',
            '\ud800',
          ),
          { maxLength: 8 },
        )
        .map((parts) => parts.join(' ')),
    );
    await fc.assert(
      fc.asyncProperty(odd, async (search) => {
        expect(await finds(store, search)).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 300 },
    );
  });
});
