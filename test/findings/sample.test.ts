/** The demo's posts: rules were mended on them, so they hold a floor and measure nothing. */
import { describe, expect, it } from 'vitest';
import { type Judged, judgeSample } from '../measure/sample.ts';
import { scoreOf } from '../measure/score.ts';

const judged = await judgeSample('fast');
const flagged = judged.filter(({ verdict }) => verdict === 'flagged');
const textOf = ({ post }: Judged) => `${post.title ?? ''} | ${post.text}`;

describe('on the demo’s posts', () => {
  it('finds the complaints and hardly anything else', () => {
    const answers = judged.map(({ said, verdict }) => ({
      said: verdict === 'flagged',
      truth: said.kind === 'complaint',
    }));
    const { precision, recall } = scoreOf(answers);
    // The fast judge's line lies where of ten flags two are wrong: what is doubtful is the slow one's to say.
    expect(precision).toBeGreaterThan(0.86);
    expect(recall).toBeGreaterThan(0.95);
  });
  it('finds as many with the precise judge, and not many more that are none', { timeout: 120_000 }, async () => {
    const both = await judgeSample('precise');
    const answers = both.map(({ said, verdict }) => ({
      said: verdict === 'flagged',
      truth: said.kind === 'complaint',
    }));
    const { precision, recall } = scoreOf(answers);
    // It has learnt nothing of these; the rules of the fast one were mended on them.
    expect(precision).toBeGreaterThan(0.82);
    expect(recall).toBeGreaterThan(0.93);
  });
  it('sets every post of ours aside', () => {
    const own = judged.filter(({ said }) => said.kind === 'own');
    expect(own.length).toBeGreaterThan(4);
    expect(own.filter(({ verdict }) => verdict !== 'set aside').map(textOf)).toEqual([]);
  });
  it('flags nothing that was put right, said of a rival, or meant in another sense', () => {
    const calm = flagged.filter(({ said }) => ['resolved', 'rival', 'other'].includes(said.kind));
    expect(calm.map(textOf)).toEqual([]);
  });
  it('flags no answer that only advises somebody', () => {
    const answers = flagged.filter(({ said }) => said.replyTo !== undefined && said.kind !== 'complaint');
    expect(answers.map(textOf)).toEqual([]);
  });
  it('puts harm before all, and a shrug never high', () => {
    const harmed = flagged.filter(({ said }) => said.severity === 4);
    const critical = harmed.filter(({ findings }) => findings?.urgency === 'critical');
    expect(critical.length).toBeGreaterThan(0.7 * harmed.length);
    const others = flagged.filter(({ said, findings }) => (said.severity ?? 9) < 4 && findings?.urgency === 'critical');
    expect(others.map(textOf)).toEqual([]);
    const shrugs = flagged.filter(({ said }) => said.severity === 1);
    expect(shrugs.length).toBeGreaterThan(2);
    expect(shrugs.filter(({ findings }) => findings?.urgency !== 'normal' && findings?.urgency !== 'low')).toEqual([]);
  });
  it('marks the words that hurt', () => {
    const ill = judged.find(({ post }) => post.text.includes('on a drip'));
    const told = (ill?.findings?.reasons ?? []).filter(({ of, at }) => of === 'complaint' && at !== null);
    const words = told.map(({ at }) => ill?.post.text.slice(...(at ?? [0, 0])));
    expect(words.slice(0, 3)).toEqual(expect.arrayContaining(['both being sick', 'on a drip']));
  });
});
