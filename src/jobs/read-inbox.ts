/** What the inbox shows: the digest as it would be now, with all that lies further back, and what is put off. */
import { dayMs } from '../clock.ts';
import { compose } from '../digest/compose.ts';
import type { Digest, Section, Shown } from '../digest/digest.ts';
import { listCases } from '../store/case-list.ts';
import { readCases } from '../store/cases.ts';
import { digestRows } from './digest-rows.ts';
import type { Tools } from './tools.ts';

/** The lists that are told piece by piece. */
export const lists = ['needsYou', 'unsure', 'praise'] as const;
export type List = (typeof lists)[number];
/** Which piece of each list is told; the first is 1. */
export type Pieces = Readonly<Record<List, number>>;

export interface Inbox {
  readonly digest: Digest;
  /** The pieces that are told: those asked for, or the last ones there are. */
  readonly pieces: Pieces;
  /** How many events each case had when it was read. */
  readonly events: ReadonlyMap<number, number>;
  readonly putOff: { readonly count: number; readonly nextAt: number } | null;
  /** Milliseconds UTC. */
  readonly now: number;
}

/** So many of each list make a piece. */
export const pieceOf: Readonly<Record<List, number>> = { needsYou: 20, unsure: 10, praise: 6 };

export async function readInbox(tools: Tools, wanted: Pieces): Promise<Inbox> {
  const { clock, config } = tools;
  const now = clock.now();
  const rows = await digestRows(tools, {
    kind: 'digest',
    recipient: '',
    timezone: config.timezone,
    window: { from: now - dayMs, to: now },
    reach: 'all',
  });
  const first = compose(rows, shownOf(wanted));
  const pieces: Pieces = {
    needsYou: lastPiece(first.needsYou, 'needsYou', wanted),
    unsure: lastPiece(first.unsure, 'unsure', wanted),
    praise: lastPiece(first.praise, 'praise', wanted),
  };
  const digest = lists.every((list) => pieces[list] === wanted[list]) ? first : compose(rows, shownOf(pieces));
  const caseIds = digest.needsYou.items.flatMap(({ caseId }) => (caseId === null ? [] : [caseId]));
  return tools.store.read('the inbox', async (tx) => {
    const cases = await readCases(tx, caseIds);
    const brandIds = [...tools.brands.keys()];
    const sleeping = (await listCases(tx, { brandIds, open: true })).flatMap(({ snoozedUntil }) =>
      snoozedUntil !== null && snoozedUntil > now ? [snoozedUntil] : [],
    );
    return {
      digest,
      pieces,
      events: new Map(cases.map((one) => [one.id, one.events.length])),
      putOff: sleeping.length === 0 ? null : { count: sleeping.length, nextAt: Math.min(...sleeping) },
      now,
    };
  });
}

function shownOf(pieces: Pieces): Shown {
  const slice = (list: List) => ({ from: (pieces[list] - 1) * pieceOf[list], most: pieceOf[list] });
  return {
    needsYou: slice('needsYou'),
    unsure: slice('unsure'),
    praise: slice('praise'),
    places: Number.POSITIVE_INFINITY,
  };
}

/** A piece that is no more, since its last item was answered, is the one before it. */
function lastPiece({ total }: Section, list: List, wanted: Pieces): number {
  return Math.max(1, Math.min(wanted[list], Math.ceil(total / pieceOf[list])));
}
