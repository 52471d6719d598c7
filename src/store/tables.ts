/** Every table as Kysely sees it; migrations/ makes them. Times are milliseconds UTC, yes and no are 1 and 0, JSON is text. */
import type { Generated, Kysely } from 'kysely';

type Flag = 0 | 1;

/** Facts about this database itself: its own key, what was sent once. */
export interface MetaTable {
  key: string;
  value: string;
}

export interface MigrationsTable {
  number: number;
  name: string;
  at: number;
}

export interface BrandsTable {
  id: string;
  name: string;
  fingerprint: string;
  listed: Flag;
  first_seen_at: number;
  changed_at: number;
}

export interface AuthorsTable {
  id: Generated<number>;
  source: string;
  /** What makes two posts one person's: the handle, else the profile's address, else the post itself. */
  key: string;
  handle: string | null;
  name: string | null;
  url: string | null;
  followers: number | null;
  /** Its account says that a program writes there. */
  automatic: Generated<Flag>;
}

export interface PostsTable {
  id: Generated<number>;
  source: string;
  external_id: string;
  kind: string;
  url: string | null;
  address: number | null;
  author_id: number | null;
  byline: string | null;
  title: string | null;
  text: string;
  words: string;
  words_until: number | null;
  language: string | null;
  published_at: number | null;
  edited_at: number | null;
  first_seen_at: number;
  said_at: number;
  gone_at: number | null;
  rating_value: number | null;
  rating_scale: number | null;
  likes: number | null;
  reposts: number | null;
  replies: number | null;
  views: number | null;
  links: string;
  origin: string | null;
  parent_id: string | null;
  thread_id: string | null;
  place: string | null;
  text_hash: number | null;
  word_count: number;
  /** What the business itself wrote under it, and when. */
  answer: string | null;
  answered_at: number | null;
  search_rank: number | null;
  searched_for: string | null;
  rechecked_at: number | null;
}

/** What a post said before it was edited, where its platform lets us keep everything. */
export interface PostEditsTable {
  id: Generated<number>;
  post_id: number;
  /** When the edit was noticed. */
  until: number;
  title: string | null;
  text: string;
  rating_value: number | null;
  rating_scale: number | null;
}

export interface PostBandsTable {
  band: number;
  post_id: number;
}

/** Full-text index over posts, kept by triggers; only ever matched against. */
export interface PostsIndexTable {
  rowid: number;
}

export interface ErasedTable {
  hash: string;
  at: number;
  /** Somebody asked to be erased, rather than the owner pruned what was old. */
  asked: Generated<Flag>;
}

/** Two accounts that a person called one customer's, or no longer. */
export interface AuthorJoinsTable {
  id: Generated<number>;
  author_id: number;
  other_id: number;
  by: string;
  at: number;
  why: string;
  withdrawn: Flag;
}

export interface PraiseEventsTable {
  id: Generated<number>;
  mention_id: number;
  kind: string;
  at: number;
  by: string;
  details: string;
}

export interface MentionsTable {
  id: Generated<number>;
  brand_id: string;
  lead_post_id: number;
  first_seen_at: number;
  said_at: number;
  history: Flag;
  set_aside: string | null;
  language: string | null;
  relevance: string;
  relevance_probability: number;
  sentiment: string;
  sentiment_score: number | null;
  complaint: string;
  complaint_probability: number;
  severity: number;
  urgency: number;
  topics: string;
  praise: Flag;
  resolved: Flag;
  reasons: string;
  doubtful: Flag;
  version: string;
  alike: number | null;
  /** The first mention of what several accounts say in the same words; of that one itself, too. Null where nobody else does. */
  double_of: number | null;
  marked_us: Flag | null;
  marked_complaint: Flag | null;
  marked_urgent: Flag | null;
  pile: string | null;
  pile_class: number;
  pile_at: number;
}

export interface MentionPostsTable {
  brand_id: string;
  post_id: number;
  mention_id: number;
  /** The post is about the brand by where it stands, named or not. */
  certain: Flag;
  hits: string;
}

export interface MarksTable {
  id: Generated<number>;
  mention_id: number;
  kind: string;
  by: string;
  at: number;
  why: string | null;
  withdrawn: Flag;
  found: string | null;
}

export interface CasesTable {
  id: Generated<number>;
  brand_id: string;
  lead_mention_id: number;
  opened_at: number;
  state: string;
  owner: string | null;
  due_at: number | null;
  snoozed_until: number | null;
  closed_at: number | null;
  remaining_ms: number | null;
  urgency: number;
  /** A person joined it to that case. */
  joined_into: number | null;
}

export interface CaseMentionsTable {
  mention_id: number;
  case_id: number;
}

