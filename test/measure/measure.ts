/** `npm run measure`: how right each judge is, on every labelled set there is, and what it takes. Prints numbers, never a post. */
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { runNode } from '../bench/process.ts';
import { type Measured, measureGroups, measureSet, measureTopicGroups, measureTopics } from './figures.ts';
import { judgedSets } from './judged.ts';
import { type Answer, judges as allJudges, type Judge } from './judges.ts';
import { type LabelledSet, sampleOf } from './labelled.ts';
import { publicSets, readPublicSet } from './public-sets.ts';
import { markdownReport, plainReport } from './report.ts';

const usage = `npm run measure -- [--sets first,airline] [--judges fast,afinn] [--limit 300] [--named] [--markdown] [--json numbers.json]

--sets, --judges  only these; a set's name may be cut short
--limit           at most so many posts of each set, the same ones each time
--named           tell judges whom the posts of a public set speak of, where it says so
--markdown        tables as they stand in the README
--json            all numbers, with their ranges, into a file

EARSHOT_DATASETS names the folder of the public sets; without it our own posts alone are measured.`;

/** One set that can be measured; it is read when its turn comes. */
interface Choice {
  readonly name: string;
  read(): LabelledSet;
}

interface Wanted {
  readonly sets: readonly Choice[];
  readonly judges: readonly Judge[];
  readonly limit: number;
  readonly named: boolean;
  readonly markdown: boolean;
  readonly json: string | null;
}

/** @throws Error with a sentence for whoever typed it */
function wanted(): Wanted {
  const { values } = parseArgs({
    options: {
      sets: { type: 'string' },
      judges: { type: 'string' },
      limit: { type: 'string' },
      named: { type: 'boolean', default: false },
      markdown: { type: 'boolean', default: false },
      json: { type: 'string' },
    },
  });
  const limit = Number(values.limit ?? Infinity);
  if (!(limit >= 1)) throw new Error('--limit wants a number of posts');
  return {
    sets: chosen(
      setsThere(values.named),
      values.sets,
      'set',
      (name, word) => name === word || name.startsWith(`${word}-`),
    ),
    judges: chosen(allJudges, values.judges, 'judge', (name, word) => name === word),
    limit,
    named: values.named,
    markdown: values.markdown,
    json: values.json ?? null,
  };
}

function setsThere(named: boolean): readonly Choice[] {
  const own = judgedSets().map((set) => ({ name: set.name, read: () => set }));
  const folder = process.env.EARSHOT_DATASETS;
  if (!folder) {
    progress('EARSHOT_DATASETS names no folder: only our own posts are measured');
    return own;
  }
  const { known, unread } = publicSets(folder);
  if (unread.length > 0) progress(`not measured, their labels have no reading yet: ${unread.join(', ')}`);
  return [...own, ...known.map((name) => ({ name, read: () => readPublicSet(folder, name, named) }))];
}

function chosen<One extends { readonly name: string }>(
  there: readonly One[],
  words: string | undefined,
  what: string,
  fits: (name: string, word: string) => boolean,
): readonly One[] {
  if (words === undefined) return there;
  const asked = words.split(',').map((word) => word.trim());
  const unknown = asked.find((word) => !there.some(({ name }) => fits(name, word)));
  if (unknown !== undefined)
    throw new Error(`there is no ${what} "${unknown}"; there are ${there.map(({ name }) => name).join(', ')}`);
  return there.filter(({ name }) => asked.some((word) => fits(name, word)));
}

function progress(what: string): void {
  process.stderr.write(`${what}\n`);
}

const batch = 100;
const tellEveryMs = 2000;

async function answersOf(judge: Judge, { name, rows }: LabelledSet): Promise<readonly Answer[]> {
  progress(`${name}, ${judge.name} …`);
  const answers: Answer[] = [];
  let told = performance.now();
  while (answers.length < rows.length) {
    answers.push(...(await judge.judge(rows.slice(answers.length, answers.length + batch))));
    if (performance.now() - told < tellEveryMs) continue;
    told = performance.now();
    progress(`${name}, ${judge.name}: ${answers.length} of ${rows.length} posts`);
  }
  return answers;
}

async function rightness({ sets, judges, limit }: Wanted): Promise<readonly Measured[]> {
  const measured: Measured[] = [];
  const broken: { readonly judge: string; readonly set: LabelledSet; readonly answers: readonly Answer[] }[] = [];
  for (const choice of sets) {
    const set = sampleOf(choice.read(), limit);
    for (const judge of judges) {
      if (judge.topicsAlone && !set.own) continue;
      const answers = await answersOf(judge, set);
      if (!judge.topicsAlone) measured.push(...measureSet(set, judge.name, answers));
      measured.push(...measureTopics(set, judge.name, answers));
      if (set.own && !set.mendedOn) broken.push({ judge: judge.name, set, answers });
    }
  }
  for (const [judge, own] of Map.groupBy(broken, (one) => one.judge)) {
    if (!judges.some(({ name, topicsAlone }) => name === judge && topicsAlone))
      measured.push(...measureGroups(own, judge));
    measured.push(...measureTopicGroups(own, judge));
  }
  return measured;
}

const Speed = z.object({ perSecond: z.number(), ownPeakMb: z.number() });

/** Each in a process of its own, and with the one that a judge begins: processor time of all threads, and the most memory they held. */
async function cost({ name, weights }: Judge): Promise<readonly Measured[]> {
  if (weights === null) return [];
  progress(`what ${name} takes …`);
  const { out, peakMb } = await runNode([join(import.meta.dirname, 'speed.ts'), name]);
  const { perSecond, ownPeakMb } = Speed.parse(JSON.parse(out));
  const figures = {
    perSecond,
    memoryMb: peakMb + ownPeakMb,
    weightsMb: weights.reduce((sum, url) => sum + bytesOf(url), 0) / 2 ** 20,
  };
  return Object.entries(figures).map(([figure, value]) => ({
    section: 'cost',
    of: name,
    rows: 0,
    judge: name,
    figure,
    value,
    low: null,
    high: null,
  }));
}

function bytesOf(url: URL): number {
  if (!url.href.endsWith('/')) return statSync(url).size;
  return readdirSync(url).reduce((sum, file) => sum + statSync(new URL(file, url)).size, 0);
}

function madeOf({ limit, named }: Wanted): string {
  const [processor] = cpus();
  return [
    ...(limit < Infinity ? [`At most ${limit} posts of each set, chosen by the hash of their ids.`] : []),
    named
      ? 'Judges were told whom airline, restaurants and apple-dfe speak of.'
      : 'Of the public sets judges had the text alone.',
    `Node ${process.versions.node}, ${cpus().length} × ${processor?.model.trim()}.`,
  ].join(' ');
}

async function main(asked: Wanted): Promise<void> {
  const measured = [...(await rightness(asked))];
  for (const judge of asked.judges) measured.push(...(await cost(judge)));
  if (asked.json) writeFileSync(asked.json, `${JSON.stringify(measured, null, 1)}\n`);
  process.stdout.write((asked.markdown ? markdownReport : plainReport)(measured, madeOf(asked)));
}

let asked: Wanted | undefined;
try {
  asked = wanted();
} catch (error) {
  progress(`${error instanceof Error ? error.message : error}\n\n${usage}`);
  process.exitCode = 2;
}
if (asked) await main(asked);
