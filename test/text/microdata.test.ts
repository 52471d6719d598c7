/** What HTML marks as an item is read by its property's name, whatever stands around it. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { microdata } from '../../src/text/microdata.ts';

const row = (inner: string) =>
  `<table><tr itemscope itemtype="http://schema.org/Article"><td>${inner}</td></tr></table>`;
const read = (html: string) => microdata(html, 'Article').map((item) => Object.fromEntries(item));

test('links give their address, everything else its words; of a name that comes twice the first counts', () => {
  const html = row(
    '<a href="https://news.example/1?a=1&amp;b=2" itemprop="url"><span itemprop="name">Cold <b>soup</b> &amp; more</span></a>' +
      '<div itemprop="publisher" itemscope itemtype="http://schema.org/Organization"><span itemprop="name">Gazette</span></div>' +
      '<p itemprop="description">Nobody\n  came.<script>alert(1)</script></p>',
  );
  expect(read(html + html)).toEqual(
    Array.from({ length: 2 }, () => ({
      url: 'https://news.example/1?a=1&b=2',
      name: 'Cold soup & more',
      publisher: 'Gazette',
      description: 'Nobody came.',
    })),
  );
});

test('other types, and HTML without any, give nothing', () => {
  expect(read('<p itemprop="name">x</p>')).toEqual([]);
  expect(read(row('x').replace('Article', 'Person'))).toEqual([]);
});

test('whatever is sent for HTML, reading ends', () => {
  const piece = fc.constantFrom(
    '<tr itemtype="http://schema.org/Article">',
    '<a itemprop="url" href="',
    '">',
    '</tr>',
    '<b>',
    '&#0;',
    'x',
    '"',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (parts) => {
      for (const item of read(parts.join('')))
        for (const value of Object.values(item)) expect(typeof value).toBe('string');
    }),
  );
  expect(read(row('<i>'.repeat(50_000)))).toHaveLength(1);
});
