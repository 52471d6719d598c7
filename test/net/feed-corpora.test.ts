/** Three public corpora of feeds, kept outside this repository: run where EARSHOT_RECORDINGS names the folder that holds `feeds/`. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decodeText, unzipped } from '../../src/net/decode.ts';
import { Fault } from '../../src/net/fault.ts';
import type { Feed } from '../../src/net/feed.ts';
import { parseFeed } from '../../src/net/parse-feed.ts';

const recordings = process.env.EARSHOT_RECORDINGS;

interface Recorded {
  readonly name: string;
  readonly read: Feed | Fault;
  readonly ms: number;
  /** What the corpus says must come out, in its own words. */
  readonly expected: string;
}

/** No feeds, or in a format (CDF) or encoding (UTF-32) that nobody has served for twenty years. */
const beyond = /notafeed|\/cdf|cdf_item|utf-?_?32|rss_empty_document|rss_incomplete_cdata/;
/** An expectation of the items' own words; items with nothing but a place on a map or a madeup element say nothing to us. */
const ofItems = /entries\[0\](?:\.|\[['"])(?:title|link|id|guid|description|summary|content|author)\b/;

function recorded(root: string): Recorded[] {
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => isFeed(root, name));
  return names.map((name) => {
    const bytes = readFileSync(join(root, name));
    const plain = bytes.toString('latin1').replaceAll('\0', '');
    const type = /Header:\s*Content-type:\s*(.*)/i.exec(plain)?.[1];
    const expected = /Expect:\s*(.*)/.exec(plain)?.[1] ?? '';
    const started = performance.now();
    return { name, expected, read: readOrFault(bytes, type), ms: performance.now() - started };
  });
}

function isFeed(root: string, name: string): boolean {
  const oracle = name.endsWith('.md') || (name.startsWith('feedsmith') && name.endsWith('.json'));
  return !oracle && statSync(join(root, name)).isFile();
}

function readOrFault(bytes: Uint8Array, type: string | undefined): Feed | Fault {
  try {
    return parseFeed(decodeText(unzipped(bytes, 4_000_000) ?? bytes, type), 'https://feeds.example/feed.xml');
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
}

if (recordings === undefined) {
  test.skip('the corpora are not here: set EARSHOT_RECORDINGS to the folder that holds feeds/', () => {});
} else {
  describe('the corpora', () => {
    const all = recorded(join(recordings, 'feeds'));
    const inReach = all.filter(({ name }) => !beyond.test(name));

    test('are here', () => expect(all.length).toBeGreaterThan(150));

    test('are read, and none hangs', () => {
      expect(inReach.filter(({ read }) => read instanceof Fault).map(({ name }) => name)).toEqual([]);
      expect(all.filter(({ ms }) => ms > 30_000).map(({ name }) => name)).toEqual([]);
    });

    test('give items wherever they are said to', () => {
      const full = inReach.filter(({ name, expected }) => ofItems.test(expected) || !name.startsWith('feedparser'));
      expect(full.length).toBeGreaterThan(70);
      expect(
        full.filter(({ read }) => read instanceof Fault || read.items.length === 0).map(({ name }) => name),
      ).toEqual([]);
    });

    test('give the very titles, addresses and ids that feedparser expects', () => {
      const simple = /^not bozo and entries\[0\]\['(title|link|id)'\] == u?'([^'\\]*)'$/;
      const wrong = inReach.flatMap(({ name, expected, read }) => {
        const [, field, value] = simple.exec(expected.trim()) ?? [];
        if (field === undefined || read instanceof Fault) return [];
        const item = read.items[0];
        const got = field === 'title' ? item?.title : field === 'link' ? item?.url : item?.id;
        return got === value ? [] : [`${name}: ${got}`];
      });
      expect(wrong).toEqual([]);
    });
  });
}
