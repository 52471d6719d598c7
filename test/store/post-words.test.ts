/** Words that a platform lets us keep for some hours only: they go in time, by themselves, from every byte of every file. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { letGoSince } from '../../src/store/let-go.ts';
import { readMentions } from '../../src/store/mention-rows.ts';
import type { SourceTerms } from '../../src/store/post-rows.ts';
import { markGone } from '../../src/store/post-words.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { readPosts } from '../../src/store/stored-posts.ts';
import { aPost, aStore, day, hear, noon } from './a-store.ts';

const hour = 3_600_000;
const forADay = (): SourceTerms => ({ kind: 'reviews', keeps: { textForHours: 24 } });

/** All bytes that lie in the database's folder. */
function bytesBeside(path: string): string {
  return readdirSync(dirname(path))
    .map((file) => join(dirname(path), file))
    .filter(existsSync)
    .map((file) => readFileSync(file, 'latin1').toLowerCase())
    .join('\n');
}

/** Where that word stands in them, with what surrounds it. */
const leftOf = (word: string, { path }: { readonly path: string }): string[] =>
  bytesBeside(path)
    .match(new RegExp(`.{0,20}${word}.{0,20}`, 'gs'))
    ?.slice(0, 5) ?? [];

async function first(store: Store) {
  const [post] = await store.read('a post', (tx) => readPosts(tx, [1]));
  return post;
}

test('a program that was off all day takes them out before it shows anything; mention and author’s silence stay', async () => {
  const kept = await aStore();
  const post = aPost({
    title: 'Zweiquokka',
    text: 'cold zanziquokka',
    author: { handle: 'anaquokka', name: 'Ana Quokkason', url: 'https://social.example/quokka', followers: 4 },
    links: ['https://quokka.example/'],
    rating: { value: 1, scale: 5 },
  });
  await kept.write('hear', (tx) => hear(tx, [{ post }], { sourceOf: forADay }));
  expect((await first(kept))?.wordsUntil).toBe(noon + day);
  await kept.close();
  expect(leftOf('quokka', kept)).not.toEqual([]);

  const store = await openStore({ path: kept.path, now: () => noon + day });
  expect(leftOf('quokka', kept)).toEqual([]);
  const [mention] = await store.read('mentions', (tx) => readMentions(tx, [1]));
  expect(mention?.post).toMatchObject({ text: '', title: null, words: 'dropped', url: post.url, rating: post.rating });
  expect(mention?.post.author).toEqual({ handle: null, name: null, url: null, followers: null });
  await store.close();
  expect(leftOf('quokka', kept)).toEqual([]);
});

test('a program that runs on shows none a moment too long', async () => {
  let now = noon;
  const store = await aStore({ now: () => now });
  await store.write('hear', (tx) => hear(tx, [{ post: aPost({ text: 'quokka' }) }], { sourceOf: forADay }));
  now += day - 1;
  expect((await first(store))?.text).toBe('quokka');
  now += 1;
  expect((await first(store))?.text).toBe('');
  expect(leftOf('quokka', store)).toEqual([]);
});

test('another program that is just reading keeps them beside the file for no longer than it reads', async () => {
  let now = noon;
  const store = await aStore({ now: () => now });
  await store.write('hear', (tx) => hear(tx, [{ post: aPost({ text: 'quokka' }) }], { sourceOf: forADay }));
  const other = new Database(store.path, { readonly: true });
  other.exec('begin');
  other.prepare('select count(*) from posts').get();
  now += day;
  expect((await first(store))?.text).toBe('');
  other.exec('rollback');
  now += 60_000;
  await first(store);
  other.close();
  expect(leftOf('quokka', store)).toEqual([]);
});

