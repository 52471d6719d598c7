/** A file of posts is read whole or tells, line by line, what could not be; `earshot import` reads the same way. */
import { readFileSync } from 'node:fs';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { file } from '../../src/sources/file.ts';
import { parseImport } from '../../src/sources/import-lines.ts';
import { readSource } from '../support/read-source.ts';

const csv = readFileSync(new URL('../fixtures/file/posts.csv', import.meta.url), 'utf8');
const jsonLines = readFileSync(new URL('../fixtures/file/posts.jsonl', import.meta.url), 'utf8');
const utf16 = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le'));
const swapped = (bytes: Uint8Array) => Uint8Array.from(bytes, (_, index) => bytes[index ^ 1] ?? 0);

test('every field of a line arrives; only id and text must be there', () => {
  const { posts, problems } = parseImport(jsonLines);
  expect(problems).toEqual([]);
  expect(posts[0]).toEqual({
    source: 'reviews.example',
    externalId: '90071992547409931234',
    url: 'https://reviews.example/r/1',
    author: { handle: 'mira', name: 'Mira T.', url: 'https://reviews.example/u/mira', followers: 12 },
    title: 'Never again',
    text: 'Third time my card was charged twice.',
    language: 'en',
    publishedAt: Date.parse('2026-11-19T17:03:44Z'),
    editedAt: null,
    rating: { value: 1, scale: 5 },
    engagement: { likes: null, reposts: null, replies: null, views: null },
    links: [],
    origin: null,
    parentId: null,
    threadId: null,
    place: null,
  });
  expect(posts[1]).toMatchObject({ source: 'file', externalId: 'guestbook-2', publishedAt: Date.parse('2026-11-18') });
  expect(posts[2]).toMatchObject({ text: '', publishedAt: null, rating: { value: 4, scale: 5 } });
});

test('a spreadsheet’s CSV is read in each of its dialects and encodings', () => {
  const expected = parseImport(csv).posts;
  expect(expected.map(({ externalId, text, rating, source }) => ({ externalId, text, rating, source }))).toEqual([
    {
      externalId: 'c1',
      text: 'Cold coffee,\nand nobody cared.',
      rating: { value: 2, scale: 5 },
      source: 'card at the till',
    },
    { externalId: 'c2', text: 'Lovely people', rating: { value: 4.5, scale: 5 }, source: 'file' },
  ]);
  const tabs = csv.replaceAll(';', '\t');
  const variants: Record<string, Uint8Array | string> = {
    'UTF-8 with its mark': `\uFEFF${csv}`,
    'UTF-8 bytes with their mark': new TextEncoder().encode(`\uFEFF${csv}`),
    'UTF-16 with its mark': utf16(`\uFEFF${csv}`),
    'UTF-16 the other way round': swapped(utf16(`\uFEFF${csv}`)),
    'UTF-16 without a mark': utf16(csv),
    tabs,
    'empty lines between and after': `\n${csv}\n\n`,
    'capitals in the header': csv.replace('publishedAt', 'PUBLISHEDAT').replace('id;', 'ID ;'),
  };
  for (const [name, input] of Object.entries(variants))
    expect(parseImport(input), name).toEqual({ posts: expected, problems: [], leftOut: [], brands: [[], []] });
  const windows = parseImport(csv.replaceAll('\n', '\r\n'));
  expect(windows.posts.map(({ text }) => text.replaceAll('\r\n', '\n'))).toEqual(expected.map(({ text }) => text));
  const western = new Uint8Array(Buffer.from('id,text\n1,Blue Door Café\n', 'latin1'));
  expect(parseImport(western).posts[0]?.text).toBe('Blue Door Café');
});

