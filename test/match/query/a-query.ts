/** Queries drawn at random, as text, over few words, so that they often hold. */
import fc from 'fast-check';

export const aWord = fc.constantFrom('cold', 'coffee', 'door', 'blue', 'refund', 'tea', 'café');
const words = fc.oneof(
  aWord,
  aWord.map((word) => `${word.slice(0, 2)}*`),
  fc.tuple(aWord, aWord).map((pair) => `"${pair.join(' ')}"`),
  aWord.map((word) => `title:${word}`),
);
const fact = fc.constantFrom('author:ana', 'site:forum.example', 'lang:en', 'source:forum', 'rating:<=2', 'rating:>3');

/** Words with near between them. */
export const aNear = fc
  .tuple(words, fc.constantFrom('near', 'onear'), fc.nat(4), fc.oneof(words, fc.tuple(words, words)))
  .map(
    ([left, near, most, right]) =>
      `${left} ${near}/${most} ${typeof right === 'string' ? right : `(${right.join(' OR ')})`}`,
  );

/** Any query. */
export const aQuery = fc.letrec<{ query: string }>((tie) => ({
  query: fc.oneof(
    { maxDepth: 4 },
    words,
    fact,
    aNear,
    fc
      .tuple(tie('query'), fc.constantFrom(' AND ', ' OR ', ' NOT '), tie('query'))
      .map(([a, by, b]) => `(${a})${by}(${b})`),
    tie('query').map((query) => `NOT (${query})`),
    tie('query').map((query) => `/* so */ (${query})`),
  ),
})).query;
