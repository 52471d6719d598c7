/** What somebody wrote stands in `posts` and its index and nowhere else, and is gone from every file once it is let go. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { loopback } from '../support/loopback.ts';
import { type House, house, type Said, wholeOf } from './house.ts';

const name = 'Blue Door Coffee';
/** Words that nothing but the post has in it; each says where it stood. */
const marks = ['quibblefrost', 'snorkelwane', 'brindlemoth', 'wexcombe', 'marzipandrake'] as const;
const [inText, inTitle, inEnd, inName, inBroken] = marks;

const post = (id: number, more: object = {}) => ({
  id,
  username: 'ana',
  created_at: '2026-11-20T06:00:00Z',
  cooked: `<p>${name} charged me twice, ${inText}. Still waiting for my refund. ${inEnd}</p>`,
  topic_title: `${inTitle} refund`,
  post_number: 1,
  topic_id: id,
  ...more,
});

interface Lived {
  readonly here: House;
  readonly said: readonly Said[];
  show(...posts: object[]): void;
}

/** Every job once over a post with those words in it. */
async function lived(): Promise<Lived> {
  let shown: object[] = [post(1, { name: inName }), { ...post(2), cooked: [inBroken] }];
  const server = await loopback({
    '/posts.json': ({ query }) => ({ json: { latest_posts: query.has('before') ? [] : shown } }),
    '/damaged/posts.json': `{ "latest_posts": [{ "cooked": "${name} ${inBroken}`,
  });
  const here = house({ env: { EARSHOT_DEBUG: '1' } });
  const lines = [`{"id":"1","text":"${name} ${inBroken}`, `${name},${inBroken}`, `{"id":"2","text":"${name}"}`];
  writeFileSync(join(here.folder, 'posts.jsonl'), lines.join('\n'));
  const sources = { discourse: { forums: [server.url, `${server.url}/damaged`] }, file: { path: 'posts.jsonl' } };
  const rest = { digest: { to: [{ address: 'owner@bluedoor.example', at: '07:00' }] } };
  here.settle([{ name, sources }], rest);
  const quiet = [await here.earshot('collect')];
  const [mention] = await here.mentions('--search', inText);
  const [m, c] = [`m${mention?.id}`, `c${mention?.case?.id}`];
  expect([mention?.complaint.verdict, c]).toEqual(['complaint', 'c1']);
  for (const command of [
    ['mark', m, 'urgent'],
    ['mark', m, 'complaint', '--why', 'it is one'],
    ['case', 'take', c],
    ['case', 'note', c, 'rang her'],
    ['case', 'answered', c],
    ['rescore'],
    ['digest'],
    ['start', '--once'],
    ['status'],
    ['collect'],
  ])
    quiet.push(await here.earshot(...command));
  here.settle([{ name, aliases: ['Blue Door'], sources }], rest);
  here.clock.advance(25 * 3_600_000);
  quiet.push(await here.earshot('start', '--once'), await here.earshot('check'));
  for (const { code, err } of quiet) expect(err, String(code)).not.toMatch(/mistake of Earshot|at .*\.ts:\d/);
  return {
    here,
    said: quiet,
    show: (...posts) => {
      shown = posts;
    },
  };
}

/** Every cell of every table, by table. */
function cells(path: string): [table: string, text: string][] {
  const db = new Database(path, { readonly: true });
  try {
    const tables = db.prepare("select name from sqlite_schema where type = 'table'").pluck().all() as string[];
    return tables.map((table) => [
      table,
      db
        .prepare(`select * from "${table}"`)
        .raw()
        .all()
        .flatMap((row) =>
          (row as unknown[]).map((cell) => (Buffer.isBuffer(cell) ? cell.toString('latin1') : String(cell))),
        )
        .join('\n'),
    ]);
  } finally {
    db.close();
  }
}

/** Files below a folder that hold one of the words, in whatever case, as names relative to it. */
function filesWith(folder: string, words: readonly string[]): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => statSync(join(folder, file)).isFile())
    .filter((file) => {
      const bytes = readFileSync(join(folder, file)).toString('latin1').toLowerCase();
      return words.some((word) => bytes.includes(word));
    })
    .toSorted();
}

