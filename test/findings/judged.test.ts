/** The floor: how right the judgement must stay on posts that the rules were not made from. */
import { readFileSync } from 'node:fs';
import Sentiment from 'sentiment';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { assess } from '../../src/findings/assess.ts';
import { loadKnowledge } from '../../src/findings/knowledge.ts';
import { compileBrands } from '../../src/match/match.ts';
import { aBrand, aPost } from '../support/a-post.ts';

const Judged = z.object({
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
const file = new URL('../fixtures/judged/first.jsonl', import.meta.url);
const judged = readFileSync(file, 'utf8')
  .trim()
  .split('\n')
  .map((line) => Judged.parse(JSON.parse(line)));

const knowledge = loadKnowledge();
const afinn = new Sentiment();
const rows = judged.map((row) => {
  const brand = aBrand(row.brand.name, row.brand);
  const post = aPost(row.text, { title: row.title ?? null, rating: row.rating ?? null });
  const hits = compileBrands([brand]).find(post)[0]?.hits ?? [];
  const findings = assess(post, brand, hits, knowledge);
  const flagged = findings.complaint.verdict === 'complaint' && findings.relevance.verdict !== 'other';
  return { row, findings, flagged, afinn: afinn.analyze(`${row.title ?? ''} ${row.text}`).score < 0 };
});

type Row = (typeof rows)[number];
const floor = rows.filter(({ row }) => row.part === 'floor');
const share = (right: (row: Row) => boolean, of: readonly Row[] = floor) => of.filter(right).length / of.length;
function f1(flag: (row: Row) => boolean): number {
  const right = floor.filter((each) => flag(each) && each.row.complaint).length;
  return (2 * right) / (floor.filter(flag).length + floor.filter(({ row }) => row.complaint).length);
}

describe('on judged posts', () => {
  it('finds the complaints, far better than AFINN', () => {
    const ours = f1(({ flagged }) => flagged);
    expect(ours).toBeGreaterThan(0.9);
    expect(ours).toBeGreaterThan(f1((each) => each.afinn) + 0.4);
  });
  it('hardly flags what is none', () => {
    expect(share(({ row, flagged }) => flagged && !row.complaint)).toBeLessThan(0.03);
  });
  it('hardly leaves a complaint out of both piles', () => {
    const complaints = floor.filter(({ row }) => row.complaint);
    expect(share(({ findings }) => findings.complaint.verdict === 'none', complaints)).toBeLessThan(0.12);
  });
  it('tells us from others of our name', () => {
    expect(share(({ row, findings }) => row.about === findings.relevance.verdict)).toBeGreaterThan(0.96);
  });
  it('tells the language', () => {
    expect(share(({ row, findings }) => row.text === '' || row.language === findings.language)).toBeGreaterThan(0.95);
  });
  it('never scores words of a language that AFINN does not know', () => {
    const foreign = rows.filter(({ row }) => row.language !== 'en' && !row.rating);
    expect(foreign.length).toBeGreaterThan(20);
    expect(foreign.map(({ findings }) => findings.sentiment)).toEqual(
      foreign.map(() => ({ label: 'unknown', score: null })),
    );
  });
  it('knows how bad it is within a grade', () => {
    const complaints = floor.filter(({ row, flagged }) => row.complaint && flagged);
    const wide = share(({ row, findings }) => Math.abs(row.severity - findings.severity) > 1.25, complaints);
    expect(wide).toBeLessThan(0.12);
  });
  it('puts harm first', () => {
    const harmed = rows.filter(({ row }) => row.severity === 4);
    expect(harmed.filter(({ findings }) => findings.urgency !== 'critical').map(({ row }) => row.text)).toEqual([]);
  });
});
