/** `earshot show`: one mention or case in full: the words, why they were flagged, what was done, and what comes next. */
import type { Edges } from '../../edges.ts';
import { mentionFace } from '../../jobs/mention-face.ts';
import { findCase } from '../../jobs/work-case.ts';
import { readMentions } from '../../store/mention-rows.ts';
import { readBefore } from '../../store/post-edits.ts';
import { jsonText } from '../../text/json.ts';
import { steps } from '../format.ts';
import { caseHead, caseHistory, nextForCase } from '../tell-case.ts';
import { mentionInFull, saidBefore, tellingOf } from '../tell-mention.ts';
import { idGiven, withTools } from '../tools.ts';
import { Misuse } from '../trouble.ts';

interface Options {
  readonly config?: string;
  readonly json?: boolean;
}

/** `show 17` is a mention. */
export const command = showing('mention');
/** `case show 4` is a case. */
export const ofCase = { command: showing('case') };

function showing(bare: 'case' | 'mention') {
  return async (edges: Edges, options: Options, word: string): Promise<number> => {
    const wish = idGiven(word, bare);
    return withTools(edges, options, async (tools) => {
      const { rows, known, before } = await tools.store.read('one mention', async (tx) => {
        const known = await findCase(tx, wish);
        const ids = known ? known.mentionIds : wish.of === 'mention' ? [wish.id] : [];
        const rows = await readMentions(tx, ids);
        const before = await readBefore(
          tx,
          rows.map(({ post }) => post.id),
        );
        return { known, rows, before };
      });
      const [first] = rows;
      if (!first) throw new Misuse(`There is no ${wish.of} ${word}. \`npx earshot list --all\` shows what there is.`);
      const asked = (wish.of === 'mention' && rows.find((row) => row.id === wish.id)) || first;
      const { terminal } = edges;
      if (options.json) {
        terminal.out(`${jsonText(mentionFace(asked), 2)}\n`);
        return 0;
      }
      const telling = tellingOf(edges, tools);
      const parts = rows.map((row) =>
        [mentionInFull(mentionFace(row), telling, row), ...saidBefore(before, row.post.id, telling)].join('\n'),
      );
      const told = known ? [caseHead(known, telling), ...parts, caseHistory(known, telling)] : parts;
      terminal.out(`${told.join('\n\n')}\n`);
      const next = known ? nextForCase(known, telling.now) : nextForMention(asked.id, asked.pile);
      terminal.err(
        `\n${telling.paint.bold('Next')}\n${steps(
          next.map(([words, why]) => [`${telling.earshot} ${words}`, why]),
          terminal,
        )}\n`,
      );
      return 0;
    });
  };
}

function nextForMention(id: number, pile: 'flagged' | 'unsure' | null): readonly (readonly [string, string])[] {
  const mark = (kind: string, why: string) => [`mark m${id} ${kind}`, why] as const;
  if (pile === null) return [mark('complaint', 'when it is a complaint after all')];
  return [
    mark('complaint', 'when it is one: then it gets a case'),
    mark('no-complaint', 'when it is none'),
    mark('not-us', 'when it is about somebody else'),
  ];
}
