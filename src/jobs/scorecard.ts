/** How right the flags were, as `scorecard` tells it. */
import type { ScorecardFace } from '../face/scorecard.ts';
import { type Judged, scorecard } from '../insight/scorecard.ts';
import { sourceTitles } from '../sources/index.ts';
import { readBrands } from '../store/brands.ts';
import { type Decision, readDecisions } from '../store/decisions.ts';
import type { Tools } from './tools.ts';

export interface ScorecardWish {
  readonly brandIds: readonly string[];
  /** Milliseconds UTC: what came in from then on; null: all. */
  readonly since: number | null;
}

export async function scorecardFace(tools: Tools, { brandIds, since }: ScorecardWish): Promise<ScorecardFace> {
  const { decisions, known } = await tools.store.read('decisions', async (tx) => ({
    decisions: await readDecisions(tx, { brandIds, since: since ?? 0 }),
    known: await readBrands(tx),
  }));
  const card = scorecard(decisions.map((decision) => judged(tools, decision)));
  return {
    brands: known.filter(({ id }) => brandIds.includes(id)).map(({ name }) => name),
    since: since === null ? null : new Date(since).toISOString(),
    ...card,
    sources: [...card.sources],
    topics: [...card.topics],
  };
}

function judged(tools: Tools, { brandId, byHand, ...decision }: Decision): Judged {
  if (!byHand) return { ...decision, byHand: null };
  const source = sourceCalled(decision.source);
  const listens = tools.watches.some((watch) => watch.source === source && watch.brands.includes(brandId));
  return { ...decision, source, byHand: listens ? 'where-we-listen' : 'elsewhere' };
}

/** Whoever puts something in by hand names a place as people do: `App Store`. */
function sourceCalled(word: string): string {
  const plain = (text: string) => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '');
  return [...sourceTitles].find((names) => names.some((name) => plain(name) === plain(word)))?.[0] ?? word;
}
