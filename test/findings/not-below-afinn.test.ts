/** Sentiment is nowhere worse than what AFINN's words alone come to: on our own posts, and on each public set where EARSHOT_DATASETS names their folder. */
import { expect, test } from 'vitest';
import { sentimentOf } from '../measure/figures.ts';
import { judgedSets } from '../measure/judged.ts';
import { judges } from '../measure/judges.ts';
import type { LabelledSet } from '../measure/labelled.ts';
import { publicSets, readPublicSet } from '../measure/public-sets.ts';

async function sentimentBy(name: string, set: LabelledSet) {
  const judge = judges.find((one) => one.name === name);
  if (!judge) throw new Error(`no judge is called ${name}`);
  return sentimentOf(set, await judge.judge(set.rows));
}

/** Of which AFINN has more right, or a higher macro-F1, and by what. */
async function worseThanAfinn({ rows, ...rest }: LabelledSet): Promise<readonly string[]> {
  const set = { ...rest, rows: rows.filter(({ truth }) => truth.sentiment !== null) };
  const afinn = await sentimentBy('afinn', set);
  const ours = await sentimentBy('fast', set);
  return ours.flatMap(({ of, macroF1, right }, place) => {
    const theirs = afinn[place];
    const isNotWorse = theirs && macroF1 >= theirs.macroF1 && right >= theirs.right;
    const told = (one = { macroF1: 0, right: 0 }) => `${one.macroF1.toFixed(3)} ${one.right.toFixed(3)}`;
    return isNotWorse ? [] : [`${of}: ours ${told({ macroF1, right })}, AFINN ${told(theirs)}`];
  });
}

// No test holds the fresh posts: test/fixtures/judged/README.md.
const own = judgedSets().filter(({ name }) => name !== 'third');
test.each(own)('$name', async (set) => expect(await worseThanAfinn(set)).toEqual([]));

const folder = process.env.EARSHOT_DATASETS;
if (folder)
  test.each(publicSets(folder).known)('%s', { timeout: 60_000 }, async (name) => {
    expect(await worseThanAfinn(readPublicSet(folder, name, false))).toEqual([]);
  });
else test.skip('the public sets are not here: set EARSHOT_DATASETS to the folder that holds them', () => {});
