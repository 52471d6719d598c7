/** `earshot causes`: what was behind complaints, how often, and what was done; `causes mended` writes down that one is mended. */
import type { App } from '../../app.ts';
import { sayDay } from '../../digest/local-time.ts';
import type { Edges } from '../../edges.ts';
import type { CausesFace, ToTellFace } from '../../face/causes.ts';
import { sayMended } from '../../insight/wording.ts';
import { causesFace } from '../../jobs/causes-face.ts';
import { brandsBlamed, mendCause, unmendCause } from '../../jobs/mend-cause.ts';
import { quoted } from '../../text/command.ts';
import { jsonText } from '../../text/json.ts';
import { clean, count, link, readingWidth, steps, toWidth, widthOf, wrapped } from '../format.ts';
import { nearestOf } from '../right-word.ts';
import { type Telling, tellingOf } from '../tell-mention.ts';
import { brandsMeant, momentGiven, withTools } from '../tools.ts';
import { Misuse } from '../trouble.ts';

interface Options {
  readonly config?: string;
  readonly brand?: string;
  readonly since?: string;
  readonly json?: boolean;
}

export async function command(edges: Edges, options: Options): Promise<number> {
  return withTools(edges, options, async (tools) => {
    const ids = await brandsMeant(tools, options.brand);
    const since = options.since === undefined ? 0 : momentGiven(edges, tools, options.since, '--since');
    const all = await causesFace(tools, ids, since);
    const { terminal } = edges;
    if (options.json) {
      terminal.out(`${jsonText(all, 2)}\n`);
      return 0;
    }
    const telling = tellingOf(edges, tools);
    terminal.out(`${all.map((one) => causesInWords(one, all.length > 1, telling)).join('\n\n')}\n`);
    const [open] = all.flatMap(({ brand, causes }) =>
      causes.filter(({ mended }) => mended === null).map(({ cause }) => ({ brand, cause })),
    );
    const next = open
      ? ([
          `${tools.earshot} causes mended ${quoted(open.cause)}${ofBrand(tools, open.brand)} --what "…"`,
          'when you have done something about it',
        ] as const)
      : ([`${tools.earshot} case fix c4 --cause "cold food"`, 'says what was behind a complaint'] as const);
    terminal.err(`\n${steps([next], terminal)}\n`);
    return 0;
  });
}

const longestCause = 30;

/** Where there are several, the command has to say which. */
const ofBrand = ({ brands }: Pick<App, 'brands'>, name: string) => (brands.size > 1 ? ` --brand ${quoted(name)}` : '');

function causesInWords({ brand, causes, without }: CausesFace[number], several: boolean, telling: Telling): string {
  const { terminal, paint, now, timezone } = telling;
  const width = readingWidth(terminal);
  const day = (at: number) => sayDay(at, now, timezone);
  const head = several ? [paint.bold(clean(brand))] : [];
  const room = Math.min(longestCause, Math.max(0, ...causes.map(({ cause }) => widthOf(clean(cause)))));
  const lines = causes.flatMap(({ cause, cases, lastAt, mended }) => {
    const line = `${toWidth(clean(cause), room)}  ${count(cases, 'case').padStart(9)}, last ${day(Date.parse(lastAt))}`;
    if (mended === null) return [line];
    const { what, state, back } = mended;
    const [at, watchedUntil] = [Date.parse(mended.at), Date.parse(mended.watchedUntil)];
    const told = sayMended({ cause: clean(cause), what: clean(what), at, watchedUntil, state, back }, day, now);
    return [line, wrapped(told, width, '    ')];
  });
  const none = causes.length === 0 ? ['Of no complaint has anybody said yet what was behind it.'] : [];
  const rest = without === 0 ? [] : [`${count(without, 'case')} closed or fixed without a word on what was behind it.`];
  return [...head, ...lines, ...[...none, ...rest].map((line) => wrapped(line, width))].join('\n');
}

interface MendedOptions extends Options {
  readonly what?: string;
  readonly undo?: boolean;
  readonly as?: string;
}

