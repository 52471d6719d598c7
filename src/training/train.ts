/** `npm run train`: writes the fast judge's weights (data/model/fast.*), from our posts and the public sets of EARSHOT_DATASETS. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { modelFolder } from '../findings/judges/model.ts';
import { ruleJudge } from '../findings/judges/rules.ts';
import { loadKnowledge } from '../findings/knowledge.ts';
import { publicTexts } from './examples.ts';
import { trainingFingerprint } from './fingerprint.ts';
import { learn } from './learn.ts';
import { piecesOf } from './pieces.ts';
import { trainingPosts } from './posts.ts';
import { readSoftLabels, readSoftRows } from './soft.ts';

const folder = process.env.EARSHOT_DATASETS;
if (folder) {
  process.stderr.write('Learning takes about a minute …\n');
  const posts = trainingPosts();
  const soft = readSoftLabels();
  const material = {
    posts,
    texts: publicTexts(folder),
    pieces: piecesOf(posts, soft),
    soft,
    softRows: readSoftRows(),
    fingerprint: trainingFingerprint(),
  };
  const { bytes, card } = learn(material, loadKnowledge(ruleJudge()));
  mkdirSync(modelFolder, { recursive: true });
  writeFileSync(new URL('fast.bin', modelFolder), bytes);
  writeFileSync(new URL('fast.json', modelFolder), `${JSON.stringify(card, null, 2)}\n`);
  process.stdout.write(`${JSON.stringify(card.made, null, 2)}\n`);
} else {
  process.stderr.write(
    'EARSHOT_DATASETS must name the folder of the public sets (goemotions, isarcasm-en, vader-tweets, cfpb).\n',
  );
  process.exitCode = 1;
}
