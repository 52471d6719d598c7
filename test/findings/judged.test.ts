/** The floor: how right the judgement must stay on development posts, which nobody mended a rule on or learnt from. */
import { beforeAll, describe, expect, it, test } from 'vitest';
import { preciseTrouble } from '../../src/findings/judges/model.ts';
import { f1Of, type JudgedRow, judgeRows, topicF1Of } from '../measure/judged.ts';

const share = (of: readonly JudgedRow[], right: (row: JudgedRow) => boolean) => of.filter(right).length / of.length;
const complaints = (rows: readonly JudgedRow[]) => rows.filter(({ row }) => row.complaint);

describe('by the fast judge alone', () => {
  let rows: readonly JudgedRow[];
  beforeAll(async () => {
    rows = await judgeRows('fast');
  });

  it('is measured on six hundred posts and more', () => expect(rows.length).toBeGreaterThanOrEqual(600));
  it('finds the complaints, far better than AFINN', () => {
    expect(f1Of(rows)).toBeGreaterThan(0.78);
    expect(f1Of(rows)).toBeGreaterThan(f1Of(rows, (each) => each.afinn) + 0.4);
  });
  it('hardly leaves a complaint out of both piles', () => {
    expect(share(complaints(rows), ({ findings }) => findings.complaint.verdict === 'none')).toBeLessThan(0.1);
  });
  it('tells the language', () => {
    expect(share(rows, ({ row, findings }) => row.text === '' || row.language === findings.language)).toBeGreaterThan(
      0.97,
    );
  });
  it('tells what people feel in the languages that AFINN does not know', () => {
    const foreign = rows.filter(
      ({ row, findings }) => row.language !== 'en' && findings.language === row.language && !row.rating,
    );
    expect(foreign.length).toBeGreaterThan(100);
    const sides = foreign.filter(({ row }) => row.sentiment === 'positive' || row.sentiment === 'negative');
    const wrong = sides.filter(
      ({ row, findings }) => findings.sentiment.label === (row.sentiment === 'positive' ? 'negative' : 'positive'),
    );
    expect(wrong.length / sides.length).toBeLessThan(0.25);
  });
  it('tells what complaints are about, also where no list has the words', () => {
    expect(topicF1Of(rows)).toBeGreaterThan(0.56);
    const shown = rows.flatMap(({ findings }) =>
      findings.topics.map((topic) => findings.reasons.some(({ of, rule }) => of === 'topic' && rule === topic)),
    );
    const bare = rows.filter(({ findings }) => findings.topics.join() === 'other');
    expect(shown.filter((each) => !each).length).toBe(bare.length);
  });
  it('puts harm first', () => {
    const harmed = rows.filter(({ row }) => row.severity === 4);
    expect(share(harmed, ({ findings }) => ['critical', 'high'].includes(findings.urgency))).toBeGreaterThan(0.7);
  });
});

const trouble = preciseTrouble();
if (trouble !== null) test.skip(`the precise judge is not measured: ${trouble}`, () => {});
else {
  describe('with the precise judge', () => {
    let rows: readonly JudgedRow[];
    beforeAll(async () => {
      rows = await judgeRows('precise');
    }, 240_000);

    it('finds the complaints', () => expect(f1Of(rows)).toBeGreaterThan(0.86));
    it('finds them in each of the seven languages', () => {
      for (const [language, own] of Map.groupBy(rows, ({ row }) => row.language))
        expect([language, f1Of(own) > 0.7]).toEqual([language, true]);
    });
    it('hardly leaves a complaint out of both piles', () => {
      expect(share(complaints(rows), ({ findings }) => findings.complaint.verdict === 'none')).toBeLessThan(0.06);
    });
    it('tells us from others of our name', () => {
      expect(
        share(rows, ({ row, findings }) => (row.about === 'other') === (findings.relevance.verdict === 'other')),
      ).toBeGreaterThan(0.93);
    });
  });
}
