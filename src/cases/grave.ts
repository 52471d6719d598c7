/** What makes a complaint grave, named by what was found in its words. Pure. */
import type { Findings } from '../mention.ts';

/** Gravest first: whoever may be hurt cannot wait for the rest. `unknown`: it sounds grave as a whole. */
export const graveKinds = [
  'hurt',
  'private-data',
  'discrimination',
  'law',
  'charge-back',
  'leaving',
  'unanswered',
  'unknown',
] as const;
export type Grave = (typeof graveKinds)[number];

/** Of a severity from 0 to 4. */
export const graveFrom = 3.5;

/** By the rule of the word lists that says how bad it is. */
const byRule: Readonly<Record<string, Grave>> = {
  harm: 'hurt',
  'private data': 'private-data',
  discrimination: 'discrimination',
  'legal threat': 'law',
  'charge-back': 'charge-back',
  'leaves after years': 'leaving',
  'unanswered again': 'unanswered',
};

/** Where no rule says it: what it is about, as far as that alone tells what is grave. */
const byTopic: readonly (readonly [topic: string, grave: Grave])[] = [
  ['safety', 'hurt'],
  ['privacy', 'private-data'],
  ['discrimination', 'discrimination'],
];

const says: Readonly<Record<Grave, string>> = {
  hurt: 'somebody may be hurt or ill',
  'private-data': 'private data may be in the wrong hands',
  discrimination: 'says that somebody was treated worse for who they are',
  law: 'speaks of the law, an authority or the press',
  'charge-back': 'speaks of getting the money back through the bank',
  leaving: 'a customer of many years is leaving',
  unanswered: 'has written more than once without an answer',
  unknown: 'it is grave',
};

/** Null where it is not grave. */
export function graveOf({
  severity,
  reasons,
  topics,
}: Pick<Findings, 'severity' | 'reasons' | 'topics'>): Grave | null {
  if (severity < graveFrom) return null;
  const worst = reasons.find(({ of }) => of === 'severity');
  const topic = byTopic.find(([known]) => topics.includes(known));
  return (worst && byRule[worst.rule]) ?? topic?.[1] ?? 'unknown';
}

/** Of a case's posts, what is gravest. */
export function gravest(all: readonly (Grave | null)[]): Grave | null {
  return graveKinds.find((kind) => all.includes(kind)) ?? null;
}

/** “somebody may be hurt or ill”. */
export const sayGrave = (grave: Grave): string => says[grave];
