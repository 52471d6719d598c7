/** `earshot praise list|ask|yes|no|used|thank|undo`: who praises you, and what they allowed to be done with it. */
import type { PraiseDetails, PraiseKind } from '../../cases/praise.ts';
import type { Edges } from '../../edges.ts';
import type { PraiseFace } from '../../face/praise.ts';
import { praiseList, writePraise } from '../../jobs/praise.ts';
import { onOneLine } from '../../text/clean.ts';
import { asCalled, stepsOn } from '../../text/command.ts';
import { jsonText } from '../../text/json.ts';
import { clean, linesThatFit, readingWidth, steps, wrapped } from '../format.ts';
import { tellingOf } from '../tell-mention.ts';
import { nextForPraise, praiseLines, standing } from '../tell-praise.ts';
import { brandsMeant, mentionGiven, momentGiven, withTools } from '../tools.ts';
import { Misuse } from '../trouble.ts';

interface ListOptions {
  readonly config?: string;
  readonly brand?: string;
  readonly json?: boolean;
}

const heads: readonly (readonly [PraiseFace['answer'], string])[] = [
  ['yes', 'Said yes'],
  ['asked', 'Asked, no answer yet'],
  ['not-asked', 'Not asked yet, the most telling first'],
  ['no', 'Said no'],
];
const linesOfOne = 4;

/** `praise list`. */
export async function command(edges: Edges, options: ListOptions): Promise<number> {
  return withTools(edges, options, async (tools) => {
    const { terminal } = edges;
    const all = await praiseList(tools, await brandsMeant(tools, options.brand));
    if (options.json) {
      terminal.out(`${jsonText(all, 2)}\n`);
      return 0;
    }
    if (all.length === 0) {
      terminal.out('Nobody has praised you in public yet, as far as Earshot has heard.\n');
      return 0;
    }
    const telling = tellingOf(edges, tools);
    const ordered = heads.flatMap(([answer]) => all.filter((one) => one.answer === answer));
    const fits = linesThatFit(terminal);
    const shown = new Set(
      ordered.slice(0, fits === null ? ordered.length : Math.max(3, Math.floor(fits / linesOfOne))),
    );
    const several = tools.brands.size > 1;
    const groups = heads.flatMap(([answer, head]) => {
      const own = all.filter((one) => one.answer === answer);
      const seen = own.filter((one) => shown.has(one));
      const lines = seen.map((one) => praiseLines(one, several, telling));
      return seen.length === 0 ? [] : [[telling.paint.bold(`${head} (${own.length})`), ...lines].join('\n')];
    });
    terminal.out(`${groups.join('\n\n')}\n`);
    const more = all.length - shown.size;
    if (more > 0) terminal.err(`\n${more} more than fit here; \`${tools.earshot} praise list | cat\` shows all.\n`);
    const next = all.find((one) => one.answer === 'not-asked' && one.quotable) ?? ordered[0];
    if (next) terminal.err(`\n${steps(nextForPraise(next).map(typed(tools.earshot)), terminal)}\n`);
    return 0;
  });
}

interface Options {
  readonly config?: string;
  readonly where?: string;
  readonly words?: string;
  readonly named?: string;
  readonly linked?: boolean;
  readonly for?: string;
  readonly when?: string;
  readonly why?: string;
  readonly as?: string;
  readonly json?: boolean;
}

/** What cannot be, where it is refused. */
const past: Readonly<Record<PraiseKind, string>> = {
  ask: 'asked',
  yes: 'written down as a yes',
  no: 'written down as a no',
  used: 'used',
  thank: 'thanked',
  undo: 'taken back',
};

/** `praise ask m17` and its siblings. */
export function writing(kind: PraiseKind) {
  return {
    command: async (edges: Edges, options: Options, word: string): Promise<number> =>
      withTools(edges, options, async (tools) => {
        const { terminal, clock } = edges;
        const at = options.when === undefined ? clock.now() : momentGiven(edges, tools, options.when, '--when');
        if (at > clock.now()) throw new Misuse(`--when ${options.when} is still to come.`);
        const { id } = await mentionGiven(tools, word);
        const by = options.as ?? edges.person;
        const after = await writePraise(tools, id, { kind, by, at, details: detailsOf(kind, options) });
        const width = readingWidth(terminal);
        if (typeof after === 'string') {
          const sentence = stepsOn(asCalled(after, tools.earshot), tools.earshot, `m${id}`);
          terminal.err(`${wrapped(`m${id} cannot be ${past[kind]}: ${sentence}`, width)}\n`);
          return 1;
        }
        if (options.json) {
          terminal.out(`${jsonText(after, 2)}\n`);
          return 0;
        }
        const telling = tellingOf(edges, tools);
        const stands = standing(after, telling.short) || 'nothing is written down';
        terminal.out(`${wrapped(`m${id}: ${stands.replace(/[.!?…]$/, '')}.`, width)}\n`);
        for (const note of notes(kind, after, options)) terminal.err(`${wrapped(note, width)}\n`);
        terminal.err(`${steps(nextForPraise(after).map(typed(tools.earshot)), terminal)}\n`);
        return 0;
      }),
  };
}

/** @throws Misuse */
function detailsOf(kind: PraiseKind, options: Options): PraiseDetails {
  const { where, words, named, linked, why } = options;
  const wanted = options.for;
  if (wanted !== undefined && wanted !== 'words' && wanted !== 'review')
    throw new Misuse(`--for ${wanted} is neither words (leave to quote them) nor review.`);
  if (kind === 'yes' && words?.trim() === '') throw new Misuse('--words is empty: write what they allowed.');
  const name = onOneLine(named ?? '');
  return {
    ...(where?.trim() && { where: where.trim() }),
    ...(why?.trim() && { why: why.trim() }),
    ...(words?.trim() && { words: words.trim() }),
    ...(wanted !== undefined && { for: wanted }),
    ...(kind === 'yes' && name !== '' && { named: name }),
    ...(kind === 'yes' && linked && { linked }),
  };
}

function notes(kind: PraiseKind, { used, text, allowed }: PraiseFace, { words }: Options): readonly string[] {
  if (kind === 'no' && used.length > 0)
    return [
      `Take it down where it stands: ${used.map(({ where }) => clean(where)).join(', ')}. Exports leave it out from now on.`,
    ];
  if (kind === 'yes' && words !== undefined && allowed?.words && !text.includes(allowed.words))
    return ['These words do not stand in the post: they are kept as what the customer gave you beside it.'];
  return [];
}

const typed =
  (earshot: string) =>
  ([words, why]: readonly [string, string]) =>
    [`${earshot} ${words}`, why] as const;
