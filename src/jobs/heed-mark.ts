/**
 * A mark is heeded at once: what still lies open of the same brand is judged again by what it teaches. What people marked or worked
 * on never moves; what is older, or more than a moment's work, is left to tidying up.
 */
import type { Heeded } from '../digest/heeded.ts';
import { ModelTrouble } from '../findings/judges/model-trouble.ts';
import { type Findings, learntRules, type MarkKind } from '../mention.ts';
import type { NewFindings } from '../store/mentions.ts';
import { pilesOf } from '../store/piles.ts';
import { type MentionToJudge, mentionsToJudge, untouchedBeside } from '../store/to-judge.ts';
import { commonWords } from '../text/language.ts';
import { words } from '../text/words.ts';
import { judgeAgain } from './rejudge.ts';
import type { Tools } from './tools.ts';

/** Of so many of each pile the nearest are judged again, in pieces, for about so long: somebody waits for the next key. */
const looksAt = 200;
const most = 90;
const atOnce = 30;
const forMs = 200;

interface Heeding {
  /** Marked alike, of one brand. */
  readonly mentionIds: readonly number[];
  readonly kind: MarkKind;
}

/** To be called behind each mark, and behind each that was taken back. Not inside a transaction. */
export async function heedMark(tools: Tools, mark: Heeding): Promise<Heeded> {
  if (mark.kind === 'urgent' || mark.kind === 'solved') return moves([], new Map());
  const { own, open } = await tools.store.read('what lies beside', async (tx) => ({
    own: await mentionsToJudge(tx, mark.mentionIds),
    open: await untouchedBeside(tx, mark.mentionIds, looksAt),
  }));
  const beside = nearest(own, open);
  if (beside.length === 0 || !(await canJudge(tools))) return moves([], new Map());
  const until = tools.clock.now() + forMs;
  for (let from = 0; from < beside.length && tools.clock.now() < until; from += atOnce) {
    tools.signal.throwIfAborted();
    await judgeAgain(tools, beside.slice(from, from + atOnce), { keeps: isTaughtOtherwise });
  }
  const ids = beside.map(({ mentionId }) => mentionId);
  return moves(beside, await tools.store.read('where they lie now', (tx) => pilesOf(tx, ids)));
}

/** A mark moves what has words in common with it; the nearest first. */
function nearest(marked: readonly MentionToJudge[], open: readonly MentionToJudge[]): readonly MentionToJudge[] {
  const said = new Set(marked.flatMap(({ post }) => [...wordsOf(post)]));
  const near = open.flatMap((mention) => {
    const own = wordsOf(mention.post);
    const shared = [...own].filter((word) => said.has(word)).length;
    return shared === 0 ? [] : [{ mention, near: shared / Math.sqrt(own.size) }];
  });
  return near
    .sort((one, other) => other.near - one.near)
    .slice(0, most)
    .map(({ mention }) => mention);
}

const wordsOf = ({ title, text }: MentionToJudge['post']): ReadonlySet<string> =>
  new Set(words(`${title ?? ''} ${text}`).flatMap((word) => (commonWords.has(word.text) ? [] : [word.text])));

/** The mark stands, also where nobody can judge; whoever looks next says what is wrong. Loading the judges is not counted as time. */
async function canJudge(tools: Tools): Promise<boolean> {
  try {
    await tools.judging();
    return true;
  } catch (error) {
    if (error instanceof ModelTrouble) return false;
    throw error;
  }
}

/** What marks have nothing to do with waits for tidying up: what moves here, moves by the mark. */
function isTaughtOtherwise({ findings: after }: NewFindings, { findings: was }: MentionToJudge): boolean {
  if (!isTaught(after) && !isTaught(was)) return false;
  return (
    after.complaint.probability !== was.complaint.probability ||
    after.relevance.probability !== was.relevance.probability
  );
}

const taught: ReadonlySet<string> = new Set(Object.values(learntRules).flatMap((rules) => Object.values(rules)));
const isTaught = ({ reasons }: Findings) => reasons.some(({ rule }) => taught.has(rule));

function moves(beside: readonly MentionToJudge[], after: ReadonlyMap<number, MentionToJudge['pile']>): Heeded {
  const count = (from: (pile: MentionToJudge['pile']) => boolean, to: (pile: MentionToJudge['pile']) => boolean) =>
    beside.filter(({ mentionId, pile }) => from(pile) && to(after.get(mentionId) ?? null)).length;
  const on = (one: MentionToJudge['pile']) => (pile: MentionToJudge['pile']) => pile === one;
  const off = (one: MentionToJudge['pile']) => (pile: MentionToJudge['pile']) => pile !== one;
  return {
    queue: { left: count(on('flagged'), off('flagged')), came: count(off('flagged'), on('flagged')) },
    unsure: { left: count(on('unsure'), on(null)), came: count(on(null), on('unsure')) },
  };
}
