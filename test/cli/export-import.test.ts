/** What leaves by `export` comes back by `import`; what `import` cannot read is told line by line. */
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ImportedFace } from '../../src/face/imported.ts';
import { MentionFace } from '../../src/face/mention.ts';
import { desk, words } from './desk.ts';

const said = [
  {
    text: words.refund,
    author: { name: '=HYPERLINK("http://evil.example")', handle: '@jo' },
    rating: { value: 1, scale: 5 },
  },
  { text: '=cmd|calc Blue Door Coffee lost my order', title: '+1 "quoted"; and, more', id: '-7' },
  { text: "'=already marked, Blue Door Coffee", url: 'https://forum.example/t/2' },
  { text: `${words.lovely}\nWith a second line, "quotes" and ünïcödé 🍰`, source: 'google' },
];
/** What must be the same on the other side; ids of mentions and times of seeing are the database's own. */
const facts = ({ brand, source, externalId, url, author, title, text, rating, publishedAt }: MentionFace) => ({
  brand,
  source,
  externalId,
  url,
  author,
  title,
  text,
  rating,
  publishedAt,
});

describe('a CSV', () => {
  test('can be taken in elsewhere without a loss, and again without a change', async () => {
    const here = desk();
    const before = await here.hear(...said);
    await here.earshot(['add', '--text', 'Cold again', '--stars', '2', '--where', 'at the table']);
    const all = await here.list('--all');
    expect(all).toHaveLength(before.length + 1);
    const csv = (await here.earshot('export')).out;

    const there = desk();
    const first = await there.earshot('import --json', { stdin: csv });
    expect(first.code).toBe(0);
    expect(JSON.parse(first.out)).toMatchObject({ seen: 5, fresh: 5, setAside: {}, problems: [] });
    const byId = (list: MentionFace[]) =>
      list.map(facts).toSorted((one, other) => (one.externalId < other.externalId ? -1 : 1));
    expect(byId(await there.list('--all'))).toEqual(byId(all));
    expect(JSON.parse((await there.earshot('import --json', { stdin: csv })).out)).toMatchObject({
      seen: 5,
      fresh: 0,
      flagged: 0,
    });
    expect(JSON.parse((await here.earshot('import --json', { stdin: csv })).out)).toMatchObject({ fresh: 0 });
    expect(byId(await here.list('--all'))).toEqual(byId(all));
  });

  test('holds no cell that a spreadsheet would run', async () => {
    const here = desk();
    await here.hear(...said);
    const rows = parse((await here.earshot('export')).out) as string[][];
    expect(rows).toHaveLength(5);
    for (const cell of rows.flat()) expect(cell).not.toMatch(/^\s*[=+\-@\t\r]/);
  });
});

test('JSON is what list gives, and filters hold for both', async () => {
  const here = desk();
  await here.hear(...said);
  const all = z.array(MentionFace).parse(JSON.parse((await here.earshot('export --format json')).out));
  expect(all).toEqual(await here.list('--all'));
  const some = z.array(MentionFace).parse(JSON.parse((await here.earshot('export --format json --source google')).out));
  expect(some).toEqual(await here.list('--all --source google'));
  expect(
    z.array(MentionFace).parse(JSON.parse((await here.earshot('export --format json --search nothing')).out)),
  ).toEqual([]);
});

describe('--out', () => {
  test('writes a file that only its owner may read, whole or not at all', async () => {
    const here = desk();
    await here.hear(...said);
    const { code, out, err } = await here.earshot('export --out all.csv');
    expect([code, out, err]).toEqual([0, '', '4 mentions written to all.csv.\n']);
    expect(readFileSync(join(here.folder, 'all.csv'), 'utf8')).toBe((await here.earshot('export')).out);
    expect(statSync(join(here.folder, 'all.csv')).mode & 0o077).toBe(0);
    expect(existsSync(join(here.folder, 'all.csv.unfinished'))).toBe(false);
  });

  test.each([
    ['nowhere/all.csv', 'there is no such folder, or none that takes files'],
    ['.', 'it is a folder'],
  ])('to %s', async (path, why) => {
    const here = desk();
    await here.hear(words.cold);
    const { code, err } = await here.earshot(`export --out ${path}`);
    expect(code).toBe(2);
    expect(err).toContain(`${path} cannot be written: ${why}.`);
  });
});

