/** Our own posts: as many, in as many languages and kinds as is said, each whole, and none of them among those we measure on. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { trainingPosts } from '../../src/training/posts.ts';

const posts = trainingPosts();

const words = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
/** Runs of three words: what near-copies share. */
const runs = (text: string) => {
  const said = words(text);
  return new Set(said.slice(2).map((word, at) => `${said[at]} ${said[at + 1]} ${word}`));
};

describe('the posts that the judges learn from', () => {
  test('are five thousand and more, three hundred and more in each language', () => {
    expect(posts.length).toBeGreaterThanOrEqual(5000);
    for (const language of ['es', 'de', 'fr', 'it', 'pt', 'nl'])
      expect(posts.filter(({ row }) => row.language === language).length).toBeGreaterThanOrEqual(300);
  });

  test('say how bad it is of complaints, and of nothing else', () => {
    const odd = posts.filter(({ row }) => row.complaint !== row.severity > 0 || row.complaint !== row.reproach > 0);
    expect(odd.map(({ row }) => row.text)).toEqual([]);
    expect(posts.filter(({ row }) => row.complaint && row.about === 'other').map(({ row }) => row.text)).toEqual([]);
  });

  test('are of sixteen kinds and more, fifty posts each and more', () => {
    const kinds = Map.groupBy(posts, ({ row }) => row.kind);
    expect([...kinds.values()].filter((each) => each.length >= 50).length).toBeGreaterThanOrEqual(16);
  });

  test('hold no post that we measure on, nor a near-copy of one', () => {
    const folder = new URL('../fixtures/judged/', import.meta.url);
    const judged = readdirSync(folder)
      .filter((name) => name.endsWith('.jsonl'))
      .flatMap((name) => readFileSync(new URL(name, folder), 'utf8').trim().split('\n'))
      .map((line) => runs((JSON.parse(line) as { text: string }).text));
    const byRun = new Map<string, number[]>();
    for (const [place, { row }] of posts.entries())
      for (const run of runs(row.text)) byRun.set(run, [...(byRun.get(run) ?? []), place]);
    const copies = judged.flatMap((own) => {
      if (own.size < 4) return [];
      const shared = new Map<number, number>();
      for (const run of own) for (const place of byRun.get(run) ?? []) shared.set(place, (shared.get(place) ?? 0) + 1);
      return [...shared].filter(([, count]) => count / own.size > 0.5).map(([place]) => posts[place]?.row.text);
    });
    expect(copies).toEqual([]);
  });
});
