/** Judges stored posts once more: for brands whose entry has changed, and for findings that older rules made. */
import { assess } from '../findings/assess.ts';
import { versionFor } from '../findings/knowledge.ts';
import { type NewFindings, updateFindings } from '../store/mentions.ts';
import type { Tx } from '../store/tables.ts';
import { doubtfulMentions, type MentionToJudge, mentionsOfBrand, outdatedMentions } from '../store/to-judge.ts';
import type { SetAside } from '../watch.ts';
import { askPrecise, noOpinions, type Opinions, type Patience } from './opinions.ts';
import { askSecond, isOpen, withSecond } from './second-opinion.ts';
import { letGrowOld, settleCases } from './settle-cases.ts';
import { takeInStored } from './take-in-stored.ts';
import type { Tools } from './tools.ts';

export interface Rejudged {
  readonly judged: number;
  /** Mentions that no longer match. */
  readonly setAside: number;
  /** Mentions that match now and did not before. */
  readonly cameIn: number;
  /** Mentions whose verdict on complaint is another now. */
  readonly changed: number;
}

export const nothingRejudged: Rejudged = { judged: 0, setAside: 0, cameIn: 0, changed: 0 };

const batch = 500;
/** Some three seconds of the precise judge's process, behind a change of the config: somebody may be waiting. */
const mostTurned = 60;

/** For brands whose names, words to leave out or descriptions have changed. What people marked or worked on never moves. */
export async function rejudgeBrands(
  tools: Tools,
  brandIds: readonly string[],
  onJudged?: (count: number) => void,
): Promise<Rejudged> {
  let sum = nothingRejudged;
  const turned: Patience = { left: mostTurned };
  for (const brandId of brandIds) {
    const next = (tx: Tx, afterId: number) => mentionsOfBrand(tx, { brandId, afterId, limit: batch });
    const before = sum.judged;
    sum = add(sum, await inBatches(tools, next, { turned, onJudged: (judged) => onJudged?.(before + judged) }));
  }
  return add(sum, { ...nothingRejudged, cameIn: await takeInStored(tools, brandIds) });
}

/** What older rules judged, or fewer marks; `everything`: also what is up to date. */
export async function rejudgeOutdated(tools: Tools, everything: boolean): Promise<Rejudged> {
  const { knowledge } = await tools.judging();
  const all = [...tools.brands.keys()];
  if (everything) return rejudgeBrands(tools, all);
  let sum = nothingRejudged;
  // What people marked of a brand is part of what its findings depend on.
  for (const [version, brandIds] of Map.groupBy(all, (id) => versionFor(knowledge, id))) {
    const next = (tx: Tx, afterId: number) => outdatedMentions(tx, { version, brandIds, afterId, limit: batch });
    sum = add(sum, await inBatches(tools, next));
  }
  return sum;
}

async function inBatches(
  tools: Tools,
  next: (tx: Tx, afterId: number) => Promise<MentionToJudge[]>,
  { turned, onJudged }: Pick<Again, 'turned'> & { readonly onJudged?: (count: number) => void } = {},
): Promise<Rejudged> {
  let sum = nothingRejudged;
  for (let afterId = 0; ; ) {
    tools.signal.throwIfAborted();
    const mentions = await tools.store.read('what to judge', (tx) => next(tx, afterId));
    const last = mentions.at(-1);
    if (!last) return sum;
    sum = add(sum, await judgeAgain(tools, mentions, { turned }));
    onJudged?.(sum.judged);
    afterId = last.mentionId;
  }
}

interface Again {
  readonly precise?: Patience;
  /** For asking the precise judge about what would turn only because it has not read it for the brand as it stands now. */
  readonly turned?: Patience | undefined;
  readonly second?: Patience;
  /** Which of the new findings are kept; all where it is not given. */
  readonly keeps?: (after: NewFindings, was: MentionToJudge) => boolean;
}

