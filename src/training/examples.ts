/** Turns posts into what the fast judge learns from: their signs, and the truth. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Brand } from '../brand.ts';
import { type Gathered, gather } from '../findings/gather.ts';
import type { Features } from '../findings/judges/fast.ts';
import { mannerSigns } from '../findings/judges/manner-signs.ts';
import { ruleJudge } from '../findings/judges/rules.ts';
import { listSigns, type PlacedSigns, type SignList } from '../findings/judges/signs.ts';
import type { Knowledge } from '../findings/knowledge.ts';
import { oddsOf } from '../findings/opinion.ts';
import { compileBrands } from '../match/match.ts';
import type { Hit, Post } from '../mention.ts';
import type { Example } from './logistic.ts';
import { postOf, type TrainingPost } from './posts.ts';
import { readRows } from './read-rows.ts';

/** Signs without a truth. */
export type Signs = Pick<Example, 'at' | 'value'> & {
  /** Log-odds of a complaint by the rules. */
  readonly ruled: number;
};

export interface Looked extends Gathered {
  readonly hits: readonly Hit[];
}

/** What judges are given of a post, for a brand or for nobody. */
export function look(post: Post, brand: Brand | null, knowledge: Knowledge): Looked {
  const hits = brand ? (compileBrands([brand]).find(post)[0]?.hits ?? []) : [];
  return { hits, ...gather(post, brand, hits, knowledge) };
}

/** All signs of what is said, then the others, as they are learnt from. */
export function signsIn(
  { reading, signs }: Features,
  ...more: readonly (SignList | PlacedSigns)[]
): Pick<Example, 'at' | 'value'> {
  const { places, values } = listSigns(reading, signs, ...more);
  return { at: Int32Array.from(places), value: Float32Array.from(values) };
}

const rules = ruleJudge();

/** What the fast judge sees. */
export function signsOf({ features }: Looked): Signs {
  const ruled = rules.judge(features);
  return { ...signsIn(features, mannerSigns(features, ruled)), ruled: oddsOf(ruled.complaint) };
}

/** Kinds of posts in which somebody else is complained of: with nobody to ask for, they would be complaints. */
const ofOthers = new Set(['about-rival', 'switched-to-us', 'about-third-party', 'quoting', 'comparison']);

/** Whether a post, asked for nobody, may stand with the truth it has for its brand. */
export function holdsForNobody({ row }: TrainingPost): boolean {
  return row.complaint || !ofOthers.has(row.kind);
}

/** Of 256 rows of a public set so many are learnt from, chosen by their ids; `npm run measure` looks at the others alone. */
const learntOf256 = 179;

/** Whether a row of a public set is learnt from. src/training/precise/data.py chooses the same. */
export function isLearntFrom(id: string): boolean {
  return (createHash('sha256').update(id).digest()[0] ?? 0) < learntOf256;
}

export interface PublicText {
  readonly id: string;
  readonly text: string;
  /** As one of us read it: 1 where somebody complains, 0 where nobody does; null: nobody read it, or readers may differ. */
  readonly complaint: number | null;
  /** As the set has it, from -1 to 1; null: not known. */
  readonly feeling: number | null;
}

const byPolarity: Readonly<Record<string, number>> = { positive: 1, neutral: 0, negative: -1 };
const Row = z.object({
  id: z.string(),
  text: z.string(),
  polarity: z.string().optional(),
  label: z.unknown(),
});
type Row = z.output<typeof Row>;

/** A valence of -4 to 4 at which a text is as good or bad as one word can say. */
const fullValence = 1.5;

/** How the writer of a row feels, as the set tells it. */
const publicSets: readonly { readonly name: string; feeling(row: Row): number | null }[] = [
  { name: 'goemotions', feeling: ({ polarity = '' }) => byPolarity[polarity] ?? null },
  { name: 'isarcasm-en', feeling: () => null },
  { name: 'vader-tweets', feeling: ({ label }) => Math.max(-1, Math.min(1, Number(label) / fullValence)) },
  { name: 'cfpb', feeling: () => null },
];
const longest = 600;

/** @param folder of the public sets. @throws Error where one is missing */
export function publicTexts(folder: string): readonly PublicText[] {
  const known = readRows();
  return publicSets.flatMap(({ name, feeling }) =>
    rowsLearntFrom(name, folder).map((row) => ({
      id: row.id,
      text: row.text,
      complaint: known.get(row.id) ?? null,
      feeling: feeling(row),
    })),
  );
}

/** The rows of a public set that are learnt from, their texts cut. @param folder of the public sets. @throws Error where it is missing */
function rowsLearntFrom(name: string, folder: string): readonly Row[] {
  const file = `${folder}/${name}/texts.jsonl`;
  if (!existsSync(file)) throw new Error(`There is no ${file}. EARSHOT_DATASETS names the folder of the public sets.`);
  const rows = readFileSync(file, 'utf8').trim().split('\n');
  return rows.flatMap((line) => {
    const row = Row.parse(JSON.parse(line));
    return isLearntFrom(row.id) ? [{ ...row, text: row.text.slice(0, longest) }] : [];
  });
}

/** A public text as a post. */
export const postOfText = (text: string): Post => postOf({ text });
