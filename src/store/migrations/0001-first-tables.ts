/** The first tables: facts (posts, ratings, marks), opinions (findings in mentions) and decisions (case events), and what collecting needs. */
import { type CreateTableBuilder, type Kysely, sql } from 'kysely';
import type { Tables } from '../tables.ts';
import { indexWords } from './0001-words-index.ts';

/** Strict: a text in a number's column is an error, not a surprise later. */
function table(db: Kysely<Tables>, name: keyof Tables & string): CreateTableBuilder<string, never> {
  return db.schema.createTable(name).modifyEnd(sql`strict`) as CreateTableBuilder<string, never>;
}

async function index(db: Kysely<Tables>, on: keyof Tables & string, ...columns: string[]): Promise<void> {
  await db.schema
    .createIndex(`${on}_by_${columns.map((column) => column.split(' ')[0]).join('_')}`)
    .on(on)
    .columns(columns)
    .execute();
}

export async function firstTables(db: Kysely<Tables>): Promise<void> {
  await brandsAndAuthors(db);
  await posts(db);
  await indexWords(db);
  await mentions(db);
  await cases(db);
  await collecting(db);
  await mail(db);
  await figures(db);
}

async function brandsAndAuthors(db: Kysely<Tables>): Promise<void> {
  await table(db, 'brands')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('fingerprint', 'text', (c) => c.notNull())
    .addColumn('listed', 'integer', (c) => c.notNull().check(sql`listed in (0, 1)`))
    .addColumn('first_seen_at', 'integer', (c) => c.notNull())
    .addColumn('changed_at', 'integer', (c) => c.notNull())
    .execute();
  await table(db, 'authors')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('handle', 'text')
    .addColumn('name', 'text')
    .addColumn('url', 'text')
    .addColumn('followers', 'integer')
    .addUniqueConstraint('one_author', ['source', 'key'])
    .execute();
}

async function posts(db: Kysely<Tables>): Promise<void> {
  await table(db, 'posts')
    // Autoincrement: an id that was pruned must not come back as somebody else's.
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('external_id', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull().check(sql`kind in ('posts', 'reviews', 'articles')`))
    .addColumn('url', 'text')
    // A fingerprint of the canonical address: a third of the space, and found as fast.
    .addColumn('address', 'integer')
    .addColumn('author_id', 'integer', (c) => c.references('authors.id'))
    .addColumn('byline', 'text')
    .addColumn('title', 'text')
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('words', 'text', (c) => c.notNull().check(sql`words in ('kept', 'withheld', 'dropped')`))
    .addColumn('words_until', 'integer')
    .addColumn('language', 'text')
    .addColumn('published_at', 'integer')
    .addColumn('edited_at', 'integer')
    .addColumn('first_seen_at', 'integer', (c) => c.notNull())
    .addColumn('said_at', 'integer', (c) => c.notNull())
    .addColumn('gone_at', 'integer')
    .addColumn('rating_value', 'real')
    .addColumn('rating_scale', 'real')
    .addColumn('likes', 'integer')
    .addColumn('reposts', 'integer')
    .addColumn('replies', 'integer')
    .addColumn('views', 'integer')
    .addColumn('links', 'text', (c) => c.notNull())
    .addColumn('origin', 'text')
    .addColumn('parent_id', 'text')
    .addColumn('thread_id', 'text')
    .addColumn('place', 'text')
    .addColumn('text_hash', 'integer')
    .addColumn('word_count', 'integer', (c) => c.notNull())
    .addUniqueConstraint('one_post', ['source', 'external_id'])
    .execute();
  for (const column of ['address', 'origin', 'words_until'])
    await sql`create index ${sql.raw(`posts_by_${column}`)} on posts (${sql.ref(column)}) where ${sql.ref(column)} is not null`.execute(
      db,
    );
  await index(db, 'posts', 'author_id', 'said_at');
  await index(db, 'posts', 'first_seen_at');
  await db.schema
    .createTable('post_bands')
    .addColumn('band', 'integer', (c) => c.notNull())
    .addColumn('post_id', 'integer', (c) => c.notNull().references('posts.id').onDelete('cascade'))
    .addPrimaryKeyConstraint('one_band', ['band', 'post_id'])
    .modifyEnd(sql`strict, without rowid`)
    .execute();
  await index(db, 'post_bands', 'post_id');
  await table(db, 'erased')
    .addColumn('hash', 'text', (c) => c.primaryKey().notNull())
    .addColumn('at', 'integer', (c) => c.notNull())
    .execute();
}

