/** Why a stored post is heard for a brand or not: what matched, or what was missing. */
import type { BrandConfig } from '../config/config.ts';
import { compileBrands } from '../match/match.ts';
import { parseQuery } from '../match/query/parse.ts';
import { compileQueries } from '../match/query/queries.ts';
import type { Hit } from '../mention.ts';
import { mentionsToJudge } from '../store/to-judge.ts';
import type { SetAside } from '../watch.ts';
import type { Tools } from './tools.ts';

export interface Explained {
  readonly brand: BrandConfig;
  readonly verdict: SetAside | 'mention';
  /** It is about the brand by where it stands, whatever the rules say. */
  readonly certain: boolean;
  readonly hits: readonly Hit[];
  /** What makes the brand's query hold, where it has one that does. */
  readonly because: readonly Pick<Hit, 'term' | 'field' | 'at'>[];
  /** Why it does not hold, as ends of sentences. */
  readonly whyNot: readonly string[];
}

/** One a brand of the config, by the rules as they stand there now. */
export async function explainMention(tools: Tools, mentionId: number): Promise<readonly Explained[]> {
  const [mention] = await tools.store.read('one mention', (tx) => mentionsToJudge(tx, [mentionId]));
  if (!mention) return [];
  const { post } = mention;
  return tools.config.brands.map((brand) => {
    const certain = mention.certain && mention.brandId === brand.id;
    const [match] = compileBrands([brand]).find(post, { certain: certain ? [brand.id] : [] });
    const query = brand.query === null ? null : parseQuery(brand.query).query;
    const queries = compileQueries([query]);
    return {
      brand,
      verdict: match?.verdict ?? 'no-match',
      certain,
      hits: match?.hits ?? [],
      because: queries.find(post).get(0) ?? [],
      whyNot: queries.whyNot(post, 0),
    };
  });
}
