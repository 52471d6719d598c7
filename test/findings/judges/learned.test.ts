/** The learned fast judge: its weights are whole or refused with a sentence, and what it says it can point at. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gather } from '../../../src/findings/gather.ts';
import { learnedJudge, readFastWeights } from '../../../src/findings/judges/learned.ts';
import { mannerSigns } from '../../../src/findings/judges/manner-signs.ts';
import { modelFolder, readShippedVectors } from '../../../src/findings/judges/model.ts';
import { ruleJudge } from '../../../src/findings/judges/rules.ts';
import { listSigns } from '../../../src/findings/judges/signs.ts';
import { loadKnowledge } from '../../../src/findings/knowledge.ts';
import { compileBrands } from '../../../src/match/match.ts';
import { aBrand, aPost } from '../../support/a-post.ts';

const knowledge = loadKnowledge();
const judge = learnedJudge(readFastWeights());
const brand = aBrand('Blue Door Coffee', { about: 'café in Leeds' });

function judged(text: string) {
  const post = aPost(text);
  const { features } = gather(post, brand, compileBrands([brand]).find(post)[0]?.hits ?? [], knowledge);
  return { features, ...judge.judge(features) };
}

describe('the learned judge', () => {
  test.each([
    'Blue Door Coffee took 45 minutes for two flat whites, and then they were cold.',
    'Third email to Blue Door Coffee about the double charge. Nobody answers.',
    'worst coffee ever at blue door coffee, never going back',
  ])('hears a complaint: %s', (text) => expect(judged(text).complaint).toBeGreaterThan(0.6));

  test.each([
    'Blue Door Coffee does the best flat white in Leeds, lovely people too.',
    'What time does Blue Door Coffee open on Sundays?',
    'Blue Door Coffee is hiring a barista, apply by Friday.',
  ])('hears none: %s', (text) => expect(judged(text).complaint).toBeLessThan(0.35));

  test('gives a post what its signs come to one at a time', () => {
    const weights = readFastWeights();
    const { features, feeling } = judged(
      'Third email to Blue Door Coffee about the double charge. Nobody answers, 😡 so rude!',
    );
    const manner = mannerSigns(features, ruleJudge().judge(features));
    const { places, values } = listSigns(features.reading, features.signs, manner);
    const felt = places.reduce((sum, place, at) => sum + (weights.weights[4 * place + 2] ?? 0) * (values[at] ?? 0), 0);
    const { scale, bias } = weights.card.feeling;
    expect(feeling).toBeCloseTo(Math.max(-1, Math.min(1, felt * scale + bias)), 9);
  });

  test('points at words that stand there, whatever is said', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            'not',
            'waiting',
            'refund',
            'lovely',
            '😡',
            'Blue Door Coffee',
            '!',
            '?',
            '\u0000',
            'zalgo̷̢',
            'x'.repeat(90),
            '12:30',
            '<b>',
          ),
          { maxLength: 30 },
        ),
        (said) => {
          const { complaint, severity, evidence, features } = judged(said.join(' '));
          const { length } = features.reading.tokens;
          return (
            complaint >= 0 &&
            complaint <= 1 &&
            (severity ?? -1) >= 0 &&
            (severity ?? 9) <= 4 &&
            evidence.every(
              ({ words, weight }) =>
                Number.isFinite(weight) && (!words || (words.from >= 0 && words.from < words.to && words.to <= length)),
            )
          );
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('weights that are not as they should be', () => {
  const copied = () => {
    const folder = mkdtempSync(join(tmpdir(), 'earshot-model-'));
    for (const name of ['fast.bin', 'fast.json']) cpSync(new URL(name, modelFolder), join(folder, name));
    return { folder, url: pathToFileURL(`${folder}/`) };
  };

  test('missing: a sentence that says which', () => {
    const empty = pathToFileURL(`${mkdtempSync(join(tmpdir(), 'earshot-model-'))}/`);
    expect(() => readFastWeights(empty)).toThrow(/fast\.bin\) are missing\. Install Earshot again/);
  });

  test('damaged: one bit is enough', () => {
    const { folder, url } = copied();
    const bytes = readFileSync(join(folder, 'fast.bin'));
    bytes[1234] = (bytes[1234] ?? 0) ^ 1;
    writeFileSync(join(folder, 'fast.bin'), bytes);
    expect(() => readFastWeights(url)).toThrow(/damaged/);
  });

  test('without word vectors, or with damaged ones', () => {
    const { folder, url } = copied();
    writeFileSync(join(folder, 'words.bin'), Buffer.from([9, 0, 0, 0, 32, 0, 0, 0, 1]));
    expect(() => readShippedVectors(url)).toThrow(/words\.bin\) are damaged/);
    const bytes = readFileSync(new URL('words.bin', modelFolder));
    bytes[123_456] = (bytes[123_456] ?? 0) ^ 1;
    writeFileSync(join(folder, 'words.bin'), bytes);
    expect(() => readShippedVectors(url)).toThrow(/words\.bin\) are damaged/);
    rmSync(join(folder, 'words.bin'));
    expect(() => readShippedVectors(url)).toThrow(/missing/);
  });

  test('of another version', () => {
    const { folder, url } = copied();
    const card = JSON.parse(readFileSync(join(folder, 'fast.json'), 'utf8')) as object;
    writeFileSync(join(folder, 'fast.json'), JSON.stringify({ ...card, signs: 1 }));
    expect(() => readFastWeights(url)).toThrow(/another version/);
  });
});
