/** What says nearly the same is decided once: such posts on the pile of what is unsure are shown as one, and marked together. */
import { readsAlike } from '../match/same.ts';
import type { MarkKind } from '../mention.ts';
import { markedBecause } from '../store/marks.ts';
import { listMentions } from '../store/mention-list.ts';
import type { MentionRow } from '../store/mention-rows.ts';
import { plainWords } from '../text/fingerprint.ts';
import type { Tools } from './tools.ts';

/** A mention, and those given behind it that say nearly the same. */
export interface Alike {
  readonly row: MentionRow;
  readonly others: readonly MentionRow[];
}

/** So many of a brand's pile are held against each other, whoever looks; each of the rest stands alone. */
const looksAt = 300;

/** Each is held against the first of the groups before it; in the order of the first of each. */
export function groupAlike(rows: readonly MentionRow[]): readonly Alike[] {
  const groups: { row: MentionRow; said: readonly string[]; others: MentionRow[] }[] = [];
  const seen = new Map<string, number>();
  for (const row of rows) {
    const before = seen.get(row.brand.id) ?? 0;
    seen.set(row.brand.id, before + 1);
    const looks = before < looksAt;
    const said = looks ? plainWords(`${row.post.title ?? ''} ${row.post.text}`) : [];
    const group = looks && groups.find((one) => asksTheSame(one.row, row) && readsAlike(one.said, said));
    if (group) group.others.push(row);
    else groups.push({ row, said, others: [] });
  }
  return groups;
}

/** One answer can count for both: nobody has said of one what is still asked of the other. */
function asksTheSame(one: MentionRow, other: MentionRow): boolean {
  return (
    one.brand.id === other.brand.id &&
    one.post.rating?.value === other.post.rating?.value &&
    one.marks.us === other.marks.us &&
    one.findings.relevance.verdict === other.findings.relevance.verdict
  );
}

/** The others on the pile of what is unsure that are shown as one with this one; none where it does not lie there. */
export async function besideIt(tools: Tools, { id, brand, pile }: MentionRow): Promise<readonly number[]> {
  if (pile !== 'unsure') return [];
  const rows = await tools.store.read('what is alike', (tx) =>
    listMentions(tx, { pile, brandIds: [brand.id], limit: looksAt }),
  );
  const group = groupAlike(rows).find(({ row, others }) => [row, ...others].some((one) => one.id === id));
  return group ? [group.row, ...group.others].map((one) => one.id).filter((one) => one !== id) : [];
}

/** Why one was marked that nobody looked at. */
export const asWith = (mentionId: number) => `says nearly the same as m${mentionId}`;

/** Those that were marked so together with this one, and still are. */
export function markedBeside(tools: Tools, mentionId: number, kind: MarkKind): Promise<readonly number[]> {
  return tools.store.read('what went with a mark', (tx) => markedBecause(tx, kind, asWith(mentionId)));
}
