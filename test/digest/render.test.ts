import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { compose } from '../../src/digest/compose.ts';
import type { DigestRows } from '../../src/digest/digest.ts';
import { renderHtml } from '../../src/digest/render-html.ts';
import { renderText } from '../../src/digest/render-text.ts';
import { blind, busyDay, caseOf, mention, rows } from './sample.ts';

const htmlOf = (given: DigestRows) => renderHtml(compose(given));
const textOf = (given: DigestRows) => renderText(compose(given));
const visible = (html: string) => html.slice(html.indexOf('</head>')).replace(/<[^>]*>/g, '');

/** A day on which everything that comes from outside is `evil`. */
function hostileDay(evil: string): DigestRows {
  const said = mention({
    text: `${evil} still waiting ${evil}`,
    hurts: ['still waiting'],
    title: evil,
    url: `https://evil.example/?${evil}`,
    author: { handle: evil, name: `${evil}!`, url: evil, followers: null },
    source: evil,
    brand: evil,
    topics: [evil],
    language: evil,
    case: caseOf(4, null),
  });
  const praise = mention({
    ...said,
    sentiment: { label: 'positive', score: 1 },
    complaint: { verdict: 'none', probability: 0 },
  });
  return rows({
    brandNames: [evil, 'Blue Door'],
    recipient: evil,
    needsYou: [said],
    unsure: [mention({ ...said, id: 2, case: null })],
    praise: [praise],
    places: [{ ...blind('reddit', evil, evil), note: evil }],
  });
}

