/** How a command gets its tools: opens the app, tells what a changed config did to the stored mentions, and closes it. */
import { Temporal } from 'temporal-polyfill';
import { type App, type AppOptions, openApp } from '../app.ts';
import type { Edges } from '../edges.ts';
import { type Learned, learnBrands, whatMoved } from '../jobs/learn-brands.ts';
import { sayLeftBehind } from '../jobs/left-behind.ts';
import type { MentionRow } from '../store/mention-rows.ts';
import { asCalled } from '../text/command.ts';
import { type Day, dayOf } from '../text/day.ts';
import { clean, count, readingWidth, wrapped } from './format.ts';
import { moment } from './moment.ts';
import { progressLine } from './progress.ts';
import { meantAmong } from './right-word.ts';
import { Misuse } from './trouble.ts';

/** Runs `act` with the tools and closes them whatever happens. */
export function withTools<Result>(
  edges: Edges,
  options: AppOptions,
  act: (tools: App) => Promise<Result>,
): Promise<Result> {
  return lookingOn(edges, options, async (tools) => {
    const progress = progressLine(edges.terminal);
    const learned = await learnBrands(tools, (judged) =>
      progress.say(`Judging again what is stored: ${judged} so far …`),
    );
    progress.end();
    if (learned) tell(edges, tools, learned);
    return act(tools);
  });
}

/** Like `withTools`, but what the config changes is not applied to what is stored. */
export async function lookingOn<Result>(
  edges: Edges,
  options: AppOptions,
  act: (tools: App) => Promise<Result>,
): Promise<Result> {
  const tools = await openApp(edges, options);
  try {
    return await act(tools);
  } finally {
    await tools.close();
  }
}

function tell({ terminal }: Edges, tools: App, learned: Learned): void {
  const { changes, leftBehind } = learned;
  for (const { from, to } of changes.renamed) terminal.err(`${clean(from)} is now called ${clean(to)}.\n`);
  const moved = whatMoved(tools, learned);
  if (moved !== null) {
    const told = `What you listen for has changed ${clean(moved)}.`;
    terminal.err(`${wrapped(told, readingWidth(terminal))}\n`);
  }
  if (changes.gone.length > 0) {
    terminal.err(
      `${count(changes.gone.length, 'brand')} left the config: everything is kept, and shows with --brand.\n`,
    );
  }
  const left = sayLeftBehind(leftBehind, tools.config.brands);
  if (left !== null) terminal.err(`${wrapped(asCalled(clean(left), tools.earshot), readingWidth(terminal))}\n`);
}

/** By id, also of those that left the config. */
export async function brandNames(tools: App): Promise<ReadonlyMap<string, string>> {
  const { readBrands } = await import('../store/brands.ts');
  const known = await tools.store.read('brands', (tx) => readBrands(tx));
  return new Map(known.map((brand) => [brand.id, brand.name]));
}

/** Ids of the brands that a `--brand` names, by name or id, also one that left the config; undefined where none is named. */
export async function brandIds(tools: App, named: string | undefined): Promise<readonly string[] | undefined> {
  if (named === undefined) return undefined;
  const { readBrands } = await import('../store/brands.ts');
  const known = await tools.store.read('brands', (tx) => readBrands(tx));
  const wanted = named.toLowerCase();
  const found = known.find((brand) => brand.id === wanted || brand.name.toLowerCase() === wanted);
  if (found) return [found.id];
  const names = known.map((brand) => brand.name);
  throw new Misuse(`There is no brand called ${named}. ${meantAmong(named, names)}`);
}

/** The same, where without a name all brands of the config are meant. */
export async function brandsMeant(tools: App, named: string | undefined): Promise<readonly string[]> {
  return (await brandIds(tools, named)) ?? [...tools.brands.keys()];
}

/** The one that is named, or the only one; null where there are several. @throws Misuse */
export async function oneBrand(tools: App, named: string | undefined): Promise<string | null> {
  const [only, ...others] = await brandsMeant(tools, named);
  return others.length === 0 ? (only ?? null) : null;
}

/** @throws Misuse where it is no moment */
export function momentGiven(
  edges: Edges,
  tools: App,
  text: string,
  flag: string,
  direction: 'back' | 'ahead' = 'back',
): number {
  const at = moment(text, edges.clock.now(), tools.config.timezone, direction);
  if (at === null) throw new Misuse(`${flag} ${text} is no date; write it as in 2026-11-01, or a length as in 7d.`);
  return at;
}

/** `2026-12-03 call back`: a day, and what is promised by its end. @throws Misuse */
export function promiseGiven(edges: Edges, tools: App, given: string): Day & { readonly words: string } {
  const [, day = '', words = ''] = /^\s*(\S+)\s+(\S.*)$/s.exec(given) ?? [];
  if (words === '')
    throw new Misuse(`A promise is a day and what you promise, as in --promise "2026-12-03 call back".`);
  return { words: words.trim(), ...dayGiven(edges, tools, day, '--promise') };
}

/** The whole of a day that is still to come. @throws Misuse */
export function dayGiven(edges: Edges, tools: App, text: string, flag: string): Day {
  const at = momentGiven(edges, tools, text, flag, 'ahead');
  const zone = tools.config.timezone;
  const day = dayOf(Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate(), zone);
  if (day.dueAt <= edges.clock.now()) throw new Misuse(`${flag} ${text} is in the past.`);
  return day;
}

/** `c4`, `m17`, or a bare number that means what the command says. @throws Misuse */
export function idGiven(
  text: string,
  bare: 'case' | 'mention',
): { readonly id: number; readonly of: 'case' | 'mention' } {
  const found = /^([cm])?(\d{1,15})$/i.exec(text.trim());
  if (!found)
    throw new Misuse(`${text} is no case or mention; they look like c4 and m17. \`npx earshot list\` shows them.`);
  const letter = found[1]?.toLowerCase();
  return { id: Number(found[2]), of: letter === 'c' ? 'case' : letter === 'm' ? 'mention' : bare };
}

/** The mention that a word like `m17` means, or a case's first one where it says `c4`. @throws Misuse where there is none */
export async function mentionGiven(tools: App, text: string): Promise<MentionRow> {
  const wish = idGiven(text, 'mention');
  const { readMentions } = await import('../store/mention-rows.ts');
  const { findCase } = await import('../jobs/work-case.ts');
  const row = await tools.store.read('one mention', async (tx) => {
    const id = wish.of === 'case' ? (await findCase(tx, wish))?.leadMentionId : wish.id;
    return id === undefined ? undefined : (await readMentions(tx, [id]))[0];
  });
  if (row) return row;
  throw new Misuse(`There is no ${wish.of} ${text}. \`npx earshot list --all\` shows what there is.`);
}
