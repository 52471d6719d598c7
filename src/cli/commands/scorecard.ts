/** `earshot scorecard`: how right the flags were, by what people said of them. */
import { titleOf } from '../../digest/wording.ts';
import type { Edges } from '../../edges.ts';
import type { ScorecardFace } from '../../face/scorecard.ts';
import { enoughToTell } from '../../insight/scorecard.ts';
import { scorecardFace } from '../../jobs/scorecard.ts';
import { jsonText } from '../../text/json.ts';
import { clean, count, readingWidth, steps, toWidth, widthOf, wrapped } from '../format.ts';
import { type Telling, tellingOf } from '../tell-mention.ts';
import { brandsMeant, momentGiven, withTools } from '../tools.ts';

interface Options {
  readonly config?: string;
  readonly brand?: string;
  readonly since?: string;
  readonly json?: boolean;
}

type Score = Pick<ScorecardFace, 'right' | 'wrong' | 'undecided' | 'missed' | 'share' | 'found'>;

export async function command(edges: Edges, options: Options): Promise<number> {
  return withTools(edges, options, async (tools) => {
    const ids = await brandsMeant(tools, options.brand);
    const since = options.since === undefined ? null : momentGiven(edges, tools, options.since, '--since');
    const card = await scorecardFace(tools, { brandIds: ids, since });
    const { terminal } = edges;
    if (options.json) {
      terminal.out(`${jsonText(card, 2)}\n`);
      return 0;
    }
    const telling = tellingOf(edges, tools);
    const parts = [
      sentences(card, telling),
      table(
        'By place',
        rowsOf(card.sources, ({ source }) => telling.titles.get(source) ?? titleOf(source)),
        telling,
      ),
      table(
        'By topic',
        rowsOf(card.topics, ({ topic }) => topic),
        telling,
      ),
    ];
    terminal.out(`${parts.filter(Boolean).join('\n\n')}\n`);
    terminal.err(`\n${steps(nextSteps(card, telling), terminal)}\n`);
    return 0;
  });
}

function sentences(card: ScorecardFace, { paint, terminal }: Telling): string {
  const { right, wrong, undecided, missed, leftToYou } = card;
  const decided = right + wrong;
  const left = leftToYou.complaints + leftToYou.others;
  const lines = [
    paint.bold(headline(card)),
    decided > 0 && card.share === null
      ? `Too few to tell how good Earshot is at it: ${enoughToTell} flags that you decided on are enough.`
      : '',
    missed === 0 ? '' : `It missed ${count(missed, 'complaint')} that you found. ${toldFound(card)}`,
    left === 0
      ? ''
      : `Of ${count(left, 'mention')} that it was unsure of and left to you, ${leftToYou.complaints} ${leftToYou.complaints === 1 ? 'was a complaint' : 'were complaints'}.`,
    undecided === 0
      ? ''
      : `${count(undecided, 'flag')} ${undecided === 1 ? 'has' : 'have'} no word from you yet and ${undecided === 1 ? 'counts' : 'count'} neither way.`,
  ];
  const width = readingWidth(terminal);
  return lines
    .filter(Boolean)
    .map((line) => wrapped(line, width))
    .join('\n');
}

function headline({ right, wrong, undecided, share, since }: ScorecardFace): string {
  const decided = right + wrong;
  if (decided + undecided === 0) return `Nothing was flagged ${since === null ? 'so far' : 'in that time'}.`;
  if (decided === 0) return 'You have not said of any flag whether it was right.';
  const of =
    decided === 1
      ? `The one flag that you decided on was ${right === 1 ? 'right' : 'wrong'}`
      : `${right} of the ${decided} flags that you decided on ${right === 1 ? 'was' : 'were'} right`;
  if (share === null) return `${of}.`;
  return `${of}: ${percent(share.value)}. With so many, chance alone gives anything from ${percent(share.low)} to ${percent(share.high)}.`;
}

/** What nobody noticed is in no count, so it is said of which complaints this is a share. */
function toldFound({ right, missed, found }: Score): string {
  const known = right + missed;
  if (found === null) return `Too few are known to tell how many it misses: ${enoughToTell} are enough.`;
  return `Of the ${known} complaints that you know of it flagged ${right}: ${percent(found.value)}; chance alone gives anything from ${percent(found.low)} to ${percent(found.high)}.`;
}

const percent = (share: number) => `${Math.round(share * 100)} %`;

interface Row {
  readonly name: string;
  readonly score: Score;
}

function rowsOf<One extends Score>(scores: readonly One[], nameOf: (one: One) => string): readonly Row[] {
  return scores.map((score) => ({ name: clean(nameOf(score)), score }));
}

const columns = ['right', 'wrong', 'missed', 'no word'] as const;
const longestName = 24;

function table(head: string, rows: readonly Row[], { paint }: Telling): string {
  if (rows.length === 0) return '';
  const room = Math.min(longestName, Math.max(widthOf(head), ...rows.map(({ name }) => widthOf(name))));
  const lines = rows.map(({ name, score }) => {
    const { right, wrong, missed, undecided, share } = score;
    const numbers = [right, wrong, missed, undecided].map((number, at) =>
      String(number).padStart((columns[at]?.length ?? 0) + 2),
    );
    const told = share
      ? `${percent(share.value)} (${percent(share.low)} to ${percent(share.high)})`
      : paint.dim('too few to tell');
    const row = `${toWidth(name, room)}${numbers.join('')}   ${told}`;
    if (missed === 0 || score.found === null) return row;
    const { value, low, high } = score.found;
    return `${row}\n${paint.dim(`  of those known flagged: ${percent(value)} (${percent(low)} to ${percent(high)})`)}`;
  });
  const heads = columns.map((name) => `  ${name}`).join('');
  return [`${paint.bold(toWidth(head, room))}${paint.dim(heads)}`, ...lines].join('\n');
}

function nextSteps({ undecided }: ScorecardFace, { earshot }: Telling) {
  const wrong = [`${earshot} mark m17 no-complaint`, 'where a flag was wrong; it learns from that'] as const;
  const missed = [`${earshot} add`, 'put in a complaint that Earshot missed'] as const;
  return undecided > 0 ? [[`${earshot} list`, 'answer what it flagged, or mark it'] as const, wrong, missed] : [missed];
}
