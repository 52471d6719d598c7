/** What a digest is made from, read from the store. */
import { sayRegular } from '../cases/regulars.ts';
import { waitsForUs } from '../cases/turn.ts';
import { dayMs } from '../clock.ts';
import type { Counts, DigestKind, DigestRows } from '../digest/digest.ts';
import { eachSource } from '../sources/index.ts';
import { readLeftBehind } from '../store/brands.ts';
import { raisedBetween } from '../store/case-events.ts';
import { listCases } from '../store/case-list.ts';
import { countMentions } from '../store/counts.ts';
import { listMentions } from '../store/mention-list.ts';
import type { MentionRow } from '../store/mention-rows.ts';
import { runsBetween } from '../store/runs.ts';
import type { Tx } from '../store/tables.ts';
import { asCalled } from '../text/command.ts';
import { readCustomers } from './customers.ts';
import { digestNews } from './digest-news.ts';
import { groupAlike } from './group-alike.ts';
import { inPriority } from './in-priority.ts';
import { inboxAddress } from './inbox-address.ts';
import { addCounts, type SetAsideCounts } from './judge-posts.ts';
import { sayLeftBehind } from './left-behind.ts';
import { lastingFace, mentionFace } from './mention-face.ts';
import { ratingRows } from './rating-rows.ts';
import { titlesOf } from './source-titles.ts';
import { watchReports } from './status.ts';
import type { Tools } from './tools.ts';
import { unconnected } from './unconnected.ts';

const countedDays = 7;
/** Praise of a window is looked for among so many of its newest mentions. */
const looksAt = 500;

export interface DigestWish {
  readonly kind: DigestKind;
  readonly recipient: string;
  readonly timezone: string;
  /** Milliseconds UTC. */
  readonly window: { readonly from: number; readonly to: number };
  /** `all`: also what was unsure or kind before the window, as the inbox shows it; else only what was first seen in it. */
  readonly reach?: 'window' | 'all';
}

export async function digestRows(tools: Tools, wish: DigestWish): Promise<DigestRows> {
  const now = tools.clock.now();
  const places = await watchReports(tools);
  const notHeard = await unconnected(tools.config.brands, eachSource());
  return tools.store.read('the digest', async (tx) => {
    // A page is read now; a mail lies about for years.
    const face = wish.reach === 'all' ? mentionFace : lastingFace;
    const flagged = await listMentions(tx, { pile: 'flagged', limit: 0 });
    const needing = flagged.filter((row) => waitsForUs(row.case, now));
    const reach = wish.reach === 'all' ? {} : { seenSince: wish.window.from };
    const unsure = await listMentions(tx, { pile: 'unsure', ...reach, limit: wish.reach === 'all' ? 0 : 50 });
    const groups = groupAlike(unsure);
    const recent = await listMentions(tx, { pile: 'all', ...reach, limit: looksAt });
    const praise = recent.filter(isPraise);
    const newest = await newestOfUs(tx);
    const inWindow = await countMentions(tx, { ...wish.window, by: 'seen' });
    const earliest = Math.min(...places.map((place) => place.firstRunAt ?? now));
    const welcome = wish.kind === 'welcome';
    const days = welcome ? Math.round((wish.window.to - wish.window.from) / dayMs) : countedDays;
    const beganAt = now - days * dayMs;
    const before =
      earliest <= beganAt - countedDays * dayMs ? await countsOf(tx, beganAt - countedDays * dayMs, beganAt) : null;
    const customers = await regularsAmong(tx, [...flagged, ...unsure, ...praise], now, wish.timezone);
    return {
      ...wish,
      earshot: tools.earshot,
      now,
      brandNames: [...tools.brands.values()].map((brand) => brand.name),
      brandTitles: Object.fromEntries([...tools.brands].map(([id, { name }]) => [id, name])),
      needsYou: needing.map(face),
      priority: await priorities(tools, tx, needing, customers),
      unsure: groups.map(({ row }) => face(row)),
      alike: new Map(groups.map(({ row, others }) => [row.id, others.length])),
      praise: praise.map(face),
      regulars: customers,
      fresh: inWindow
        .filter((one) => one.relevance !== 'other' && !one.history)
        .reduce((sum, one) => sum + one.count, 0),
      places,
      ratings: await ratingRows(tools, tx),
      leftOut: await leftOut(tx, wish.window, inWindow),
      counts: { days, now: await countsOf(tx, beganAt, now), before },
      quietDays: Math.floor((now - Math.min(now, newest?.post.saidAt ?? earliest)) / dayMs),
      raised: await raisedBetween(tx, wish.window),
      news: await digestNews(tools, tx, wish.window, face),
      sourceTitles: Object.fromEntries(titlesOf(tools)),
      unconnected: notHeard,
      leftBehind: await saidLeftBehind(tools, tx),
      inboxAddress: await inboxAddress(tx),
    };
  });
}