async function mentions(db: Kysely<Tables>): Promise<void> {
  await table(db, 'mentions')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('brand_id', 'text', (c) => c.notNull().references('brands.id'))
    .addColumn('lead_post_id', 'integer', (c) => c.notNull().references('posts.id'))
    .addColumn('first_seen_at', 'integer', (c) => c.notNull())
    .addColumn('said_at', 'integer', (c) => c.notNull())
    .addColumn('history', 'integer', (c) => c.notNull().check(sql`history in (0, 1)`))
    .addColumn('set_aside', 'text')
    .addColumn('language', 'text')
    .addColumn('relevance', 'text', (c) => c.notNull().check(sql`relevance in ('about', 'unsure', 'other')`))
    .addColumn('relevance_probability', 'real', (c) => c.notNull())
    .addColumn('sentiment', 'text', (c) => c.notNull())
    .addColumn('sentiment_score', 'real')
    .addColumn('complaint', 'text', (c) => c.notNull().check(sql`complaint in ('complaint', 'unsure', 'none')`))
    .addColumn('complaint_probability', 'real', (c) => c.notNull())
    .addColumn('severity', 'real', (c) => c.notNull())
    .addColumn('urgency', 'integer', (c) => c.notNull().check(sql`urgency between 0 and 3`))
    .addColumn('topics', 'text', (c) => c.notNull())
    .addColumn('reasons', 'text', (c) => c.notNull())
    .addColumn('doubtful', 'integer', (c) => c.notNull().check(sql`doubtful in (0, 1)`))
    .addColumn('version', 'text', (c) => c.notNull())
    .addColumn('alike', 'integer')
    // Read from the marks; kept here so that the piles can be listed without them.
    .addColumn('marked_us', 'integer')
    .addColumn('marked_complaint', 'integer')
    .addColumn('marked_urgent', 'integer')
    // Where it stands in the queue; piles.ts is the only writer.
    .addColumn('pile', 'text', (c) => c.check(sql`pile in ('flagged', 'unsure')`))
    .addColumn('pile_class', 'integer', (c) => c.notNull())
    .addColumn('pile_at', 'integer', (c) => c.notNull())
    .addUniqueConstraint('one_mention', ['lead_post_id', 'brand_id'])
    .execute();
  // Both with all that listing and counting ask of a mention, so that the table itself is not read for it.
  await sql`create index mentions_by_pile on mentions (pile, pile_class, pile_at, id, brand_id)
    where pile is not null`.execute(db);
  await sql`create index mentions_by_said_at on mentions (said_at desc, id desc, brand_id, set_aside)`.execute(db);
  await index(db, 'mentions', 'first_seen_at');
  await sql`create index mentions_by_alike on mentions (brand_id, alike) where alike is not null`.execute(db);
  await sql`create index mentions_by_doubtful on mentions (id) where doubtful = 1`.execute(db);

  await db.schema
    .createTable('mention_posts')
    .addColumn('post_id', 'integer', (c) => c.notNull().references('posts.id'))
    .addColumn('brand_id', 'text', (c) => c.notNull().references('brands.id'))
    .addColumn('mention_id', 'integer', (c) => c.notNull().references('mentions.id').onDelete('cascade'))
    .addColumn('certain', 'integer', (c) => c.notNull().check(sql`certain in (0, 1)`))
    .addColumn('hits', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('one_place', ['post_id', 'brand_id'])
    .modifyEnd(sql`strict, without rowid`)
    .execute();
  await index(db, 'mention_posts', 'mention_id');

  await table(db, 'marks')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('mention_id', 'integer', (c) => c.notNull().references('mentions.id').onDelete('cascade'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('by', 'text', (c) => c.notNull())
    .addColumn('at', 'integer', (c) => c.notNull())
    .addColumn('why', 'text')
    .addColumn('withdrawn', 'integer', (c) => c.notNull().check(sql`withdrawn in (0, 1)`))
    .execute();
  await index(db, 'marks', 'mention_id');
  await appendOnly(db, 'marks');
}

async function cases(db: Kysely<Tables>): Promise<void> {
  await table(db, 'cases')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('brand_id', 'text', (c) => c.notNull().references('brands.id'))
    .addColumn('lead_mention_id', 'integer', (c) => c.notNull().unique().references('mentions.id').onDelete('cascade'))
    .addColumn('opened_at', 'integer', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('owner', 'text')
    .addColumn('due_at', 'integer')
    .addColumn('snoozed_until', 'integer')
    .addColumn('closed_at', 'integer')
    .addColumn('remaining_ms', 'integer')
    .addColumn('urgency', 'integer', (c) => c.notNull().check(sql`urgency between 0 and 3`))
    .execute();
  await sql`create index cases_set_apart on cases (id) where state not in ('new', 'open') or snoozed_until is not null`.execute(
    db,
  );
  await sql`create index cases_by_due_at on cases (due_at, id) where closed_at is null`.execute(db);
  await index(db, 'cases', 'closed_at');
  await table(db, 'case_mentions')
    .addColumn('mention_id', 'integer', (c) => c.primaryKey().notNull().references('mentions.id').onDelete('cascade'))
    .addColumn('case_id', 'integer', (c) => c.notNull().references('cases.id').onDelete('cascade'))
    .execute();
  await index(db, 'case_mentions', 'case_id');
  await table(db, 'case_events')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('case_id', 'integer', (c) => c.notNull().references('cases.id').onDelete('cascade'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('at', 'integer', (c) => c.notNull())
    .addColumn('by', 'text', (c) => c.notNull())
    .addColumn('details', 'text', (c) => c.notNull())
    .execute();
  await index(db, 'case_events', 'case_id');
  await appendOnly(db, 'case_events');
}

async function collecting(db: Kysely<Tables>): Promise<void> {
  await table(db, 'watches')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('brand', 'text', (c) => c.notNull())
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('mark_at', 'integer')
    .addColumn('position', 'text')
    .addColumn('validators', 'text', (c) => c.notNull())
    .addColumn('terms_fingerprint', 'text')
    .addColumn('first_run_at', 'integer')
    .addColumn('last_good_at', 'integer')
    .addColumn('last_new_at', 'integer')
    .addColumn('last_tried_at', 'integer')
    .addColumn('fault', 'text')
    .addColumn('gap_since', 'integer')
    .addColumn('note', 'text')
    .addUniqueConstraint('one_watch', ['source', 'brand', 'key'])
    .execute();
  await table(db, 'runs')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('watch_id', 'integer', (c) => c.notNull().references('watches.id'))
    .addColumn('started_at', 'integer', (c) => c.notNull())
    .addColumn('ended_at', 'integer', (c) => c.notNull())
    .addColumn('outcome', 'text', (c) => c.notNull())
    .addColumn('seen', 'integer', (c) => c.notNull())
    .addColumn('fresh', 'integer', (c) => c.notNull())
    .addColumn('flagged', 'integer', (c) => c.notNull())
    .addColumn('set_aside', 'text', (c) => c.notNull())
    .addColumn('fault', 'text')
    .execute();
  await index(db, 'runs', 'watch_id', 'id');
  await index(db, 'runs', 'started_at');
  await table(db, 'budgets')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('host', 'text', (c) => c.notNull())
    .addColumn('account', 'text', (c) => c.notNull())
    .addColumn('at', 'integer', (c) => c.notNull())
    .execute();
  await index(db, 'budgets', 'host', 'account', 'at');
  await table(db, 'holds')
    .addColumn('host', 'text', (c) => c.notNull())
    .addColumn('account', 'text', (c) => c.notNull())
    .addColumn('until', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('one_hold', ['host', 'account'])
    .execute();
  await table(db, 'sessions')
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('account', 'text', (c) => c.notNull())
    .addColumn('until', 'integer', (c) => c.notNull())
    .addColumn('sealed', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('one_session', ['source', 'account'])
    .execute();
}

async function mail(db: Kysely<Tables>): Promise<void> {
  await table(db, 'outbox')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('recipient', 'text', (c) => c.notNull())
    .addColumn('for_day', 'text', (c) => c.notNull())
    .addColumn('message_id', 'text', (c) => c.notNull().unique())
    .addColumn('ids', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull().check(sql`state in ('waiting', 'claimed', 'sent', 'failed')`))
    .addColumn('made_at', 'integer', (c) => c.notNull())
    .addColumn('claimed_until', 'integer')
    .addColumn('tries', 'integer', (c) => c.notNull())
    .addColumn('sent_at', 'integer')
    .addColumn('trouble', 'text')
    .addUniqueConstraint('one_mail', ['kind', 'recipient', 'for_day'])
    .execute();
}

async function figures(db: Kysely<Tables>): Promise<void> {
  await table(db, 'ratings')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('place', 'text', (c) => c.notNull())
    .addColumn('of', 'text', (c) => c.notNull())
    .addColumn('value', 'real', (c) => c.notNull())
    .addColumn('scale', 'real', (c) => c.notNull())
    .addColumn('count', 'integer')
    .addColumn('first_seen_at', 'integer', (c) => c.notNull())
    .addColumn('last_seen_at', 'integer', (c) => c.notNull())
    .execute();
  await index(db, 'ratings', 'source', 'place', 'of', 'id');
  await table(db, 'opinions')
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('brand', 'text', (c) => c.notNull())
    .addColumn('judge', 'text', (c) => c.notNull())
    .addColumn('version', 'text', (c) => c.notNull())
    .addColumn('numbers', 'text', (c) => c.notNull())
    .addColumn('at', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('one_opinion', ['text', 'brand', 'judge', 'version'])
    .execute();
}

/** What people said and decided is never rewritten, not even by a bug of ours. */
async function appendOnly(db: Kysely<Tables>, name: 'marks' | 'case_events'): Promise<void> {
  await sql`create trigger ${sql.raw(`${name}_are_kept`)} before update on ${sql.table(name)}
    begin select raise(abort, ${sql.lit(`${name} are only ever added to`)}); end`.execute(db);
}
