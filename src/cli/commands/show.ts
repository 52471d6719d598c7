/** `earshot show`: one mention or case in full: the words, why they were flagged, what was done, and what comes next. */
import { sayRegular } from '../../cases/regulars.ts';
import type { Edges } from '../../edges.ts';
import type { CaseInFull } from '../../face/case.ts';
import { caseEventFace, caseRowFace } from '../../jobs/case-face.ts';
import { type CaseRow, readCaseRows } from '../../jobs/case-rows.ts';
import { readCustomers } from '../../jobs/customers.ts';
import { mentionFace } from '../../jobs/mention-face.ts';
import { findCase } from '../../jobs/work-case.ts';
import { type MentionRow, readMentions } from '../../store/mention-rows.ts';
import { readBefore } from '../../store/post-edits.ts';
import { jsonText } from '../../text/json.ts';
import { steps } from '../format.ts';
import { caseHead, caseHistory, casePriority, nextForCase } from '../tell-case.ts';
import { mentionInFull, saidBefore, sayEchoes, tellingOf } from '../tell-mention.ts';
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
      const { rows, known, before, row, customerOf } = await tools.store.read('one mention', async (tx) => {
        const known = await findCase(tx, wish);
        const ids = known ? known.mentionIds : wish.of === 'mention' ? [wish.id] : [];
        const rows = await readMentions(tx, ids);
        const before = await readBefore(
          tx,
          rows.map(({ post }) => post.id),
        );
        const [row] = known ? await readCaseRows(tools, tx, [known.id]) : [];
        return { known, rows, before, row, customerOf: await readCustomers(tx, rows, edges.clock.now()) };
      });
      const [first] = rows;
      if (!first) throw new Misuse(`There is no ${wish.of} ${word}. \`npx earshot list --all\` shows what there is.`);
      const asked = (wish.of === 'mention' && rows.find((row) => row.id === wish.id)) || first;
      const { terminal } = edges;
      if (options.json) {
        const brand = first.brand.name;
        const face = row && bare === 'case' ? caseInFull(row, brand, edges.clock.now()) : mentionFace(asked);
        terminal.out(`${jsonText(face, 2)}\n`);
        return 0;
      }
      const telling = tellingOf(edges, tools);
      // A case tells of its customer itself.
      const regular = known ? null : sayRegular(customerOf(rows), telling.now, telling.timezone);
      const isEcho = ({ id, echoes }: MentionRow) => echoes !== null && id !== asked.id && id !== first.id;
      const echoes = rows.filter(isEcho);
      const inFull = rows.filter((row) => !isEcho(row));
      const parts = inFull.map((row) =>
        [mentionInFull(mentionFace(row), telling, row, regular), ...saidBefore(before, row.post.id, telling)].join(
          '\n',
        ),
      );
      const told = known
        ? [
            caseHead(known, telling),
            ...(row ? [casePriority(row, telling)] : []),
            ...parts,
            ...(echoes.length > 0 ? [sayEchoes(echoes.map(mentionFace), telling)] : []),
            caseHistory(known, telling),
          ]
        : parts;
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

/** With the fields of its first mention beside its own, as they were there before cases told of themselves. */
function caseInFull(row: CaseRow, brand: string, now: number): CaseInFull {
  const posts = row.mentions.map(mentionFace);
  const events = row.case.events.map(caseEventFace);
  const ids = { caseId: row.case.id, mentionId: posts[0]?.id ?? null };
  return { ...posts[0], ...caseRowFace(row, brand, now), ...ids, posts, events };
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
