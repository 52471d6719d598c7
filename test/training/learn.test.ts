/** Learning repeats bit for bit, and what ships was learnt from what lies in data/training. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { modelFolder, preciseVersion, readPreciseCard } from '../../src/findings/judges/model.ts';
import { ruleJudge } from '../../src/findings/judges/rules.ts';
import { loadKnowledge } from '../../src/findings/knowledge.ts';
import { trainingFingerprint } from '../../src/training/fingerprint.ts';
import { learn, type Material } from '../../src/training/learn.ts';
import { piecesOf, piecesToAsk } from '../../src/training/pieces.ts';
import { trainingPosts } from '../../src/training/posts.ts';
import { keyOf, readSoftLabels, readSoftRows } from '../../src/training/soft.ts';

const posts = trainingPosts();
const soft = readSoftLabels();

/** One post in 200 of our own, and a handful of texts as the public sets have them. */
function aLittle(): Material {
  const some = posts.filter((_, place) => place % 200 === 0);
  const texts = [
    { id: 'museum', text: 'The museum is shut on Mondays', complaint: 0, feeling: 0 },
    { id: 'walk', text: 'What a lovely walk along the canal', complaint: null, feeling: 1 },
    { id: 'charged', text: 'They charged me twice and nobody answers', complaint: 1, feeling: null },
  ];
  const softRows = {
    judge: soft.judge,
    said: new Map(texts.map(({ id }) => [id, { complaint: id === 'charged' ? 0.98 : 0.01, feeling: 0.1 }])),
  };
  return { posts: some, texts, pieces: piecesOf(some, soft), soft, softRows, fingerprint: 'a little' };
}

test('the same posts give the same weights, bit for bit', { timeout: 60_000 }, () => {
  const [one, other] = [learn(aLittle(), loadKnowledge(ruleJudge())), learn(aLittle(), loadKnowledge(ruleJudge()))];
  expect(other.bytes.equals(one.bytes)).toBe(true);
  expect(JSON.stringify(other.card)).toBe(JSON.stringify(one.card));
  expect(one.bytes.some((byte) => byte !== 0)).toBe(true);
});

test('the fast judge that ships was taught what lies in data/training', () => {
  const card = z.object({ made: z.object({ training: z.string() }) });
  const { made } = card.parse(JSON.parse(readFileSync(new URL('fast.json', modelFolder), 'utf8')));
  const toDo = 'data/training has changed since: EARSHOT_DATASETS=FOLDER npm run train';
  expect(made.training, toDo).toBe(trainingFingerprint());
});

test('what is learnt of pieces is what the precise judge that ships says of posts that are still there', () => {
  const shipped = preciseVersion(readPreciseCard(modelFolder));
  expect([soft.judge, readSoftRows().judge], 'node src/training/ask.ts').toEqual([shipped, shipped]);
  const there = new Set(piecesOf(posts, soft).map(({ asked }) => keyOf(asked)));
  expect([...soft.said.keys()].filter((key) => !there.has(key))).toEqual([]);
});

test('a post more or less changes no other post’s piece', () => {
  const nothing = { judge: '', said: new Map<string, number>() };
  const some = posts.slice(0, 400);
  const [gone] = piecesToAsk(some, nothing);
  const keys = (of: typeof some) => piecesToAsk(of, nothing).map(({ asked }) => keyOf(asked));
  const without = keys(some.filter((post) => post !== gone?.whole));
  expect(without).toEqual(keys(some).slice(2));
  expect(without.length).toBeGreaterThan(100);
});
