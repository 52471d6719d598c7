/** The config as an owner may write it: right, wrong, and every problem told at once. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { problemLine } from '../../src/config/config.ts';
import { parseConfig } from '../../src/config/parse.ts';
import { slug } from '../../src/config/slug.ts';
import { cronTrouble } from '../../src/daemon/due.ts';
import { sources } from '../support/every-source.ts';

const context = { path: '/shop/config/earshot.yaml', sources, timezone: 'Europe/Berlin', cronTrouble };
const parse = (text: string) => parseConfig(text, context);
const told = (text: string) => parse(text).problems.map(problemLine);

describe('a config that works', () => {
  test('one name is enough; everything else has a default', () => {
    const { config, problems } = parse('brands: [{ name: Blue Door Café }]');
    expect(config).toMatchObject({
      store: '/shop/data/earshot.db',
      base: '/shop',
      timezone: 'Europe/Berlin',
      firstLookMs: 30 * 86_400_000,
    });
    expect(config?.brands[0]).toMatchObject({
      id: 'blue-door-cafe',
      name: 'Blue Door Café',
      aliases: [],
      caseSensitive: false,
    });
    expect(config?.brands[0]?.answerWithin).toEqual({ critical: '2h', high: '1d', normal: '2d', low: '4d' });
    expect(problems.map((problem) => problem.level)).toEqual(['warning']);
  });

  test('the example that ships parses without a word', () => {
    const text = readFileSync(join(import.meta.dirname, '../../config/earshot.example.yaml'), 'utf8');
    const { config, problems } = parse(text);
    expect(problems).toEqual([]);
    expect([...(config?.brands[0]?.sources.keys() ?? [])]).toContain('bluesky');
  });

  test('a source that is off is not listened to, and an empty one has its defaults', () => {
    const { config } = parse('brands: [{ name: A, sources: { hacker-news: , bluesky: { off: true } } }]');
    expect([...(config?.brands[0]?.sources.keys() ?? [])]).toEqual(['hacker-news']);
  });

  test('addresses that the file names are the only ones that may be on this computer', () => {
    const { config } = parse(
      'brands: [{ name: A, sources: { hacker-news: { baseUrl: "http://127.0.0.1:4000/hn" } } }]',
    );
    expect(config?.namedHosts).toEqual(['127.0.0.1:4000']);
    const named = (mailbox: string) =>
      parse(`brands: [{ name: A, sources: { mailbox: { folder: Earshot, ${mailbox} } } }]`).config?.namedHosts;
    expect(named('host: LocalHost, port: 1143')).toEqual(['localhost:1143']);
    // Its usual ports only: a feed must not knock at the others of that host.
    expect(named('host: localhost')).toEqual(['localhost:993', 'localhost:143']);
  });

  test('relative paths mean the file’s folder, or the one above when it is called config', () => {
    const file = 'brands: [{ name: A, sources: { file: { path: posts.jsonl } } }]';
    const at = (path: string) => parseConfig(file, { ...context, path }).config;
    expect(at('/shop/config/earshot.yaml')?.store).toBe('/shop/data/earshot.db');
    expect(at('/shop/earshot.yaml')?.brands[0]?.sources.get('file')?.options).toMatchObject({
      path: '/shop/posts.jsonl',
    });
  });
});

describe('the inbox', () => {
  test('is served on 4747 unless told otherwise, and never on a port that only root may open', () => {
    expect(parse('brands: [{ name: A }]').config?.inbox).toEqual({ port: 4747, off: false });
    expect(parse('brands: [{ name: A }]\ninbox: { off: true }').config?.inbox.off).toBe(true);
    expect(told('brands: [{ name: A }]\ninbox: { port: 80, of: true }')).toEqual([
      'line 2, inbox.port: write a number from 1024 to 65535.',
      'line 2, inbox.of: is not a setting here. Did you mean off?',
    ]);
  });
});

describe('the second opinion', () => {
  const asking = (entry: string) => `brands: [{ name: A }]\nsecondOpinion: ${entry}`;

  test('is off unless it is asked for, and then asked within a number of calls a day', () => {
    expect(parse('brands: [{ name: A }]').config?.secondOpinion).toBeNull();
    expect(parse(asking('{ url: "http://127.0.0.1:11434/v1", model: small }')).config?.secondOpinion).toEqual({
      url: 'http://127.0.0.1:11434/v1',
      model: 'small',
      callsPerDay: 200,
      moneyPerMonth: null,
      off: false,
    });
  });

  test('may be on this computer or in our own network, since the config names it', () => {
    const named = (url: string) => parse(asking(`{ url: "${url}", model: small }`)).config?.namedHosts;
    expect(named('http://localhost:11434/v1')).toEqual(['localhost:11434']);
    expect(named('http://192.168.1.7:8080')).toEqual(['192.168.1.7:8080']);
    expect(named('https://models.example/v1')).toEqual([]);
  });

  test('tells every setting that will not do', () => {
    expect(told(asking('{ url: ollama, key: x, callsPerDay: 0, moneyPerMonth: { most: -1 } }'))).toEqual(
      expect.arrayContaining([
        'line 2, secondOpinion.url: write a web address, as in http://127.0.0.1:11434/v1.',
        'line 2, secondOpinion.model: is missing.',
        'line 2, secondOpinion.callsPerDay: write a number from 1 on, or off: true.',
        expect.stringMatching(/secondOpinion\.key: is not a setting here/),
        expect.stringMatching(/secondOpinion\.moneyPerMonth\.most: /),
        expect.stringMatching(/secondOpinion\.moneyPerMonth\.currency: is missing/),
      ]),
    );
  });
});

describe('a config that does not', () => {
  test('says every problem at once, with its place and what to do', () => {
    const problems = told(`
timezone: Europe/Lodnon
firstLok: 30d
brands:
  - name: Blue Door
    alias: [Blue]
    sources:
      blusky: {}
      hacker-news: { bse: 1 }
  - nam: x
digest: { to: [{ address: nobody, at: "25:00" }] }
`);
    expect(problems).toEqual(
      expect.arrayContaining([
        'line 2, timezone: write a time zone as in Europe/London.',
        'line 3, firstLok: is not a setting here. Did you mean firstLook?',
        expect.stringMatching(/^line 6, brands\[0\]\.alias: is not a setting here\. Did you mean aliases\?$/),
        expect.stringMatching(/brands\[1\]\.name: is missing\.$/),
        expect.stringMatching(/digest\.to\[0\]\.address: write a mail address/),
        expect.stringMatching(/digest\.to\[0\]\.at: write a time of day/),
      ]),
    );
  });

  test('names the source that was meant, and a source’s option that it does not have', () => {
    const problems = told(
      'brands: [{ name: A, sources: { blusky: {}, hacker-news: { bseUrl: "https://x.example" } } }]',
    );
    expect(problems[0]).toMatch(/no source is called blusky\. Did you mean bluesky\?/);
    expect(problems[1]).toMatch(/sources\.hacker-news\.bseUrl: is not a setting here\. Did you mean baseUrl\?/);
  });

  test('says at its line when a place would never be looked at, and goes on reading', () => {
    const cron = (line: string) =>
      told(`
brands:
  - name: A
    sources:
      feed: { urls: ["https://x.example/feed"] }
      hacker-news:
        cron: ${line}
digest: { to: [{ address: nobody }] }
`);
    for (const wrong of ['banana', '"61 * * * *"', '"* * * * * *"', '"@daily"', '""', '"0 8 * *"'])
      expect(cron(wrong), wrong).toEqual([
        expect.stringMatching(/^line 7, brands\[0\]\.sources\.hacker-news\.cron: cannot be read; write five parts/),
        expect.stringMatching(/^line 8, digest/),
      ]);
    for (const never of ['"0 0 31 2 *"', '"0 0 30,31 2 *"', '"0 0 31W 2 *"'])
      expect(cron(never)[0], never).toMatch(/hacker-news\.cron: fits no day of any year/);
    for (const right of ['"0 8 * * MON-FRI"', '"*/7 1,13 * * *"', '"0 0 29 2 *"', '"  5 4 1 jan *"'])
      expect(cron(right), right).toHaveLength(1);
  });

  test.each([
    ['brands: [', /not YAML/],
    ['', /empty/],
    ['*a', /not YAML/],
    ['a: &a [*a, *a]', /deeper than any setting/],
    ['- a\n- b', /empty or no list of settings/],
    ['brands: []', /at least one brand/],
    ['brands: 3', /should be a list/],
    ['brands: [{ name: A }, { name: a }]', /same id/],
    ['brands: [{ name: "!!!" }]', /give the brand an `id`/],
    ['brands: [{ name: A }]\nstore: postgres://x', /not spoken yet/],
    ['brands: [{ name: A }]\nhours: { funday: "10:00-12:00" }', /is no day/],
    ['brands: [{ name: A }]\nanswerWithin: { high: soon }', /write a number and m, h, d or w/],
  ])('%j is told in a sentence', (text, sentence) => {
    expect(parse(text).config).toBeNull();
    expect(told(text).join('\n')).toMatch(sentence);
  });

  const brand = 'brands:\n  - name: Blue Door\n';
  const outOfLine =
    'is not in line with the settings around it. Put as many blanks before it as stand before those that it belongs to.';
  test.each<[string, readonly string[]]>([
    [
      `${brand}    sources:\n      reddit: { subreddits: [leeds]\n      bluesky: {}\n`,
      [
        'line 4: this is not YAML: the { in “reddit: { subreddits: [leeds]” is not closed. Put } where it ends, and what stands in it further to the right.',
      ],
    ],
    [
      `${brand}    sources:\n      feed: {\n  urls: [a]\n  }\n`,
      [
        'line 4: this is not YAML: the { in “feed: {” is not closed. Put } where it ends, and what stands in it further to the right.',
      ],
    ],
    [`${brand}   aliases: [x]\n`, [`line 3: this is not YAML: “aliases: [x]” ${outOfLine}`]],
    [`${brand}     aliases: [x]\n`, [`line 3: this is not YAML: “aliases: [x]” ${outOfLine}`]],
    [`${brand}  aliases: [x]\n`, [`line 3: this is not YAML: “aliases: [x]” ${outOfLine}`]],
    [
      'brands:\n\t- name: Blue\n',
      ['line 2: this is not YAML: a tab stands before “- name: Blue”. Put blanks in its place.'],
    ],
    [
      'brands:\n  - name Blue\n    sources: {}\n',
      [
        'line 2: this is not YAML: “- name Blue” has no colon. Write it as in `name: Blue Door`, with a blank behind the colon.',
      ],
    ],
    [
      'brands:\n  - name: Blue: Door\n',
      [
        'line 2: this is not YAML: “- name: Blue: Door” has a colon too many. Put what stands behind the first one in quotes: "Blue: Door".',
      ],
    ],
    [
      'brands: []\nbrands: []\nstore: a\nstore: b\n',
      [
        'line 2: this is not YAML: “brands: []” is a setting that stands there twice. Leave one of the two.',
        'line 4: this is not YAML: “store: b” is a setting that stands there twice. Leave one of the two.',
      ],
    ],
    [
      'brands:\n  - name: @blue\n',
      ['line 2: this is not YAML: in “- name: @blue” a text begins with @. Put it in quotes.'],
    ],
    [
      'brands:\n  - name: *blue\n',
      ['line 2: this is not YAML: in “- name: *blue” a text begins with *. Put it in quotes.'],
    ],
    [
      `${brand}    x: {a: 1}}\n`,
      ['line 3: this is not YAML: in “x: {a: 1}}” a } closes what nothing opened. Take it out.'],
    ],
    [
      `a: &a [x,x,x]\n${[...'bcdefgh'].map((one, index) => `${one}: &${one} [${`*${'abcdefg'[index]},`.repeat(9)}]\n`).join('')}`,
      [
        'its references (`&name` and `*name`) stand for each other without end. Write out what they stand for; no setting needs so many.',
      ],
    ],
    [
      'brands: [{ name: A }]\nhours: { mon: "25:00-26:00", tue: ["9:00-25:00"], wed: 3, foo: 3 }',
      [
        'line 2, hours.mon: write opening hours, as in "12:00-22:00".',
        'line 2, hours.tue[0]: write opening hours, as in "12:00-22:00".',
        'line 2, hours.wed: write opening hours, as in "12:00-22:00".',
        'line 2, hours.foo: is no day; write mon … sun, a range as in tue-sun, or closed.',
      ],
    ],
  ])('%j is told once, with what stands there and how it was probably meant', (text, sentences) => {
    expect(told(text)).toEqual(sentences);
  });

  test('opening hours may end at midnight or after it', () => {
    const { config } = parse(
      'brands: [{ name: A, sources: { bluesky: {} } }]\nhours: { mon: "9:00-24:00", fri-sat: ["12:00-14:30", "18:00-02:00"], sun: [] }',
    );
    expect(config?.brands[0]?.hours).toMatchObject({ mon: '9:00-24:00' });
  });

  test('never throws, whatever is in the file', () => {
    const junk = fc.oneof(
      fc.string(),
      fc.json(),
      fc.string({ unit: fc.constantFrom('a', ':', ' ', '\n', '-', '[', '{', '&', '*', '"') }),
    );
    fc.assert(
      fc.property(junk, (text) => void parse(text)),
      { numRuns: 300 },
    );
  });
});

