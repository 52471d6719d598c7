/** Looks again at posts that are stored: edits count, and what was taken away loses its words. */
import { hourMs } from '../clock.ts';
import type { Post } from '../mention.ts';
import { Fault } from '../net/fault.ts';
import { createRound } from '../net/round.ts';
import type { Page, Source } from '../sources/source.ts';
import { postKey } from '../store/post-id.ts';
import { markRechecked, type PostToRecheck, postsToRecheck } from '../store/rechecks.ts';
import { readPosts, type StoredPost } from '../store/stored-posts.ts';
import { StoreTrouble } from '../store/trouble.ts';
import { count } from '../text/count.ts';
import type { Watch } from '../watch.ts';
import { pagesAgain } from './access.ts';
import { followEdits } from './follow-edits.ts';
import { hearJudges } from './hear-judges.ts';
import { judgePosts } from './judge-posts.ts';
import { keep, letGo } from './keep.ts';
import { usualPatience } from './opinions.ts';
import { noteMistake } from './own-mistake.ts';
import type { Tools } from './tools.ts';

/** Of one source at a time; what else is due comes with the next turn. */
const mostAtOnce = 200;
/** A place that let us down is left alone for so long. */
const pauseMs = hourMs;

export interface Rechecked {
  readonly asked: number;
  readonly gone: number;
}

/** When a source that let us down may be asked again, milliseconds UTC; kept by the caller from one turn to the next. */
export type Pauses = Map<string, number>;

/** Each source's trouble is its own, and is told in the log. @throws StoreTrouble */
export async function recheck(tools: Tools, pauses: Pauses = new Map()): Promise<Rechecked> {
  const sum = { asked: 0, gone: 0 };
  for (const source of tools.sources) {
    const now = tools.clock.now();
    if (tools.signal.aborted || !source.recheck || now < (pauses.get(source.id) ?? 0)) continue;
    const wish = { sources: [source.id], now, limit: mostAtOnce };
    const due = await tools.store.read('what to look at again', (tx) => postsToRecheck(tx, wish));
    const groups = byWatch(tools, due);
    const asked = new Set([...groups.values()].flat());
    // Else what nobody listens to any more would stand first in the line for ever.
    await done(
      tools,
      due.filter((one) => !asked.has(one)),
    );
    for (const [watch, posts] of groups) {
      try {
        const gone = await again(tools, source, watch, posts);
        sum.asked += posts.length;
        sum.gone += gone;
      } catch (error) {
        if (error instanceof StoreTrouble) throw error;
        if (tools.signal.aborted) break;
        // Waiting mends neither: what is asked for next time is not the same again.
        if (error instanceof Fault && (error.kind === 'gone' || error.kind === 'garbled')) await done(tools, posts);
        pauses.set(source.id, Math.max(now + pauseMs, error instanceof Fault ? (error.retryAt ?? 0) : 0));
        tellTrouble(tools, source, error);
        break;
      }
    }
  }
  if (sum.asked > 0) tools.log.info(sum, `looked again at ${count(sum.asked, 'post')}`);
  return sum;
}

function tellTrouble({ log }: Tools, source: Source, error: unknown): void {
  if (error instanceof Fault)
    log.warn({ source: source.id, fault: error.kind }, `could not look again at ${source.title}: ${error.message}`);
  else noteMistake(log, source.id, error);
}

/** How its brand asks that source; what nobody listens to any more is not asked for. */
function byWatch({ watches }: Tools, due: readonly PostToRecheck[]): Map<Watch, PostToRecheck[]> {
  const groups = new Map<Watch, PostToRecheck[]>();
  for (const post of due) {
    const watch = watches.find((one) => one.source === post.source && one.brands.includes(post.brandId));
    if (watch) groups.set(watch, [...(groups.get(watch) ?? []), post]);
  }
  return groups;
}

/** @returns how many were gone. */
async function again(tools: Tools, source: Source, watch: Watch, due: readonly PostToRecheck[]): Promise<number> {
  const ids = due.map(({ postId }) => postId);
  const posts = await tools.store.read('posts', (tx) => readPosts(tx, ids));
  const net = await tools.net();
  const { pace } = source;
  const round = createRound();
  const visit = net.visit({
    source: source.id,
    pace,
    account: watch.account,
    validators: {},
    signal: tools.signal,
    round,
  });
  let gone = 0;
  for await (const page of pagesAgain(tools, { watch, source, visit }, posts)) {
    tools.signal.throwIfAborted();
    const answered = onlyOf(page, posts);
    await keepAnswer(tools, watch, answered);
    // Now, not at the end: where the platform wants a pause in between, the next turn goes on behind these.
    await done(tools, dueAmong(due, posts, answered));
    gone += answered.gone.length;
  }
  await done(tools, due);
  return gone;
}

async function done(tools: Tools, posts: readonly Pick<PostToRecheck, 'postId'>[]): Promise<void> {
  const ids = posts.map(({ postId }) => postId);
  if (ids.length > 0) await tools.store.write('looked again', (tx) => markRechecked(tx, ids, tools.clock.now()));
}

type Answered = { readonly posts: readonly Post[]; readonly gone: NonNullable<Page['gone']> };

function onlyOf({ posts, gone = [] }: Page, asked: readonly StoredPost[]): Answered {
  const keys = new Set(asked.map(postKey));
  return { posts: posts.filter((one) => keys.has(postKey(one))), gone: gone.filter((one) => keys.has(postKey(one))) };
}

function dueAmong(due: readonly PostToRecheck[], asked: readonly StoredPost[], { posts, gone }: Answered) {
  const told = new Set([...posts, ...gone].map(postKey));
  const ids = new Set(asked.filter((one) => told.has(postKey(one))).map(({ id }) => id));
  return due.filter(({ postId }) => ids.has(postId));
}

async function keepAnswer(tools: Tools, watch: Watch, { posts, gone }: Answered): Promise<void> {
  const judges = await tools.judging();
  const now = tools.clock.now();
  const first = judgePosts(posts, {
    ...judges,
    brands: tools.brands,
    now,
    listening: watch.brands,
    certain: watch.certain ? watch.brands : [],
    notBefore: null,
  });
  const judged = await hearJudges(tools, judges, first, usualPatience(), true);
  await tools.store.write('what was looked at again', async (tx) => {
    await keep(tools, tx, judged.kept, { now, historyBefore: now - tools.config.firstLookMs });
    await followEdits(tools, tx, judged.dropped, judges);
    await letGo(tools, tx, gone, now);
  });
}
