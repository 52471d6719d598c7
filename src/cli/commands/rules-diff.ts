/** `earshot rules diff`: what a changed config, or a query, would add and hide among what is stored; changes nothing. */
import type { BrandConfig } from '../../config/config.ts';
import { sayLeftOut } from '../../digest/left-out.ts';
import type { Edges } from '../../edges.ts';
import type { RuleDiffs } from '../../face/rules.ts';
import { diffRules, type Moved, type RuleDiff } from '../../jobs/rule-diff.ts';
import { compileBrands } from '../../match/match.ts';
import { jsonText } from '../../text/json.ts';
import type { SetAside } from '../../watch.ts';
import { clean, count, readingWidth, steps, wrapped } from '../format.ts';
import { progressLine } from '../progress.ts';
import { brandsGiven, doubtsOf, queryGiven } from '../rules-given.ts';
import { type Telling, tellingOf } from '../tell-mention.ts';
import { ruleLine } from '../tell-rule.ts';
import { lookingOn } from '../tools.ts';
import { Misuse } from '../trouble.ts';
import { postFace } from './rules-test.ts';

interface Options {
  readonly config?: string;
  readonly query?: string;
  readonly brand?: string;
  readonly json?: boolean;
}

const shown = 10;

export async function command(edges: Edges, options: Options): Promise<number> {
  return lookingOn(edges, options, async (tools) => {
    const { terminal } = edges;
    const brands = wouldBe(brandsGiven(tools, options.brand), options.query, (doubt) =>
      terminal.err(`The query ${clean(doubt)}\n`),
    );
    const { knowledge } = await tools.judging();
    const progress = progressLine(terminal, !options.json);
    const diffs = await diffRules(tools, { brands, matcher: compileBrands(brands), knowledge }, (looked) =>
      progress.say(`Looking through what is stored: ${count(looked, 'post')} so far …`),
    );
    progress.end();
    if (options.json) {
      terminal.out(`${jsonText(diffs.map(faceOf), 2)}\n`);
      return 0;
    }
    const telling = tellingOf(edges, tools);
    terminal.out(diffs.map((diff) => told(diff, telling)).join('\n'));
    const { paint, earshot } = telling;
    const moves = diffs.some(({ adds, hides }) => adds.length + hides.length > 0);
    const [head, next] = !moves
      ? [
          'Nothing that is stored would come in or be left out.',
          [`${earshot} rules test`, 'what your rules match'] as const,
        ]
      : options.query === undefined
        ? [
            'Nothing is changed yet: the next other command, or the next start, applies the config.',
            [`${earshot} list`, 'apply it, and see what needs you'] as const,
          ]
        : [
            'Nothing is changed yet: write it into the config as the brand’s `query`.',
            [`${earshot} check`, 'once it is there'] as const,
          ];
    terminal.err(
      `${diffs.length > 0 ? '\n' : ''}${paint.bold(wrapped(head, readingWidth(terminal)))}\n${steps([next], terminal)}\n`,
    );
    return 0;
  });
}

/** The brands as the config has them, or with this query. @throws Misuse */
function wouldBe(
  brands: readonly BrandConfig[],
  text: string | undefined,
  onDoubt: (doubt: string) => void,
): readonly BrandConfig[] {
  if (text === undefined) return brands;
  const [brand] = brands;
  if (!brand || brands.length > 1)
    throw new Misuse(`Whose query is it? Add --brand with one of: ${brands.map(({ name }) => name).join(', ')}.`);
  queryGiven(text);
  const { trouble, doubts } = doubtsOf(text, brand);
  if (trouble !== null) throw new Misuse(`The query ${trouble}`);
  for (const doubt of doubts) onDoubt(doubt);
  return [{ ...brand, query: text }];
}

function told({ brand, adds, hides, stays }: RuleDiff, telling: Telling): string {
  const { paint, terminal } = telling;
  const width = readingWidth(terminal);
  const part = (moved: readonly Moved[], would: string) => {
    if (moved.length === 0) return [];
    const head = `${count(moved.length, 'post')} would ${would}${complaintsOf(moved)}:`;
    const more = moved.length > shown ? [`  … and ${moved.length - shown} more`] : [];
    const reasons = sayLeftOut(reasonsOf(moved));
    return [
      wrapped(head, width, '  '),
      ...moved.slice(0, shown).map((one) => ruleLine(one.post, letterOf(one), one.hits, telling)),
      ...more,
      ...(reasons.length > 0 ? [paint.dim(wrapped(reasons.join(' '), width, '  '))] : []),
    ];
  };
  const kept =
    stays > 0 ? [wrapped(`${count(stays, 'post')} that you marked or worked on would stay.`, width, '  ')] : [];
  const none = adds.length + hides.length + stays === 0 ? ['  Nothing would come in or be left out.'] : [];
  return `${[paint.bold(clean(brand.name)), ...part(hides, 'be left out'), ...part(adds, 'come in'), ...kept, ...none].join('\n')}\n`;
}

function reasonsOf(moved: readonly Moved[]): Partial<Record<SetAside, number>> {
  const counts: Partial<Record<SetAside, number>> = {};
  for (const { why } of moved) if (why !== null) counts[why] = (counts[why] ?? 0) + 1;
  return counts;
}

function complaintsOf(moved: readonly Moved[]): string {
  const complaints = moved.filter(({ findings }) => findings.complaint.verdict === 'complaint').length;
  if (complaints === 0) return '';
  return complaints === moved.length && complaints === 1
    ? ', a complaint'
    : `, ${count(complaints, 'complaint')} among them`;
}

const signs = { complaint: '!', unsure: '?', none: ' ' } as const;

const letterOf = ({ mentionId, caseId, findings }: Moved): string =>
  `${signs[findings.complaint.verdict]} ${caseId !== null ? `c${caseId}` : mentionId !== null ? `m${mentionId}` : ''}`;

function faceOf({ brand, adds, hides, stays }: RuleDiff): RuleDiffs[number] {
  const moved = ({ mentionId, caseId, post, findings, why }: Moved) => ({
    mention: mentionId,
    case: caseId,
    ...postFace(post),
    complaint: findings.complaint.verdict,
    why,
  });
  return { brand: brand.name, adds: adds.map(moved), hides: hides.map(moved), stays };
}
