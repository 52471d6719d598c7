/** Files that somebody else made: their columns are found or named, and each row is a post or a problem with its line. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readMap } from '../../src/sources/import-columns.ts';
import { parseImport } from '../../src/sources/import-lines.ts';

function read(input: string | Uint8Array, map = '', dates: 'dmy' | 'mdy' | null = null) {
  const columns = map === '' ? new Map() : readMap(map);
  if (typeof columns === 'string') throw new Error(columns);
  return parseImport(input, undefined, { map: columns, dates });
}

const csv = 'Reviewer;Review;Stars;Date\nMira T.;"Cold coffee; rude waiter";2;13/11/2026\nJonas;Lovely;5;1/12/2026\n';

test('columns are known by their usual headings, and told in a sentence', () => {
  const { posts, problems, readAs } = read(csv);
  expect(problems).toEqual([]);
  expect(readAs).toBe(
    '“Review” is the words, “Stars” the stars, “Reviewer” who, “Date” when; stars of 5; the day first in dates',
  );
  expect(posts.map(({ text, author, rating, publishedAt }) => [text, author.name, rating, publishedAt])).toEqual([
    ['Cold coffee; rude waiter', 'Mira T.', { value: 2, scale: 5 }, Date.parse('2026-11-13')],
    ['Lovely', 'Jonas', { value: 5, scale: 5 }, Date.parse('2026-12-01')],
  ]);
});

test('a map says what is what, whatever it is called; what it leaves out is guessed', () => {
  const { posts, readAs } = read('A;B;Punkte\nkalt;Ana;7,5\n', 'text=A, who=b');
  expect(posts[0]).toMatchObject({ text: 'kalt', author: { name: 'Ana' }, rating: { value: 7.5, scale: 10 } });
  expect(readAs).toBe('“A” is the words, “B” who, “Punkte” the stars; stars of 10');
});

test('wrong columns are told with those that there are, and nothing is taken in', () => {
  expect(read(csv, 'text=Coment').problems).toEqual([
    { line: 1, sentence: 'has no column “Coment”; its columns are “Reviewer”, “Review”, “Stars”, “Date”.' },
  ]);
  expect(read('a,b\n1,2\n')).toMatchObject({
    posts: [],
    problems: [{ line: 1, sentence: expect.stringMatching(/no column that is surely what was said.*“a”, “b”/) }],
  });
  expect(readMap('text')).toBe('“text” is no pair as in text=Comment.');
  expect(readMap('colour=Blue')).toMatch(/“colour” is nothing that a post has/);
});

test('words are never lost for stars that were guessed; stars alone are taken where they are asked for', () => {
  expect(read('Wer,Was,Sterne\nAna,kalt,1\n').posts).toEqual([]);
  expect(read('Wer,Sterne\nAna,1\n', 'stars=Sterne').posts[0]).toMatchObject({
    text: '',
    rating: { value: 1, scale: 5 },
  });
});

test('the same file again brings the same posts, and one with an id keeps it', () => {
  expect(read(csv).posts.map((post) => post.externalId)).toEqual(read(csv).posts.map((post) => post.externalId));
  expect(new Set(read(csv).posts.map((post) => post.externalId)).size).toBe(2);
  expect(read('Review,Review ID\nCold,90071992547409931\n').posts[0]?.externalId).toBe('90071992547409931');
});

test('UTF-16 with and without its mark, as the Play Console writes it', () => {
  const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le'));
  for (const text of [`\uFEFF${csv}`, csv])
    expect(read(bytes(text)).posts.map((post) => post.author.name)).toEqual(['Mira T.', 'Jonas']);
});

test('a formula stays the words that somebody wrote', () => {
  const { posts } = read(`Review,Name\n"=HYPERLINK(""https://evil.example"")",'=cmd|calc\n`);
  expect(posts[0]).toMatchObject({ text: '=HYPERLINK("https://evil.example")', author: { name: '=cmd|calc' } });
});

test.each([
  ['FIVE', 5, 5],
  ['4 stars', 4, 5],
  ['★★☆☆☆', 2, 5],
  ['3 out of 5', 3, 5],
  ['9/10', 9, 10],
  ['80%', 80, 100],
])('stars as %s', (cell, value, scale) => {
  expect(read(`Review,Rating\nx,${cell}\n`).posts[0]?.rating).toEqual({ value, scale });
});

test.each([
  ['11/13/2026', null, '2026-11-13'],
  ['1/12/2026', 'mdy', '2026-01-12'],
  ['1/12/2026', null, '2026-12-01'],
  ['13.11.2026 14:05', null, '2026-11-13T14:05:00Z'],
  ['11/13/2026 2:05 PM', null, '2026-11-13T14:05:00Z'],
  ['2026/11/13', null, '2026-11-13'],
  ['Nov 13, 2026', null, '2026-11-13'],
  ['13 November 2026', null, '2026-11-13'],
  ['2026-11-13 14:05:09 UTC', null, '2026-11-13T14:05:09Z'],
] as const)('the date %s (%s)', (cell, order, at) => {
  expect(read(`Review,Date\nx,"${cell}"\n`, '', order).posts[0]?.publishedAt).toBe(Date.parse(at));
});

test('what is no date and no number of stars is left out and told with its line; what says nothing is no post', () => {
  const { posts, problems, leftOut } = read(
    'Review,Rating,Date\nx,5,soon\ny,many,\n"",,\nz,4,31/31/2026\n"",many,\nw,9/5,\n',
  );
  expect(posts.map(({ text, rating, publishedAt }) => [text, rating?.value ?? null, publishedAt])).toEqual([
    ['x', 5, null],
    ['y', null, null],
    ['z', 4, null],
    ['w', null, null],
  ]);
  expect(leftOut.map(({ line }) => line)).toEqual([2, 3, 5, 7]);
  expect(leftOut[1]?.sentence).toBe('kept without its stars: “many” is no number of stars.');
  expect(problems).toEqual([{ line: 6, sentence: '“many” is no number of stars.' }]);
});

test('JSON: a list, an object that holds one, an object a line; parts within parts', () => {
  const rows = [
    { comment: 'Cold', user: { name: 'Ana' }, score: 2 },
    { comment: 'Late', user: { name: 'Ben' }, score: 1 },
  ];
  for (const text of [
    JSON.stringify(rows),
    JSON.stringify({ reviews: rows }),
    rows.map((row) => JSON.stringify(row)).join('\n'),
  ]) {
    const { posts, problems } = read(text, 'who=user.name');
    expect(problems).toEqual([]);
    expect(posts.map(({ text, author, rating }) => [text, author.name, rating?.value])).toEqual([
      ['Cold', 'Ana', 2],
      ['Late', 'Ben', 1],
    ]);
  }
});

test('our own files are read as ever, and no input whatever is thrown about', () => {
  const own = 'id,text,rating.value\n1,Cold,2\n';
  expect(read(own)).toEqual(parseImport(own));
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), (text) => {
      read(text);
      read(text, 'text=A');
    }),
  );
});
