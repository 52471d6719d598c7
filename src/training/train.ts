/**
 * `npm run train`: writes the weights of the topic judge (data/model/topics.*) and of the one that says whether a customer
 * speaks (apart.*), from our posts, and of the fast judge (fast.*), from these and the public sets of EARSHOT_DATASETS.
 * `npm run train -- topics` writes the former two alone.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { nobodyApart } from '../findings/judges/apart.ts';
import { modelFolder } from '../findings/judges/model.ts';
import { ruleJudge } from '../findings/judges/rules.ts';
import { listTopicJudge } from '../findings/judges/topics.ts';
import { loadKnowledge } from '../findings/knowledge.ts';
import { publicTexts } from './examples.ts';
import { sha256, trainingFingerprint } from './fingerprint.ts';
import { learn } from './learn.ts';
import { learnApart } from './learn-apart.ts';
import { learnTopics } from './learn-topics.ts';
import { piecesOf } from './pieces.ts';
import { apartFolder, trainingPosts } from './posts.ts';
import { readSoftLabels, readSoftRows } from './soft.ts';

const topicsAlone = process.argv[2] === 'topics';
const folder = process.env.EARSHOT_DATASETS;
if (topicsAlone || folder) {
  process.stderr.write(topicsAlone ? 'Learning takes half a minute …\n' : 'Learning takes two minutes …\n');
  const posts = trainingPosts();
  const knowledge = loadKnowledge(ruleJudge(), listTopicJudge(), nobodyApart);
  write('topics', learnTopics(posts, knowledge));
  write('apart', learnApart([...posts, ...trainingPosts(apartFolder)], knowledge));
  if (!topicsAlone && folder) {
    const soft = readSoftLabels();
    const material = {
      posts,
      texts: publicTexts(folder),
      pieces: piecesOf(posts, soft),
      soft,
      softRows: readSoftRows(),
      fingerprint: trainingFingerprint(),
    };
    const { bytes, card } = learn(material, knowledge);
    write('fast', { bytes, card: { ...card, words: sha256(readFileSync(new URL('words.bin', modelFolder))) } });
  }
} else {
  process.stderr.write(
    'EARSHOT_DATASETS must name the folder of the public sets (goemotions, isarcasm-en, vader-tweets, cfpb).\n',
  );
  process.exitCode = 1;
}

function write(
  name: string,
  { bytes, card }: { readonly bytes: Buffer; readonly card: Readonly<Record<string, unknown>> },
) {
  mkdirSync(modelFolder, { recursive: true });
  writeFileSync(new URL(`${name}.bin`, modelFolder), bytes);
  writeFileSync(new URL(`${name}.json`, modelFolder), `${JSON.stringify(card, null, 2)}\n`);
  process.stdout.write(`${JSON.stringify(card.made, null, 2)}\n`);
}
