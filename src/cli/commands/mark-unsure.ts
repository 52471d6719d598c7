/** `earshot mark --unsure`: walks through what Earshot is not sure about, one key each, with undo. */
import type { Edges } from '../../edges.ts';
import { mark } from '../../jobs/mark.ts';
import { mentionFace } from '../../jobs/mention-face.ts';
import type { Tools } from '../../jobs/tools.ts';
import type { MarkKind } from '../../mention.ts';
import { listMentions } from '../../store/mention-list.ts';
import { type Asker, Stopped } from '../asker.ts';
import { count } from '../format.ts';
import { mentionInFull, tellingOf } from '../tell-mention.ts';

const keys = [
  { value: 'c', label: 'a complaint' },
  { value: 'n', label: 'no complaint' },
  { value: 'o', label: 'not about us' },
  { value: 's', label: 'skip' },
  { value: 'u', label: 'undo the last one' },
  { value: 'q', label: 'stop here' },
] as const;
const marks: Readonly<Record<string, MarkKind>> = { c: 'complaint', n: 'no-complaint', o: 'not-us' };

/** Each key is kept at once: Ctrl-C loses nothing. */
const stopHere = (error: unknown): 'q' => {
  if (error instanceof Stopped) return 'q';
  throw error;
};

/** @returns the exit code */
export async function walkUnsure(
  edges: Edges,
  tools: Tools,
  asker: Asker,
  brandIds: readonly string[] | undefined,
): Promise<number> {
  const rows = await tools.store.read('unsure', (tx) =>
    listMentions(tx, { pile: 'unsure', limit: 0, ...(brandIds && { brandIds }) }),
  );
  const done: { at: number; mentionId: number; kind: MarkKind }[] = [];
  for (let at = 0; at < rows.length || done.length > 0; ) {
    const row = rows[at];
    if (row) edges.terminal.out(`\n${mentionInFull(mentionFace(row), tellingOf(edges, tools))}\n`);
    const key = await (row
      ? asker.key(`${at + 1} of ${rows.length}: what is it?`, keys)
      : asker.key('That was the last one.', keys.slice(-2))
    ).catch(stopHere);
    if (key === 'q') break;
    if (key === 'u') {
      const last = done.pop();
      if (!last) continue;
      await mark(tools, { ...last, by: edges.person, why: null, undo: true });
      at = last.at;
      continue;
    }
    const kind = marks[key];
    if (row && kind) {
      await mark(tools, { mentionId: row.id, kind, by: edges.person, why: null, undo: false });
      done.push({ at, mentionId: row.id, kind });
    }
    at += 1;
  }
  const left = rows.length - done.length;
  edges.terminal.err(
    rows.length === 0
      ? 'Nothing is unsure.\n'
      : `\n${count(done.length, 'mention')} decided${left > 0 ? `, ${left} left for later` : ''}. \`${tools.earshot} list\` shows what needs you.\n`,
  );
  return 0;
}
