/** The precise judge as it ships: what it is told apart by, its thread, and its weights being whole. */
import { cpSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { modelFolder, preciseTrouble } from '../../../src/findings/judges/model.ts';
import { preciseJudge } from '../../../src/findings/judges/precise.ts';
import { preciseInput } from '../../../src/findings/judges/precise-input.ts';
import { stretchesOf } from '../../../src/findings/judges/stretches.ts';
import { toldBy } from '../../../src/findings/judges/told.ts';
import { aBrand, aPost } from '../../support/a-post.ts';

const Card = z.object({ check: z.array(z.object({ brand: z.string(), text: z.string(), said: z.array(z.number()) })) });
const trouble = preciseTrouble();

if (trouble !== null) {
  test.skip(`the precise judge is not asked: ${trouble}`, () => {});
} else {
  const judge = preciseJudge();
  if (!judge) throw new Error('there is no trouble and no judge');
  afterAll(() => judge.close());
  const brand = aBrand('Blue Door', { about: 'café in Leeds' });
  const ask = async (...texts: string[]) => judge.judge(texts.map((text) => preciseInput(aPost(text), brand)));

  describe('the precise judge', () => {
    test('says what it said where it was trained: words are read alike', async () => {
      const card = Card.parse(JSON.parse(readFileSync(new URL('precise.json', modelFolder), 'utf8')));
      const said = await judge.judge(card.check.map(({ brand, text }) => ({ brand, text, start: 0 })));
      for (const [at, { said: then }] of card.check.entries()) {
        expect(said[at]?.complaint).toBeCloseTo(then[0] ?? -1, 1);
        expect(said[at]?.relevance).toBeCloseTo(then[1] ?? -1, 1);
      }
    });

    test('tells complaints from what looks like them', { timeout: 60_000 }, async () => {
      const pairs = [
        ['Forty minutes for two coffees at Blue Door', 'Forty minutes on foot from Blue Door to the sea'],
        ['Love it when Blue Door forgets half of my order', 'Love it when Blue Door has the cinnamon buns'],
        ['Third mail to Blue Door about the double charge', 'Third visit to Blue Door this week, no regrets'],
      ];
      const said = await ask(...pairs.flat());
      const margins = pairs.map((_, at) => (said[2 * at]?.complaint ?? 0) - (said[2 * at + 1]?.complaint ?? 1));
      expect(
        margins.every((margin) => margin > 0.2),
        JSON.stringify(margins),
      ).toBe(true);
    });

    test('says so where the name means something else', async () => {
      const bloom = aBrand('Bloom', { about: 'web shop for house plants' });
      const [thing, shop] = await judge.judge([
        preciseInput(aPost('The cherry trees are in full bloom along the river.'), bloom),
        preciseInput(aPost('My Bloom order came today, the monstera is huge'), bloom),
      ]);
      expect(thing?.relevance ?? 1).toBeLessThan((shop?.relevance ?? 0) - 0.5);
    });

    test('survives whatever comes in, and answers in order', { timeout: 60_000 }, async () => {
      const odd = [
        '',
        '\u0000',
        '😡',
        'x'.repeat(20_000),
        'Z̷̢a̷l̷g̷o̷',
        '\ud800',
        '<b>&amp;</b>',
        'عربى و English',
        '日本語 '.repeat(300),
      ];
      const said = await ask(...odd, 'Blue Door kept my money for six weeks');
      expect(said).toHaveLength(odd.length + 1);
      for (const { complaint, relevance, severity } of said) {
        for (const share of [complaint, relevance ?? 0, (severity ?? 0) / 4]) {
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(1);
        }
      }
      const [alone] = await ask('Blue Door kept my money for six weeks');
      expect(said.at(-1)?.complaint).toBeCloseTo(alone?.complaint ?? -1, 3);
    });

    test('reads the beginning of a brand that has a megabyte of words', { timeout: 60_000 }, async () => {
      const endless = aBrand('Blue Door', { about: 'café in Leeds '.repeat(80_000), aliases: ['x'.repeat(1_000_000)] });
      const input = preciseInput(aPost('still waiting '.repeat(80_000)), endless);
      expect(input.brand.length + input.text.length).toBeLessThan(12_000);
      expect(await judge.judge([input])).toHaveLength(1);
    });

    test('starts anew after it was closed', async () => {
      const [before] = await ask('The soup at Blue Door was cold.');
      await judge.close();
      expect(await ask('The soup at Blue Door was cold.')).toEqual([before]);
    });

    test('is let go in the middle of a word, and asks nobody anew', async () => {
      const stop = new AbortController();
      const stopped = preciseJudge(modelFolder, stop.signal);
      const asked = stopped?.judge(Array.from({ length: 500 }, () => preciseInput(aPost('Well, '.repeat(200)), brand)));
      stop.abort(new Error('asked to stop'));
      await expect(asked).rejects.toThrow('aborted');
      await stopped?.close();
      await expect(stopped?.judge([preciseInput(aPost('Well'), brand)])).rejects.toThrow('asked to stop');
      expect(stopped?.used()).toEqual({ cpuMs: 0, peakMb: 0 });
    });

    test('points at what it listened to', async () => {
      const text =
        'Went to Blue Door with my sister on Sunday. They charged us twice and nobody answers my mails. Nice weather, too.';
      const input = preciseInput(aPost(text), brand);
      const [opinion] = await judge.judge([input]);
      const [heaviest] = await toldBy(judge, input, opinion?.complaint ?? 0);
      expect(text.slice(heaviest?.at[0], heaviest?.at[1])).toContain('charged us twice');
    });
  });

  test('is not asked with a single wrong bit in its weights', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'earshot-model-'));
    for (const name of ['precise.json', 'precise.onnx', 'tokenizer.json'])
      cpSync(new URL(name, modelFolder), join(folder, name));
    const bytes = readFileSync(join(folder, 'precise.onnx'));
    bytes[5000] = (bytes[5000] ?? 0) ^ 1;
    writeFileSync(join(folder, 'precise.onnx'), bytes);
    const damaged = preciseJudge(pathToFileURL(`${folder}/`));
    await expect(damaged?.judge([{ brand: '?', text: 'late', start: 0 }])).rejects.toThrow(/onnx\) are damaged/);
    await damaged?.close();
  });

  test('ships in thirty megabytes', () => {
    const size = ['precise.onnx', 'tokenizer.json'].reduce(
      (sum, name) => sum + statSync(new URL(name, modelFolder)).size,
      0,
    );
    expect(size).toBeLessThan(30_000_000);
  });
}

