/** The schema promises things by itself, and is described the same each time. */
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import type { Post } from '../../src/mention.ts';
import { describeSchema } from '../../src/store/describe-schema.ts';
import { addMarks, withdrawMarks } from '../../src/store/marks.ts';
import { migrations } from '../../src/store/migrations/index.ts';
import { dropDueWords, markGone } from '../../src/store/post-words.ts';
import { erasePosts } from '../../src/store/prune.ts';
import { openStore } from '../../src/store/store.ts';
import { readPosts } from '../../src/store/stored-posts.ts';
import type { Tables } from '../../src/store/tables.ts';
import { aPost, aStore, day, hear, noon } from './a-store.ts';

const whoTyped = 'who typed an address';

test('every table is strict, described, and known to the program', async () => {
  const text = await describeSchema();
  expect(await describeSchema()).toBe(text);
  const lines = text.split('\n').filter((line) => /^create (virtual )?table/i.test(line));
  const names = lines.map((line) => /table (\w+)/i.exec(line)?.[1]);
  const known: Record<keyof Tables, true> = {
    meta: true,
    migrations: true,
    brands: true,
    authors: true,
    posts: true,
    post_bands: true,
    post_edits: true,
    posts_index: true,
    erased: true,
    mentions: true,
    mention_posts: true,
    marks: true,
    cases: true,
    case_mentions: true,
    case_events: true,
    watches: true,
    runs: true,
    budgets: true,
    holds: true,
    sessions: true,
    outbox: true,
    ratings: true,
    opinions: true,
    allowed_findings: true,
    author_joins: true,
    praise_events: true,
    replies: true,
    promises: true,
    news: true,
    mended: true,
  };
  expect(new Set(names)).toEqual(new Set(Object.keys(known)));
  for (const line of lines) if (!/virtual/i.test(line)) expect(line).toMatch(/strict/);
});

test('opening twice migrates once', async () => {
  const store = await aStore();
  const again = await openStore({ path: store.path, now: () => noon + 1 });
  const records = await again.read('records', (tx) => tx.selectFrom('migrations').selectAll().execute());
  expect(records).toEqual(migrations.map(({ name }, at) => ({ number: at + 1, name, at: noon })));
  await again.close();
});

test('a database from before marks remembered what was found is taken along, with its marks', async () => {
  const store = await aStore();
  const { mentions } = await store.write('save', (tx) => hear(tx, [{ post: aPost() }]));
  const mentionId = mentions[0]?.id ?? 0;
  const mark = { mentionId, kind: 'complaint', by: 'Ana', at: noon } as const;
  await store.write('a mark', (tx) => addMarks(tx, [mark]));
  await store.close();
  const raw = new Database(store.path);
  raw.exec('alter table marks drop column found; alter table posts drop column search_rank');
  raw.exec('alter table posts drop column searched_for; alter table posts drop column rechecked_at');
  raw.exec('alter table posts drop column answer; alter table posts drop column answered_at');
  raw.exec('drop index cases_by_joined_into; alter table cases drop column joined_into');
  for (const column of ['listening_since', 'gap_from', 'gap_to']) raw.exec(`alter table watches drop column ${column}`);
  raw.exec(
    'drop table news; drop table mended; alter table mentions drop column praise; alter table mentions drop column resolved',
  );
  raw.exec('drop index mentions_by_double_of; alter table mentions drop column double_of');
  raw.exec('drop table author_joins; drop table praise_events; alter table erased drop column asked');
  raw.exec('drop table replies; drop table promises; alter table authors drop column automatic');
  raw.exec('drop table post_edits; drop table allowed_findings; delete from migrations where number > 1');
  raw.close();
  const again = await openStore({ path: store.path, now: () => noon });
  await again.write('a mark', (tx) => withdrawMarks(tx, [mark]));
  const rows = await again.read('marks', (tx) => tx.selectFrom('marks').select(['kind', 'found']).execute());
  expect(rows).toEqual([
    { kind: 'complaint', found: null },
    { kind: 'complaint', found: expect.stringMatching(/^(flagged|unsure|none)$/) },
  ]);
  await again.close();
});

