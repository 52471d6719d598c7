/** `earshot case list`: the cases, most urgent first. */

import type { Edges } from '../../edges.ts';
import { type CaseFace, caseFace } from '../../face/case.ts';
import { mentionFace } from '../../jobs/mention-face.ts';
import { type CaseState, caseStates } from '../../mention.ts';
import { listCases } from '../../store/cases.ts';
import { readMentions } from '../../store/mention-rows.ts';
import { count } from '../format.ts';
import { mentionLine } from '../mention-line.ts';
import { tellingOf } from '../tell-mention.ts';
import { brandIds, withTools } from '../tools.ts';
import { Misuse } from '../trouble.ts';

interface Options {
  readonly config?: string;
  readonly brand?: string;
  readonly state?: string;
  readonly closed?: boolean;
  readonly json?: boolean;
}

export async function command(edges: Edges, options: Options): Promise<number> {
  const state = caseStates.find((one) => one === options.state);
  if (options.state !== undefined && !state)
    throw new Misuse(`No case is ever ${options.state}; there are: ${caseStates.join(', ')}.`);
  return withTools(edges, options, async (tools) => {
    const ids = await brandIds(tools, options.brand);
    const filter = {
      brandIds: ids ?? [...tools.brands.keys()],
      ...(state ? { states: [state] as readonly CaseState[] } : { open: !options.closed }),
    };
    const { cases, mentions } = await tools.store.read('cases', async (tx) => {
      const cases = await listCases(tx, filter);
      return {
        cases,
        mentions: await readMentions(
          tx,
          cases.map((one) => one.leadMentionId),
        ),
      };
    });
    const { terminal } = edges;
    if (options.json) {
      const faces: CaseFace[] = cases.map((one) => caseFace(one, tools.brands.get(one.brandId)?.name ?? one.brandId));
      terminal.out(`${JSON.stringify(faces, null, 2)}\n`);
      return 0;
    }
    const telling = tellingOf(edges, tools);
    for (const row of mentions) terminal.out(`${mentionLine(mentionFace(row), telling)}  ${row.case?.state ?? ''}\n`);
    terminal.err(
      cases.length === 0
        ? 'No case is open.\n'
        : `\n${count(cases.length, 'case')}. \`npx earshot case show c4\` shows one.\n`,
    );
    return 0;
  });
}
