/** Who praises us, and what they allowed to be done with it. */
import { askingRefusal } from '../cases/asking.ts';
import {
  ledgerOf,
  type PraiseDetails,
  type PraiseEvent,
  type PraiseKind,
  praiseRefusal,
  telling,
} from '../cases/praise.ts';
import type { PraiseFace } from '../face/praise.ts';
import { sourceTitles } from '../sources/index.ts';
import { accountsOf } from '../store/author-joins.ts';
import { type MentionRow, readMentions } from '../store/mention-rows.ts';
import { addPraiseEvent, kindMentions, mentionsWithPraiseEvents, praiseEvents } from '../store/praise.ts';
import { allowedWords, allowing, isQuotable } from './allowed-words.ts';
import { eventsIn } from './praise-ledger.ts';
import type { Tools } from './tools.ts';

/** More kind words than anybody reads. */
const lookedAt = 2000;

export interface PraiseWish {
  readonly kind: PraiseKind;
  readonly by: string;
  /** Milliseconds UTC. */
  readonly at: number;
  readonly details: PraiseDetails;
}

/** @returns what is known of it now, or why nothing was written down */
export async function writePraise(tools: Tools, mentionId: number, wish: PraiseWish): Promise<PraiseFace | string> {
  return tools.store.write('praise', async (tx) => {
    const [row] = await readMentions(tx, [mentionId]);
    if (!row) return 'it is no longer here.';
    const events = eventsIn(await praiseEvents(tx, [mentionId]), mentionId);
    const no = praiseRefusal(events, wish.kind, wish.details) ?? askingRefusal(wish) ?? unquotable(row, wish.kind);
    if (no !== null) return no;
    const details = wish.kind === 'yes' ? allowing(tools, row, wish.details) : wish.details;
    await addPraiseEvent(tx, { mentionId, kind: wish.kind, at: wish.at, by: wish.by, details: { ...details } });
    const after = eventsIn(await praiseEvents(tx, [mentionId]), mentionId);
    return faceOf(tools, row, { events: after, praised: 1 });
  });
}

function unquotable({ post }: MentionRow, kind: PraiseKind): string | null {
  if (kind !== 'yes' || isQuotable({ post })) return null;
  if (post.goneAt !== null) return 'its author took it away, and with it the words.';
  const title = sourceTitles.get(post.source) ?? post.source;
  return `${title} lets nobody keep its words, so they cannot be shown elsewhere. Ask the customer to send you some, put those in with \`npx earshot add\`, and write down the yes there.`;
}

/** One line a customer, the most telling first; those of whom something was written down always. */
export async function praiseList(tools: Tools, brandIds: readonly string[]): Promise<readonly PraiseFace[]> {
  return tools.store.read('praise', async (tx) => {
    const ids = [
      ...(await mentionsWithPraiseEvents(tx, brandIds)),
      ...(await kindMentions(tx, { brandIds, limit: lookedAt })),
    ];
    const rows = await readMentions(tx, [...new Set(ids)]);
    const known = await praiseEvents(
      tx,
      rows.map(({ id }) => id),
    );
    const accounts = await accountsOf(tx);
    const customers = Map.groupBy(rows, ({ id, brand, post }) =>
      JSON.stringify([brand.id, post.authorId === null ? `m${id}` : accounts(post.authorId)[0]]),
    );
    const lines = [...customers.values()].flatMap((own) => {
      const ranked = own.toSorted(
        (one, other) => rankOf(other, own.length) - rankOf(one, own.length) || one.id - other.id,
      );
      const asked = ranked.filter(({ id }) => known.has(id));
      const [best] = ranked;
      return (asked.length > 0 ? asked : best ? [best] : []).map((row) => ({ row, praised: own.length }));
    });
    return lines
      .toSorted(
        (one, other) => rankOf(other.row, other.praised) - rankOf(one.row, one.praised) || one.row.id - other.row.id,
      )
      .map(({ row, praised }) => faceOf(tools, row, { events: eventsIn(known, row.id), praised }));
  });
}

function rankOf({ post, findings }: MentionRow, praised: number): number {
  return telling({
    score: Math.max(0, findings.sentiment.score ?? 0),
    length: post.text.length,
    topics: findings.topics.length,
    followers: post.author.followers,
    fullStars: post.rating !== null && post.rating.value === post.rating.scale,
    praised,
  });
}

function faceOf(
  tools: Tools,
  row: MentionRow,
  { events, praised }: { readonly events: readonly PraiseEvent[]; readonly praised: number },
): PraiseFace {
  const { post } = row;
  const { answer, asked, allowed, used, thanked } = ledgerOf(events);
  const { handle, name, url } = post.author;
  return {
    mention: row.id,
    brand: row.brand.name,
    who: post.authorId === null ? null : { id: post.authorId, source: post.source, handle, name, url },
    source: post.source,
    url: post.url,
    saidAt: iso(post.saidAt),
    text: post.text,
    quotable: isQuotable(row),
    praised,
    answer,
    asked: asked && { at: iso(asked.at), where: asked.details.where ?? null },
    allowed: allowed && {
      at: iso(allowed.at),
      where: allowed.details.where ?? null,
      words: isQuotable(row) ? allowedWords(tools, row, allowed.details) : null,
      named: allowed.details.named ?? null,
      linked: allowed.details.linked ?? false,
    },
    used: used.map(({ at, details }) => ({ at: iso(at), where: details.where ?? '' })),
    thankedAt: thanked && iso(thanked.at),
    events: events.map(({ kind, at, by, details }) => ({
      kind,
      at: iso(at),
      by,
      where: details.where ?? null,
      why: details.why ?? null,
    })),
  };
}

const iso = (at: number) => new Date(at).toISOString();
