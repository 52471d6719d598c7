/** What people type to search, as SQLite's full-text index understands it. */
import { type RawBuilder, sql } from 'kysely';

/** Written without spaces between words, so that the index knows whole sentences only. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/**
 * A list of posts' ids, for `where('post_id', 'in', …)`: words and "phrases", all of which must be there, `word*` for what
 * begins so; no case, no diacritics. Never fails; what holds nothing to search for finds nothing.
 */
export function postsThatSay(wanted: string): RawBuilder<number> {
  const parts = partsOf(wanted);
  const indexed = parts.filter(({ words }) => !unspaced.test(words));
  const spelled = parts.filter(({ words }) => unspaced.test(words));
  if (parts.length === 0) return sql<number>`(select null where false)`;
  const query = indexed.map(({ words, begins }) => `"${words}"${begins ? '*' : ''}`).join(' AND ');
  const like = spelled.map(({ words }) => {
    const pattern = `%${words.replace(/[\\%_]/g, '\\$&')}%`;
    return sql`(text like ${pattern} escape '\\' or title like ${pattern} escape '\\')`;
  });
  if (query === '') return sql<number>`(select id from posts where ${sql.join(like, sql` and `)})`;
  const found = sql`select rowid from posts_index where posts_index match ${query}`;
  if (like.length === 0) return sql<number>`(${found})`;
  return sql<number>`(select id from posts where id in (${found}) and ${sql.join(like, sql` and `)})`;
}

interface Part {
  /** Words with single spaces between them. */
  readonly words: string;
  readonly begins: boolean;
}

function partsOf(wanted: string): Part[] {
  const parts: Part[] = [];
  for (const [, phrase, word] of wanted.toWellFormed().matchAll(/"([^"]*)"|([^\s"]+)/g)) {
    const words = (phrase ?? word ?? '').match(/[\p{L}\p{N}\p{M}\p{Co}]+/gu)?.join(' ');
    if (words) parts.push({ words, begins: phrase === undefined && (word ?? '').endsWith('*') });
  }
  return parts;
}
