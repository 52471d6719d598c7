/** `node src/training/ask.ts`: asks the precise judge about the pieces that it has not spoken of yet. Some ten minutes; it goes on where it was stopped. */
import { preciseTrouble } from '../findings/judges/model.ts';
import { preciseJudge } from '../findings/judges/precise.ts';
import { piecesToAsk } from './pieces.ts';
import { trainingPosts } from './posts.ts';
import { keyOf, readSoftLabels, writeSoftLabels } from './soft.ts';

const batch = 250;

const judge = preciseJudge();
if (!judge) throw new Error(`There is no precise judge: ${preciseTrouble()}.`);

const before = readSoftLabels();
// What another judge said, or of a text that is no longer there, is not kept.
const still = before.judge === judge.version ? before : { judge: judge.version, said: new Map<string, number>() };
const inputs = new Map(piecesToAsk(trainingPosts(), still).map(({ asked }) => [keyOf(asked), asked]));
const said = new Map([...still.said].filter(([key]) => inputs.has(key)));
const missing = [...inputs].filter(([key]) => !said.has(key));
for (let from = 0; from < missing.length; from += batch) {
  const some = missing.slice(from, from + batch);
  const opinions = await judge.judge(some.map(([, input]) => input));
  for (const [place, [key]] of some.entries()) said.set(key, opinions[place]?.complaint ?? 0);
  writeSoftLabels({ judge: judge.version, said });
  process.stderr.write(`${from + some.length} of ${missing.length}\n`);
}
writeSoftLabels({ judge: judge.version, said });
await judge.close();
