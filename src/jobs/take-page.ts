/** Takes in one page of a watch: judged beforehand, kept inside the caller's transaction, and counted. */
import type { PlaceRating } from '../mention.ts';
import type { Page, Source } from '../sources/source.ts';
import { saveRatings } from '../store/ratings.ts';
import { sentAmong } from '../store/replies.ts';
import type { Tx } from '../store/tables.ts';
import type { Watch } from '../watch.ts';
import { followEdits } from './follow-edits.ts';
import { hearJudges } from './hear-judges.ts';
import { addCounts, judgePosts, type SetAsideCounts } from './judge-posts.ts';
import { keep, letGo } from './keep.ts';
import type { Patience } from './opinions.ts';
import type { Tools } from './tools.ts';

export interface Taking {
  readonly tools: Tools;
  readonly watch: Watch;
  readonly source: Source;
  readonly wish: {
    /** Older posts are set aside; null where nothing is too old. */
    readonly since: number | null;
    readonly dryRun: boolean;
  };
  /** For the slow judge. */
  readonly patience: Patience;
}

/** What has come so far. */
export interface Tally {
  readonly seen: number;
  readonly fresh: number;
  readonly flagged: number;
  readonly setAside: SetAsideCounts;
  /** When the newest post that came was said; a new one that does not tell counts as said now. */
  readonly newest: number | null;
  readonly capped: boolean;
  readonly note: string | null;
  readonly position: string | null;
  /** What the place says of itself, also where that is only shown. */
  readonly ratings: readonly PlaceRating[];
  /** What could not be read, or only in part, by what was wrong: the first ones. */
  readonly unread: readonly string[];
}

const mostUnread = 20;

export const nothingYet: Tally = {
  seen: 0,
  fresh: 0,
  flagged: 0,
  setAside: {},
  newest: null,
  capped: false,
  note: null,
  position: null,
  ratings: [],
  unread: [],
};

export type JudgedPage = Awaited<ReturnType<typeof judgePage>>;

/** Before the transaction, so that it holds the database no longer than writing takes. */
export async function judgePage({ tools, watch, wish, patience }: Taking, page: Page) {
  const judges = await tools.judging();
  const ids = page.posts.map(({ externalId }) => externalId);
  const ours = await tools.store.read('what was answered from here', (tx) => sentAmong(tx, ids));
  const others = page.posts.filter(({ externalId }) => !ours.has(externalId));
  const judged = judgePosts(others, {
    ...judges,
    brands: tools.brands,
    now: tools.clock.now(),
    listening: watch.brands,
    certain: watch.certain && page.certain !== false ? watch.brands : [],
    notBefore: wish.since,
  });
  const own = page.posts.length - others.length;
  const first = { ...judged, setAside: addCounts(judged.setAside, own > 0 ? { 'own-post': own } : {}) };
  return { page, judges, judged: await hearJudges(tools, judges, first, patience, !wish.dryRun) };
}

export async function takePage(
  { tools, watch, source }: Taking,
  tx: Tx,
  { page, judges, judged }: JudgedPage,
  before: Tally,
): Promise<Tally> {
  const now = tools.clock.now();
  const kept = await keep(tools, tx, judged.kept, { now, historyBefore: now - tools.config.firstLookMs });
  await followEdits(tools, tx, judged.dropped, judges);
  await letGo(tools, tx, page.gone ?? [], now);
  // A platform that lets nobody keep words lets nobody keep its own figures either.
  const ratings = source.keeps === 'everything' ? (page.ratings ?? []) : [];
  const [of] = watch.brands;
  const drafts = of === undefined ? [] : ratings.map((rating) => ({ ...rating, source: watch.source, of }));
  await saveRatings(tx, drafts, now);
  const unreadable = page.unreadable?.length ?? 0;
  const passedOver = page.passedOver ?? 0;
  const leftOut = { ...(unreadable > 0 && { unreadable }), ...(passedOver > 0 && { 'no-match': passedOver }) };
  const setAside = [judged.setAside, kept.setAside, leftOut];
  const said = page.posts.flatMap(({ publishedAt }) => (publishedAt !== null && publishedAt <= now ? publishedAt : []));
  const newest = [before.newest, kept.newest === null ? null : Math.min(kept.newest, now), ...said];
  return {
    seen: before.seen + page.posts.length + unreadable + passedOver + (page.repeated ?? 0),
    fresh: before.fresh + kept.fresh,
    flagged: before.flagged + kept.flagged,
    setAside: setAside.reduce(addCounts, before.setAside),
    newest: newest.reduce<number>((one, other) => Math.max(one, other ?? 0), 0) || null,
    capped: before.capped || (page.capped ?? false),
    note: page.note ?? before.note,
    position: page.position ?? before.position,
    ratings: [...before.ratings, ...(page.ratings ?? [])],
    unread: [...before.unread, ...(page.unreadable ?? []), ...(page.partly ?? [])].slice(0, mostUnread),
  };
}
