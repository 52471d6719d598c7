/** What was noticed in a digest's window, with the posts that show it. */
import { z } from 'zod';
import type { NewsRow } from '../digest/news.ts';
import type { MentionFace } from '../face/mention.ts';
import { readCases } from '../store/cases.ts';
import { type MentionRow, readMentions } from '../store/mention-rows.ts';
import { newsBetween, type StoredNews } from '../store/news.ts';
import type { Tx } from '../store/tables.ts';
import type { Tools } from './tools.ts';

/** @param face how a mention is shown to whom this goes */
export async function digestNews(
  tools: Tools,
  tx: Tx,
  window: { readonly from: number; readonly to: number },
  face: (row: MentionRow) => MentionFace,
): Promise<NewsRow[]> {
  const rows: NewsRow[] = [];
  for (const news of await newsBetween(tx, [...tools.brands.keys()], window)) {
    const told = toldOf(news);
    // A later Earshot may notice what this one does not know.
    if (told === null) continue;
    const brandTitle = tools.brands.get(news.brandId)?.name ?? news.brandId;
    const posts = (await readMentions(tx, await mentionIdsOf(tx, told))).map(face);
    rows.push({ brandTitle, posts, ...told });
  }
  return rows;
}

const ids = z.array(z.int());
const Told = z.discriminatedUnion('kind', [
  z.object({
    kind: z.enum(['fall', 'spike']),
    days: z.int(),
    count: z.int(),
    usual: z.object({ value: z.number(), low: z.number(), high: z.number() }),
    topics: z.array(z.string()),
    places: z.array(z.string()),
    mentionIds: ids,
  }),
  z.object({ kind: z.literal('again'), name: z.string(), times: z.int(), since: z.int(), mentionIds: ids }),
  z.object({
    kind: z.enum(['back', 'stayed-away']),
    cause: z.string(),
    what: z.string(),
    at: z.int(),
    state: z.enum(['watching', 'stayed away', 'back']),
    watchedUntil: z.int(),
    back: ids,
  }),
]);

function toldOf({ kind, subject, details }: StoredNews): z.infer<typeof Told> | null {
  return Told.safeParse({ ...details, kind, name: subject, cause: subject }).data ?? null;
}

/** Of a cause that is back, what its cases began with. */
async function mentionIdsOf(tx: Tx, told: z.infer<typeof Told>): Promise<readonly number[]> {
  if ('mentionIds' in told) return told.mentionIds;
  return (await readCases(tx, told.back)).map(({ leadMentionId }) => leadMentionId);
}
