/** One thing said is one mention, however often and wherever it is found. */
import { describe, expect, test } from 'vitest';
import type { Post } from '../../src/mention.ts';
import { addMarks } from '../../src/store/marks.ts';
import { readMentions } from '../../src/store/mention-rows.ts';
import { saveMentions, updateFindings } from '../../src/store/mentions.ts';
import type { Store } from '../../src/store/store.ts';
import { doubtfulMentions, mentionsOfBrand, mentionsToJudge, outdatedMentions } from '../../src/store/to-judge.ts';
import { aPost, aStore, day, type Heard, hear, noon, someFindings } from './a-store.ts';

const press =
  'The coffee shop Blue Door on Harbour Street in Leeds has closed its kitchen for two weeks after inspectors found a broken fridge and told the owners to replace it before any food may be served there again, the council said on Monday morning in a short statement';

function save(store: Store, heard: readonly (Heard | Post)[], seenAt = noon) {
  const list = heard.map((one) => ('post' in one ? one : { post: one }));
  const sourceOf = (id: string) =>
    ({ kind: id === 'feed' ? 'articles' : id === 'app-store' ? 'reviews' : 'posts', keeps: 'everything' }) as const;
  return store.write('hear', (tx) => hear(tx, list, { sourceOf, seenAt }));
}

async function rows(store: Store) {
  return store.read('rows', async (tx) => {
    const ids = await tx.selectFrom('mentions').select('id').orderBy('id').execute();
    return readMentions(
      tx,
      ids.map(({ id }) => id),
    );
  });
}

describe('a mention', () => {
  test('comes out with all that belongs to it', async () => {
    const store = await aStore();
    const post = aPost({ text: 'Waiting for my refund from Blue Door Coffee' });
    const findings = someFindings({
      topics: ['refund', 'waiting'],
      doubtful: true,
      sentiment: { label: 'unknown', score: null },
      language: null,
    });
    const { mentions } = await save(store, [{ post, findings }]);
    expect(mentions).toMatchObject([{ fresh: true, joined: false, changed: false, brandId: 'blue' }]);
    expect(await rows(store)).toMatchObject([
      {
        id: mentions[0]?.id,
        brand: { id: 'blue', name: 'Blue Door Coffee', listed: true },
        post,
        places: [
          {
            source: 'bluesky',
            externalId: post.externalId,
            url: post.url,
            publishedAt: noon - day,
            hits: [{ term: 'Blue Door Coffee' }],
          },
        ],
        findings,
        case: null,
        marks: { complaint: null, us: null, urgent: false, solved: false },
        firstSeenAt: noon,
        history: false,
        setAside: null,
        pile: 'flagged',
        alike: 0,
      },
    ]);
  });

  test('is made once, also when its post is given again, in the same page or later', async () => {
    const store = await aStore();
    const post = aPost();
    const first = await save(store, [post, post]);
    const second = await save(store, [post]);
    expect(first.mentions.map(({ fresh }) => fresh)).toEqual([true, false]);
    expect(second.mentions).toMatchObject([{ id: first.mentions[0]?.id, fresh: false, joined: false, changed: false }]);
    expect(await rows(store)).toHaveLength(1);
  });

  test('is one for each brand that the post is about', async () => {
    const store = await aStore();
    const post = aPost();
    const { mentions } = await save(store, [{ post }, { post, brandId: 'red' }]);
    expect(mentions.map(({ fresh, brandId }) => [fresh, brandId])).toEqual([
      [true, 'blue'],
      [true, 'red'],
    ]);
  });

  test('of an edited post is judged anew', async () => {
    const store = await aStore();
    const post = aPost();
    await save(store, [post]);
    const better = someFindings({ complaint: { verdict: 'none', probability: 0.1 }, severity: 0 });
    const again = await save(store, [{ post, findings: better }]);
    expect(again.mentions).toMatchObject([{ fresh: false, changed: true }]);
    expect(await rows(store)).toMatchObject([{ findings: better, pile: null }]);
  });

  test('knows where the terms stand now', async () => {
    const store = await aStore();
    const { mentions, posts } = await save(store, [aPost(), aPost()]);
    const [first = 0, second = 0] = mentions.map(({ id }) => id);
    const hit = (at: readonly [number, number]) => ({ term: 'Blue', kind: 'name', field: 'text', at }) as const;
    const draft = {
      brandId: 'blue',
      postId: posts[0]?.id ?? 0,
      hits: [hit([5, 9])],
      findings: someFindings(),
      history: false,
    };
    await store.write('again', (tx) => saveMentions(tx, [draft], noon));
    const news = { mentionId: second, findings: someFindings(), setAside: null, hits: [hit([7, 11]), hit([20, 24])] };
    await store.write('judge', (tx) =>
      updateFindings(
        tx,
        [news, { ...news, mentionId: first, hits: undefined }].map(({ hits, ...one }) =>
          hits ? { ...one, hits } : one,
        ),
      ),
    );
    expect((await rows(store)).map(({ places }) => places[0]?.hits.map(({ at }) => at))).toEqual([
      [[5, 9]],
      [
        [7, 11],
        [20, 24],
      ],
    ]);
  });

  test('needs a post that is stored', async () => {
    const store = await aStore();
    const draft = { brandId: 'blue', postId: 4711, hits: [], findings: someFindings(), history: false };
    await expect(store.write('no post', (tx) => saveMentions(tx, [draft], noon))).rejects.toThrow(
      'post 4711 is not stored',
    );
  });
});

