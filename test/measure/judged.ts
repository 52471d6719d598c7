/** The judged posts of test/fixtures/judged and what we and AFINN alone make of them: `node test/measure/judged.ts` prints the README's figures. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Sentiment from 'sentiment';
import { z } from 'zod';
import { assess } from '../../src/findings/assess.ts';
import { loadKnowledge } from '../../src/findings/knowledge.ts';
import { compileBrands } from '../../src/match/match.ts';
import type { Findings } from '../../src/mention.ts';
import { aBrand, aPost } from '../support/a-post.ts';
import { scoreOf } from './score.ts';

const JudgedPost = z.object({
  text: z.string(),
  title: z.string().nullish(),
  rating: z.object({ value: z.number(), scale: z.number() }).nullish(),
  language: z.string(),
  brand: z.looseObject({ name: z.string() }),
  about: z.string(),
  complaint: z.boolean(),
  severity: z.number(),
  sentiment: z.string(),
  topics: z.array(z.string()),
  kind: z.string(),
  part: z.enum(['tune', 'floor']),
});

export interface JudgedRow {
  readonly row: z.output<typeof JudgedPost>;
  readonly findings: Findings;
  readonly flagged: boolean;
  /** AFINN's sum of the words is below zero. */
  readonly afinn: boolean;
}

/** All judged posts, in the order of the file. */
export function judgeRows(): readonly JudgedRow[] {
  const file = new URL('../fixtures/judged/first.jsonl', import.meta.url);
  const knowledge = loadKnowledge();
  const sentiment = new Sentiment();
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map((line) => {
    const row = JudgedPost.parse(JSON.parse(line));
    const brand = aBrand(row.brand.name, row.brand);
    const post = aPost(row.text, { title: row.title ?? null, rating: row.rating ?? null });
    const hits = compileBrands([brand]).find(post)[0]?.hits ?? [];
    const findings = assess(post, brand, hits, knowledge);
    const flagged = findings.complaint.verdict === 'complaint' && findings.relevance.verdict !== 'other';
    return { row, findings, flagged, afinn: sentiment.analyze(`${row.title ?? ''} ${row.text}`).score < 0 };
  });
}

/** One line of the README's table: how many posts, how many complaints, ours, AFINN's; per cent. */
export interface Figures {
  readonly posts: number;
  readonly complaints: number;
  readonly f1: number;
  readonly range: string;
  readonly precision: number;
  readonly recall: number;
  readonly afinnF1: number;
}

/** Whole per cent, of any rows with their truth. */
export function figuresOf(rows: readonly { flagged: boolean; afinn: boolean; truth: boolean }[]): Figures {
  const ours = scoreOf(rows.map(({ flagged, truth }) => ({ said: flagged, truth })));
  const afinn = scoreOf(rows.map(({ afinn, truth }) => ({ said: afinn, truth })));
  const cent = (share: number) => Math.round(100 * share);
  return {
    posts: rows.length,
    complaints: rows.filter(({ truth }) => truth).length,
    f1: cent(ours.f1),
    range: `${cent(ours.low)}–${cent(ours.high)}`,
    precision: cent(ours.precision),
    recall: cent(ours.recall),
    afinnF1: cent(afinn.f1),
  };
}

/** The figures of the half that no rule was mended on, whole and by language. */
export function floorFigures(rows: readonly JudgedRow[]): { all: Figures; english: Figures; others: Figures } {
  const floor = rows
    .filter(({ row }) => row.part === 'floor')
    .map((each) => ({ ...each, truth: each.row.complaint, english: each.row.language === 'en' }));
  return {
    all: figuresOf(floor),
    english: figuresOf(floor.filter(({ english }) => english)),
    others: figuresOf(floor.filter(({ english }) => !english)),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.stdout.write(`${JSON.stringify(floorFigures(judgeRows()), null, 2)}\n`);
}