test('shown again within the time, or after it, they may be kept for as long again', async () => {
  let now = noon;
  const store = await aStore({ now: () => now });
  const post = aPost({ text: 'quokka', rating: { value: 2, scale: 5 } });
  const again = (more = {}) =>
    store.write('hear', (tx) => hear(tx, [{ post: { ...post, ...more } }], { sourceOf: forADay, seenAt: now }));
  await again();
  now += 20 * hour;
  expect((await again()).posts[0]).toMatchObject({ fresh: false, edited: false });
  now += 20 * hour;
  expect(await first(store)).toMatchObject({ text: 'quokka', wordsUntil: noon + 44 * hour });
  now += 20 * hour;
  expect((await first(store))?.text).toBe('');
  expect((await again()).posts[0]).toMatchObject({ fresh: false, edited: false });
  expect(await first(store)).toMatchObject({ text: 'quokka', words: 'kept', author: post.author });
  now += day;
  expect((await first(store))?.text).toBe('');
  expect(leftOf('quokka', store)).toEqual([]);
});

test('a platform that no longer lets us keep words takes them back with the next look', async () => {
  const store = await aStore();
  const post = aPost({ text: 'quokka', author: { handle: 'quokka', name: null, url: null, followers: 1 } });
  await store.write('hear', (tx) => hear(tx, [{ post }]));
  await store.write('hear', (tx) => hear(tx, [{ post }], { sourceOf: () => ({ kind: 'reviews', keeps: 'id-only' }) }));
  expect(await first(store)).toMatchObject({
    text: '',
    words: 'withheld',
    authorId: null,
    place: null,
    language: null,
  });
  await store.close();
  expect(leftOf('quokka', store)).toEqual([]);
});

test('what was taken away is wiped from the file’s unused parts within a day, by whichever program tidies up then', async () => {
  const kept = await aStore();
  const post = aPost({ text: 'quokka' });
  await kept.write('hear', (tx) => hear(tx, [{ post }]));
  await kept.write('gone', (tx) => markGone(tx, [post], noon));
  await kept.sweep();
  expect(await kept.read('since', letGoSince)).toBe(noon);
  await kept.close();
  const store = await openStore({ path: kept.path, now: () => noon + 21 * hour });
  await store.sweep();
  expect(await store.read('since', letGoSince)).toBe(null);
  expect(leftOf('quokka', store)).toEqual([]);
  await store.close();
});

test('of eight hundred posts of all lengths no byte is left of those whose time is over', async () => {
  let now = noon;
  const store = await aStore({ now: () => now });
  const lengths = [1, 20, 90, 400, 1500, 4000, 9000, 20_000];
  const posts = Array.from({ length: 800 }, (_, at) => {
    const word = `${at % 2 === 1 ? 'wombat' : at < 400 ? 'quokka' : 'numbat'}${(at * 7919) % 10_007}`;
    const text = `${word} ${'so it was told and so it goes on '.repeat((lengths[at % lengths.length] ?? 1) / 33)} ${word}`;
    return aPost({
      source: at % 2 === 0 ? 'short' : 'long',
      text,
      title: at % 3 === 0 ? `${word} title` : null,
      author: { handle: `${word}.example`, name: `${word} name`, url: null, followers: null },
    });
  });
  const sourceOf = (id: string): SourceTerms => (id === 'short' ? forADay() : { kind: 'posts', keeps: 'everything' });
  for (let from = 0; from < posts.length; from += 100) {
    if (from === 400) now += hour;
    const heard = posts.slice(from, from + 100).map((post) => ({ post }));
    await store.write('hear', (tx) => hear(tx, heard, { sourceOf, seenAt: now }));
    // Edits move rows about, and leave words behind in pages that were split.
    await store.write('hear', (tx) =>
      hear(
        tx,
        heard.map(({ post }) => ({ post: { ...post, text: `${post.text} at last` } })),
        { sourceOf, seenAt: now },
      ),
    );
  }
  now = noon + day;
  await first(store);
  expect(leftOf('quokka', store)).toEqual([]);
  expect(leftOf('numbat', store)).not.toEqual([]);
  now += hour;
  await first(store);
  expect(leftOf('numbat', store)).toEqual([]);
  await store.close();
  expect(leftOf('numbat', store)).toEqual([]);
  expect(leftOf('wombat', store)).not.toEqual([]);
});