export interface CaseEventsTable {
  id: Generated<number>;
  case_id: number;
  kind: string;
  at: number;
  by: string;
  details: string;
}

export interface WatchesTable {
  id: Generated<number>;
  source: string;
  /** The brand's id for a search, '' for a place. */
  brand: string;
  key: string;
  mark_at: number | null;
  position: string | null;
  validators: string;
  terms_fingerprint: string | null;
  first_run_at: number | null;
  last_good_at: number | null;
  last_new_at: number | null;
  last_tried_at: number | null;
  fault: string | null;
  gap_since: number | null;
  note: string | null;
  listening_since: number | null;
  gap_from: number | null;
  gap_to: number | null;
}

export interface RunsTable {
  id: Generated<number>;
  watch_id: number;
  started_at: number;
  ended_at: number;
  outcome: string;
  seen: number;
  fresh: number;
  flagged: number;
  set_aside: string;
  fault: string | null;
}

/** One row a call that a limit of an hour or more can still ask about. */
export interface BudgetsTable {
  id: Generated<number>;
  host: string;
  account: string;
  at: number;
}

export interface HoldsTable {
  host: string;
  account: string;
  until: number;
}

export interface SessionsTable {
  source: string;
  account: string;
  until: number;
  sealed: string;
}

export interface OutboxTable {
  id: Generated<number>;
  kind: string;
  recipient: string;
  for_day: string;
  message_id: string;
  ids: string;
  state: string;
  made_at: number;
  claimed_until: number | null;
  tries: number;
  sent_at: number | null;
  trouble: string | null;
}

export interface RatingsTable {
  id: Generated<number>;
  source: string;
  place: string;
  /** The brand or rival it is of, by name. */
  of: string;
  value: number;
  scale: number;
  count: number | null;
  first_seen_at: number;
  last_seen_at: number;
}

export interface OpinionsTable {
  text: string;
  brand: string;
  judge: string;
  version: string;
  numbers: string;
  at: number;
}

export interface AllowedFindingsTable {
  brand_id: string;
  rule: string;
  /** '' for the rule as a whole. */
  words: string;
  by: string;
  at: number;
  why: string | null;
}

export interface RepliesTable {
  id: Generated<number>;
  mention_id: number;
  /** The one of its posts that is answered. */
  post_id: number;
  text: string;
  key: string;
  state: string;
  drafted_by: string;
  drafted_at: number;
  agreed_by: string | null;
  agreed_at: number | null;
  /** Why it went out though the check had found something. */
  anyway: string | null;
  claimed_until: number | null;
  tried_at: number | null;
  /** What people call where it went. */
  place: string | null;
  external_id: string | null;
  url: string | null;
  sent_at: number | null;
  trouble: string | null;
}

/** What a customer was told would be done, and by when. */
export interface PromisesTable {
  id: Generated<number>;
  mention_id: number;
  words: string;
  from_at: number;
  due_at: number;
  by: string;
  at: number;
  kept_by: string | null;
  kept_at: number | null;
}

export interface NewsTable {
  id: Generated<number>;
  brand_id: string;
  kind: string;
  subject: string;
  at: number;
  details: string;
}

export interface MendedTable {
  id: Generated<number>;
  brand_id: string;
  cause: string;
  what: string;
  by: string;
  at: number;
  taken_back_at: number | null;
}

export interface Tables {
  meta: MetaTable;
  migrations: MigrationsTable;
  brands: BrandsTable;
  authors: AuthorsTable;
  author_joins: AuthorJoinsTable;
  posts: PostsTable;
  post_bands: PostBandsTable;
  post_edits: PostEditsTable;
  posts_index: PostsIndexTable;
  erased: ErasedTable;
  mentions: MentionsTable;
  mention_posts: MentionPostsTable;
  marks: MarksTable;
  cases: CasesTable;
  case_mentions: CaseMentionsTable;
  case_events: CaseEventsTable;
  watches: WatchesTable;
  runs: RunsTable;
  budgets: BudgetsTable;
  holds: HoldsTable;
  sessions: SessionsTable;
  outbox: OutboxTable;
  ratings: RatingsTable;
  opinions: OpinionsTable;
  allowed_findings: AllowedFindingsTable;
  praise_events: PraiseEventsTable;
  replies: RepliesTable;
  promises: PromisesTable;
  news: NewsTable;
  mended: MendedTable;
}

/** A running transaction: what every store function takes first. Only `store.read` and `store.write` give one. */
export type Tx = Pick<
  Kysely<Tables>,
  'selectFrom' | 'insertInto' | 'updateTable' | 'deleteFrom' | 'executeQuery' | 'getExecutor' | 'fn'
>;
