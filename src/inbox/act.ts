/** What each button does, through the jobs that the command line calls, and how it is taken back. */
import { type Heeded, sayHeeded, sayWentAlong } from '../digest/heeded.ts';
import { whoSaid } from '../digest/item.ts';
import { sayMoment } from '../digest/local-time.ts';
import { besideIt } from '../jobs/group-alike.ts';
import { laterUntil } from '../jobs/later.ts';
import { markAlike } from '../jobs/mark-alike.ts';
import type { Tools } from '../jobs/tools.ts';
import { findCase, moved, workCase } from '../jobs/work-case.ts';
import type { MarkKind } from '../mention.ts';
import type { Case } from '../store/cases.ts';
import { type MentionRow, readMentions } from '../store/mention-rows.ts';
import type { Deed } from './wish.ts';

export interface Doing {
  readonly tools: Tools;
  /** Who sits there, for marks and case events. */
  readonly person: string;
}

/** The button's wish, without where on the page it stood. */
export interface Deal {
  readonly do: Deed;
  readonly mention: number;
  readonly case: number | null;
  readonly seen: number;
}

interface Marked {
  readonly mentionId: number;
  /** What was marked with it, since it says nearly the same. */
  readonly alike: readonly number[];
}

/** `unmark`: a mark is withdrawn, and what it did to the case with it. `step`: the case's last step is. `mark`: the opposite is said instead. */
export type TakeBack =
  | (Marked & { readonly how: 'unmark'; readonly kind: MarkKind; readonly seen: number | null })
  | { readonly how: 'step'; readonly caseId: number; readonly seen: number }
  | (Marked & { readonly how: 'mark'; readonly kind: 'no-complaint' | 'not-us' });

export interface Done {
  readonly sentence: string;
  readonly done: boolean;
  readonly takeBack: TakeBack | null;
}

const no = (sentence: string): Done => ({ sentence, done: false, takeBack: null });

export async function act(doing: Doing, deal: Deal): Promise<Done> {
  const stood = await look(doing, deal.mention);
  if (!stood) return no('That post is no longer here, so nothing was done.');
  const changed = stale(stood, deal);
  if (changed !== null) return no(changed);
  switch (deal.do) {
    case 'answered':
    case 'later':
    case 'happy':
      return step(doing, deal.do, stood, deal);
    default:
      return say(doing, deal.do, stood, await besideIt(doing.tools, stood.row));
  }
}

interface Stood {
  readonly row: MentionRow;
  readonly case: Case | null;
}

function look({ tools }: Doing, mentionId: number): Promise<Stood | null> {
  return tools.store.read('a post of the inbox', async (tx) => {
    const [row] = await readMentions(tx, [mentionId]);
    return row ? { row, case: await findCase(tx, { id: mentionId, of: 'mention' }) } : null;
  });
}

/** Somebody, or this same button pressed twice, was faster; null where all is as it was shown. */
function stale({ row, case: known }: Stood, deal: Deal): string | null {
  const who = whoSaid(row.post);
  if (known === null) return deal.case === null ? null : noCase(who);
  if (known.id !== deal.case)
    return `${who} has a case by now, c${known.id}, so nothing was done. Look at it once more.`;
  const change = moved(known, deal);
  return change === null ? null : `Nothing was done with ${who}, c${known.id}: ${change}`;
}

const noCase = (who: string) => `The case of ${who} is no longer here, so nothing was done.`;

/** “Joan H.” brings the full stop along. */
const atTheEnd = (who: string) => who.replace(/\.$/, '');

const eventOf = { answered: 'answered', later: 'snooze', happy: 'happy' } as const;

