/** Our own development posts (test/fixtures/judged), as sets to measure and as rows whose floor a test holds. */
import { readdirSync, readFileSync } from 'node:fs';
import Sentiment from 'sentiment';
import { z } from 'zod';
import type { Findings } from '../../src/mention.ts';
import { aBrand, aPost } from '../support/a-post.ts';
import { answerOf, findingsBy, preciseFindings } from './judges.ts';
import type { Labelled, LabelledSet } from './labelled.ts';
import { namesFigures, scoreOf } from './score.ts';

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

/** Held by no floor: whoever loosens or mends until a test passes has tuned on its rows. */
const onlyMeasured = ['third.jsonl'];

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
      topics: row.complaint ? row.topics : null,
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

/** All rows of the floor, which no rule was mended on, in the order of the files, as the fast judge has them, or with the precise one's word. */
export async function judgeRows(by: 'fast' | 'precise'): Promise<readonly JudgedRow[]> {
  const sentiment = new Sentiment();
  const files = readdirSync(folder).filter((file) => file.endsWith('.jsonl') && !onlyMeasured.includes(file));
  const rows = files
    .sort()
    .flatMap(readJudged)
    .filter(({ part }) => part !== 'tune');
  const asked = rows.map(toLabelled);
  const find = findingsBy();
  const found = by === 'precise' ? await preciseFindings(asked) : asked.map((each) => find(each));
  return rows.map((row, place) => {
    const findings = found[place] ?? find(toLabelled(row));
    const { flagged } = answerOf(findings);
    return { row, findings, flagged, afinn: sentiment.analyze(`${row.title ?? ''} ${row.text}`).score < 0 };
  });
}

/** F1 of the flags, from 0 to 1. */
export function f1Of(rows: readonly JudgedRow[], flag: (row: JudgedRow) => boolean = ({ flagged }) => flagged): number {
  return scoreOf(rows.map((each) => ({ said: flag(each), truth: each.row.complaint }))).f1;
}

/** F1 of the topics of all complaints together, from 0 to 1. */
export function topicF1Of(rows: readonly JudgedRow[]): number {
  const told = rows.filter(({ row }) => row.complaint);
  const names = told.map(({ row, findings }) => ({ said: findings.topics, truth: row.topics }));
  return namesFigures(names).f1(new Uint16Array(names.length).fill(1)) ?? 0;
}
