/** A cause was mended: written down, and whom of its customers to tell, with a draft each. */
import { sayDay } from '../digest/local-time.ts';
import { placeName } from '../digest/place-name.ts';
import type { ToTellFace } from '../face/causes.ts';
import { mendedDraft } from '../replies/mended.ts';
import { readCases } from '../store/cases.ts';
import { addMending, casesCausedBy, mendings, takeMendingBack } from '../store/causes.ts';
import { readMentions } from '../store/mention-rows.ts';
import type { Tx } from '../store/tables.ts';
import { asSpelt } from './causes.ts';
import { lastingFace } from './mention-face.ts';
import { titlesOf } from './source-titles.ts';
import type { Tools } from './tools.ts';

export interface Mending {
  readonly brandId: string;
  readonly cause: string;
  readonly what: string;
  readonly by: string;
}

/** Null where no case has that cause. What was written down before, word by word, is only told again. */
export async function mendCause(tools: Tools, mending: Mending): Promise<ToTellFace | null> {
  const now = tools.clock.now();
  return tools.store.write('a mended cause', async (tx) => {
    const cause = await asSpelt(tx, mending.brandId, mending.cause);
    const told = await toTell(tools, tx, { ...mending, cause });
    if (told.tell.length === 0) return null;
    const [last] = (await mendings(tx, [mending.brandId])).filter((one) => one.cause === cause);
    if (last?.what !== mending.what) await addMending(tx, { ...mending, cause, at: now });
    return told;
  });
}

/** The brands of which a complaint was put down to that. */
export async function brandsBlamed(tools: Tools, brandIds: readonly string[], cause: string): Promise<string[]> {
  return tools.store.read('a cause', async (tx) => {
    const blamed: string[] = [];
    for (const id of brandIds) {
      const [one] = await casesCausedBy(tx, [id], [await asSpelt(tx, id, cause)]);
      if (one) blamed.push(id);
    }
    return blamed;
  });
}

/** @returns whether there was anything to take back */
export async function unmendCause(tools: Tools, brandId: string, cause: string): Promise<boolean> {
  return tools.store.write('a cause is not mended', async (tx) =>
    takeMendingBack(tx, brandId, await asSpelt(tx, brandId, cause), tools.clock.now()),
  );
}

/** As a computer calls whoever is not logged in by a name. */
const nobody = 'you';

/** Customers of that cause, the last to speak first; each once. */
async function toTell(tools: Tools, tx: Tx, { brandId, cause, what, by }: Mending): Promise<ToTellFace> {
  const { config, brands } = tools;
  const now = tools.clock.now();
  const titles = titlesOf(tools);
  const brand = brands.get(brandId)?.name ?? brandId;
  const caused = await casesCausedBy(tx, [brandId], [cause]);
  const cases = await readCases(
    tx,
    caused.map(({ caseId }) => caseId),
  );
  const mentions = await readMentions(
    tx,
    cases.map(({ leadMentionId }) => leadMentionId),
  );
  const byId = new Map(mentions.map((row) => [row.id, row]));
  const tell = cases.flatMap((one) => {
    const row = byId.get(one.leadMentionId);
    if (!row) return [];
    const { author, source, url, place, language } = lastingFace(row);
    // Whoever wrote an article is nobody's guest.
    const name = row.post.kind === 'articles' ? null : (author.name ?? author.handle);
    const day = sayDay(row.post.saidAt, now, config.timezone);
    const draft = mendedDraft({ name, brand, cause, what, by: by === nobody ? null : by, day });
    return [{ case: one.id, name, place: placeName({ source, url, place }, titles), url, language, draft }];
  });
  return { brand, cause, what, tell };
}
