/** Topics of a brand's own, each a query in the config: `parking: parking OR "car park"`. */

import type { OwnTopic } from '../brand.ts';
import { parseQuery } from '../match/query/parse.ts';
import { compileQueries, type Queries } from '../match/query/queries.ts';
import type { Post, Reason } from '../mention.ts';

/** Made ready once a brand, as long as its entry is in use. */
const readied = new WeakMap<readonly OwnTopic[], Queries>();

/** Those that a post speaks of, in the order of the config, with the first words that say so. */
export function findOwnTopics(post: Post, topics: readonly OwnTopic[]): ReadonlyMap<string, Reason> {
  const found = new Map<string, Reason>();
  if (topics.length === 0) return found;
  const queries = readied.get(topics) ?? compileQueries(topics.map(({ query }) => parseQuery(query).query));
  readied.set(topics, queries);
  const held = queries.find(post);
  for (const [place, { name }] of topics.entries()) {
    const because = held.get(place);
    if (because === undefined) continue;
    const { field = 'text', at = null } = because[0] ?? {};
    found.set(name, { of: 'topic', rule: name, field, at, weight: 1 });
  }
  return found;
}
