/** The first fast judge: weighs what the word lists found, as a careful reader would. Its weights are set by hand, not trained. */
import { type Cue, isTold } from '../cues.ts';
import type { Reading } from '../reading.ts';
import { starsOf } from '../sentiment.ts';
import type { Evidence, FastJudge, Features, Judgement } from './fast.ts';

/** Log-odds of a complaint in a post that says nothing of the kind. */
const start = -2.2;
/** The first thing said counts in full, what is said beside it less and less. */
const further = [1, 0.55, 0.35, 0.2];
/** What the title says and the text says again counts less still. */
const again = 0.5;

const against = new Set<Cue['kind']>(['wrong', 'bad', 'grave', 'help']);
const strong = new Set<Cue['kind']>(['wrong', 'bad', 'grave']);

/** A judge without state. */
export function ruleJudge(): FastJudge {
  return { version: 'rules-2', judge };
}

function judge(features: Features): Judgement {
  const said = features.cues.map((cue) => ({ cue, weight: weigh(cue, features) }));
  const settled = settledWeight(said);
  const bad = diminish(said.filter(({ weight }) => weight > 0).map(settled.calm), features.reading);
  const good = diminish(
    said.filter(({ weight }) => weight < 0),
    features.reading,
  );
  const trouble = total(bad.filter(({ cue }) => strong.has(cue.kind)));
  const rated = Math.max(0, total(fromRating(features)));
  const evidence: Evidence[] = [
    ...bad.map(({ cue, weight }) => ({ rule: cue.rule, cue, weight })),
    ...good.map(({ cue, weight }) => ({ rule: cue.rule, cue, weight: weight * forgiven(cue, trouble + rated) })),
    ...settled.evidence,
    ...fromMood(features, trouble),
    ...fromRating(features),
    ...fromManner(features, total(bad)),
  ];
  const odds = start + total(evidence);
  return { complaint: 1 / (1 + Math.exp(-odds)), severity: null, feeling: null, about: null, evidence };
}

interface Said {
  readonly cue: Cue;
  readonly weight: number;
}

/** What one cue says by itself: towards a complaint when positive. */
function weigh(cue: Cue, features: Features): number {
  const { addressed, cues, rating } = features;
  const own = cue.target !== 'us' && cues.some(({ kind }) => kind === 'lately') ? 0.35 : 1;
  const supposed = cue.supposed && cue.kind !== 'grave' ? 0.4 : 1;
  if (cue.kind === 'settled') return 0;
  // Who gives stars is a customer; who asks is told what to do.
  if (cue.kind === 'apart' && rating) return 0;
  if (cue.kind === 'advice') return features.reply ? -cue.weight : 0;
  if (against.has(cue.kind)) {
    if (cue.target === 'them') return cue.weight * 0.08;
    if (cue.negated) return -0.4 * cue.weight;
    const loose = cue.target === 'unknown' && !cue.aimed && !addressed;
    const shy = !loose ? 1 : cue.kind === 'bad' ? 0.45 : 0.75;
    return cue.weight * supposed * shy * own * (isAdvised(cue, features) ? 0.3 : 1);
  }
  if (cue.target === 'them' && (cue.kind === 'praise' || cue.kind === 'idiom')) return 0;
  if (cue.kind === 'praise' && cue.negated) return 0.7 * cue.weight;
  return -cue.weight;
}

/** Somebody else's trouble, told by who answers them. */
function isAdvised(cue: Cue, { reply, cues }: Features): boolean {
  return reply && !cue.self && cues.some(({ kind }) => kind === 'advice');
}

function diminish(said: readonly Said[], { tokens }: Reading): readonly Said[] {
  const order = [...said].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  const fieldOf = new Map<string, string>();
  return order.map(({ cue, weight }, i) => {
    const field = tokens[cue.from]?.field ?? 'text';
    const repeated = (fieldOf.get(cue.rule) ?? field) === field ? 1 : again;
    fieldOf.set(cue.rule, field);
    return { cue, weight: weight * repeated * (further[Math.min(i, further.length - 1)] ?? 0) };
  });
}

/** What was put right stops to be a complaint, unless trouble is told of after it. */
function settledWeight(said: readonly Said[]): { evidence: readonly Evidence[]; calm: (said: Said) => Said } {
  const last = said.filter(({ cue }) => cue.kind === 'settled' && isTold(cue)).at(-1);
  const later = last && said.some(({ cue, weight }) => weight > 1.2 && strong.has(cue.kind) && cue.from >= last.cue.to);
  if (!last || later) return { evidence: [], calm: (each) => each };
  return {
    evidence: [{ rule: last.cue.rule, cue: last.cue, weight: -last.cue.weight * 0.6 }],
    calm: ({ cue, weight }) => ({ cue, weight: weight * (cue.kind === 'grave' ? 0.8 : 0.35) }),
  };
}

/** Kind words and shoppers' questions excuse little where trouble is told of beside them. */
function forgiven(cue: Cue, trouble: number): number {
  if (trouble < 1.5) return 1;
  if (cue.kind === 'apart') return trouble < 3 ? 1 : 0.6;
  if (cue.kind === 'asks') return trouble < 2.5 ? 0.6 : 0.2;
  return cue.kind === 'praise' || cue.kind === 'lately' ? 0.45 : 1;
}

function fromMood({ spoken: { words: sentiment }, cues, addressed }: Features, trouble: number): readonly Evidence[] {
  if (sentiment === null || Math.abs(sentiment) < 0.1) return [];
  const aimed = addressed || cues.some((cue) => cue.aimed);
  const weight = sentiment < 0 ? -sentiment * (aimed ? 2.2 : 0.8) : -sentiment * (trouble >= 1.5 ? 0.5 : 1.5);
  return [{ rule: sentiment < 0 ? 'negative mood' : 'positive mood', cue: null, weight }];
}

/** Two stars of five or fewer are a complaint unless the words speak clearly against it. */
function starWeight(stars: number): number {
  if (stars <= -0.5) return 3.4;
  if (stars <= 0) return 0.8;
  return stars < 0.9 ? -2 : -3.2;
}

function fromRating({ rating }: Features): readonly Evidence[] {
  const stars = starsOf(rating);
  if (stars === null) return [];
  return [{ rule: stars <= 0 ? 'few stars' : 'many stars', cue: null, weight: starWeight(stars) }];
}

function fromManner({ reading, addressed }: Features, trouble: number): readonly Evidence[] {
  const evidence: Evidence[] = [];
  const loud = reading.tokens.filter((token) => token.loud).length;
  if (trouble > 0.5 && (loud >= 2 || reading.exclaimed.size >= 2))
    evidence.push({ rule: 'raised voice', cue: null, weight: 0.3 });
  if (addressed && trouble > 0.5) evidence.push({ rule: 'said to us', cue: null, weight: 0.7 });
  return evidence;
}

function total(said: readonly { weight: number }[]): number {
  return said.reduce((sum, { weight }) => sum + weight, 0);
}
