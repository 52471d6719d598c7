/** What may be shown of praise: what its author allowed, word by word, and why the rest is not. */
import { ledgerOf, type PraiseEvent } from '../cases/praise.ts';
import { placeName } from '../digest/place-name.ts';
import type { TestimonialFace } from '../face/praise.ts';
import { sourceTitles } from '../sources/index.ts';
import { type MentionRow, readMentions } from '../store/mention-rows.ts';
import { mentionsWithPraiseEvents, praiseEvents } from '../store/praise.ts';
import type { Tx } from '../store/tables.ts';
import { allowedWords, isQuotable } from './allowed-words.ts';
import { eventsIn } from './praise-ledger.ts';
import type { Tools } from './tools.ts';

export interface Testimonials {
  readonly shown: readonly TestimonialFace[];
  /** Allowed, and yet not shown. */
  readonly leftOut: readonly { readonly mention: number; readonly why: string }[];
}

/** Only what a standing yes allows, word by word. */
export async function testimonials(tools: Tools, brandIds: readonly string[]): Promise<Testimonials> {
  return tools.store.read('testimonials', async (tx) => {
    const rows = await withEvents(tx, brandIds);
    const shown: TestimonialFace[] = [];
    const leftOut: Testimonials['leftOut'][number][] = [];
    for (const { row, events } of rows) {
      const { allowed } = ledgerOf(events);
      if (allowed === null) continue;
      const words = isQuotable(row) ? allowedWords(tools, row, allowed.details) : null;
      if (words === null) leftOut.push({ mention: row.id, why: whyNot(row) });
      else shown.push(testimonial(row, allowed, words));
    }
    return { shown, leftOut };
  });
}

async function withEvents(tx: Tx, brandIds: readonly string[]) {
  const ids = await mentionsWithPraiseEvents(tx, brandIds);
  const known = await praiseEvents(tx, ids);
  return (await readMentions(tx, ids)).map((row) => ({ row, events: eventsIn(known, row.id) }));
}

function whyNot({ post }: MentionRow): string {
  if (post.goneAt !== null) return 'its author took it away';
  if (!isQuotable({ post })) return `${sourceTitles.get(post.source) ?? post.source} lets nobody keep its words`;
  return 'the post says something else by now: ask again';
}

function testimonial(row: MentionRow, { at, details }: PraiseEvent, words: string): TestimonialFace {
  const { post } = row;
  const linked = details.linked === true;
  return {
    mention: row.id,
    brand: row.brand.name,
    words,
    language: row.findings.language,
    name: details.named ?? null,
    url: linked ? post.url : null,
    place: linked ? placeName({ source: post.source, url: post.url, place: post.place }, sourceTitles) : null,
    saidAt: iso(post.saidAt),
    allowedAt: iso(at),
  };
}

const iso = (at: number) => new Date(at).toISOString();
