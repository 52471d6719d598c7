/** The floor: how right the judgement must stay on posts that the rules were not made from. */
import { describe, expect, it } from 'vitest';
import { floorFigures, judgeRows } from '../measure/judged.ts';

const rows = judgeRows();

type Row = (typeof rows)[number];
const floor = rows.filter(({ row }) => row.part === 'floor');
const share = (right: (row: Row) => boolean, of: readonly Row[] = floor) => of.filter(right).length / of.length;
function f1(flag: (row: Row) => boolean): number {
  const right = floor.filter((each) => flag(each) && each.row.complaint).length;
  return (2 * right) / (floor.filter(flag).length + floor.filter(({ row }) => row.complaint).length);
}

describe('on judged posts', () => {
  it('is as right as the README says', () => {
    const { all, english } = floorFigures(rows);
    expect(all).toEqual({ posts: 130, complaints: 65, f1: 94, range: '90–98', precision: 98, recall: 91, afinnF1: 30 });
    expect(english).toMatchObject({ posts: 115, complaints: 56, f1: 93, afinnF1: 27 });
  });
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
