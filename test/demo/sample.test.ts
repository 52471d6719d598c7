/** The demo's posts read, are as varied as the demo needs, and are invented from end to end. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { demoBrands } from '../../src/demo/config.ts';
import { kinds, platformIds, readSample, type SamplePost } from '../../src/demo/sample.ts';

const posts = readSample(join(import.meta.dirname, '../../data/sample'));
const count = (wanted: (post: SamplePost) => boolean) => posts.filter(wanted).length;
const wordsOf = ({ title, text, author, link, edit }: SamplePost) =>
  [title, text, author.name, author.handle, link, edit?.title, edit?.text].join('\n');

describe('the sample', () => {
  test('has posts from every platform, of every kind, about every brand', () => {
    expect(posts.length).toBeGreaterThanOrEqual(200);
    for (const platform of platformIds) {
      expect(
        count((post) => post.platform === platform),
        platform,
      ).toBeGreaterThanOrEqual(5);
    }
    for (const kind of kinds)
      expect(
        count((post) => post.kind === kind),
        kind,
      ).toBeGreaterThanOrEqual(4);
    for (const brand of demoBrands)
      expect(
        count((post) => post.brand === brand),
        brand,
      ).toBeGreaterThanOrEqual(40);
    expect(count((post) => post.brand === undefined)).toBeGreaterThanOrEqual(10);
  });

  test('complains about everything from a shrug to an ambulance, and praises nearly as often', () => {
    const complaints = posts.filter(({ kind }) => kind === 'complaint');
    expect(complaints.length).toBeGreaterThanOrEqual(45);
    expect(complaints.filter(({ severity }) => severity === undefined)).toEqual([]);
    expect(posts.filter(({ kind, severity }) => kind !== 'complaint' && severity !== undefined)).toEqual([]);
    for (const severity of [1, 2, 3, 4]) {
      expect(complaints.filter((post) => post.severity === severity).length).toBeGreaterThanOrEqual(3);
    }
    expect(count(({ kind }) => kind === 'praise')).toBeGreaterThanOrEqual(complaints.length * 0.75);
  });

  test.each(['es', 'de', 'fr', 'it', 'pt', 'nl'])('speaks %s, in complaint and in praise or beyond', (language) => {
    expect(count((post) => post.language === language)).toBeGreaterThanOrEqual(3);
  });

  test('has history, an edited review that was won back, one author again and again, one story in many places', () => {
    expect(count(({ agoHours }) => agoHours > 40 * 24)).toBeGreaterThanOrEqual(8);
    expect(posts.some(({ rating, edit }) => rating !== undefined && (edit?.rating ?? 0) > rating)).toBe(true);
    const complaintsOf = Map.groupBy(
      posts.filter(({ kind }) => kind === 'complaint'),
      ({ author, brand }) => `${author.name} ${brand}`,
    );
    expect([...complaintsOf.values()].some((one) => one.length >= 3)).toBe(true);
    const told = Map.groupBy(posts, ({ text }) => text);
    expect([...told.values()].filter((same) => same.length > 1).length).toBeGreaterThanOrEqual(2);
    const linked = Map.groupBy(posts, ({ link }) => link);
    expect([...linked].some(([link, same]) => link !== undefined && same.length > 1)).toBe(true);
  });

  test('has what is hostile on its way out', () => {
    const [esc, bell, nul, override] = [0x1b, 0x07, 0, 0x202e].map((code) => String.fromCodePoint(code));
    for (const words of [`${esc}[31m`, `${bell}`, `${nul}`, `${override}`, '<script>', '\n=cmd(']) {
      expect(
        posts.some((post) => wordsOf(post).includes(words)),
        JSON.stringify(words),
      ).toBe(true);
    }
  });

  test('names no host but invented ones', () => {
    const hosts = posts.flatMap((post) => [
      ...[...wordsOf(post).matchAll(/https?:\/\/([\w.-]*\w)/g)].map(([, host]) => host ?? ''),
      ...[...wordsOf(post).matchAll(/@([\w-]+(?:\.[\w-]+)+)/g)].map(([, host]) => host ?? ''),
      ...(post.platform === 'bluesky' ? [post.author.handle ?? ''] : []),
    ]);
    expect(hosts.length).toBeGreaterThan(50);
    expect(hosts.filter((host) => !host.endsWith('.example'))).toEqual([]);
    const bare = posts.flatMap(
      (post) => wordsOf(post).match(/\b[\w-]+\.(?:com|org|net|co\.uk|io|app|social)\b/g) ?? [],
    );
    expect(bare).toEqual([]);
  });

  test('could stand on its platforms: ids are unique, numbers rise with time, lengths fit, answers follow', () => {
    const keys = posts.map(({ platform, place, id }) => [platform, platform === 'feed' ? place : '', id].join(' '));
    expect(new Set(keys).size).toBe(posts.length);
    const graphemes = (text: string) => [...new Intl.Segmenter().segment(text)].length;
    expect(count(({ platform, text }) => platform === 'bluesky' && graphemes(text) > 300)).toBe(0);
    expect(count(({ platform, text }) => platform === 'mastodon' && text.length > 500)).toBe(0);
    expect(count(({ platform, rating }) => platform === 'app-store' && rating === undefined)).toBe(0);
    const forum = posts.filter(({ platform }) => platform === 'discourse');
    const byTime = forum.toSorted((a, b) => b.agoHours - a.agoHours).map(({ id }) => Number(id));
    expect(byTime).toEqual(byTime.toSorted((a, b) => a - b));
    for (const { platform, replyTo, agoHours } of posts) {
      if (replyTo === undefined) continue;
      const parent = posts.find((post) => post.platform === platform && post.id === replyTo);
      expect(parent?.agoHours).toBeGreaterThan(agoHours);
    }
  });
});
