/** Prints the words that word vectors are made for: each as the judges read it, and as people write it most often. */
import { nameThem } from '../findings/names.ts';
import { readPost } from '../findings/reading.ts';
import { compileBrands } from '../match/match.ts';
import { withoutAccents } from '../text/letters.ts';
import { postOfText, publicTexts } from './examples.ts';
import { trainingPosts } from './posts.ts';

/** A word that stands in fewer texts is a name or a slip. */
const fewestTexts = 3;
const longestWord = 24;

const folder = process.env.EARSHOT_DATASETS;
if (!folder) throw new Error('EARSHOT_DATASETS must name the folder of the public sets.');

const readings = [
  ...trainingPosts().map(({ post, brand }) => {
    const hits = compileBrands([brand]).find(post)[0]?.hits ?? [];
    return { text: `${post.title ?? ''} ${post.text}`, reading: readPost(post, nameThem(post, brand, hits)) };
  }),
  ...publicTexts(folder).map(({ text }) => ({ text, reading: readPost(postOfText(text), []) })),
];
const written = new Map<string, Map<string, number>>();
for (const { reading } of readings) {
  const said = new Set<string>();
  for (const { text } of reading.tokens) if (/^\p{L}/u.test(text) && text.length <= longestWord) said.add(text);
  for (const word of reading.written) {
    const bare = withoutAccents(word).replaceAll('ß', 'ss');
    if (!said.has(bare)) continue;
    const forms = written.get(bare) ?? new Map<string, number>();
    forms.set(word, (forms.get(word) ?? 0) + 1);
    written.set(bare, forms);
  }
}
for (const [word, forms] of [...written].sort(([one], [other]) => (one < other ? -1 : 1))) {
  const [most = [word, 0]] = [...forms].sort((one, other) => other[1] - one[1]);
  if ([...forms.values()].reduce((sum, each) => sum + each, 0) >= fewestTexts)
    process.stdout.write(`${word}\t${most[0]}\n`);
}
