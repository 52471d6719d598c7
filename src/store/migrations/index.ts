/** All migrations, oldest first. Append only: one that was ever released is never edited. */
import type { Kysely } from 'kysely';
import type { Tables } from '../tables.ts';
import { firstTables } from './0001-first-tables.ts';
import { rememberFound } from './0002-found.ts';
import { rememberSearchRank } from './0003-search-rank.ts';
import { lookedAgain } from './0004-looked-again.ts';
import { listening } from './0005-listening.ts';
import { joinedCases } from './0006-joined-cases.ts';
import { ownAnswers } from './0007-own-answers.ts';
import { allowedFindings } from './0008-allowed-findings.ts';
import { peopleAndPraise } from './0009-people-and-praise.ts';
import { replies } from './0010-replies.ts';
import { insight } from './0011-insight.ts';
import { likeliestFirst } from './0012-likeliest-first.ts';
import { praise } from './0013-praise.ts';

export interface Migration {
  readonly name: string;
  /** Runs in one transaction together with the record of it. */
  up(db: Kysely<Tables>): Promise<void>;
}

/** A migration's number is its place in this list, counted from one. */
export const migrations: readonly Migration[] = [
  { name: 'first tables', up: firstTables },
  { name: 'what was found when it was marked', up: rememberFound },
  { name: 'where on the page a search found it', up: rememberSearchRank },
  { name: 'looked at again', up: lookedAgain },
  { name: 'listening', up: listening },
  { name: 'cases joined by hand', up: joinedCases },
  { name: 'answers on the platform', up: ownAnswers },
  { name: 'what may be said in answers', up: allowedFindings },
  { name: 'people and praise', up: peopleAndPraise },
  { name: 'answers and promises', up: replies },
  { name: 'what insight noticed, and what was mended', up: insight },
  { name: 'what is unsure, the likeliest first', up: likeliestFirst },
  { name: 'what is praise', up: praise },
];
