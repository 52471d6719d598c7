/** Feeds of every kind and in every state of repair come out as items, or as one clear fault. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Fault } from '../../src/net/fault.ts';
import type { FeedItem } from '../../src/net/feed.ts';
import { parseFeed } from '../../src/net/parse-feed.ts';

const at = 'https://blog.example/news/feed.xml';
const nothing: FeedItem = {
  id: null,
  url: null,
  title: null,
  content: null,
  contentIsHtml: false,
  authorName: null,
  authorUrl: null,
  publishedAt: null,
  updatedAt: null,
  language: null,
  categories: [],
};
const rss = (items: string, head = '') =>
  `<?xml version="1.0"?><rss version="2.0"><channel>${head}${items}</channel></rss>`;
const titles = (text: string) => parseFeed(text, at).items.map(({ title }) => title);
const first = (text: string) => parseFeed(text, at).items[0];

describe('each kind', () => {
  test('RSS 2.0 with its modules', () => {
    const text = `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
      <title>Town &amp; talk</title><link>/</link><language>en-GB</language>
      <item><title><![CDATA[Cold soup & cold staff]]></title><link>../2026/soup</link><guid isPermaLink="false">tag:1</guid>
        <dc:creator>Ana Lindt</dc:creator><pubDate>Fri, 20 Nov 2026 09:12:00 +0100</pubDate>
        <category>food</category><category>food</category><dc:subject>Leeds</dc:subject>
        <description>short</description><content:encoded><![CDATA[<p>The soup was <b>cold</b> &amp; late</p>]]></content:encoded></item>
      <item><guid>https://blog.example/2</guid><description>Tea &amp;amp; cake &lt;br/&gt; fine</description><author>bo@blog.example (Bo)</author></item></channel></rss>`;
    expect(parseFeed(text, at)).toEqual({
      format: 'rss',
      title: 'Town & talk',
      siteUrl: 'https://blog.example/',
      language: 'en',
      items: [
        {
          ...nothing,
          id: 'tag:1',
          url: 'https://blog.example/2026/soup',
          title: 'Cold soup & cold staff',
          content: '<p>The soup was <b>cold</b> &amp; late</p>',
          contentIsHtml: true,
          authorName: 'Ana Lindt',
          publishedAt: Date.parse('2026-11-20T08:12:00Z'),
          categories: ['food', 'Leeds'],
        },
        {
          ...nothing,
          id: 'https://blog.example/2',
          url: 'https://blog.example/2',
          content: 'Tea &amp; cake <br/> fine',
          contentIsHtml: true,
          authorName: 'Bo',
        },
      ],
    });
  });

  test('Atom 1.0 with bases, types and the feed’s author', () => {
    const text = `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de" xml:base="/blog/"><title type="html">Gr&amp;uuml;&amp;szlig;e &lt;b&gt;hier&lt;/b&gt;</title>
      <link rel="self" href="feed.xml"/><link href="./"/><author><name>Redaktion</name><uri>about</uri></author>
      <entry xml:base="posts/"><id>urn:1</id><title>AT&amp;amp;T &lt;3</title><link rel="edit" href="x"/><link rel="alternate" href="one"/>
        <published>2026-11-20T08:00:00Z</published><updated>2026-11-20T09:00:00Z</updated>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Hallo <i>Welt</i></p></div></content><category term="c" label="r/coffee"/></entry>
      <entry xml:lang="en"><id>urn:2</id><title type="text">Plain</title><summary>1 &lt; 2</summary><updated>2026-11-20T10:00:00Z</updated><author><name>Bo</name></author></entry></feed>`;
    expect(parseFeed(text, at)).toEqual({
      format: 'atom',
      title: 'Grüße hier',
      siteUrl: 'https://blog.example/blog/',
      language: 'de',
      items: [
        {
          ...nothing,
          id: 'urn:1',
          url: 'https://blog.example/blog/posts/one',
          title: 'AT&amp;T <3',
          content: '<p>Hallo <i>Welt</i></p>',
          contentIsHtml: true,
          authorName: 'Redaktion',
          authorUrl: 'https://blog.example/blog/posts/about',
          publishedAt: Date.parse('2026-11-20T08:00:00Z'),
          updatedAt: Date.parse('2026-11-20T09:00:00Z'),
          categories: ['r/coffee'],
        },
        {
          ...nothing,
          id: 'urn:2',
          title: 'Plain',
          content: '1 < 2',
          authorName: 'Bo',
          updatedAt: Date.parse('2026-11-20T10:00:00Z'),
          language: 'en',
        },
      ],
    });
  });

  test('RSS 1.0, Atom 0.3 and RSS 0.91 with its DOCTYPE', () => {
    const rdf = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
      <channel rdf:about="https://blog.example/"><title>T</title></channel>
      <item rdf:about="https://blog.example/1"><title>One</title><link>https://blog.example/1</link><dc:date>2026-11-20</dc:date></item></rdf:RDF>`;
    expect(parseFeed(rdf, at)).toMatchObject({
      format: 'rdf',
      items: [{ id: 'https://blog.example/1', publishedAt: Date.parse('2026-11-20') }],
    });
    const atom03 = `<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title>Old</title><issued>2003-12-13T08:29:29-04:00</issued><modified>2003-12-14</modified></entry></feed>`;
    expect(parseFeed(atom03, at)).toMatchObject({
      format: 'atom',
      items: [{ title: 'Old', publishedAt: Date.parse('2003-12-13T12:29:29Z'), updatedAt: Date.parse('2003-12-14') }],
    });
    const rss091 = `<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">${rss('<item><title>Older</title></item>').slice(21)}`;
    expect(titles(rss091)).toEqual(['Older']);
  });

  test('JSON Feed, with an id that no double can hold', () => {
    const text = `{"version":"https://jsonfeed.org/version/1.1","title":"J","language":"en-US","authors":[{"name":"Team"}],"items":[
      {"id":9007199254740993,"url":"/1","content_text":"a < b","date_published":"2026-11-20T08:00:00+01:00","tags":["x"]},
      {"id":"2","content_html":"<p>b</p>","authors":[{"name":"Bo","url":"/bo"}]}]}`;
    expect(parseFeed(text, at).items).toEqual([
      {
        ...nothing,
        id: '9007199254740993',
        url: 'https://blog.example/1',
        content: 'a < b',
        authorName: 'Team',
        publishedAt: Date.parse('2026-11-20T07:00:00Z'),
        categories: ['x'],
      },
      {
        ...nothing,
        id: '2',
        content: '<p>b</p>',
        contentIsHtml: true,
        authorName: 'Bo',
        authorUrl: 'https://blog.example/bo',
      },
    ]);
  });

  test('a video’s words stand in its media group', () => {
    const text = `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"><entry><id>yt:1</id><media:group><media:description>We tried the café</media:description></media:group></entry></feed>`;
    expect(first(text)).toMatchObject({ content: 'We tried the café' });
  });
});

describe('titles and addresses', () => {
  test('a title is decoded once, and its markup dropped where it is markup', () => {
    const item = (title: string) => first(rss(`<item><title>${title}</title></item>`))?.title;
    expect(item('Tom &amp; Jerry')).toBe('Tom & Jerry');
    expect(item('Tom &amp;#038; Jerry')).toBe('Tom & Jerry');
    expect(item('<![CDATA[Tom &amp; <b>Jerry</b>]]>')).toBe('Tom & Jerry');
    expect(item('  two\n lines ')).toBe('two lines');
    expect(item('a &lt; b and c &gt; d')).toBe('a < b and c > d');
    expect(item('')).toBeUndefined();
  });

  test('what is no web address is no address', () => {
    expect(first(rss('<item><title>x</title><link>javascript:alert(1)</link></item>'))?.url).toBeNull();
    expect(first(rss('<item><title>x</title><link>http://[bad</link></item>'))?.url).toBeNull();
    expect(first(rss('<item><title>x</title><guid>not-an-address</guid></item>'))?.url).toBeNull();
  });

  test('a missing date stays missing, a far one is kept', () => {
    expect(first(rss('<item><title>x</title></item>'))?.publishedAt).toBeNull();
    expect(first(rss('<item><title>x</title><pubDate>soon</pubDate></item>'))?.publishedAt).toBeNull();
    expect(
      first(rss('<item><title>x</title><pubDate>Fri, 31 Dec 9999 00:00:00 GMT</pubDate></item>'))?.publishedAt,
    ).toBe(Date.parse('9999-12-31'));
  });
});

describe('damage', () => {
  const two = '<item><title>One</title></item><item><title>Two</title></item>';
  test('junk before, control characters within, bare ampersands and unknown prefixes', () => {
    expect(titles(`\n\n Warning: something\n${rss(two)}`)).toEqual(['One', 'Two']);
    expect(titles(rss('<item><title>bell\u0007 and\u0000 nul</title></item>'))).toEqual(['bell and nul']);
    expect(
      titles(rss('<item><title>Fish & chips &unknown; R&D</title><link>http://a.example/?a=1&b=2</link></item>')),
    ).toEqual(['Fish & chips &unknown; R&D']);
    expect(titles(rss('<item><title>x</title><made:up>y</made:up></item>'))).toEqual(['x']);
    expect(
      titles(
        '<r:rss xmlns:r="http://backend.userland.com/rss2" version="2.0"><r:channel><r:item><r:title>Own prefix</r:title></r:item></r:channel></r:rss>',
      ),
    ).toEqual(['Own prefix']);
  });

  test('a document that breaks off keeps its complete items', () => {
    for (const end of [
      '<item><title>Thr',
      '<item><title><![CDATA[Thr',
      '<item><title>Three</title',
      '</channel',
      '<!-- ',
    ])
      expect(titles(`<rss version="2.0"><channel><title>T</title>${two}${end}`)).toEqual(['One', 'Two']);
    expect(
      titles('<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><title>A</title></entry><entry><id>2'),
    ).toEqual(['A']);
  });

  test('an item that is broken costs no other', () => {
    expect(
      titles(rss('<item><title>One</title></item><item><title>Bad<</i></item><item><title>Three</title></item>')),
    ).toContain('Three');
    expect(titles(rss('<item><title>never closed <item><title>Two</title></item>'))).toContain('Two');
  });

  test('an empty feed is empty, and no feed is a fault', () => {
    expect(parseFeed('<rss version="2.0"></rss>', at)).toMatchObject({ format: 'rss', items: [] });
    expect(parseFeed('<feed xmlns="http://www.w3.org/2005/Atom"/>', at)).toMatchObject({ format: 'atom', items: [] });
    expect(titles(rss('<item></item><item><title>x</title></item>'))).toEqual(['x']);
    const faults: readonly (readonly [string, string])[] = [
      ['', 'an empty answer'],
      ['  \n', 'an empty answer'],
      ['<!DOCTYPE html><html><body>', 'a web page'],
      ['hello', 'something else'],
      ['<opml version="2.0"/>', 'something else'],
      ['{"error":"no"}', 'something else'],
      ['{"items":[', 'a damaged feed'],
      ['[1]', 'something else'],
    ];
    for (const [text, instead] of faults)
      expect(() => parseFeed(text, `${at}?key=s3cret`)).toThrow(
        expect.objectContaining({
          kind: 'garbled',
          message: expect.stringMatching(new RegExp(`^blog\\.example sent ${instead} where`)),
        }),
      );
  });
});

describe('harm', () => {
  test('an entity bomb is refused, other entities are never expanded', () => {
    const bomb = (entities: string) =>
      `<?xml version="1.0"?><!DOCTYPE rss [${entities}]>${rss('<item><title>&c;</title></item>').slice(21)}`;
    const refused = expect.objectContaining({ kind: 'garbled', message: expect.stringContaining('built to do harm') });
    expect(() => parseFeed(bomb('<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY c "&b;&b;">'), at)).toThrow(refused);
    expect(() => parseFeed(bomb('<!ENTITY c SYSTEM "file:///etc/passwd">'), at)).toThrow(refused);
    expect(() => parseFeed(bomb(`<!ENTITY c '%x;'>`), at)).toThrow(refused);
    expect(titles(bomb(`<!ENTITY c "${'x'.repeat(100_000)}">`))).toEqual(['&c;']);
    expect(titles(bomb('<!ENTITY % latin PUBLIC "-//W3C//ENTITIES" "http://x.example/latin.ent"> %latin;'))).toEqual([
      '&c;',
    ]);
  });

  const size = 600_000;
  const many = (part: string) => part.repeat(Math.ceil(size / part.length));
  const hostile: readonly (readonly [string, string])[] = [
    ['items that never close', `<rss version="2.0"><channel>${many('<item><title>x')}`],
    ['items that close only once', `<rss version="2.0"><channel>${many('<item>')}</item>`],
    ['CDATA that never closes', `<rss version="2.0"><channel>${many('<item><title><![CDATA[')}`],
    ['comments that never close', `<rss version="2.0"><channel>${many('<!-- ')}`],
    ['elements nested without end', `<rss version="2.0"><channel><item>${many('<a>')}</item></channel></rss>`],
    ['roots without end', many('<rss ')],
    ['one endless root', `<rss ${many('a="b" ')}`],
    ['prefixes', many('<a:')],
    ['a DOCTYPE without end', `<!DOCTYPE rss [${many("<!ENTITY a '")}`],
    ['closing brackets', `<!DOCTYPE rss [${many('] ')}<rss version="2.0">`],
    ['xmlns without end', `<rss version="2.0" ${many('xmlns:a="')}>`],
    ['one long title', rss(`<item><title>${many('&amp;<b>')}</title></item>`)],
    ['one long date', rss(`<item><title>x</title><pubDate>${many('1 Jan ')}</pubDate></item>`)],
    ['brackets of JSON', `{"version":"https://jsonfeed.org/version/1","items":${many('[')}`],
  ];
  test.each(hostile)('%s cost little', (_name, text) => {
    const started = performance.now();
    try {
      parseFeed(text, at);
    } catch (error) {
      expect(error).toBeInstanceOf(Fault);
    }
    expect(performance.now() - started).toBeLessThan(3000);
  });

  test('whatever is cut off or mixed up gives a feed or a fault', () => {
    const whole = rss(
      '<item><title>One</title><link>/1</link><description><![CDATA[<p>x</p>]]></description></item>'.repeat(2),
      '<title>T</title>',
    );
    const part = fc.tuple(fc.nat(whole.length), fc.nat(whole.length), fc.string({ maxLength: 5 }));
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
        const text = parts.map(([from, to, more]) => whole.slice(from, to) + more).join('');
        try {
          expect(Array.isArray(parseFeed(text, at).items)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(Fault);
        }
      }),
    );
  });
});
