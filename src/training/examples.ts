/** Turns posts into what the fast judge learns from: their signs, and the truth. */
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Brand } from '../brand.ts';
import { gather } from '../findings/gather.ts';
import { ruleJudge } from '../findings/judges/rules.ts';
import { putSigns } from '../findings/judges/signs.ts';
import type { Knowledge } from '../findings/knowledge.ts';
import { oddsOf } from '../findings/opinion.ts';
import { compileBrands } from '../match/match.ts';
import type { Post } from '../mention.ts';
import type { Example } from './logistic.ts';
import { numbersFrom } from './logistic.ts';
import { postOf, type TrainingPost } from './posts.ts';

/** Signs without a truth. */
export type Signs = Pick<Example, 'at' | 'value'> & {
  /** Log-odds of a complaint by the rules. */
  readonly ruled: number;
};

const rules = ruleJudge();

/** What the fast judge sees of a post, for a brand or for nobody. */
export function signsOf(post: Post, brand: Brand | null, knowledge: Knowledge): Signs {
  const hits = brand ? (compileBrands([brand]).find(post)[0]?.hits ?? []) : [];
  const { features } = gather(post, brand, hits, knowledge);
  const at: number[] = [];
  const value: number[] = [];
  const ruled = rules.judge(features);
  putSigns(features, ruled, (place, much) => {
    at.push(place);
    value.push(much);
  });
  return { at: Int32Array.from(at), value: Float32Array.from(value), ruled: oddsOf(ruled.complaint) };
}

/** Kinds of posts in which somebody else is complained of: with nobody to ask for, they would be complaints. */
const ofOthers = new Set(['about-rival', 'switched-to-us', 'about-third-party', 'quoting', 'comparison']);

/** Whether a post, asked for nobody, may stand with the truth it has for its brand. */
export function holdsForNobody({ row }: TrainingPost): boolean {
  return row.complaint || !ofOthers.has(row.kind);
}

const GoEmotions = z.object({ text: z.string(), polarity: z.string() });
const Labelled = z.object({ text: z.string() });

export interface PublicText {
  readonly text: string;
  readonly complaint: number;
  readonly weight: number;
}

/** What each public set says of complaints: chatter holds none, and letters to the consumer office are all complaints. */
const publicSets = [
  {
    name: 'goemotions',
    shape: GoEmotions,
    most: 6000,
    complaint: 0,
    weight: 0.25,
    fits: (row: unknown) => calm.has(GoEmotions.parse(row).polarity),
  },
  { name: 'isarcasm-en', shape: Labelled, most: 1500, complaint: 0, weight: 0.25, fits: () => true },
  { name: 'cfpb', shape: Labelled, most: 600, complaint: 1, weight: 0.25, fits: () => true },
] as const;
const calm = new Set(['positive', 'neutral']);
const longest = 600;

/** @param folder of the public sets. @throws Error where one is missing */
export function publicTexts(folder: string): readonly PublicText[] {
  return publicSets.flatMap(({ name, shape, most, complaint, weight, fits }) => {
    const file = `${folder}/${name}/texts.jsonl`;
    if (!existsSync(file))
      throw new Error(`There is no ${file}. EARSHOT_DATASETS names the folder of the public sets.`);
    const rows = readFileSync(file, 'utf8').trim().split('\n');
    const able = rows.map((row) => JSON.parse(row) as unknown).filter(fits);
    const next = numbersFrom(11);
    const drawn = able.map((row) => ({ row, dice: next() })).sort((a, b) => a.dice - b.dice);
    return drawn
      .slice(0, most)
      .map(({ row }) => ({ text: shape.parse(row).text.slice(0, longest), complaint, weight }));
  });
}

/** A public text as a post. */
export const postOfText = (text: string): Post => postOf({ text });
