/** What a customer was promised by a day becomes a task of their case, and is told as kept when somebody says so. */
import { refusal } from '../cases/life.ts';
import { appendEvents, type Case, readCases } from '../store/cases.ts';
import { addPromises, markKept, type PromiseDraft, promisesOf } from '../store/promises.ts';
import type { Tx } from '../store/tables.ts';
import { step } from './case-steps.ts';
import type { Tools } from './tools.ts';
import { type CaseWish, findCase } from './work-case.ts';

export type PromiseGiven = Pick<PromiseDraft, 'words' | 'fromAt' | 'dueAt'>;

interface Said {
  readonly by: string;
  readonly at: number;
}

/** Inside the transaction in which it was given; nobody is promised anything twice in the same words for the same day. */
export async function givePromises(
  tools: Tools,
  tx: Tx,
  { mentionId, promises, by, at }: Said & { readonly mentionId: number; readonly promises: readonly PromiseGiven[] },
): Promise<void> {
  const open = (await promisesOf(tx, [mentionId])).filter(({ keptAt }) => keptAt === null);
  const fresh = [...new Map(promises.map((one) => [keyOf(one), one])).values()].filter(
    (one) => !open.some((other) => keyOf(other) === keyOf(one)),
  );
  await addPromises(
    tx,
    fresh.map((one) => ({ ...one, mentionId, by, at })),
  );
  for (const { words, dueAt } of fresh) {
    const known = await findCase(tx, { id: mentionId, of: 'mention' });
    if (!known || refusal(known, 'promised') !== null) return;
    await appendEvents(tx, [step(tools, known, { kind: 'promised', by, at, details: { words, until: dueAt } })]);
  }
}

const keyOf = ({ words, dueAt }: Pick<PromiseGiven, 'words' | 'dueAt'>) => JSON.stringify([words, dueAt]);

/** The case after it, or a sentence that says why it cannot be; null where there is no such case. */
export async function promise(
  tools: Tools,
  wish: CaseWish,
  { given, by }: { readonly given: PromiseGiven; readonly by: string },
): Promise<Case | string | null> {
  const at = tools.clock.now();
  return tools.store.write('a promise', async (tx) => {
    const known = await findCase(tx, wish);
    if (!known) return null;
    const no = refusal(known, 'promised');
    if (no !== null) return no;
    await givePromises(tools, tx, { mentionId: known.leadMentionId, promises: [given], by, at });
    return (await readCases(tx, [known.id]))[0] ?? null;
  });
}

/**
 * Those whose day has come were kept, else the one that is due first.
 * @param undo what was told as kept last is open again
 */
export async function keepPromise(
  tools: Tools,
  wish: CaseWish,
  { by, undo }: { readonly by: string; readonly undo: boolean },
): Promise<Case | string | null> {
  const at = tools.clock.now();
  return tools.store.write('a promise', async (tx) => {
    const known = await findCase(tx, wish);
    if (!known) return null;
    const all = await promisesOf(tx, known.mentionIds);
    const open = all.filter(({ keptAt }) => keptAt === null);
    const last = Math.max(...all.map(({ keptAt }) => keptAt ?? 0));
    const due = open.filter(({ fromAt }) => fromAt <= at);
    const meant = undo
      ? all.filter(({ keptAt }) => keptAt === last && last > 0)
      : due.length > 0
        ? due
        : open.slice(0, 1);
    if (meant.length === 0) return undo ? 'no promise was told as kept.' : 'nothing is promised that is not kept yet.';
    await markKept(
      tx,
      meant.map(({ id }) => id),
      undo ? null : { by, at },
    );
    const words = meant.map((one) => one.words).join(' · ');
    const details = undo ? { words: `not kept after all: ${words}` } : { words };
    await appendEvents(tx, [step(tools, known, { kind: undo ? 'note' : 'kept', by, at, details })]);
    return (await readCases(tx, [known.id]))[0] ?? null;
  });
}