test('HTML that another program left in is what a person reads', () => {
  const line = {
    id: '1',
    text: 'Blue&nbsp;Door can&#39;t cook<br>never again',
    title: 'Soup &amp; salt',
    author: { name: 'Ana&#39;s' },
  };
  for (const { posts } of [
    parseImport(JSON.stringify(line)),
    parseImport(`id,text,title,author.name\n1,${line.text},${line.title},${line.author.name}`),
  ])
    expect(posts).toMatchObject([
      { text: "Blue Door can't cook\nnever again", title: 'Soup & salt', author: { name: "Ana's" } },
    ]);
});

test('stars are read as people write them', () => {
  const ratingOf = (value: string, scale = '') =>
    parseImport(`id,text,rating.value,rating.scale\n1,x,${value},${scale}\n`).posts[0]?.rating;
  expect(ratingOf('★★★★☆')).toEqual({ value: 4, scale: 5 });
  expect(ratingOf('3/10')).toEqual({ value: 3, scale: 10 });
  expect(ratingOf('"3,5"', '5')).toEqual({ value: 3.5, scale: 5 });
  expect(ratingOf('')).toBeNull();
});

test('what cannot be read is told by its line, and the rest is kept', () => {
  const lines = [
    '{"id":"a","text":"fine"}',
    'not json',
    '{"id":"b"}',
    '[1]',
    '{"id":"c","text":"x","publishedAt":"19/11/2026"}',
    '{"id":"d","text":"cut',
  ];
  const json = parseImport(lines.join('\n'), 'json-lines');
  expect(json.posts.map(({ externalId }) => externalId)).toEqual(['a', 'c']);
  expect(json.problems.map(({ line }) => line)).toEqual([2, 3, 4, 6]);
  expect(json.problems.map(({ sentence }) => sentence)).toEqual([
    'is not a whole JSON object; each line must be one, from { to }.',
    'text must be there.',
    'is not a JSON object; each line must be one, from { to }.',
    'is not a whole JSON object; each line must be one, from { to }.',
  ]);
  expect(json.leftOut).toEqual([
    {
      line: 5,
      sentence: 'kept without publishedAt: “19/11/2026” is no date such as 2026-11-20 or 2026-11-20T09:12:00Z.',
    },
  ]);
  const rows = parseImport(
    'id,text,rating.value\n1,"two\nlines",\n,no id,\n3,no scale,4\n4,short\n,"two\nlines and no id",\n5,"never closed\n6,x\n',
  );
  expect(rows.posts.map(({ externalId }) => externalId)).toEqual(['1', '3', '4']);
  expect(rows.problems.slice(0, 2)).toEqual([
    { line: 4, sentence: 'id must be there and not be empty.' },
    { line: 7, sentence: 'id must be there and not be empty.' },
  ]);
  expect(rows.leftOut).toEqual([
    { line: 5, sentence: 'kept without rating: {"value":4} is no rating with a value and a scale, such as 4 of 5.' },
  ]);
  expect(rows.problems[2]?.sentence).toContain('never closed');
  expect(parseImport('name,words\na,b\n').problems).toEqual([
    { line: 1, sentence: expect.stringContaining('must name the columns: id and text') },
  ]);
});

test('a post keeps what is right in it: only the field that is none is left out, and said', () => {
  const line = (more: object) => JSON.stringify({ id: 'a', text: 'cold', ...more });
  const read = (more: object) => {
    const { posts, problems, leftOut } = parseImport(line(more), 'json-lines');
    expect([posts.length, problems]).toEqual([1, []]);
    return { post: posts[0], said: leftOut.map(({ sentence }) => sentence) };
  };
  const followers = read({ author: { name: 'Ana', followers: -3 } });
  expect(followers.post?.author).toEqual({ handle: null, name: 'Ana', url: null, followers: null });
  expect(followers.said).toEqual(['kept without author.followers: -3 is no whole number from 0 on.']);
  expect(read({ publishedAt: 'gestern' }).said).toEqual([
    'kept without publishedAt: “gestern” is no date such as 2026-11-20 or 2026-11-20T09:12:00Z.',
  ]);
  expect(read({ rating: { value: 9, scale: 5 } })).toMatchObject({
    post: { rating: null },
    said: ['kept without rating: 9 of 5 is not on its own scale.'],
  });
  expect(read({ rating: { value: 5, scale: 5 } })).toMatchObject({ post: { rating: { value: 5 } }, said: [] });
  expect(read({ author: 'Ana', rating: 4, title: 7, publishedAt: 0 }).said).toHaveLength(4);
});

