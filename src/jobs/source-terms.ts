/** What the store must know of the terms of posts’ sources, also of those that the config does not name: an import's, or a former one's. */
import { loadSources } from '../sources/index.ts';
import type { SourceTerms } from '../store/post-rows.ts';
import type { Tools } from './tools.ts';

/** By id; undefined where Earshot reads no such place. */
export async function sourceTermsOf(
  { sources }: Pick<Tools, 'sources'>,
  posts: readonly { readonly source: string }[],
): Promise<(id: string) => SourceTerms | undefined> {
  const known = new Map<string, SourceTerms>(sources.map((source) => [source.id, source]));
  const others = new Set(posts.map(({ source }) => source).filter((id) => !known.has(id)));
  for (const source of others.size > 0 ? await loadSources(others) : []) known.set(source.id, source);
  return (id) => known.get(id);
}
