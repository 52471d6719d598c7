/** One page has one spelling, and two pages never have the same. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalUrl } from '../../src/text/canonical-url.ts';

describe('canonicalUrl', () => {
  test.each([
    ['http://www.news.example/a/', 'https://news.example/a'],
    ['https://m.news.example/a?utm_source=x&id=7&fbclid=q', 'https://news.example/a?id=7'],
    ['https://news.example/a?b=2&a=1', 'https://news.example/a?a=1&b=2'],
    ['HTTPS://News.Example:443/A//b/#top', 'https://news.example/A/b'],
    ['https://news.example/a#:~:text=cold%20coffee', 'https://news.example/a'],
    ['https://news.example:8443/a', 'https://news.example:8443/a'],
  ])('%s is %s', (address, canonical) => {
    expect(canonicalUrl(address)).toBe(canonical);
  });

  test('comments under one article stay apart', () => {
    const one = canonicalUrl('https://blog.example/coffee/#comment-12');
    expect(one).toBe('https://blog.example/coffee#comment-12');
    expect(one).not.toBe(canonicalUrl('https://blog.example/coffee/#comment-13'));
  });

  test.each(['', 'coffee', 'mailto:ana@bluedoor.example', 'https://bluedoor.example/', 'javascript:alert(1)'])(
    '%j names no page',
    (address) => expect(canonicalUrl(address)).toBeNull(),
  );

  test('is settled: the canonical spelling of a canonical address is itself', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('http', 'https'),
        fc.constantFrom('x.example', 'www.m.x.example', 'm.example', 'X.example:80', 'ü.example.'),
        fc.string({ maxLength: 12 }),
        fc.string({ maxLength: 12 }),
        fc.string({ maxLength: 6 }),
        (scheme, host, path, query, fragment) => {
          const canonical = canonicalUrl(`${scheme}://${host}/${path}?${query}#${fragment}`);
          if (canonical !== null) expect(canonicalUrl(canonical)).toBe(canonical);
        },
      ),
    );
  });
});
