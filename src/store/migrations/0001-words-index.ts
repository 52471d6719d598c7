/** The full-text index over posts (SQLite's FTS5), kept by triggers so that no writer can forget it. */
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../tables.ts';

export async function indexWords(db: Kysely<Tables>): Promise<void> {
  await sql`create virtual table posts_index using fts5(
    title, text, byline, content = 'posts', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2')`.execute(
    db,
  );
  // Else the words of an erased post stay in the index's pages until they happen to be merged.
  await sql`insert into posts_index (posts_index, rank) values ('secure-delete', 1)`.execute(db);
  await sql`create trigger posts_index_added after insert on posts when new.words = 'kept' begin
    insert into posts_index (rowid, title, text, byline) values (new.id, new.title, new.text, new.byline); end`.execute(
    db,
  );
  await sql`create trigger posts_index_left after delete on posts when old.words = 'kept' begin
    insert into posts_index (posts_index, rowid, title, text, byline)
      values ('delete', old.id, old.title, old.text, old.byline); end`.execute(db);
  await sql`create trigger posts_index_old after update of title, text, byline, words on posts when old.words = 'kept' begin
    insert into posts_index (posts_index, rowid, title, text, byline)
      values ('delete', old.id, old.title, old.text, old.byline); end`.execute(db);
  await sql`create trigger posts_index_new after update of title, text, byline, words on posts when new.words = 'kept' begin
    insert into posts_index (rowid, title, text, byline) values (new.id, new.title, new.text, new.byline); end`.execute(
    db,
  );
}
