/** What is compared with, in a process of its own: plain inserts by better-sqlite3, `sentiment` alone, and our matching. Prints JSON. */
import Database from 'better-sqlite3';
import Sentiment from 'sentiment';
import type { Brand } from '../../src/brand.ts';
import { compileBrands } from '../../src/match/match.ts';
import { brandNames, inventPosts } from './posts.ts';
import { inventedNames } from './said.ts';

const [path = '', count = '0'] = process.argv.slice(2);
const posts = inventPosts({ count: Number(count), naming: 100, until: Date.now() });

function perSecond(act: () => void): number {
  const before = process.cpuUsage();
  act();
  const { user, system } = process.cpuUsage(before);
  return (posts.length / (user + system)) * 1_000_000;
}

const database = new Database(path);
database.pragma('journal_mode = wal');
database.pragma('synchronous = normal');
database.exec('create table posts (id integer primary key, external_id text unique, url text, author text, text text)');
const insert = database.prepare('insert into posts (external_id, url, author, text) values (?, ?, ?, ?)');
const inserts = perSecond(
  database.transaction(() => {
    for (const { externalId, url, author, text } of posts) insert.run(externalId, url, author.handle, text);
  }),
);
database.pragma('wal_checkpoint(truncate)');
database.close();

const afinn = new Sentiment();
const sentiment = perSecond(() => {
  for (const { text } of posts) afinn.analyze(text);
});

function matching(names: readonly string[], queryOf: (name: string) => string | null = () => null): number {
  const nothing = { aliases: [], about: null, handles: [], domains: [], exclude: [], require: [], rivals: [] };
  const brands: Brand[] = names.map((name) => ({
    ...nothing,
    id: name,
    name,
    query: queryOf(name),
    caseSensitive: false,
  }));
  const matcher = compileBrands(brands);
  return perSecond(() => {
    for (const post of posts) matcher.find(post);
  });
}

const fewBrands = matching(brandNames);
const thousand = [...brandNames, ...inventedNames(1000 - brandNames.length)];
const manyBrands = matching(thousand);
const manyQueries = matching(
  thousand,
  (name) => `"${name}" NOT (paint* OR "door handle") OR "${name}" near/10 (refund* OR cold OR waited) AND lang:en`,
);
process.stdout.write(JSON.stringify({ inserts, sentiment, fewBrands, manyBrands, manyQueries }));
