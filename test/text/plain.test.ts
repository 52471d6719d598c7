import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { links, placeWithLeftovers, plainText, withoutHtml, withoutLeftovers } from '../../src/text/plain.ts';

describe('plainText', () => {
  it.each([
    ['<p>Hello<br>there</p><p>again</p>', 'Hello\nthere\n\nagain'],
    ['caf&eacute; &amp;lt;b&amp;gt;', 'café &lt;b&gt;'],
    ['see <a href="https://x.example/a">our <b>menu</b></a>', 'see our menu'],
    ['<h1>Cold soup</h1>twice', 'Cold soup\ntwice'],
    ['<ul><li>late<li>cold</ul>', '• late\n• cold'],
    ['<td>one</td><td>two</td>', 'one two'],
    ['<style>p{}</style><script>x()</script>left<img alt="cat" src=x>', 'left'],
    ['a\nb &amp; c', 'a\nb & c'],
    ['5 < 6\nand **bold** stays', '5 < 6\nand **bold** stays'],
    ['  plain  ', 'plain'],
    ['', ''],
  ])('%j reads %j', (html, text) => expect(plainText(html)).toBe(text));

  it('never leaves a whole tag behind, whatever comes in', () => {
    const piece = fc.constantFrom(
      '<p>',
      '</p>',
      '<br/>',
      '<a href=x>',
      '&amp;',
      '&lt;',
      'word',
      ' ',
      '<',
      '>',
      '\n',
      '<!--',
      '-->',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        expect(plainText(pieces.join(''))).not.toMatch(/<(?:p|br\/|\/p|a href=x)>/);
      }),
    );
  });

  it('takes a megabyte of open tags', () => {
    expect(plainText(`${'<div>'.repeat(200_000)}x`).length).toBeLessThan(10);
  });
});

describe('withoutHtml', () => {
  it.each([
    ['<p>Blue&nbsp;Door <b>never</b> arrived</p>', 'Blue Door never arrived'],
    ['  <div class="post">Cold &amp; late<br>again</div>\n', 'Cold & late\nagain'],
  ])('%j reads %j', (html, text) => expect(withoutHtml(html)).toBe(text));

  it.each([
    'I <3 Blue Door',
    '5 < 6 &amp; 7 > 6',
    'Blue Door puts <p> into every line, </p> is missing',
    '<p> is what Blue Door forgets',
    '<grin> Blue Door again </grin>',
    ' spaces stay ',
  ])('%j stays as it is', (text) => expect(withoutHtml(text)).toBe(text));
});

describe('links', () => {
  it('gives the addresses once each, as written, entities decoded', () => {
    const html = '<a href="https://x.example/?a=1&amp;b=2">x</a> <a href=/y>y</a> <a>none</a> <a href="/y">again</a>';
    expect(links(html)).toEqual(['https://x.example/?a=1&b=2', '/y']);
  });
  it('a hashtag is no link: its page names the tag and nothing else', () => {
    const html = '<a href="https://m.example/tags/figtree" class="mention hashtag" rel="nofollow tag">#figtree</a>';
    expect(links(`${html} <a href="/y">y</a>`)).toEqual(['/y']);
  });
  it('gives none where there are none', () => expect(links('no <b>links</b>, only & text')).toEqual([]));
});

describe('withoutLeftovers', () => {
  it.each([
    ['Blue&nbsp;Door', 'Blue Door'],
    ['I can&#39;t &amp; won&rsquo;t', "I can't & won’t"],
    ['Cold soup.<br />Rude waiter.', 'Cold soup.\nRude waiter.'],
    ['caf&eacute; &#x1F600;', 'café 😀'],
    ['the sign says &amp;lt;', 'the sign says &lt;'],
    ['R&D; 5 < 6, AT&T and <p> stay', 'R&D; 5 < 6, AT&T and <p> stay'],
    ['  blanks  stay  ', '  blanks  stay  '],
    ['Be\u00adschwer\u00adde, ter\u200brible', 'Beschwerde, terrible'],
    ['Be&shy;schwerde', 'Beschwerde'],
  ])('%j reads %j', (left, text) => expect(withoutLeftovers(left)).toBe(text));

  it('tells where in the text as given a place was', () => {
    const piece = fc.constantFrom('&amp;', '&nbsp;', '&#39;', '<br>', '&zzz;', '&', '<', 'word', ' ', '😀');
    const pieces = fc.array(piece, { maxLength: 12 });
    fc.assert(
      fc.property(pieces, pieces, (before, after) => {
        const given = [...before, 'SOUP', ...after].join('');
        const read = withoutLeftovers(given);
        const at = read.indexOf('SOUP');
        expect(given.slice(placeWithLeftovers(given, at), placeWithLeftovers(given, at + 4))).toBe('SOUP');
        expect(placeWithLeftovers(given, read.length)).toBe(given.length);
      }),
    );
  });
});
