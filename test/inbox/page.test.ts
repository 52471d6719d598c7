/** What the page shows: the digest's own words in the digest's order, every one reachable, and nothing that people write acts. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { draftDigest } from '../../src/jobs/send-digest.ts';
import { saveRatings } from '../../src/store/ratings.ts';
import { cliEdges } from '../support/edges.ts';
import { type Answer, anInbox, ask, kind, perhapsUs, unsure, visitor, words } from './an-inbox.ts';

const dayMs = 86_400_000;
const cardsOf = ({ body }: Answer, list: string) =>
  [...body.matchAll(new RegExp(`<h3 id="([cm]\\d+)-${list}">`, 'g'))].map(([, letter]) => letter);

test('mail and page agree: the same headline, the same order, the same words', async () => {
  const inbox = await anInbox();
  await inbox.hear(
    { findings: { urgency: 'low' } },
    { findings: { urgency: 'critical' } },
    {},
    { findings: { urgency: 'high' } },
    perhapsUs,
    unsure,
    kind,
  );
  inbox.clock.advance(dayMs + 3_600_000);
  const now = inbox.clock.now();
  await inbox.tools.store.write('a figure', (tx) =>
    saveRatings(
      tx,
      [{ source: 'by-hand', place: 'Google', of: 'blue-door-coffee', rating: { value: 4.3, scale: 5 }, count: 212 }],
      now,
    ),
  );
  const digest = await draftDigest(inbox.tools, {
    kind: 'digest',
    recipient: 'owner@bluedoor.example',
    timezone: 'Europe/London',
    window: { from: now - 2 * dayMs, to: now },
  });
  const page = await (await visitor(inbox)).get();
  const said = words(page);
  for (const sentence of [digest.headline, digest.about, digest.date, ...digest.lead]) expect(said).toContain(sentence);
  for (const list of ['needsYou', 'unsure', 'praise'] as const) {
    expect(cardsOf(page, list)).toEqual(digest[list].items.map(({ letter }) => letter));
    for (const { excerpt, who, due, why } of digest[list].items)
      for (const part of [excerpt.map((one) => one.text).join(''), who, due ?? '', ...why])
        expect(said.toLowerCase()).toContain(part.toLowerCase().trim());
  }
  expect(digest.ratings.lines).toEqual(['Google: 4.3 of 5 stars from 212 ratings']);
  for (const line of [...digest.ratings.lines, ...digest.leftOut.lines]) expect(said).toContain(line);
  for (const { title, sentence } of digest.places.lines) expect(said).toContain(`${title} ${sentence}`);
});

test('what the business answered there is told beside a customer who wrote again', async () => {
  const inbox = await anInbox();
  await inbox.hear({
    post: { source: 'hacker-news', answer: { text: 'Sorry!', at: Date.parse('2026-11-03T09:00Z') } },
  });
  const page = await (await visitor(inbox)).get();
  expect(words(page)).toContain('You have answered on Hacker News on 3 Nov');
});

test('the words that hurt are marked, and the post is one step away', async () => {
  const inbox = await anInbox();
  await inbox.hear({ post: { text: 'Waited an hour, then cold soup.', url: 'https://forum.example/p?a=1&b=2' } });
  const { body } = await (await visitor(inbox)).get();
  expect(body).toContain('<mark class="hurts">Waited</mark> an hour');
  expect(body).toContain(
    'href="https://forum.example/p?a=1&amp;b=2" target="_blank" rel="noopener noreferrer nofollow"',
  );
});

describe('every one can be reached', () => {
  test('piece by piece, each once, and what is answered comes back to its piece', async () => {
    const inbox = await anInbox();
    await inbox.hear(...Array.from({ length: 45 }, () => ({})), ...Array.from({ length: 12 }, () => unsure));
    await inbox.hear(...Array.from({ length: 8 }, () => kind));
    const owner = await visitor(inbox);
    const first = await owner.get();
    expect(words(first)).toContain('1–20 of 45 Next 20');
    const paths = ['/', '/?needsYou=2', '/?needsYou=3', '/?unsure=2', '/?praise=2'];
    const pages = await Promise.all(paths.map(owner.get));
    const seen = (list: string) => new Set(pages.flatMap((page) => cardsOf(page, list))).size;
    expect([seen('needsYou'), seen('unsure'), seen('praise')]).toEqual([45, 12, 8]);
    const [, , third] = pages;
    expect(third && cardsOf(third, 'needsYou')).toHaveLength(5);
    const after = await owner.press(third ?? first, /^I answered/);
    expect(words(after)).toContain('41–44 of 44');
    expect(cardsOf(after, 'needsYou')).toHaveLength(4);
  });

  test.each([
    '/?needsYou=99',
    '/?needsYou=-1',
    '/?needsYou=x',
    '/?unsure=1e9&praise=0',
    '/?notice=../../x',
    '/?constructor=1',
  ])('%s shows what there is', async (path) => {
    const inbox = await anInbox();
    await inbox.hear({});
    const page = await (await visitor(inbox)).get(path);
    expect([page.status, cardsOf(page, 'needsYou')]).toEqual([200, ['c1']]);
  });

  test('nothing to do is said, with where it looked', async () => {
    const inbox = await anInbox();
    const said = words(await (await visitor(inbox)).get());
    expect(said).toContain('No complaint waits for you.');
    expect(said).toContain('Hacker News not looked yet');
  });
});

describe('what people write', () => {
  /** The document's bones: every tag with its attributes' names. */
  const bones = ({ body }: Answer) => [...body.matchAll(/<[^>]*>/g)].map(([tag]) => tag.replace(/="[^"]*"/g, ''));

  test('stays text, wherever it stands', async () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '"',
      "'",
      '&',
      '`',
      '<script>',
      '</li>',
      '<img src=x onerror=x>',
      '-->',
      '{{',
      '$&',
      'a',
    );
    const hostile = async (evil: string) => {
      const inbox = await anInbox({
        brands: [{ name: `Blue Door Coffee ${evil}`, id: 'blue-door-coffee' }, { name: 'Other' }],
      });
      const post = {
        title: evil,
        text: `Waited ${evil}`,
        url: `https://evil.example/?${evil}`,
        author: { handle: evil, name: `${evil}!`, url: evil, followers: 9_000 },
        source: 'evil',
        language: evil,
      };
      const findings = { language: evil, topics: [evil] };
      await inbox.hear({ post, findings }, { post: { ...post }, findings: { ...unsure.findings, ...findings } });
      const owner = await visitor(inbox);
      const page = await owner.get();
      return [page, await owner.press(page, /^I answered/)];
    };
    const tame = (await hostile('tame')).map(bones);
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 5 }), async (pieces) => {
        expect((await hostile(pieces.join(''))).map(bones)).toEqual(tame);
      }),
      { numRuns: 15 },
    );
  }, 60_000);

  test('never becomes an address that does more than open a page', async () => {
    const inbox = await anInbox();
    const urls = [
      'javascript:alert(1)',
      'data:text/html,x',
      'file:///etc/passwd',
      'vbscript:x',
      ' javascript:x',
      '//evil.example',
    ];
    await inbox.hear(...urls.map((url) => ({ post: { url } })));
    const { body } = await (await visitor(inbox)).get();
    const addresses = [...body.matchAll(/(?:href|src|action)="([^"]*)"/g)].map(([, address]) => address);
    expect(addresses.filter((address) => !/^(#|\/(act|undo|look\.css|icon\.svg)?$)/.test(address ?? ''))).toEqual([]);
  });

  test('lets nothing hide, turn around or ring', async () => {
    const inbox = await anInbox();
    await inbox.hear({
      post: {
        text: 'Waited a\u202eb\u200bc\u001b[31md\u2066f\u009b31m',
        author: { handle: 'a\u202eb', name: null, url: null, followers: 1 },
      },
    });
    expect((await (await visitor(inbox)).get()).body).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069\u200b]/u);
  });
});

