/** The whole judgement of a post for a brand, top to bottom. Pure: no clock, network or database. */
import type { Brand } from '../brand.ts';
import type { Findings, Hit, Post } from '../mention.ts';
import type { Knowledge } from './knowledge.ts';
import type { Opinion } from './opinion.ts';

/**
 * What we conclude about a post for a brand. `hits` are the matcher's; none means that the place speaks for the brand.
 * With no brand, relevance is `about` with probability 1 and callers print null.
 */
export function assess(
  _post: Post,
  _brand: Brand | null,
  _hits: readonly Hit[],
  knowledge: Knowledge,
  _opinions: readonly Opinion[] = [],
): Findings {
  return {
    language: null,
    relevance: { verdict: 'about', probability: 1 },
    sentiment: { label: 'unknown', score: null },
    complaint: { verdict: 'none', probability: 0 },
    severity: 0,
    urgency: 'low',
    topics: [],
    reasons: [],
    doubtful: false,
    version: knowledge.version,
  };
}
