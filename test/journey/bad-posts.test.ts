/** Whatever stands in a post, it is kept, can be read, and does no harm on its way out. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loopback } from '../support/loopback.ts';
import { type House, house } from './house.ts';
import { hashtag, reading, type Status } from './statuses.ts';

const name = 'Blue Door Coffee';
const at = '2026-11-20T07:00:00Z';

/** What no terminal and no page may ever be given: escapes, other control characters, letters that turn the line round. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const harmful = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

const nasty: readonly { readonly id: string; readonly text: string; readonly [more: string]: unknown }[] = [
  { id: 'nul', text: `${name}\u0000 lost my order` },
  {
    id: 'escape',
    text: `\u001b[2J\u001b]0;owned\u0007${name} charged me twice\u001b[31m, still waiting for my refund`,
    title: '\u001b]8;;https://evil.example\u0007click\u001b]8;;\u0007',
  },
  { id: 'turned', text: `${name} is \u202egnp.exe\u202c bad`, author: { name: '\u202eana\u0000' } },
  { id: 'surrogate', text: `${name} \ud83d lost my order` },
  { id: 'formula', text: `=HYPERLINK("https://evil.example";"${name}")`, author: { name: '+cmd|calc' } },
  { id: 'html', text: `<script>alert(1)</script><img src=x onerror=alert(1)> ${name} was closed`, title: '<b>Hi' },
  { id: 'far', text: `${name} from the future`, publishedAt: '9999-12-31T23:59:59Z' },
  { id: 'lines', text: `${name}\r\n\r\n{"level":"error"}\nwas closed` },
  { id: 'zalgo', text: `${name} ${'a\u0301\u0302\u0303'.repeat(2000)}` },
  {
    id: 'json',
    url: 'javascript:alert(1)',
    text: `${name} __proto__`,
    author: { name: 'x', url: 'data:text/html,hi' },
  },
];

async function read(lines: string): Promise<House> {
  const here = house();
  writeFileSync(join(here.folder, 'posts.jsonl'), lines);
  here.settle([{ name, sources: { file: { path: 'posts.jsonl' } } }], {
    digest: { to: [{ address: 'owner@bluedoor.example' }] },
  });
  const [run] = await here.collect();
  expect([run?.outcome, run?.fault]).toEqual(['complete', null]);
  return here;
}

test('control characters, escapes, mark-up and formulas are kept as words and come out harmless everywhere', async () => {
  const here = await read(nasty.map((post) => JSON.stringify(post)).join('\n'));
  const mentions = await here.mentions();
  expect(mentions.map((one) => one.externalId).toSorted()).toEqual(nasty.map(({ id }) => id).toSorted());
  const of = (id: string) => mentions.find((one) => one.externalId === id);
  expect(of('nul')?.text).toBe(`${name}\ufffd lost my order`);
  expect(of('surrogate')?.text).toBe(`${name} \ufffd lost my order`);
  expect(of('html')?.text).toBe(nasty.find(({ id }) => id === 'html')?.text);
  expect(of('far')?.publishedAt).toBeNull();
  expect(of('json')?.url).toBeNull();

  const said = [
    await here.earshot('list', '--all'),
    await here.earshot('list'),
    await here.earshot('status'),
    await here.earshot('case', 'list'),
    ...(await Promise.all(mentions.map((one) => here.earshot('show', `m${one.id}`)))),
    await here.earshot('digest', '--print'),
    await here.earshot('export'),
  ];
  for (const { code, out, err } of said) {
    expect(code).toBe(0);
    expect(harmful.exec(`${out}${err}`.replaceAll('\r\n', '\n'))).toBeNull();
  }
  const csv = said.at(-1)?.out ?? '';
  expect(csv).not.toMatch(/(^|[,"])[=+@]/m);

  await here.earshot('digest');
  const outbox = join(here.folder, 'outbox');
  for (const file of readdirSync(outbox)) {
    const page = readFileSync(join(outbox, file), 'utf8');
    expect(page).not.toMatch(/<script|onerror=alert|href="(?:javascript|data):/i);
    expect(harmful.exec(page.replaceAll('\r\n', '\n'))).toBeNull();
  }
});

test('a post of 1 MB is kept up to the cut, which is marked', async () => {
  const here = await read(JSON.stringify({ id: 'long', text: `${name} ${'was closed again. '.repeat(60_000)}` }));
  const [mention] = await here.mentions();
  expect(mention?.text).toHaveLength(100_000);
  expect(mention?.text.endsWith('… [cut]')).toBe(true);
  expect((await here.earshot('show', `m${mention?.id}`)).code).toBe(0);
  expect((await here.collect()).map((run) => run.fresh)).toEqual([0]);
});

test('bytes that are no UTF-8 are read as far as they are', async () => {
  const bytes = (text: string) => Buffer.from(text, 'latin1');
  const server = await loopback({
    '/feed.xml': {
      body: bytes(
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>x</title>' +
          '<item><guid>urn:x:1</guid><description>Blue Door Coffee is caf\xe9 no more, cold \xff\xfe soup</description></item></channel></rss>',
      ),
      headers: { 'content-type': 'application/rss+xml; charset=utf-8' },
    },
  });
  const here = house();
  writeFileSync(
    join(here.folder, 'posts.jsonl'),
    bytes('{"id":"1","text":"Blue Door Coffee: \xff\xfe cold"}\n{"id":"2","text":"Blue Door Coffee: warm"}'),
  );
  here.settle([{ name, sources: { feed: { urls: [`${server.url}/feed.xml`] }, file: { path: 'posts.jsonl' } } }]);
  expect((await here.collect()).map((run) => [run.outcome, run.fresh])).toEqual([
    ['complete', 1],
    ['complete', 2],
  ]);
  for (const { text } of await here.mentions()) expect(text.isWellFormed() && text.includes(name)).toBe(true);
});

test('an id that comes twice on a page is one post, and the later one of them holds', async () => {
  const twice: Status[] = [
    { id: 7, text: `${name} lost my order`, at },
    { id: 7, text: `${name} has found my order`, at },
    { id: 6, text: `${name} is shut`, at, author: 'ben' },
  ];
  const server = await loopback(hashtag(() => twice));
  const here = await read(
    [
      '{"id":"1","text":"Blue Door Coffee: cold"}',
      '{"id":"1","text":"Blue Door Coffee: colder"}',
      'no JSON at all',
      '{"id":"2"}',
    ].join('\n'),
  );
  here.settle([{ name, sources: { file: { path: 'posts.jsonl' }, ...reading(server.url) } }]);
  const runs = await here.collect();
  expect(runs.map((run) => [run.source, run.outcome, run.fresh, run.setAside])).toEqual([
    ['file', 'complete', 0, { unreadable: 2 }],
    ['mastodon', 'complete', 2, {}],
  ]);
  expect((await here.mentions()).map((one) => one.text)).toContain('Blue Door Coffee: colder');
  expect(await here.mentions()).toHaveLength(3);
});
