/** A post that only the brand's query found: it counts as one in a place of the brand's own, and its words are read as they are. */
import { expect, test } from 'vitest';
import { assess } from '../../src/findings/assess.ts';
import { loadKnowledge } from '../../src/findings/knowledge.ts';
import { compileBrands } from '../../src/match/match.ts';
import { aBrand, aPost } from '../support/a-post.ts';

const knowledge = loadKnowledge();

test('it is about the brand, and judged as a complaint as if the place spoke for the brand', () => {
  const brand = aBrand('Blue Door', { query: 'cold near/5 coffee' });
  const post = aPost('The coffee was cold and the waiter was rude.', { language: 'en' });
  const [match] = compileBrands([brand]).find(post);
  expect(match?.hits.map(({ kind }) => kind)).toEqual(['query', 'query']);
  const found = assess(post, brand, match?.hits ?? [], knowledge, []);
  const placed = assess(post, brand, [], knowledge, []);
  expect(found.relevance).toEqual(placed.relevance);
  expect(found.relevance.verdict).toBe('about');
  expect(found.complaint).toEqual(placed.complaint);
  expect(found.reasons.some(({ rule }) => rule === 'our query')).toBe(true);
});

test('where the name stands, the query makes nothing surer', () => {
  const post = aPost('a blue door, and coffee');
  const named = aBrand('Blue Door');
  const asked = aBrand('Blue Door', { query: '"blue door" near/5 coffee' });
  const verdict = (brand: typeof named) =>
    assess(post, brand, compileBrands([brand]).find(post)[0]?.hits ?? [], knowledge, []).relevance;
  expect(verdict(asked)).toEqual(verdict(named));
});