describe('import', () => {
  test('tells each line that it could not read, keeps the rest, and fails', async () => {
    const here = desk();
    const lines = [
      `{"id":"1","text":${JSON.stringify(words.cold)}}`,
      'not json',
      '{"text":"no id"}',
      '{"id":"2","text":"about nobody"}',
    ];
    const { code, out, err } = await here.earshot('import', { stdin: lines.join('\n') });
    expect(code).toBe(1);
    expect(err).toContain('Line 2: is not a whole JSON object');
    expect(err).toContain('Line 3: id must be there and not be empty.');
    expect(out).toBe('1 new mention, 1 complaint, of 2 posts. 2 posts could not be read. 1 post did not name you.\n');
    expect(await here.list()).toHaveLength(1);
  });

  test('a complaint with a wrong field is taken in without it, and said with its line', async () => {
    const here = desk();
    const line = JSON.stringify({ id: '1', text: words.cold, publishedAt: 'gestern', author: { followers: -3 } });
    const { code, out, err } = await here.earshot('import', { stdin: `\n${line}` });
    expect(err).toContain('Line 2: kept without publishedAt: “gestern” is no date');
    expect(err).toContain('Line 2: kept without author.followers: -3 is no whole number from 0 on.');
    expect(out).toBe('1 new mention, 1 complaint, of 1 post.\n');
    expect(code).toBe(0);
    expect((await here.list()).map(({ text, publishedAt }) => [text, publishedAt])).toEqual([[words.cold, null]]);
  });

  test('--json has its published shape, and tells every line', async () => {
    const here = desk();
    const lines = [JSON.stringify({ id: '1', text: words.cold, rating: { value: 9, scale: 5 } }), 'not json'];
    const told = JSON.parse((await here.earshot('import --json', { stdin: lines.join('\n') })).out);
    expect(ImportedFace.parse(told)).toEqual(told);
    expect(told).toEqual({
      ...{ seen: 2, fresh: 1, flagged: 1, setAside: { unreadable: 1 }, readAs: null },
      problems: [{ line: 2, sentence: expect.stringContaining('is not a whole JSON object') }],
      leftOut: [{ line: 1, sentence: 'kept without rating: 9 of 5 is not on its own scale.' }],
    });
  });

  test('the same again is the same; a dry run keeps nothing', async () => {
    const here = desk();
    const line = JSON.stringify({ id: '1', text: words.cold });
    const dry = await here.earshot('import --dry-run', { stdin: line });
    expect(dry.out).toBe('Nothing was kept. There would be 1 new mention, 1 complaint, of 1 post.\n');
    expect(await here.list('--all')).toEqual([]);
    expect(JSON.parse((await here.earshot('import --json', { stdin: line })).out).fresh).toBe(1);
    expect(JSON.parse((await here.earshot('import --json', { stdin: line })).out).fresh).toBe(0);
    expect(await here.list('--all')).toHaveLength(1);
  });

  test('tells a file’s form from its name, else from its text', async () => {
    const here = desk();
    writeFileSync(join(here.folder, 'posts.txt'), `id,text\n1,${words.cold}\n`);
    writeFileSync(join(here.folder, 'posts.csv'), `id;text\n2;${words.refund}\n`);
    writeFileSync(join(here.folder, 'posts.jsonl'), `{"id":3,"text":"${words.glass}"}\n`);
    for (const file of ['posts.txt', 'posts.csv', 'posts.jsonl'])
      expect((await here.earshot(`import ${file}`)).code, file).toBe(0);
    expect((await here.list()).map(({ externalId }) => externalId).toSorted()).toEqual(['1', '2', '3']);
  });

  test.each([
    ['import nothing.csv', 'nothing.csv cannot be read: there is no such file.'],
    ['import .', '. cannot be read: it is a folder.'],
    ['import', 'Which file? Name one, or pipe posts in.'],
  ])('%s', async (line, sentence) => {
    const { code, err } = await desk().earshot(line);
    expect(code).toBe(2);
    expect(err).toContain(sentence);
  });
});

test('a file that somebody else made: what its columns were taken for is told, and `--map` says otherwise', async () => {
  const here = desk();
  here.settle(['Blue Door Coffee']);
  const path = join(here.folder, 'reviews.csv');
  writeFileSync(path, `Wer,Was,Sterne\nMira,${words.cold},1\n`);
  const env = { EARSHOT_JUDGE: 'fast' };
  const wrong = await here.earshot(['import', path], { env });
  expect([wrong.code, wrong.err.replaceAll(/\s+/g, ' ')]).toEqual([1, expect.stringContaining('--map text=…')]);
  const right = await here.earshot(['import', path, '--map', 'text=Was,who=Wer'], { env });
  expect(right.code).toBe(0);
  expect(right.err.replaceAll(/\s+/g, ' ')).toContain(
    'Read from this file: “Was” is the words, “Wer” who, “Sterne” the stars; stars of 5.',
  );
  expect((await here.list()).map(({ text, author, rating }) => [text, author.name, rating?.value])).toEqual([
    [words.cold, 'Mira', 1],
  ]);
  expect((await here.earshot(['import', path, '--map', 'text'], { env })).code).toBe(2);
});