async function saidLeftBehind({ brands, config, earshot }: Tools, tx: Tx): Promise<string | null> {
  const said = sayLeftBehind(await readLeftBehind(tx, [...brands.keys()]), config.brands);
  return said === null ? null : asCalled(said, earshot);
}

/** In full where somebody may look: the mail shows seven, the inbox twenty at a time. */
const refined = 60;

/** What is only late is not said again, the mail tells when it was due; nor who comes back, where that stands beside their name. */
async function priorities(
  tools: Tools,
  tx: Tx,
  rows: readonly MentionRow[],
  regulars: Readonly<Record<number, string>>,
): Promise<Map<number, readonly string[]>> {
  const ordered = await inPriority(tools, tx, rows, refined);
  return new Map(
    ordered.map(({ row, priority: { because, waits, comesBack } }) => [
      row.id,
      because.filter((words) => words !== waits && (words !== comesBack || regulars[row.id] === undefined)),
    ]),
  );
}

/** What is said of somebody else of our name breaks no silence. */
async function newestOfUs(tx: Tx): Promise<MentionRow | null> {
  for (const limit of [1, looksAt]) {
    const newest = await listMentions(tx, { pile: 'all', limit });
    const ours = newest.find(({ findings, marks }) =>
      marks.us === null ? findings.relevance.verdict !== 'other' : marks.us === 'us',
    );
    if (ours) return ours;
  }
  return null;
}

/** Of each mention whose author comes back, what is worth knowing of them. */
async function regularsAmong(
  tx: Tx,
  rows: readonly MentionRow[],
  now: number,
  timezone: string,
): Promise<Readonly<Record<number, string>>> {
  const customerOf = await readCustomers(tx, rows, now);
  return Object.fromEntries(
    rows.flatMap((row) => {
      const told = sayRegular(customerOf([row]), now, timezone);
      return told === null ? [] : [[row.id, told]];
    }),
  );
}

function isPraise({ findings, marks, history, echoes }: MentionRow): boolean {
  const ours = marks.us === null ? findings.relevance.verdict === 'about' : marks.us === 'us';
  return ours && !history && echoes === null && findings.praise && marks.complaint !== 'complaint';
}

async function leftOut(
  tx: Tx,
  { from, to }: DigestWish['window'],
  inWindow: Awaited<ReturnType<typeof countMentions>>,
) {
  const runs = await runsBetween(tx, from, to);
  const setAside = runs.reduce<SetAsideCounts>((sum, run) => addCounts(sum, run.setAside), {});
  const other = inWindow.filter((one) => one.relevance === 'other').reduce((sum, one) => sum + one.count, 0);
  return { ...setAside, ...(other > 0 && { other }) };
}

async function countsOf(tx: Tx, from: number, to: number): Promise<Counts> {
  const groups = (await countMentions(tx, { from, to, by: 'said' })).filter((one) => one.relevance !== 'other');
  const sum = (is: (one: (typeof groups)[number]) => boolean) =>
    groups.filter(is).reduce((total, one) => total + one.count, 0);
  const answered = await listCases(tx, { answeredBetween: { from, to } });
  return {
    mentions: sum(() => true),
    complaints: sum((one) => one.complaint === 'complaint'),
    praise: sum((one) => one.praise),
    answered: answered.length,
  };
}
