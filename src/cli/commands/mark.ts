/** `earshot mark`: what a person says of a judgement; it stays, whatever is judged later. */
import type { Edges } from '../../edges.ts';
import { mark } from '../../jobs/mark.ts';
import { mentionFace } from '../../jobs/mention-face.ts';
import { findCase } from '../../jobs/work-case.ts';
import { type MarkKind, markKinds } from '../../mention.ts';
import { readMentions } from '../../store/mention-rows.ts';
import { nearestOf } from '../right-word.ts';
import { brandIds, idGiven, withTools } from '../tools.ts';
import { Misuse } from '../trouble.ts';

interface Options {
  readonly config?: string;
  readonly why?: string;
  readonly undo?: boolean;
  readonly as?: string;
  readonly json?: boolean;
  readonly unsure?: boolean;
  readonly brand?: string;
}

const done: Readonly<Record<MarkKind, string>> = {
  complaint: 'is a complaint; it has a case',
  'no-complaint': 'is no complaint; its case is dismissed',
  us: 'is about you',
  'not-us': 'is not about you; it is out of the queue',
  urgent: 'is urgent; it stands first',
  solved: 'is solved; its case is closed as happy',
};

export async function command(edges: Edges, options: Options, word?: string, what?: string): Promise<number> {
  if (options.unsure) return walk(edges, options);
  if (word === undefined || what === undefined) {
    throw new Misuse(
      `Which one, and what is it? npx earshot mark m17 no-complaint. Marks are: ${markKinds.join(', ')}.`,
    );
  }
  const kind = markKinds.find((one) => one === what);
  if (!kind) {
    const near = nearestOf(what, markKinds);
    throw new Misuse(
      `A mention cannot be marked ${what}.${near ? ` Did you mean ${near}?` : ` Marks are: ${markKinds.join(', ')}.`}`,
    );
  }
  return withTools(edges, options, async (tools) => {
    const wish = idGiven(word, 'mention');
    const row = await tools.store.read('one mention', async (tx) => {
      const mentionId = wish.of === 'case' ? (await findCase(tx, wish))?.mentionIds[0] : wish.id;
      return mentionId === undefined ? undefined : (await readMentions(tx, [mentionId]))[0];
    });
    if (!row) throw new Misuse(`There is no ${wish.of} ${word}. \`npx earshot list --all\` shows what there is.`);
    const undo = options.undo ?? false;
    await mark(tools, { mentionId: row.id, kind, by: options.as ?? edges.person, why: options.why ?? null, undo });
    const [after] = await tools.store.read('one mention', (tx) => readMentions(tx, [row.id]));
    if (options.json && after) edges.terminal.out(`${JSON.stringify(mentionFace(after), null, 2)}\n`);
    else edges.terminal.out(undo ? `m${row.id} is no longer marked ${kind}.\n` : `m${row.id} ${done[kind]}.\n`);
    return 0;
  });
}

async function walk(edges: Edges, options: Options): Promise<number> {
  if (edges.stdinPiped)
    throw new Misuse(
      'Nobody can press a key here; `npx earshot list --unsure` shows them, `mark m17 complaint` decides one.',
    );
  const { terminalAsker } = await import('../asker.ts');
  const { walkUnsure } = await import('./mark-unsure.ts');
  return withTools(edges, options, async (tools) =>
    walkUnsure(edges, tools, terminalAsker, await brandIds(tools, options.brand)),
  );
}