describe('a further place of a mention', () => {
  const article = (more: Partial<Post> = {}) =>
    aPost({ source: 'feed', author: { handle: null, name: null, url: null, followers: null }, ...more });

  test.each<[string, Post, Post]>([
    [
      'the same post on another server',
      aPost({ source: 'mastodon', origin: 'https://home.example/1' }),
      aPost({ source: 'mastodon', origin: 'https://home.example/1' }),
    ],
    [
      'the same address, spelled another way',
      article({ url: 'https://www.news.example/blue-door/?utm_source=feed' }),
      aPost({ source: 'hacker-news', url: 'http://news.example/blue-door', text: '' }),
    ],
    [
      'an article that another paper prints too',
      article({ text: press }),
      article({ text: press.replace('Monday', 'Tuesday') }),
    ],
    [
      'what the same person says again within the week',
      aPost({
        author: { handle: 'ana', name: null, url: null, followers: 1 },
        text: 'Still no refund, Blue Door!',
        publishedAt: noon - 7 * day,
      }),
      aPost({
        author: { handle: 'ana', name: null, url: null, followers: 1 },
        text: 'still no refund Blue Door!!!',
        publishedAt: noon - day,
      }),
    ],
  ])('%s', async (_, one, other) => {
    for (const together of [true, false]) {
      const store = await aStore();
      const answers = together
        ? (await save(store, [one, other])).mentions
        : [...(await save(store, [one])).mentions, ...(await save(store, [other], noon + day)).mentions];
      expect(answers.map(({ fresh, joined }) => [fresh, joined])).toEqual([
        [true, false],
        [false, true],
      ]);
      expect(answers[1]?.id).toBe(answers[0]?.id);
      const [row, ...more] = await rows(store);
      expect(more).toEqual([]);
      expect(row?.post.externalId).toBe(one.externalId);
      expect(row?.places.map(({ externalId }) => externalId)).toEqual([one.externalId, other.externalId]);
      const again = await save(store, [{ post: other, findings: someFindings({ severity: 4 }) }]);
      expect(again.mentions).toMatchObject([{ fresh: false, joined: false, changed: false }]);
    }
  });

  test('is none of another brand', async () => {
    const store = await aStore();
    await save(store, [article({ text: press })]);
    const { mentions } = await save(store, [{ post: article({ text: press }), brandId: 'red' }]);
    expect(mentions[0]?.fresh).toBe(true);
  });

  test('makes history a thing of today', async () => {
    const store = await aStore();
    await save(store, [{ post: article({ text: press }), history: true }]);
    expect((await rows(store))[0]).toMatchObject({ history: true, pile: null });
    await save(store, [article({ text: press })]);
    expect((await rows(store))[0]).toMatchObject({ history: false, pile: 'flagged' });
  });
});

