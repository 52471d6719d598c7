/** Our own development posts (test/fixtures/judged), as sets to measure and as rows whose floor a test holds. */
import { readdirSync, readFileSync } from 'node:fs';
import Sentiment from 'sentiment';
import { z } from 'zod';
import type { Findings } from '../../src/mention.ts';
import { aBrand, aPost } from '../support/a-post.ts';
import { answerOf, findingsBy } from './judges.ts';
import type { Labelled, LabelledSet } from './labelled.ts';
import { scoreOf } from './score.ts';

const JudgedPost = z.object({
  id: z.string(),
  text: z.string(),
  title: z.string().nullish(),
  rating: z.object({ value: z.number(), scale: z.number() }).nullish(),
  language: z.string(),
  brand: z.looseObject({ name: z.string() }),
  about: z.enum(['about', 'unsure', 'other']),
  complaint: z.boolean(),
  severity: z.number(),
  sentiment: z.enum(['positive', 'neutral', 'negative', 'mixed', 'unknown']),
  topics: z.array(z.string()),
  kind: z.string(),
  /** Rules may be mended where they fail on `tune`; a file without parts is only counted. */
  part: z.enum(['tune', 'floor']).optional(),
});

type JudgedPost = z.output<typeof JudgedPost>;

const folder = new URL('../fixtures/judged/', import.meta.url);

/** Each file as one set, or as one for each of its parts (`first-tune`, `first-floor`). */
export function judgedSets(): readonly LabelledSet[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.jsonl'));
  return files.sort().flatMap((file) => {
    const rows = readJudged(file);
    const parts = [...new Set(rows.map(({ part }) => part))];
    return parts.map((part) => ({
      name: [file.replace('.jsonl', ''), ...(part ? [part] : [])].join('-'),
      own: true,
      mendedOn: part === 'tune',
      rows: rows.filter((row) => row.part === part).map(toLabelled),
    }));
  });
}

function readJudged(file: string): readonly JudgedPost[] {
  const lines = readFileSync(new URL(file, folder), 'utf8').trim().split('\n');
  return lines.map((line) => JudgedPost.parse(JSON.parse(line)));
}

function toLabelled(row: JudgedPost): Labelled {
  return {
    id: row.id,
    post: aPost(row.text, { title: row.title ?? null, rating: row.rating ?? null }),
    brand: aBrand(row.brand.name, row.brand),
    truth: {
      complaint: row.complaint,
      about: row.about,
      severity: row.complaint ? row.severity : null,
      sentiment: row.sentiment,
    },
    language: row.language,
    kind: row.kind,
    share: null,
  };
}

export interface JudgedRow {
  readonly row: JudgedPost;
  readonly findings: Findings;
  readonly flagged: boolean;
  /** AFINN's sum of the words is below zero. */
  readonly afinn: boolean;
}

/** All rows of the first file, in its order, as the fast judge has them. */
export function judgeRows(): readonly JudgedRow[] {
  const find = findingsBy();
  const sentiment = new Sentiment();
  return readJudged('first.jsonl').map((row) => {
    const findings = find(toLabelled(row));
    const { flagged } = answerOf(findings);
    return { row, findings, flagged, afinn: sentiment.analyze(`${row.title ?? ''} ${row.text}`).score < 0 };
  });
}

/** One line of the README's table: how many posts, how many complaints, ours, AFINN's; whole per cent. */
interface Figures {
  readonly posts: number;
  readonly complaints: number;
  readonly f1: number;
  readonly range: string;
  readonly precision: number;
  readonly recall: number;
  readonly afinnF1: number;
}

function figuresOf(rows: readonly JudgedRow[]): Figures {
  const ours = scoreOf(rows.map(({ flagged, row }) => ({ said: flagged, truth: row.complaint })));
  const afinn = scoreOf(rows.map(({ afinn, row }) => ({ said: afinn, truth: row.complaint })));
  const cent = (share: number) => Math.round(100 * share);
  return {
    posts: rows.length,
    complaints: rows.filter(({ row }) => row.complaint).length,
    f1: cent(ours.f1),
    range: `${cent(ours.low)}–${cent(ours.high)}`,
    precision: cent(ours.precision),
    recall: cent(ours.recall),
    afinnF1: cent(afinn.f1),
  };
}

/** The figures of the half of it that no rule was mended on, whole and in English. */
export function floorFigures(rows: readonly JudgedRow[]): { readonly all: Figures; readonly english: Figures } {
  const floor = rows.filter(({ row }) => row.part === 'floor');
  return { all: figuresOf(floor), english: figuresOf(floor.filter(({ row }) => row.language === 'en')) };
}
