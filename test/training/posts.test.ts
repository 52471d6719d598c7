/** Our own posts: as many, in as many languages and kinds as is said, each whole, and none of them among those we measure on. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { apartFolder, trainingPosts } from '../../src/training/posts.ts';
import { alikeAmong } from './near-copies.ts';

const posts = [...trainingPosts(), ...trainingPosts(apartFolder)];

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

  test('are no near-copies of each other, nor of any that we measure on, nor a part of one', () => {
    const learnt = posts.map(({ row, brand }) => ({
      text: row.text,
      names: [brand.name, ...brand.aliases, ...brand.handles],
      truth: `${row.complaint} ${row.sentiment}`,
    }));
    const measured = ['../fixtures/judged/', '../../data/sample/'].flatMap((folder) => {
      const from = new URL(folder, import.meta.url);
      const files = readdirSync(from).filter((name) => name.endsWith('.jsonl'));
      return files.flatMap((name) => readFileSync(new URL(name, from), 'utf8').trim().split('\n').map(readMeasured));
    });
    const all = [...learnt, ...measured];
    const wrong = alikeAmong(all).filter(
      ({ places: [one, other], copy }) => one < learnt.length && (copy || other >= learnt.length),
    );
    expect(wrong.map(({ places }) => places.map((place) => all[place]?.text))).toEqual([]);
  });
});

describe('near-copies', () => {
  const said = (text: string, truth: string | null = 'complaint', names = ['Blue Door', 'Bloom']) => ({
    text,
    names,
    truth,
  });

  const copies = { places: [0, 1], copy: true };

  test.each([
    ['why does Bloom shuffle play the same 12 songs', 'why does blue door shuffle play the same 12 songs??'],
    ['Good', 'good!!'],
    ['missed my Bloom bus bc I sat at the wrong stop', 'missed my Blue Door bus because I sat at the wrong stop'],
  ])('%s · %s', (one, other) => expect(alikeAmong([said(one), said(other)])).toEqual([copies]));

  test.each([
    ['Third mail, and still no answer from Bloom about the lamp', 'Bloom still owes me for the lamp: no answer at all'],
    ['Bloom 😍😍', 'Blue Door 😡'],
  ])('none: %s · %s', (one, other) => expect(alikeAmong([said(one), said(other)])).toEqual([]));

  test('are none where one word turns the truth', () => {
    const [soup, cold] = ['same here, my soup was lovely as well', 'same here, my soup was cold as well'];
    expect(alikeAmong([said(soup, 'praise'), said(cold)])).toEqual([]);
    expect(alikeAmong([said(soup), said(cold)])).toEqual([copies]);
  });

  test('a part of a longer post is told, too', () => {
    const part = 'the widget shows the note of yesterday until I open the app';
    const whole = `Good evening. On my old phone ${part} and swipe twice. Nothing else that I tried has helped so far, thank you.`;
    expect(alikeAmong([said(part), said(whole)])).toEqual([{ ...copies, copy: false }]);
  });
});

const Measured = z.looseObject({
  text: z.string(),
  brand: z.union([z.string(), z.looseObject({ name: z.string(), aliases: z.array(z.string()).default([]) })]).nullish(),
});

function readMeasured(line: string) {
  const { text, brand } = Measured.parse(JSON.parse(line));
  const names = typeof brand === 'object' && brand ? [brand.name, ...brand.aliases] : [];
  return { text, names, truth: null };
}
