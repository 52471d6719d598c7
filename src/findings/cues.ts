/** Finds the phrases that tell something, and whom and what they speak of. */
import type { Kind, Lore, Rule, Tongue } from './lexicon.ts';
import type { Heard } from './phrases.ts';
import type { Reading, Token } from './reading.ts';

export interface Cue {
  readonly rule: string;
  readonly kind: Kind;
  readonly weight: number;
  readonly severity: number;
  readonly topics: Rule['topics'];
  /** A person should see it, whatever the judges say of the whole. */
  readonly rises: boolean;
  readonly valence: number | null;
  /** Tokens `from` up to but without `to`. */
  readonly from: number;
  readonly to: number;
  /** Turned round by a word before it ("no delays"). */
  readonly negated: boolean;
  /** Said under an "if". */
  readonly supposed: boolean;
  /** Whom it speaks of: the last name before it in its sentence, else the next, else whoever was spoken of last. */
  readonly target: 'us' | 'them' | 'unknown';
  /** Words of business, or names, stand in the same sentence or beside it. */
  readonly aimed: boolean;
  /** Words of business stand in the same sentence. */
  readonly business: boolean;
  /** Its sentence speaks of whoever writes: I, we, my … */
  readonly self: boolean;
}

/** Said as it stands: neither turned round nor imagined. */
export const isTold = ({ negated, supposed }: Cue): boolean => !negated && !supposed;

/** Words after a "not" that make it say more, not less: not only kind; can't believe how kind. */
const emphatic = new Set(['only', 'believe', 'stress']);

/** How many words before a phrase may turn it round. */
const negationReach = 3;
const suppositionReach = 9;

/** Cues in the order of the text. A phrase inside an idiom is no cue; of two that overlap the weightier stays. */
export function findCues(reading: Reading, heard: readonly Heard<Rule>[], tongue: Tongue): readonly Cue[] {
  if (heard.length === 0) return [];
  const scene = setScene(reading, tongue);
  const idioms = heard.filter(({ rule }) => rule.kind === 'idiom');
  const kept: Heard<Rule>[] = [];
  const order = [...heard].sort((a, b) => b.rule.weight - a.rule.weight || b.to - b.from - (a.to - a.from));
  for (const each of order) {
    const masked = each.rule.kind !== 'idiom' && idioms.some((idiom) => overlaps(idiom, each));
    const beside = kept.some((other) => sameSide(other.rule.kind, each.rule.kind) && overlaps(other, each));
    if (!masked && !beside) kept.push(each);
  }
  return kept.sort((a, b) => a.from - b.from).map((each) => toCue(each, scene));
}

interface Scene {
  readonly tokens: readonly Token[];
  readonly lore: readonly Lore[];
  /** By sentence: where names stand. */
  readonly names: ReadonlyMap<number, readonly number[]>;
  /** Sentences with words of business, and with words by which somebody speaks of themselves. */
  readonly business: ReadonlySet<number>;
  readonly self: ReadonlySet<number>;
}

function setScene({ tokens }: Reading, tongue: Tongue): Scene {
  const names = new Map<number, number[]>();
  const business = new Set<number>();
  const self = new Set<number>();
  const lore = tokens.map(tongue.lore);
  tokens.forEach(({ text, sentence }, place) => {
    if (text === '<us>' || text === '<them>') names.set(sentence, [...(names.get(sentence) ?? []), place]);
    else if (lore[place]?.business) business.add(sentence);
    else if (lore[place]?.self) self.add(sentence);
  });
  return { tokens, lore, names, business, self };
}

function toCue({ rule, from, to }: Heard<Rule>, scene: Scene): Cue {
  const sentence = scene.tokens[from]?.sentence ?? 0;
  return {
    rule: rule.rule,
    kind: rule.kind,
    weight: rule.weight,
    severity: rule.severity,
    topics: rule.topics,
    rises: rule.rises || rule.kind === 'grave',
    valence: rule.valence ?? null,
    from,
    to,
    negated: isNegated(from, scene),
    supposed: isSupposed(from, scene),
    target: targetOf(from, to, sentence, scene),
    aimed: [sentence - 1, sentence, sentence + 1].some((near) => scene.business.has(near) || scene.names.has(near)),
    business: scene.business.has(sentence),
    self: scene.self.has(sentence),
  };
}

function isNegated(from: number, { tokens, lore }: Scene): boolean {
  const clause = tokens[from]?.clause;
  if (lore[from]?.negates) return false;
  for (let back = 1; back <= negationReach; back++) {
    const before = tokens[from - back];
    if (!before || before.clause !== clause) return false;
    if (lore[from - back]?.negates) return !emphatic.has(tokens[from - back + 1]?.text ?? '');
  }
  return false;
}

function isSupposed(from: number, { tokens, lore }: Scene): boolean {
  const sentence = tokens[from]?.sentence;
  for (let back = 0; back <= suppositionReach; back++) {
    const before = tokens[from - back];
    if (!before || before.sentence !== sentence) return false;
    if (lore[from - back]?.supposes) return true;
  }
  return false;
}

function targetOf(from: number, to: number, sentence: number, { tokens, names }: Scene): Cue['target'] {
  const inside = tokens.slice(from, to).find(({ text }) => text === '<us>' || text === '<them>');
  if (inside) return inside.text === '<us>' ? 'us' : 'them';
  for (let back = sentence; back >= 0; back--) {
    const here = names.get(back) ?? [];
    const before = here.filter((place) => place < from).at(-1);
    const place = before ?? (back === sentence ? here[0] : undefined);
    if (place !== undefined) return tokens[place]?.text === '<us>' ? 'us' : 'them';
  }
  return 'unknown';
}

function overlaps(a: { from: number; to: number }, b: { from: number; to: number }): boolean {
  return a.from < b.to && b.from < a.to;
}

/** Whether two kinds speak for the same, so that one place counts once. */
function sameSide(a: Kind, b: Kind): boolean {
  return sideOf(a) === sideOf(b);
}

function sideOf(kind: Kind): string {
  if (kind === 'wrong' || kind === 'bad' || kind === 'grave' || kind === 'help') return 'against';
  return kind === 'praise' || kind === 'idiom' ? 'for' : kind;
}