/** The document's bones: every tag with its attributes' names, in order. */
const bones = (html: string) =>
  [...html.matchAll(/<[^>]*>/g)].map(([tag]) => tag.replace(/=("[^"]*")/g, '').replace(/ lang$| lang(?= style)/, ''));

describe('the HTML', () => {
  test('says everything that the digest says', () => {
    const seen = visible(htmlOf(busyDay())).replaceAll(/\s+/g, ' ');
    for (const words of [
      '3 complaints need you',
      'Blue Door Coffee',
      'Overdue: was due yesterday 18:00',
      'still waiting for my refund',
      'npx earshot case answered c4',
      '1 of 5 stars',
      'Not sure: please look',
      'npx earshot mark m25 not-us',
      'Kind words',
      'could not look since Tue 14:00',
      '8 more than the week before',
      '14 posts were not about you.',
      'To stop it',
    ])
      expect(seen).toContain(words);
  });

  test('keeps its bones whatever people write', () => {
    const tame = bones(htmlOf(hostileDay('tame')));
    const piece = fc.constantFrom(
      '<',
      '>',
      '"',
      "'",
      '&',
      '`',
      '-->',
      '<script>',
      '</td>',
      '<img src=x onerror=x>',
      ']]>',
      '<![endif]-->',
      '$&',
      'a',
    );
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 6 }), (pieces) => {
        expect(bones(htmlOf(hostileDay(pieces.join(''))))).toEqual(tame);
      }),
    );
  });

  test('lets nothing hide, turn around or ring', () => {
    const html = htmlOf(hostileDay('a\u202eb\u200bc\u001b[31md\0e\u2066f\ufeffg\u009b31mh'));
    expect(html).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069\u200b\ufeff]/u);
  });

  test('loads nothing, runs nothing and links only to web pages', () => {
    const html = htmlOf(busyDay());
    expect(html).not.toMatch(/<(script|img|link|iframe|object|form|svg|base)\b|\son\w+=|url\(|@import|\bsrc=/i);
    expect([...html.matchAll(/href="([^"]*)"/g)].map(([, address]) => address)).toEqual(
      Array(6).fill('https://mastodon.example/@ana/1'),
    );
  });

  test('can be listened to: a language, headings in order, tables that are only layout', () => {
    const html = htmlOf(busyDay());
    expect(html).toContain('<html lang="en">');
    expect(html).toContain('lang="en" style');
    expect(html.match(/<table/g)?.length).toBe(html.match(/<table role="presentation"/g)?.length);
    expect([...html.matchAll(/<h([123])/g)].map(([, level]) => level).join('')).toBe('1233323233222');
  });

  test('is small enough that no mail program cuts it off, on the fullest day', () => {
    const full = (id: number) =>
      mention({ id, text: '<&> '.repeat(500), title: '<&> '.repeat(99), case: caseOf(id, null) });
    const many = Array.from({ length: 40 }, (_, id) => full(id));
    const places = Array.from({ length: 90 }, (_, id) =>
      blind('feed', 'Feed', `https://${id}.example/${'x'.repeat(80)}`),
    );
    const html = htmlOf(rows({ needsYou: many, unsure: many, praise: busyDay().praise, places }));
    // Gmail clips a mail's HTML after 102 kB.
    expect(Buffer.byteLength(html)).toBeLessThan(90_000);
  });

  test('has a contrast of 4.5 or better for every text, by day and by night', () => {
    const html = htmlOf({
      ...busyDay(),
      needsYou: [...busyDay().needsYou, mention({ id: 99, urgency: 'low', case: caseOf(99, '2026-11-25T10:00:00Z') })],
    });
    const nightRules = /@media[^{]*dark[^{]*\{([\s\S]*?)\n\}/.exec(html)?.[1] ?? '';
    const night = new Map(
      [...nightRules.matchAll(/\.([\w-]+)\{([^}]*)\}/g)].map(([, name, rule]) => [name, rule ?? '']),
    );
    const day = new Map<string, string>();
    for (const [, names, look] of html.matchAll(/class="([\w -]+)"[^>]*?style="([^"]*)"/g))
      for (const name of names?.split(' ') ?? []) day.set(name, look ?? '');
    for (const looks of [day, night]) {
      const color = (name: string) => /(?:^|;)color:(#\w{6})/.exec(looks.get(name) ?? '')?.[1] ?? '';
      const ground = (name: string) => /background:(#\w{6})/.exec(looks.get(name) ?? '')?.[1] ?? '';
      const onPaper = ['ink', 'soft', 'red', 'amber', 'grey', 'green', 'link'];
      const worst = Math.min(
        ...onPaper.flatMap((name) => [contrast(color(name), ground('card')), contrast(color(name), ground('page'))]),
        ...['hurts', 'likes', 'code'].map((name) => contrast(color(name), ground(name))),
        contrast('#ffffff', ground('button')),
      );
      expect(worst).toBeGreaterThanOrEqual(4.5);
    }
  });
});

/** WCAG 2.2, 1.4.3. */
function contrast(one: string, other: string): number {
  const light = [one, other].map(luminance).sort((a, b) => b - a);
  return ((light[0] ?? 0) + 0.05) / ((light[1] ?? 0) + 0.05);
}

function luminance(color: string): number {
  if (!/^#\w{6}$/.test(color)) throw new Error(`no colour: ${color}`);
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe('where the inbox is served', () => {
  const address = 'http://127.0.0.1:4747/';
  const say = 'On the computer where Earshot runs, work them all at';

  test('both forms lead to it', () => {
    const day = { ...busyDay(), inboxAddress: address };
    expect(textOf(day)).toContain(`${say} ${address}\n`);
    expect(visible(htmlOf(day))).toContain(`${say} ${address}`);
    expect(htmlOf(day)).toContain(`<a href="${address}"`);
  });

  test('and where it is not, neither speaks of it', () => {
    expect(textOf(busyDay()) + htmlOf({ ...busyDay(), inboxAddress: null })).not.toContain(say);
  });
});

describe('the text', () => {
  test('tells an item so', () => {
    const text = textOf(busyDay());
    expect(text).toContain(`
1. OVERDUE · c4 · was due yesterday 18:00
   “… I ordered a gift box on 2 November for my mother’s birthday, it never
   came, the shop said “soon” twice, and I am *still waiting for my refund*.
   Nobody answers the phone and the card was *charged twice* on top of it.
   *Never again*, Blue Door Coffee, I used to tell everyone about you.”
   Ana Diaz (ana@mastodon.example), 4,200 followers, Mastodon, yesterday
   19:40
   Why: the words “still waiting for my refund” and “charged twice”; asks
   for money back
   Open the post: https://mastodon.example/@ana/1
   When you have answered: npx earshot case answered c4
`);
    expect(text).toContain(
      'WHERE EARSHOT LOOKED\n--------------------\n- Reddit r/coffee: could not look since Tue 14:00',
    );
  });

  test('is at most 78 columns wide but for addresses, in any script, and never acts on a terminal', () => {
    const word = fc.constantFrom(
      'waiting',
      '漢字漢字漢字',
      '👩‍👧',
      'x'.repeat(90),
      ' ',
      '\n',
      '\u001b[2J',
      '\u202e',
      'é',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 60 }), (words) => {
        const evil = words.join('');
        const text = textOf(
          rows({
            ...hostileDay('x'),
            needsYou: [
              mention({ text: evil, title: evil, author: { handle: evil, name: evil, url: null, followers: null } }),
            ],
          }),
        );
        for (const line of text.split('\n'))
          if (!line.includes('https://')) expect(stringWidth(line)).toBeLessThanOrEqual(78);
        expect(text).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e]/u);
      }),
    );
  });

  test('leaves out what has nothing to say', () => {
    expect(textOf(rows())).not.toMatch(/NEEDS YOU|KIND WORDS|LEFT OUT|THE LAST/);
  });
});
