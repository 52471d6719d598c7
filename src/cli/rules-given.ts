/** What the commands of `rules` are given: a brand of the config, a query that can be read. */
import type { App } from '../app.ts';
import type { BrandConfig } from '../config/config.ts';
import { checkQuery, type QueryChecked } from '../config/query-check.ts';
import { parseQuery } from '../match/query/parse.ts';
import type { Query } from '../match/query/query.ts';
import { sayTrouble } from '../match/query/trouble.ts';
import { sourceIds } from '../sources/index.ts';
import { meantAmong } from './right-word.ts';
import { Misuse } from './trouble.ts';

/** The brands that a `--brand` names in the config, by name or id; all where none is named. @throws Misuse */
export function brandsGiven({ config }: App, named: string | undefined): readonly BrandConfig[] {
  if (named === undefined) return config.brands;
  const wanted = named.toLowerCase();
  const found = config.brands.find(({ id, name }) => id === wanted || name.toLowerCase() === wanted);
  if (found) return [found];
  const names = config.brands.map(({ name }) => name);
  throw new Misuse(`There is no brand called ${named} in the config. ${meantAmong(named, names)}`);
}

/** @throws Misuse with the place and what was probably meant */
export function queryGiven(text: string): Query {
  const { query, trouble } = parseQuery(text);
  if (trouble) throw new Misuse(`The query cannot be read. ${sayTrouble(text, trouble)}`);
  return query;
}

/** What `check` would say of it, were it in the config. @param brand whose it is, where that is known */
export function doubtsOf(text: string, brand: BrandConfig | null): Omit<QueryChecked, 'query'> {
  const names = brand ? [brand.name, ...brand.aliases, ...brand.handles, ...brand.domains] : null;
  return checkQuery(text, names, sourceIds);
}