/** What slow judges said before is heard; more is asked of them as far as their patience reaches. */
export async function judgeAgain(
  tools: Tools,
  mentions: readonly MentionToJudge[],
  { precise = { left: 0 }, turned = { left: 0 }, second = { left: 0 }, keeps = () => true }: Again = {},
): Promise<Rejudged> {
  const judging = await tools.judging();
  const { first, own } = await byOwnJudges(tools, mentions, { precise, turned });
  const open = first.filter(({ judged }) => isOpen(judged.findings)).map(({ mention }) => mention);
  const said = await askSecond(tools, open, second);
  const opened = new Set(open.filter((mention) => said(mention).length > 0));
  const again = first.flatMap(({ mention, judged }) => {
    const after = opened.has(mention)
      ? (judgeStored(tools, judging, mention, withSecond(own, said)) ?? judged)
      : judged;
    return keeps(after, mention) ? [after] : [];
  });
  if (again.length === 0) return nothingRejudged;
  const ids = again.map((one) => one.mentionId);
  await tools.store.write('findings', async (tx) => {
    await letGrowOld(tools, tx, ids, tools.clock.now());
    await updateFindings(tx, again);
    await settleCases(tools, tx, ids, tools.clock.now());
  });
  const before = new Map(mentions.map((mention) => [mention.mentionId, mention]));
  const count = (is: (after: NewFindings, was: MentionToJudge) => boolean) =>
    again.filter((after) => {
      const was = before.get(after.mentionId);
      return was !== undefined && is(after, was);
    }).length;
  return {
    judged: again.length,
    setAside: count((after, was) => after.setAside !== null && was.setAside === null),
    cameIn: count((after, was) => after.setAside === null && was.setAside !== null),
    changed: count((after, was) => after.findings.complaint.verdict !== was.findings.complaint.verdict),
  };
}

/** Whatever would turn is asked about, as far as `turned` reaches, and judged once more with the answer. */
async function byOwnJudges(
  tools: Tools,
  mentions: readonly MentionToJudge[],
  { precise, turned }: { readonly precise: Patience; readonly turned: Patience },
) {
  const judging = await tools.judging();
  const known = await askPrecise(tools, askable(mentions), precise, true);
  const judged = mentions.flatMap((mention) => {
    const after = judgeStored(tools, judging, mention, known);
    return after ? [{ mention, judged: after }] : [];
  });
  const turns = judged.filter(
    ({ mention, judged: { findings } }) =>
      turned.left > 0 &&
      known(mention).length === 0 &&
      findings.complaint.verdict !== mention.findings.complaint.verdict,
  );
  const read = await askPrecise(tools, askable(turns.map(({ mention }) => mention)), turned, true);
  const own: Opinions = (asked) => [...known(asked), ...read(asked)];
  const first = judged.map((each) => {
    const again = read(each.mention).length > 0 ? judgeStored(tools, judging, each.mention, own) : null;
    return again ? { ...each, judged: again } : each;
  });
  return { first, own };
}

const askable = (mentions: readonly MentionToJudge[]) =>
  mentions.filter(({ post }) => post.words === 'kept').map(({ post, brandId }) => ({ post, brandId }));

/**
 * Asks the precise judge about stored posts that the fast one doubts and nobody has asked about yet, the newest first.
 * @param most so many at once. @returns how many were judged again
 */
export async function readDoubtful(tools: Tools, most: number): Promise<number> {
  if (reading.has(tools.store) || (await tools.precise()) === null) return 0;
  reading.add(tools.store);
  try {
    return await readNewest(tools, most);
  } finally {
    reading.delete(tools.store);
  }
}

/** By their database: looks end side by side, and none of them asks what another one is asking. */
const reading = new WeakSet<Tools['store']>();

async function readNewest(tools: Tools, most: number): Promise<number> {
  const limit = Math.min(most, doubtfulAtOnce);
  let read = 0;
  for (let beforeId = Number.MAX_SAFE_INTEGER; read < most && !tools.signal.aborted; ) {
    const mentions = await tools.store.read('what is doubtful', (tx) => doubtfulMentions(tx, { beforeId, limit }));
    const last = mentions.at(-1);
    if (!last) break;
    await judgeAgain(tools, mentions, { precise: { left: limit } });
    read += mentions.length;
    beforeId = last.mentionId;
  }
  return read;
}
const doubtfulAtOnce = 40;

export type Judges = Awaited<ReturnType<Tools['judging']>>;

/** Null where it cannot be judged again: its words are gone, or its brand has left the config. */
export function judgeStored(
  { brands }: Tools,
  { matcher, knowledge }: Judges,
  mention: MentionToJudge,
  opinions: Opinions = noOpinions,
): NewFindings | null {
  const { mentionId, brandId, post, touched } = mention;
  const brand = brands.get(brandId);
  if (!brand || post.words !== 'kept') return null;
  const match = matcher
    .find(post, { certain: mention.certain ? [brandId] : [] })
    .find((one) => one.brandId === brandId);
  const verdict: SetAside | 'mention' = match?.verdict ?? 'no-match';
  const setAside = verdict === 'mention' ? null : verdict;
  const hits = match?.hits ?? mention.hits;
  const findings = assess(post, brand, mention.certain ? [] : hits, knowledge, opinions({ post, brandId }));
  return { mentionId, findings, setAside: touched ? mention.setAside : setAside, hits };
}

function add(one: Rejudged, other: Rejudged): Rejudged {
  return {
    judged: one.judged + other.judged,
    setAside: one.setAside + other.setAside,
    cameIn: one.cameIn + other.cameIn,
    changed: one.changed + other.changed,
  };
}
