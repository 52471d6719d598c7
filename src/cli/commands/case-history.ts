/** `earshot case history`: everything done to a case, oldest first. */
import type { Edges } from '../../edges.ts';
import { caseEventFace } from '../../jobs/case-face.ts';
import { findCase } from '../../jobs/work-case.ts';
import { jsonText } from '../../text/json.ts';
import { caseHead, caseHistory } from '../tell-case.ts';
import { tellingOf } from '../tell-mention.ts';
import { idGiven, withTools } from '../tools.ts';
import { Misuse } from '../trouble.ts';

interface Options {
  readonly config?: string;
  readonly json?: boolean;
}

export async function command(edges: Edges, options: Options, word: string): Promise<number> {
  const wish = idGiven(word, 'case');
  return withTools(edges, options, async (tools) => {
    const known = await tools.store.read('a case', (tx) => findCase(tx, wish));
    if (!known) throw new Misuse(`There is no case ${word}. \`npx earshot case list\` shows them.`);
    const { terminal } = edges;
    const telling = tellingOf(edges, tools);
    terminal.out(
      options.json
        ? `${jsonText(known.events.map(caseEventFace), 2)}\n`
        : `${caseHead(known, telling)}\n\n${caseHistory(known, telling)}\n`,
    );
    return 0;
  });
}