describe('weights that are not as they should be', () => {
  test('missing: there is no precise judge, and a sentence says why', () => {
    const empty = pathToFileURL(`${mkdtempSync(join(tmpdir(), 'earshot-model-'))}/`);
    expect(preciseJudge(empty)).toBeNull();
    expect(preciseTrouble(empty)).toMatch(/missing\. Install Earshot again/);
  });

  test('of another version', () => {
    const folder = mkdtempSync(join(tmpdir(), 'earshot-model-'));
    for (const name of ['fast.bin', 'fast.json']) cpSync(new URL(name, modelFolder), join(folder, name));
    cpSync(new URL('fast.bin', modelFolder), join(folder, 'precise.onnx'));
    cpSync(new URL('fast.json', modelFolder), join(folder, 'precise.json'));
    expect(readFileSync(join(folder, 'precise.json')).length).toBeGreaterThan(0);
    expect(preciseTrouble(pathToFileURL(`${folder}/`))).toMatch(/another version/);
  });
});

test('stretches are the text, whole and in order', () => {
  for (const text of [
    '',
    'one',
    'One thing. Another thing, and more; so it goes on.',
    'a. b. c. d.',
    'x, '.repeat(60),
    'They have kept my deposit for the whole summer without a word',
    'nothing '.repeat(90),
  ]) {
    const stretches = stretchesOf(text);
    expect(stretches.map(([from, to]) => text.slice(from, to)).join('')).toBe(text);
    expect(stretches.length).toBeLessThanOrEqual(8);
  }
});

test('a single clause is cut into phrases: the whole of it is no answer to why', () => {
  const text = 'They have kept my deposit for the whole summer without a word';
  const phrases = stretchesOf(text).map(([from, to]) => text.slice(from, to).trim().split(/\s+/).length);
  expect(Math.max(...phrases)).toBeLessThanOrEqual(4);
  expect(stretchesOf('Cold soup again')).toEqual([[0, 15]]);
});