const has = (text: string, words: readonly string[]) => words.filter((word) => text.toLowerCase().includes(word));

test('words stand in posts and their index only, in no log, and no unreadable post is quoted', async () => {
  const { here, said } = await lived();
  const tables = cells(here.store)
    .filter(([, text]) => has(text, marks).length > 0)
    .map(([table]) => table);
  expect(tables).toContain('posts');
  expect(tables.filter((table) => table !== 'authors' && !/^posts($|_index)/.test(table))).toEqual([]);
  expect(
    cells(here.store).flatMap(([, text]) => has(text, [inBroken])),
    'what could not be read is not stored',
  ).toEqual([]);
  for (const { err } of said) expect(has(err, marks)).toEqual([]);
  const [status, collected] = [said.at(-4)?.out, said[0]?.out];
  expect(has(`${status}${collected}`, marks)).toEqual([]);
  const files = filesWith(here.folder, marks).filter((file) => !file.startsWith('outbox') && file !== 'posts.jsonl');
  expect(files.filter((file) => !/^earshot\.db(-wal)?$/.test(file))).toEqual([]);
});

test('a post that its author took away leaves no word in any file of the database, and its case stays', async () => {
  const { here, show } = await lived();
  show(post(1, { user_deleted: true }));
  here.clock.advance(3_600_000);
  await here.earshot('collect', '--source', 'discourse');
  expect(filesWith(here.folder, [inText, inTitle, inEnd, inName]).filter((file) => file.startsWith('earshot'))).toEqual(
    [],
  );
  const mentions = await here.mentions();
  expect(mentions.filter((one) => one.case !== null).map((one) => [one.text, one.case?.state])).toEqual([
    ['', 'answered'],
  ]);
  expect(await here.mentions('--search', inText)).toEqual([]);
});

test('what is pruned leaves no word and does not come back', async () => {
  let shown = [post(1, { name: inName, cooked: `<p>${name} was fine, ${inText}. ${inEnd}</p>` })];
  const server = await loopback({
    '/posts.json': ({ query }) => ({ json: { latest_posts: query.has('before') ? [] : shown } }),
  });
  const here = house();
  here.settle([{ name, sources: { discourse: { forums: [server.url] } } }]);
  await here.collect();
  expect(filesWith(here.folder, [inText])).toContain('earshot.db');
  here.clock.advance(3_600_000);
  const slip = await here.earshot('prune', '--before', '2027-01-01');
  expect([slip.code, wholeOf(slip).trim()]).toEqual([
    2,
    '--before 2027-01-01 is still to come: all that you did nothing about would go. Name a day that is past.',
  ]);
  const dry = await here.earshot('prune', '--before', '1m', '--dry-run');
  expect(dry.out).toBe('Would forget 1 post and 1 mention; nothing was changed.\n');
  expect(await here.mentions()).toHaveLength(1);
  expect((await here.earshot('prune', '--before', '1m')).out).toContain('Forgot 1 post and 1 mention.');
  expect(filesWith(here.folder, [inText, inTitle, inEnd, inName])).toEqual([]);

  const [again] = await here.collect();
  expect([again?.seen, again?.fresh, again?.setAside]).toEqual([1, 0, { erased: 1 }]);
  shown = [];
  expect(await here.mentions()).toEqual([]);
  expect(filesWith(here.folder, marks)).toEqual([]);
});

test('neither does it stand beside the database while another process has that open', async () => {
  const here = house();
  here.settle([{ name, sources: {} }]);
  await here.earshot('list');
  const daemon = new Database(here.store);
  try {
    daemon.prepare('select count(*) from posts').get();
    await here.earshot('add', '--text', `${name} was fine, ${inText}`, '--who', 'Ana');
    expect(filesWith(here.folder, [inText])).toEqual(['earshot.db-wal']);
    here.clock.advance(3_600_000);
    expect((await here.earshot('prune', '--before', '1m')).out).toContain('Forgot 1 post and 1 mention.');
    expect(filesWith(here.folder, [inText])).toEqual([]);
  } finally {
    daemon.close();
  }
});
