/** `earshot mark --unsure`: walks through what Earshot is not sure about, one key for all that is alike, with undo. */
import { sayHeeded } from '../../digest/heeded.ts';
import type { Edges } from '../../edges.ts';
import { groupAlike } from '../../jobs/group-alike.ts';
import { markAlike } from '../../jobs/mark-alike.ts';
import { mentionFace } from '../../jobs/mention-face.ts';
import type { Tools } from '../../jobs/tools.ts';
import type { MarkKind } from '../../mention.ts';
import { countListed, listMentions } from '../../store/mention-list.ts';
import { type MentionRow, readMentions } from '../../store/mention-rows.ts';
import { type Asker, Stopped } from '../asker.ts';
import { count } from '../format.ts';
import { mentionAtAGlance, piles, tellingOf } from '../tell-mention.ts';

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
  const filter = { pile: 'unsure', ...(brandIds && { brandIds }) } as const;
  const rows = await tools.store.read('unsure', (tx) => listMentions(tx, { ...filter, limit: 0 }));
  const groups = groupAlike(rows).map(({ row, others }) => [row, ...others].map(({ id }) => id));
  const done: { at: number; mentionIds: readonly number[]; kind: MarkKind }[] = [];
  for (let at = 0; at < groups.length || done.length > 0; ) {
    const still = await stillUnsure(tools, groups[at] ?? []);
    const [row] = still;
    // What was marked before may have decided this one, too.
    if (!row && at < groups.length) {
      at += 1;
      continue;
    }
    if (row) edges.terminal.out(`\n${mentionAtAGlance(mentionFace(row), tellingOf(edges, tools), still.length - 1)}\n`);
    const key = await (row
      ? asker.key(`${at + 1} of ${groups.length}: what is it?`, keys)
      : asker.key('That was the last one.', keys.slice(-2))
    ).catch(stopHere);
    if (key === 'q') break;
    if (key === 'u') {
      const last = done.pop();
      if (!last) continue;
      await say(edges, tools, last, true);
      at = last.at;
      continue;
    }
    const kind = marks[key];
    if (row && kind) {
      const one = { at, mentionIds: still.map(({ id }) => id), kind };
      await say(edges, tools, one, false);
      done.push(one);
    }
    at += 1;
  }
  const decided = done.reduce((sum, { mentionIds }) => sum + mentionIds.length, 0);
  const left = await tools.store.read('what is left', (tx) => countListed(tx, filter));
  edges.terminal.err(
    rows.length === 0
      ? 'Nothing is unsure.\n'
      : `\n${count(decided, 'mention')} decided${left > 0 ? `, ${left} left for later` : ''}. \`${tools.earshot} list\` shows what needs you.\n`,
  );
  return 0;
}

async function stillUnsure(tools: Tools, ids: readonly number[]): Promise<readonly MentionRow[]> {
  const rows = await tools.store.read('one that is unsure', (tx) => readMentions(tx, ids));
  return rows.filter(({ pile }) => pile === 'unsure');
}

/** Marks all that are alike, and tells what else moved by that. */
async function say(
  { person: by, terminal }: Edges,
  tools: Tools,
  { mentionIds, kind }: { readonly mentionIds: readonly number[]; readonly kind: MarkKind },
  undo: boolean,
): Promise<void> {
  const [mentionId, ...alike] = mentionIds;
  if (mentionId === undefined) return;
  const heeded = await markAlike(tools, { mentionId, kind, by, why: null, undo }, alike);
  const more = typeof heeded === 'string' ? heeded : sayHeeded(heeded, piles);
  if (more !== null) terminal.out(`${more}\n`);
}