describe('two people', () => {
  test('who say the same are two mentions, shown as alike', async () => {
    const store = await aStore();
    const text = 'Do not go to Blue Door Coffee, they close at noon';
    const { mentions } = await save(store, [
      aPost({ text }),
      aPost({ text }),
      aPost({ text: press }),
      aPost({ text: press.replace('Leeds', 'York') }),
      aPost(),
    ]);
    expect(mentions.every(({ fresh }) => fresh)).toBe(true);
    expect((await rows(store)).map(({ alike }) => alike)).toEqual([1, 1, 1, 1, 0]);
  });

  test('who review one app are two, though all reviews have the address of the app', async () => {
    const store = await aStore();
    const url = 'https://apps.example/app/1';
    const review = (handle: string) =>
      aPost({
        source: 'app-store',
        url,
        text: 'Crashes',
        author: { handle, name: handle, url: null, followers: null },
      });
    const { mentions } = await save(store, [
      review('ana'),
      review('tom'),
      aPost({ source: 'app-store', url, text: 'Crashes' }),
    ]);
    expect(mentions.map(({ fresh }) => fresh)).toEqual([true, true, true]);
  });

  test('a flood of one text costs no more than a few of its copies', async () => {
    const store = await aStore();
    const flood = Array.from({ length: 500 }, () =>
      aPost({ text: press, author: { handle: 'bot', name: null, url: null, followers: 0 } }),
    );
    const { mentions } = await save(store, flood);
    expect(new Set(mentions.map(({ id }) => id)).size).toBe(1);
    const later = await save(store, [
      aPost({ text: press, author: { handle: 'bot', name: null, url: null, followers: 0 } }),
    ]);
    expect(later.mentions).toMatchObject([{ joined: true }]);
  });
});

describe('judging again', () => {
  test('touches what another version judged, page by page', async () => {
    const store = await aStore();
    const { mentions } = await save(store, [
      aPost(),
      { post: aPost(), findings: someFindings({ version: 'fast-2' }) },
      aPost(),
    ]);
    const [first, , third] = mentions;
    const page = (afterId: number) =>
      store.read('page', (tx) => outdatedMentions(tx, { version: 'fast-2', brandIds: ['blue'], afterId, limit: 1 }));
    const ids: number[] = [];
    for (let [one] = await page(0); one; [one] = await page(one.mentionId)) ids.push(one.mentionId);
    expect(ids).toEqual([first?.id, third?.id]);
    const findings = someFindings({
      version: 'fast-2',
      relevance: { verdict: 'other', probability: 0.1 },
      urgency: 'critical',
    });
    await store.write('judge', (tx) =>
      updateFindings(
        tx,
        ids.map((mentionId) => ({ mentionId, findings, setAside: null })),
      ),
    );
    expect(await page(0)).toEqual([]);
    expect((await rows(store)).map((row) => [row.findings.relevance.verdict, row.pile])).toEqual([
      ['other', null],
      ['about', 'flagged'],
      ['other', null],
    ]);
  });

  test('finds all of a brand with what people did, and the doubtful newest first', async () => {
    const store = await aStore();
    const doubtful = someFindings({ doubtful: true });
    const { mentions } = await save(store, [
      aPost(),
      { post: aPost(), findings: doubtful },
      { post: aPost(), brandId: 'red' },
      { post: aPost(), findings: doubtful },
    ]);
    const [a, b, , d] = mentions.map(({ id }) => id);
    await store.write('mark', (tx) => addMarks(tx, [{ mentionId: a ?? 0, kind: 'us', by: 'Ana', at: noon }]));
    const blue = await store.read('brand', (tx) => mentionsOfBrand(tx, { brandId: 'blue', afterId: 0, limit: 10 }));
    expect(blue.map((one) => [one.mentionId, one.touched, one.hits.length])).toEqual([
      [a, true, 1],
      [b, false, 1],
      [d, false, 1],
    ]);
    const doubted = await store.read('doubtful', (tx) =>
      doubtfulMentions(tx, { beforeId: Number.MAX_SAFE_INTEGER, limit: 10 }),
    );
    expect(doubted.map((one) => one.mentionId)).toEqual([d, b]);
    const some = await store.read('some', (tx) => mentionsToJudge(tx, [d ?? 0, 99, a ?? 0]));
    expect(some.map((one) => one.mentionId)).toEqual([d, a]);
  });

  test('what was set aside comes back when it is heard again', async () => {
    const store = await aStore();
    const post = aPost();
    const { mentions } = await save(store, [post]);
    await store.write('aside', (tx) =>
      updateFindings(
        tx,
        mentions.map(({ id }) => ({ mentionId: id, findings: someFindings(), setAside: 'excluded' })),
      ),
    );
    expect((await rows(store))[0]).toMatchObject({ setAside: 'excluded', pile: null });
    const again = await save(store, [post]);
    expect(again.mentions).toMatchObject([{ changed: true, fresh: false }]);
    expect((await rows(store))[0]).toMatchObject({ setAside: null, pile: 'flagged' });
  });
});
