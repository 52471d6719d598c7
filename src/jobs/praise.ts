/** Who praises us, what they allowed to be done with it, and what may be shown of it. */
import { guardedPlace } from '../cases/asking.ts';
import {
  ledgerOf,
  type PraiseDetails,
  type PraiseEvent,
  type PraiseKind,
  praiseKinds,
  praiseRefusal,
  telling,
} from '../cases/praise.ts';
import { placeName } from '../digest/place-name.ts';
import type { PraiseFace, TestimonialFace } from '../face/praise.ts';
import { sourceTitles } from '../sources/index.ts';
import { accountsOf } from '../store/author-joins.ts';
import { type MentionRow, readMentions } from '../store/mention-rows.ts';
import {
  addPraiseEvent,
  kindMentions,
  mentionsWithPraiseEvents,
  praiseEvents,
  type StoredPraiseEvent,
} from '../store/praise.ts';
import type { Tx } from '../store/tables.ts';
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
    const no = praiseRefusal(events, wish.kind, wish.details) ?? guard(wish) ?? unquotable(row, wish.kind);
    if (no !== null) return no;
    const details = wish.kind === 'yes' ? allowing(tools, row, wish.details) : wish.details;
    await addPraiseEvent(tx, { mentionId, kind: wish.kind, at: wish.at, by: wish.by, details: { ...details } });
    const after = eventsIn(await praiseEvents(tx, [mentionId]), mentionId);
    return faceOf(tools, row, { events: after, praised: 1 });
  });
}

/** Places where asking only the happy ones for a review is forbidden; asking for leave to quote them is not. */
function guard({ kind, details }: PraiseWish): string | null {
  if (kind !== 'ask' || details.for === 'words') return null;
  if (details.for === 'review' && !details.where?.trim()) return 'say where the review should stand: `--where`.';
  const place = guardedPlace(details.where ?? '');
  if (place === null) return null;
  return `${place.rule} Whoever praised you is happy, so do not ask them for a review there. ${place.instead} (The rule: ${place.source}.) To ask for leave to quote what they wrote is allowed: add \`--for words\`.`;
}

function unquotable({ post }: MentionRow, kind: PraiseKind): string | null {
  if (kind !== 'yes' || isQuotable({ post })) return null;
  if (post.goneAt !== null) return 'its author took it away, and with it the words.';
  const title = sourceTitles.get(post.source) ?? post.source;
  return `${title} lets nobody keep its words, so they cannot be shown elsewhere. Ask the customer to send you some, put those in with \`add\`, and write down the yes there.`;
}

function isQuotable({ post }: Pick<MentionRow, 'post'>): boolean {
  return post.words === 'kept' && post.wordsUntil === null && post.goneAt === null;
}

/** The place of the allowed words in the post, where they stand there: words of a post are kept nowhere but there. */
function allowing(tools: Tools, { post }: MentionRow, { words, ...details }: PraiseDetails): PraiseDetails {
  const at = words === undefined ? wholeOf(post.text) : placeOf(words, post.text);
  if (at === null) return { ...details, ...(words !== undefined && { words: words.trim() }) };
  return { ...details, at, print: tools.store.keyedHash(post.text.slice(at[0], at[1])) };
}

function wholeOf(text: string): readonly [number, number] | null {
  return text.trim() === '' ? null : [text.length - text.trimStart().length, text.trimEnd().length];
}

const escaped = (sign: string) => `\\u{${sign.codePointAt(0)?.toString(16) ?? ''}}`;

/** Spaces may differ; nothing else. */
function placeOf(words: string, text: string): readonly [number, number] | null {
  const parts = words
    .trim()
    .split(/\s+/)
    .map((part) => part.replaceAll(/[^\p{L}\p{N}]/gu, escaped));
  const found = new RegExp(parts.join('\\s+'), 'u').exec(text);
  return found && words.trim() !== '' ? [found.index, found.index + found[0].length] : null;
}

/** Null where they no longer stand in the post as they were allowed. */
function allowedWords(
  tools: Tools,
  { post }: Pick<MentionRow, 'post'>,
  { at, print, words }: PraiseDetails,
): string | null {
  if (!at) return words ?? null;
  const said = post.text.slice(at[0], at[1]);
  return said !== '' && tools.store.keyedHash(said) === print ? said : null;
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

/** What the ledger of one mention says; null where there is no such mention. */
export async function praiseOf(tools: Tools, mentionId: number): Promise<PraiseFace | null> {
  return tools.store.read('praise', async (tx) => {
    const [row] = await readMentions(tx, [mentionId]);
    return row
      ? faceOf(tools, row, { events: eventsIn(await praiseEvents(tx, [mentionId]), mentionId), praised: 1 })
      : null;
  });
}

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

function eventsIn(known: ReadonlyMap<number, readonly StoredPraiseEvent[]>, mentionId: number): readonly PraiseEvent[] {
  return (known.get(mentionId) ?? []).flatMap(({ kind, at, by, details }) => {
    const named = praiseKinds.find((one) => one === kind);
    return named ? [{ kind: named, at, by, details: details as PraiseDetails }] : [];
  });
}

const iso = (at: number) => new Date(at).toISOString();
