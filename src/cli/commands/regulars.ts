/** `earshot regulars`: fans turned unhappy, who complains again, who has gone quiet, who helps others, and who comes back. */
import type { Edges } from '../../edges.ts';
import type { RegularFace } from '../../face/regular.ts';
import { regulars } from '../../jobs/regulars.ts';
import { capital } from '../../text/capital.ts';
import { jsonText } from '../../text/json.ts';
import { accountWords } from '../author-given.ts';
import { clean, linesThatFit, readingWidth, steps, wrapped } from '../format.ts';
import { type Telling, tellingOf } from '../tell-mention.ts';
import { underId } from '../tell-praise.ts';
import { brandsMeant, withTools } from '../tools.ts';

interface Options {
  readonly config?: string;
  readonly brand?: string;
  readonly json?: boolean;
}

type Kind = RegularFace['signs'][number]['kind'];

/** In the order in which they should be read. */
const heads: readonly (readonly [Kind, string])[] = [
  ['turned', 'Praised you, and are unhappy now'],
  ['third-complaint', 'Complain again and again'],
  ['gone-quiet', 'Praised you, and have gone quiet'],
  ['helper', 'Help your other customers'],
  ['regular', 'Come back'],
];
const linesOfOne = 4;
const mostPosts = 6;

export async function command(edges: Edges, options: Options): Promise<number> {
  return withTools(edges, options, async (tools) => {
    const { terminal } = edges;
    const people = await regulars(tools, await brandsMeant(tools, options.brand));
    if (options.json) {
      terminal.out(`${jsonText(people, 2)}\n`);
      return 0;
    }
    const telling = tellingOf(edges, tools);
    if (people.length === 0) {
      terminal.out('Nobody has spoken of you often enough to be told apart from chance yet.\n');
      return 0;
    }
    const fits = linesThatFit(terminal);
    const shown = people.slice(0, fits === null ? people.length : Math.max(3, Math.floor(fits / linesOfOne)));
    const several = tools.brands.size > 1;
    const groups = heads.flatMap(([kind, head]) => {
      const own = shown.filter(({ signs: [first] }) => first?.kind === kind);
      if (own.length === 0) return [];
      const all = people.filter(({ signs: [first] }) => first?.kind === kind).length;
      return [[telling.paint.bold(`${head} (${all})`), ...own.map((one) => told(one, several, telling))].join('\n')];
    });
    terminal.out(`${groups.join('\n\n')}\n`);
    const more = people.length - shown.length;
    if (more > 0) terminal.err(`\n${more} more than fit here; \`${tools.earshot} regulars | cat\` shows all.\n`);
    const [first] = people;
    if (first) terminal.err(`\n${steps(nextSteps(first, telling), terminal)}\n`);
    return 0;
  });
}

function told({ accounts, signs, posts, case: open, brand, next }: RegularFace, several: boolean, telling: Telling) {
  const { terminal, paint, short } = telling;
  const width = readingWidth(terminal);
  const [first, ...others] = accounts;
  const also = others.map((one) => `also a${one.id} ${accountWords(one)}`);
  const who = first ? [accountWords(first), ...also, ...(several ? [clean(brand)] : [])].join('; ') : '';
  const why = signs
    .filter(({ kind }) => kind !== 'regular' || signs.length === 1)
    .map(({ why, since }) => `${why} (since ${short(Date.parse(since))})`)
    .join('; ');
  const named = posts.map(({ mention }) => `m${mention}`);
  const left = named.length - mostPosts;
  const listed = `${left > 0 ? `${left} more, ` : ''}${named.slice(-mostPosts).join(' ')}`;
  const ids = [...(open === null ? [] : [`c${open}`]), listed].join(' · ');
  const say = `${capital(next.say)}.`;
  return [
    underId(`a${first?.id ?? 0}`, who, width),
    wrapped(why, width, '        '),
    paint.dim(wrapped(`${ids}. ${say}`, width, '        ')),
  ].join('\n');
}

function nextSteps({ next, accounts: [first] }: RegularFace, { earshot }: Telling) {
  return [
    [next.command, 'the first of them in full'] as const,
    [`${earshot} regulars join a${first?.id ?? 0} … --why "…"`, 'when another account is the same person'] as const,
  ];
}