async function step(doing: Doing, deed: keyof typeof eventOf, { row, case: known }: Stood, deal: Deal): Promise<Done> {
  const { tools, person: by } = doing;
  const who = whoSaid(row.post);
  // To have answered says that it is about us.
  if (known === null) await markAlike(tools, { mentionId: row.id, kind: 'us', by, why: null, undo: false });
  const until = laterUntil(tools, row.brand.id);
  const after = await workCase(
    tools,
    { id: row.id, of: 'mention', ...(known && { seen: deal.seen }) },
    { kind: eventOf[deed], by, details: deed === 'later' ? { until } : {} },
  );
  if (after === null) return no(noCase(who));
  if (typeof after === 'string') return no(`Nothing was done with ${who}: ${after}`);
  const sentences = {
    answered: `You answered ${atTheEnd(who)}. If they write again, they come back here.`,
    later: `${who} comes back here ${sayMoment(until, tools.clock.now(), tools.config.timezone)}.`,
    happy: `${who} is happy again, and the case is closed. Well done.`,
  };
  return {
    sentence: sentences[deed],
    done: true,
    takeBack: known && { how: 'step', caseId: known.id, seen: after.events.length },
  };
}

async function say(
  doing: Doing,
  kind: 'complaint' | 'no-complaint' | 'us' | 'not-us',
  stood: Stood,
  alike: readonly number[],
): Promise<Done> {
  const { tools, person: by } = doing;
  const mentionId = stood.row.id;
  const heeded = await markAlike(tools, { mentionId, kind, by, why: null, undo: false }, alike);
  const more = sayMore(alike.length) + sayMoved(heeded);
  const after = await look(doing, mentionId);
  const opened = after?.case && stood.case === null ? after.case : null;
  const now = tools.clock.now();
  const due = opened?.dueAt == null ? '' : `, answer by ${sayMoment(opened.dueAt, now, tools.config.timezone)}`;
  const needsYou = opened ? ` It stands under “Needs you” now${due}.` : '';
  const who = whoSaid(stood.row.post);
  const sentences = {
    complaint: `A complaint of ${atTheEnd(who)}.${needsYou}`,
    us: `${who} means you.${needsYou || (after?.row.pile === 'unsure' ? ' One question more: is it a complaint?' : '')}`,
    'no-complaint': `No complaint of ${atTheEnd(who)}. It is out of your way, and Earshot remembers that.`,
    'not-us': `${who} does not mean you. It is out of your way, and Earshot remembers that.`,
  };
  const sentence = sentences[kind] + more;
  if (opened) {
    const opposite = kind === 'us' ? 'not-us' : 'no-complaint';
    return { sentence, done: true, takeBack: { how: 'mark', mentionId, kind: opposite, alike } };
  }
  const seen = after?.case?.events.length ?? null;
  return { sentence, done: true, takeBack: { how: 'unmark', mentionId, kind, seen, alike } };
}

/** Nothing where none were. */
const sayMore = (count: number) => (count === 0 ? '' : ` ${sayWentAlong(count)}`);

/** “ 2 more like it left “Needs you”.”; nothing where nothing else moved. */
function sayMoved(heeded: Heeded | string): string {
  if (typeof heeded === 'string') return '';
  const more = sayHeeded(heeded, { queue: '“Needs you”', unsure: '“Not sure”' });
  return more === null ? '' : ` ${more}`;
}

export async function takeBack(doing: Doing, what: TakeBack): Promise<Done> {
  const { tools, person: by } = doing;
  if (what.how === 'mark') {
    const stood = await look(doing, what.mentionId);
    if (!stood) return no('That post is no longer here, so nothing was done.');
    return say(doing, what.kind, stood, what.alike);
  }
  const seen = what.seen === null ? {} : { seen: what.seen };
  if (what.how === 'step') {
    const after = await workCase(tools, { id: what.caseId, of: 'case', ...seen }, { kind: 'undo', by, details: {} });
    return typeof after === 'string' ? notTakenBack(after) : takenBack('');
  }
  const { mentionId, kind, alike } = what;
  const heeded = await markAlike(tools, { mentionId, kind, by, why: null, undo: true, ...seen }, alike);
  return typeof heeded === 'string' ? notTakenBack(heeded) : takenBack(sayMoved(heeded));
}

const notTakenBack = (why: string) => no(`That could not be taken back: ${why}`);

const takenBack = (more: string): Done => ({
  sentence: `Taken back: it is as it was.${more}`,
  done: true,
  takeBack: null,
});