test('without a script and without anything from elsewhere', async () => {
  const inbox = await anInbox();
  await inbox.hear({}, unsure, kind);
  const { body } = await (await visitor(inbox)).get();
  expect(body).not.toMatch(/<(script|iframe|object|embed|base|style)\b|\son\w+=|\sstyle=|javascript:/i);
});

describe('the digest', () => {
  test('leads to it while it is served, and no longer', async () => {
    const inbox = await anInbox();
    const wish = {
      kind: 'digest',
      recipient: 'o@bluedoor.example',
      timezone: 'UTC',
      window: { from: 0, to: 1 },
    } as const;
    expect((await draftDigest(inbox.tools, wish)).inbox?.address).toBe(inbox.served.url);
    await inbox.served.close();
    expect((await draftDigest(inbox.tools, wish)).inbox).toBeNull();
  });
});

describe('earshot inbox', () => {
  test('says where it is, opens the browser by a private page, and ends when it is stopped', async () => {
    const { tools } = await anInbox();
    const stop = new AbortController();
    const opened: string[] = [];
    const edges = cliEdges({
      argv: ['--config', tools.config.path, 'inbox', '--port', '14747', '--open'],
      signal: stop.signal,
      open: async (address) => {
        opened.push(address);
        const answer = await ask(14747, { path: '/' });
        expect(answer.status).toBe(403);
        stop.abort();
      },
    });
    expect(await run(edges)).toBe(0);
    expect(edges.said.out).toMatch(/http:\/\/127\.0\.0\.1:14747\/\?key=[\w-]{43}\n/);
    expect(opened[0]).toMatch(/^file:.*inbox\.html$/);
    await expect(ask(14747, {})).rejects.toThrow('ECONNREFUSED');
  });

  test('where it is served already, it says where; a port that is none is told', async () => {
    const { tools, port, served } = await anInbox();
    const edges = cliEdges({ argv: ['--config', tools.config.path, 'inbox', '--port', String(port)] });
    expect(await run(edges)).toBe(0);
    expect(edges.said.out).toContain(served.entry);
    const wrong = cliEdges({ argv: ['--config', tools.config.path, 'inbox', '--port', '80'] });
    expect([await run(wrong), wrong.said.err]).toEqual([
      2,
      '--port 80 is no port; write a number from 1024 to 65535.\n',
    ]);
  });
});