test('whatever stands in the other fields, a post with an id and words is kept', () => {
  const anything = fc.jsonValue();
  const fields = fc.record(
    { url: anything, author: anything, title: anything, language: anything, rating: anything, publishedAt: anything },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fields, (more) => {
      const { posts, problems } = parseImport(JSON.stringify({ id: 'a', text: 'cold', ...more }), 'json-lines');
      expect([posts.length, problems]).toEqual([1, []]);
    }),
  );
});

test('the last line with an id counts, and an empty file holds nothing', () => {
  const { posts, problems } = parseImport(
    '{"id":1,"text":"old"}\n{"id":"1","text":"new"}\n{"id":1,"text":"other","source":"x"}',
  );
  expect(posts.map(({ source, text }) => `${source} ${text}`)).toEqual(['file new', 'x other']);
  expect(problems).toEqual([]);
  for (const empty of ['', '\uFEFF', ' \n\n'])
    expect(parseImport(empty)).toEqual({ posts: [], problems: [], leftOut: [], brands: [] });
});

const anyText = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }).filter((text) => text.isWellFormed());

test('whatever people write survives both formats', () => {
  const id = fc.stringMatching(/^[\w:/.-]{1,20}$/);
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.record({ id, text: anyText }), { selector: ({ id }) => id, minLength: 1 }),
      (lines) => {
        const read = (text: string) =>
          parseImport(text).posts.map(({ externalId, text }) => ({ id: externalId, text }));
        expect(read(lines.map((line) => JSON.stringify(line)).join('\n'))).toEqual(lines);
        expect(read(stringify(lines, { header: true, columns: ['id', 'text'], quoted: true }))).toEqual(lines);
      },
    ),
  );
});

test('no input makes it throw', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array(),
        fc.string(),
        anyText.map((text) => `id,text\n${text}`),
      ),
      (input) => {
        const { posts, problems } = parseImport(input);
        for (const { line } of problems) expect(line).toBeGreaterThan(0);
        for (const { externalId } of posts) expect(externalId).not.toBe('');
      },
    ),
  );
});

const reading = (path: string, files: Readonly<Record<string, string>>) =>
  readSource(file, { options: () => ({ path }), routes: () => ({}), files });

test('the source saves at most 500 posts at once and counts what it could not read', async () => {
  const lines = Array.from({ length: 1200 }, (_, index) => `{"id":${index},"text":"post ${index}"}`);
  const read = await reading('/p.jsonl', { '/p.jsonl': [...lines, '{'].join('\n') });
  expect(read.pages.map(({ posts }) => posts.length)).toEqual([500, 500, 200]);
  expect(read.unreadable).toEqual(['line 1201: is not a whole JSON object; each line must be one, from { to }.']);
});

test('a missing file, a folder and a file of something else are three different things', async () => {
  const missing = await reading('/none.jsonl', {});
  expect(missing.faults.map(({ kind, message }) => [kind, message])).toEqual([
    ['gone', 'There is no file at /none.jsonl. Mend the path in your config, or start what writes it.'],
  ]);
  const other = await reading('/p.jsonl', { '/p.jsonl': '<html>\n</html>' });
  expect(other.faults.map(({ kind }) => kind)).toEqual(['garbled']);
  expect(other.faults[0]?.message).toMatch(/^Nothing in \/p\.jsonl could be read\. Line 1: /);
});

test('without a pipe “-” is no missing file: nothing is heard, and it says when it is', async () => {
  const { posts, faults, notes } = await reading('-', {});
  expect([posts, faults]).toEqual([[], []]);
  expect(notes).toEqual([expect.stringContaining('`… | npx earshot collect --source file`')]);
});