/** The words of a cause may come without quotation marks. */
export const mended = {
  command: async (edges: Edges, options: MendedOptions, words: readonly string[]): Promise<number> => {
    const cause = words.join(' ').trim();
    return withTools(edges, options, async (tools) => {
      const { terminal } = edges;
      const brandId = await brandOf(tools, options.brand, cause);
      if (options.undo) {
        const was = await unmendCause(tools, brandId, cause);
        const said = was ? 'Taken back: it counts as not mended.' : `“${clean(cause)}” was not called mended.`;
        terminal.err(`${said} \`${tools.earshot} causes\` shows all.\n`);
        return was ? 0 : 1;
      }
      const what = options.what?.trim() ?? '';
      if (what === '') throw new Misuse(`Say what you did, as in --what "new heat lamps".`);
      const told = await mendCause(tools, { brandId, cause, what, by: options.as ?? edges.person });
      if (told === null) {
        const [known] = await causesFace(tools, [brandId], 0);
        throw new Misuse(notKnown(cause, known?.causes.map((one) => one.cause) ?? [], tools.earshot));
      }
      if (options.json) terminal.out(`${jsonText(told, 2)}\n`);
      else tellMended(told, ofBrand(tools, told.brand), tellingOf(edges, tools));
      return 0;
    });
  },
};

/** As named; else the only one, or the only one of which a complaint was put down to that. @throws Misuse */
async function brandOf(tools: App, named: string | undefined, cause: string): Promise<string> {
  const ids = await brandsMeant(tools, named);
  const [only, ...others] = ids.length === 1 ? ids : await brandsBlamed(tools, ids, cause);
  if (only !== undefined && others.length === 0) return only;
  if (only === undefined)
    throw new Misuse(
      `No complaint was put down to “${clean(cause)}”. \`${tools.earshot} causes\` shows what there is.`,
    );
  throw new Misuse(
    `Which of your brands is it about? Say so with --brand, as in${ofBrand(tools, tools.brands.get(only)?.name ?? only)}.`,
  );
}

function notKnown(cause: string, known: readonly string[], earshot: string): string {
  const near = nearestOf(
    cause.toLowerCase(),
    known.map((one) => one.toLowerCase()),
  );
  const meant = known.find((one) => one.toLowerCase() === near);
  const none = `No complaint was put down to “${clean(cause)}”.`;
  if (meant) return `${none} Did you mean “${clean(meant)}”?`;
  if (known.length > 0) return `${none} There are: ${known.map(clean).join(', ')}.`;
  return `${none} Say what is behind one when you fix it: ${earshot} case fix c4 --cause ${quoted(cause)}`;
}

function tellMended(
  { cause, what, tell }: ToTellFace,
  brandWords: string,
  { terminal, paint, earshot }: Telling,
): void {
  const width = readingWidth(terminal);
  const head = `They said “${clean(cause)}”, you did: ${clean(what)}. ${count(tell.length, 'customer')} to tell.`;
  const drafts = tell.map((one) => {
    const where = [
      clean(one.name ?? 'somebody'),
      clean(one.place),
      ...(one.url ? [link(clean(one.url), one.url, terminal)] : []),
    ];
    const foreign =
      one.language !== null && one.language !== 'en'
        ? `They wrote in another language (${clean(one.language)}): say it in that.`
        : '';
    const words = one.draft.split('\n').map((line) => (line === '' ? '' : wrapped(clean(line), width, '    ')));
    return [
      `${paint.bold(`c${one.case}`)}  ${where.join(', ')}`,
      ...(foreign ? [wrapped(foreign, width, '    ')] : []),
      ...words,
    ].join('\n');
  });
  terminal.out(`${wrapped(paint.bold(head), width)}\n\n${drafts.join('\n\n')}\n`);
  const [first] = tell;
  const next = [
    ...(first ? [[`${earshot} case note c${first.case} "told them"`, 'when you have told one'] as const] : []),
    [`${earshot} causes`, 'whether it comes back: watched for 60 days'] as const,
    [`${earshot} causes mended ${quoted(cause)}${brandWords} --undo`, 'to take that back'] as const,
  ];
  terminal.err(`\n${steps(next, terminal)}\n`);
}