test('slug makes an id that a database and a person can read', () => {
  expect(slug('  Blue Door & Sons – Café ')).toBe('blue-door-sons-cafe');
  expect(slug('蓝门咖啡')).toBe('蓝门咖啡');
});

test('a public name in the config does not open the way to a private address', () => {
  const hosts = (url: string) =>
    parse(`brands: [{ name: A, sources: { feed: { urls: ["${url}"] } } }]`).config?.namedHosts;
  expect(hosts('https://blog.example/feed.xml')).toEqual([]);
  expect(hosts('http://192.168.1.5/feed.xml')).toEqual(['192.168.1.5']);
  expect(hosts('http://nas.local:8080/feed.xml')).toEqual(['nas.local:8080']);
  expect(hosts('http://[::1]:4000/feed.xml')).toEqual(['[::1]:4000']);
});

test('whoever takes over is asked for: somebody of the config, another one, who gets mail', () => {
  const warned = (people: string) =>
    parse(`brands: [{ name: A, sources: { hacker-news: } }]\npeople:\n${people}`).problems.map(
      ({ path, line, sentence, level }) => [path, line, level, sentence],
    );
  const tom = '  - { name: Tom, mail: tom@x.example }\n';
  expect(warned(`  - { name: Ana, escalateTo: tom }\n${tom}`)).toEqual([]);
  expect(warned(`${tom}  - { name: Ana, escalateTo: Tomm }\n`)).toEqual([
    [
      'people[1].escalateTo',
      4,
      'warning',
      'names nobody under `people`: what is overdue goes on to Tomm, and no mail tells them. Did you mean Tom?',
    ],
  ]);
  expect(warned('  - { name: Ana, escalateTo: Tom }\n  - { name: Tom }\n')).toEqual([
    [
      'people[0].escalateTo',
      3,
      'warning',
      'names Tom, who has no `mail`: what is overdue goes on to them, and nobody tells them.',
    ],
  ]);
  expect(warned('  - { name: Ana, escalateTo: ANA }\n')[0]?.[3]).toBe(
    'is Ana again: what is overdue stays where it is.',
  );
});
