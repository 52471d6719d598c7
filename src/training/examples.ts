/** Turns posts into what the fast judge learns from: their signs, and the truth. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Brand } from '../brand.ts';
import { gather } from '../findings/gather.ts';
import { readShippedVectors } from '../findings/judges/model.ts';
import { ruleJudge } from '../findings/judges/rules.ts';
import { type PutSigns, signsBy, type WordSigns } from '../findings/judges/signs.ts';
import type { Knowledge } from '../findings/knowledge.ts';
import { oddsOf } from '../findings/opinion.ts';
import { compileBrands } from '../match/match.ts';
import type { Post } from '../mention.ts';
import type { Example } from './logistic.ts';
import { numbersFrom } from './logistic.ts';
import { postOf, type TrainingPost } from './posts.ts';
import { readRows } from './read-rows.ts';

/** Signs without a truth. */
export type Signs = Pick<Example, 'at' | 'value'> & {
  /** Log-odds of a complaint by the rules. */
  readonly ruled: number;
};

const rules = ruleJudge();
/** Read when first needed: the words that it is made of are listed with the help of this file. */
let putSigns: PutSigns<WordSigns> | null = null;

/** What the fast judge sees of a post, for a brand or for nobody. */
export function signsOf(post: Post, brand: Brand | null, knowledge: Knowledge): Signs {
  const hits = brand ? (compileBrands([brand]).find(post)[0]?.hits ?? []) : [];
  const { features } = gather(post, brand, hits, knowledge);
  const at: number[] = [];
  const value: number[] = [];
  const ruled = rules.judge(features);
  putSigns ??= signsBy(readShippedVectors(), (signs) => signs);
  const put = (place: number, much: number) => {
    at.push(place);
    value.push(much);
  };
  const putWord = ({ places, values }: WordSigns, share: number) => {
    for (const [each, place] of places.entries()) put(place, (values[each] ?? 0) * share);
  };
  putSigns(features, ruled, putWord, put);
  return { at: Int32Array.from(at), value: Float32Array.from(value), ruled: oddsOf(ruled.complaint) };
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
  readonly text: string;
  /** Null: not known. */
  readonly complaint: number | null;
  /** From -1 to 1; null: not known. */
  readonly feeling: number | null;
  readonly weight: number;
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

/** A label of a set is a rule for all its rows; what one of us read in a row counts for more, and most where somebody complains. */
const ruleWeight = 0.25;
const readWeight = 0.4;
const complaintWeight = 2;

/** What each public set says of all its rows: calm or glad chatter complains of nothing, and letters to the consumer office are all complaints. */
const publicSets: readonly {
  readonly name: string;
  /** Of the rows that we did not read. */
  readonly most: number;
  read(row: Row): Pick<PublicText, 'complaint' | 'feeling'> | null;
}[] = [
  {
    name: 'goemotions',
    most: 9000,
    read: ({ polarity = '' }) => {
      const feeling = byPolarity[polarity];
      return feeling === undefined ? null : { complaint: feeling < 0 ? null : 0, feeling };
    },
  },
  { name: 'isarcasm-en', most: 0, read: () => ({ complaint: null, feeling: null }) },
  {
    name: 'vader-tweets',
    most: 0,
    read: ({ label }) => ({ complaint: null, feeling: Math.max(-1, Math.min(1, Number(label) / fullValence)) }),
  },
  { name: 'cfpb', most: 600, read: () => ({ complaint: 1, feeling: null }) },
];
const longest = 600;

/** @param folder of the public sets. @throws Error where one is missing */
export function publicTexts(folder: string): readonly PublicText[] {
  const known = readRows();
  return publicSets.flatMap(({ name, most, read }) => {
    const rows = rowsLearntFrom(name, folder);
    const readByUs = rows.flatMap((row) => {
      const complaint = known.get(row.id);
      if (complaint === undefined) return [];
      const weight = complaint === 1 ? complaintWeight : readWeight;
      return [{ text: row.text, feeling: read(row)?.feeling ?? null, complaint, weight }];
    });
    const byRule = rows.flatMap((row) => {
      const told = known.has(row.id) ? null : read(row);
      return told ? [{ text: row.text, weight: ruleWeight, ...told }] : [];
    });
    const next = numbersFrom(11);
    const drawn = byRule.map((text) => ({ text, dice: next() })).sort((a, b) => a.dice - b.dice);
    return [...readByUs, ...drawn.slice(0, most).map(({ text }) => text)];
  });
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
