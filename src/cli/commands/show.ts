/** `earshot show`: one mention or case in full: the words, why they were flagged, and what was done. */
import type { Edges } from '../../edges.ts';
import { mentionFace } from '../../jobs/mention-face.ts';
import { findCase } from '../../jobs/work-case.ts';
import { readMentions } from '../../store/mention-rows.ts';
import { caseInFull } from '../tell-case.ts';
import { mentionInFull, tellingOf } from '../tell-mention.ts';
import { idGiven, withTools } from '../tools.ts';
import { Misuse } from '../trouble.ts';

interface Options {
  readonly config?: string;
  readonly json?: boolean;
}

export async function command(edges: Edges, options: Options, word: string): Promise<number> {
  return withTools(edges, options, async (tools) => {
    const wish = idGiven(word, 'mention');
    const { mentions, known } = await tools.store.read('one mention', async (tx) => {
      const known = await findCase(tx, wish);
      const ids = known ? known.mentionIds : wish.of === 'mention' ? [wish.id] : [];
      return { known, mentions: (await readMentions(tx, ids)).map(mentionFace) };
    });
    if (mentions.length === 0)
      throw new Misuse(`There is no ${wish.of} ${word}. \`npx earshot list --all\` shows what there is.`);
    if (options.json) {
      const asked = wish.of === 'mention' ? (mentions.find((one) => one.id === wish.id) ?? mentions[0]) : mentions[0];
      edges.terminal.out(`${JSON.stringify(asked, null, 2)}\n`);
      return 0;
    }
    const telling = tellingOf(edges, tools);
    edges.terminal.out(`${mentions.map((mention) => mentionInFull(mention, telling)).join('\n\n')}\n`);
    if (known) edges.terminal.out(`\n${caseInFull(known, telling)}\n`);
    return 0;
  });
}