test('commenters whom an address alone made one are told apart by their names, and stay who they were', async () => {
  const store = await aStore();
  const by = (name: string | null, url = 'https://firm.example/') =>
    aPost({ source: 'wordpress', author: { handle: null, name, url, followers: null } });
  const profile = 'https://social.example/people/7';
  const said = [by('Ana'), by('Ben'), by('Ana'), by(null), by('Cem', profile), by('Cem M.', profile), by('Ben')];
  const save = (posts: readonly Post[]) =>
    store.write('save', (tx) =>
      hear(
        tx,
        posts.map((post) => ({ post })),
      ),
    );
  await save(said);
  await store.close();
  const raw = new Database(store.path);
  const idOf = (key: string) => raw.prepare('select id from authors where key = ?').pluck().get(key);
  const ben = idOf('https://firm.example/ ben');
  // As it was: one row for whoever typed the address, called what the last of them was called; Ana has written anew since.
  raw.prepare("update authors set key = 'https://firm.example/' where id = ?").run(ben);
  const earlier = [0, 1, 3].map((at) => said[at]?.externalId);
  raw
    .prepare(`update posts set author_id = ? where external_id in (${earlier.map(() => '?').join()})`)
    .run(ben, ...earlier);
  raw.exec('delete from authors where not exists (select 1 from posts where author_id = authors.id)');
  raw.exec('alter table authors drop column automatic');
  raw.exec('drop index mentions_by_double_of; alter table mentions drop column double_of');
  raw.exec(`delete from migrations where number > ${migrations.findIndex(({ name }) => name === whoTyped)}`);
  raw.close();
  const again = await openStore({ path: store.path, now: () => noon });
  const rows = await again.read('authors', (tx) =>
    tx
      .selectFrom('posts')
      .innerJoin('authors', 'authors.id', 'posts.author_id')
      .select(['external_id', 'authors.id', 'authors.name'])
      .orderBy('posts.id')
      .execute(),
  );
  const [ana, ben1, ana2, nobody, cem, cem2, ben2] = rows.map(({ id }) => id);
  expect([ana2, ben1, ben2, cem2]).toEqual([ana, ben, ben, cem]);
  expect(new Set([ana, ben1, nobody, cem]).size).toBe(4);
  const [later] = await again.write('save', async (tx) => (await hear(tx, [{ post: by('ana') }])).posts);
  const theirs = await again.read('later', (tx) => readPosts(tx, [later?.id ?? 0]));
  expect(theirs.map(({ authorId }) => authorId)).toEqual([ana]);
  await again.close();
});

test('the full-text index agrees with the posts after every kind of change', async () => {
  const store = await aStore();
  const posts = Array.from({ length: 6 }, () => aPost());
  const [first, second, third, fourth] = posts;
  if (!first || !second || !third || !fourth) throw new Error('six posts were made');
  const sourceOf = () => ({ kind: 'posts', keeps: { textForHours: 1 } }) as const;
  const { posts: saved } = await store.write('save', (tx) =>
    hear(
      tx,
      posts.map((post) => ({ post })),
    ),
  );
  await store.write('change', async (tx) => {
    await hear(tx, [{ post: { ...first, title: 'New' } }, { post: aPost() }], { sourceOf });
    await erasePosts(tx, [saved[1]?.id ?? 0], noon);
    await markGone(tx, [third], noon);
    await dropDueWords(tx, noon + day);
  });
  const raw = new Database(store.path);
  const indexed = raw.prepare("select count(*) from posts_index where posts_index match 'blue'").pluck().get();
  const kept = raw.prepare("select count(*) from posts where words = 'kept'").pluck().get();
  raw.exec("insert into posts_index (posts_index) values ('integrity-check')");
  raw.close();
  expect(indexed).toBe(kept);
  expect(kept).toBe(3);
});
