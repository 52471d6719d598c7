/** All migrations, oldest first. Append only: one that was ever released is never edited. */
import type { Kysely } from 'kysely';
import type { Tables } from '../tables.ts';

export interface Migration {
  readonly name: string;
  /** Most starts find a database that has them all. What is loaded runs in one transaction together with the record of it. */
  load(): Promise<(db: Kysely<Tables>) => Promise<void>>;
}

/** A migration's number is its place in this list, counted from one. */
export const migrations: readonly Migration[] = [
  { name: 'first tables', load: async () => (await import('./0001-first-tables.ts')).firstTables },
  { name: 'what was found when it was marked', load: async () => (await import('./0002-found.ts')).rememberFound },
  {
    name: 'where on the page a search found it',
    load: async () => (await import('./0003-search-rank.ts')).rememberSearchRank,
  },
  { name: 'looked at again', load: async () => (await import('./0004-looked-again.ts')).lookedAgain },
  { name: 'listening', load: async () => (await import('./0005-listening.ts')).listening },
  { name: 'cases joined by hand', load: async () => (await import('./0006-joined-cases.ts')).joinedCases },
  { name: 'answers on the platform', load: async () => (await import('./0007-own-answers.ts')).ownAnswers },
  {
    name: 'what may be said in answers',
    load: async () => (await import('./0008-allowed-findings.ts')).allowedFindings,
  },
  { name: 'people and praise', load: async () => (await import('./0009-people-and-praise.ts')).peopleAndPraise },
  { name: 'answers and promises', load: async () => (await import('./0010-replies.ts')).replies },
  { name: 'what insight noticed, and what was mended', load: async () => (await import('./0011-insight.ts')).insight },
  {
    name: 'what is unsure, the likeliest first',
    load: async () => (await import('./0012-likeliest-first.ts')).likeliestFirst,
  },
  { name: 'what is praise', load: async () => (await import('./0013-praise.ts')).praise },
  { name: 'closed cases', load: async () => (await import('./0014-closed-cases.ts')).closedCases },
  { name: 'what was put right', load: async () => (await import('./0015-resolved.ts')).resolved },
  { name: 'who typed an address', load: async () => (await import('./0016-who-typed.ts')).whoTyped },
  {
    name: 'accounts of programs',
    load: async () => (await import('./0017-automatic-authors.ts')).automaticAuthors,
  },
  { name: 'what several say in the same words', load: async () => (await import('./0018-doubles.ts')).doubles },
  { name: 'fewer merges of words', load: async () => (await import('./0019-fewer-merges.ts')).fewerMerges },
];
