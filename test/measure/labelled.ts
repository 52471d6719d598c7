/** A post with what a person concluded of it: what every set is read into, and what judges are asked. */
import { hash } from 'node:crypto';
import type { Brand } from '../../src/brand.ts';
import type { Post, RelevanceVerdict, SentimentLabel } from '../../src/mention.ts';

/** What a judge is given: never the truth. */
export interface Asked {
  readonly post: Post;
  /** Null where the set names nobody. */
  readonly brand: Brand | null;
}

/** Null is what the set does not tell. */
export interface Truth {
  readonly complaint: boolean | null;
  readonly about: RelevanceVerdict | null;
  /** Of a complaint, on the set's own scale: only its order counts. */
  readonly severity: number | null;
  readonly sentiment: SentimentLabel | null;
  /** What a complaint is about. */
  readonly topics: readonly string[] | null;
}

export interface Labelled extends Asked {
  /** One of its set; decides whether a limit takes it. */
  readonly id: string;
  readonly truth: Truth;
  /** ISO 639-1, as the set has it. */
  readonly language: string;
  /** What makes it hard, where our own set says so. */
  readonly kind: string | null;
  /** Rows of which only the share that is flagged means something: how they are called in that table. */
  readonly share: string | null;
}

export interface LabelledSet {
  readonly name: string;
  /** Written by us: broken down by kind, language and severity. */
  readonly own: boolean;
  /** Rules were mended on it: its figures flatter and are not broken down. */
  readonly mendedOn: boolean;
  readonly rows: readonly Labelled[];
}

/** The same `limit` rows at every call and on every machine, by the hash of their ids; all where there are no more. */
export function sampleOf(set: LabelledSet, limit: number): LabelledSet {
  if (set.rows.length <= limit) return set;
  const hashed = set.rows.map((row) => ({ row, key: hash('sha256', row.id) }));
  hashed.sort((a, b) => (a.key < b.key ? -1 : 1));
  return { ...set, rows: hashed.slice(0, limit).map(({ row }) => row) };
}
