/** `node src/training/ask.ts`: asks the precise judge about the pieces and rows that it has not spoken of yet. Some twenty minutes for all; it goes on where it was stopped. */
import { preciseTrouble } from '../findings/judges/model.ts';
import { preciseJudge } from '../findings/judges/precise.ts';
import { type PreciseInput, preciseInput } from '../findings/judges/precise-input.ts';
import type { Opinion } from '../findings/opinion.ts';
import { postOfText, publicTexts } from './examples.ts';
import { piecesToAsk } from './pieces.ts';
import { trainingPosts } from './posts.ts';
import { keyOf, readSoftLabels, readSoftRows, type SoftRow, writeSoftLabels, writeSoftRows } from './soft.ts';

const batch = 250;

const folder = process.env.EARSHOT_DATASETS;
if (!folder) throw new Error('EARSHOT_DATASETS must name the folder of the public sets.');
const judge = preciseJudge();
if (!judge) throw new Error(`There is no precise judge: ${preciseTrouble()}.`);
const { version } = judge;

// What another judge said, or of a text that is no longer there, is not kept.
const labels = readSoftLabels();
const still = labels.judge === version ? labels : { judge: version, said: new Map<string, number>() };
const pieces = new Map(piecesToAsk(trainingPosts(), still).map(({ asked }) => [keyOf(asked), asked]));
const ofPieces = new Map([...still.said].filter(([key]) => pieces.has(key)));
await ask(
  'pieces',
  pieces,
  ofPieces,
  ({ complaint }) => complaint,
  () => writeSoftLabels({ judge: version, said: ofPieces }),
);

const before = readSoftRows();
const rows = new Map(publicTexts(folder).map(({ id, text }) => [id, preciseInput(postOfText(text), null)]));
const ofRows = new Map([...before.said].filter(([id]) => before.judge === version && rows.has(id)));
await ask(
  'rows',
  rows,
  ofRows,
  ({ complaint, feeling }): SoftRow => ({ complaint, feeling: feeling ?? 0 }),
  () => writeSoftRows({ judge: version, said: ofRows }),
);
await judge.close();

/** Puts into `said` what is missing of `inputs`, and keeps it after each batch. */
async function ask<Said>(
  what: string,
  inputs: ReadonlyMap<string, PreciseInput>,
  said: Map<string, Said>,
  read: (opinion: Opinion) => Said,
  keep: () => void,
): Promise<void> {
  const missing = [...inputs].filter(([key]) => !said.has(key));
  for (let from = 0; from < missing.length; from += batch) {
    const some = missing.slice(from, from + batch);
    const opinions = (await judge?.judge(some.map(([, input]) => input))) ?? [];
    for (const [place, [key]] of some.entries()) {
      const opinion = opinions[place];
      if (opinion) said.set(key, read(opinion));
    }
    keep();
    process.stderr.write(`${from + some.length} of ${missing.length} ${what}\n`);
  }
  keep();
}
