/** Every place that we listen to on a line or two, what is broken first. */
import { watchTitle as titleOfWatch } from '../digest/place-name.ts';
import { titleOf } from '../digest/wording.ts';
import { healthSentence, heardNowhere, type WatchReport, watchState } from '../insight/health.ts';
import { endedOf, isLost, isOffline, offlineHere } from '../insight/offline.ts';
import { asCalled } from '../text/command.ts';
import type { Watch, WatchState } from '../watch.ts';
import { type Colours, clean, twoColumns } from './format.ts';
import type { Telling } from './tell-mention.ts';

/** Of several places. */
export const mostBrokenFirst: readonly WatchState[] = ['blind', 'never-worked', 'limited', 'quiet', 'fresh'];

interface PlaceLine {
  readonly name: string;
  readonly platform: string;
  readonly state: WatchState;
  readonly tried: boolean;
  readonly sentence: string;
  /** What is wrong, in full. */
  readonly more: string;
}

/** Where this computer is offline, no place has trouble of its own. */
const lost = {
  platform: '',
  tried: true,
  sentence: offlineHere,
  more: '',
} as const;

export type BrandNames = ReadonlyMap<string, { readonly name: string }>;

/** `leedsfood.example/feed.xml`, `Bluesky for Loomfield`. @param brands by id; named where a platform is searched for several */
export function watchTitle(
  watch: Pick<Watch, 'source' | 'key' | 'scope' | 'brands'>,
  { titles }: Telling,
  brands: BrandNames,
): string {
  const names = Object.fromEntries([...brands].map(([id, { name }]) => [id, name]));
  return clean(titleOfWatch(watch, titles.get(watch.source) ?? titleOf(watch.source), names));
}

/** @param brands by id; named where a platform is searched for several */
export function placeLines(reports: readonly WatchReport[], telling: Telling, brands: BrandNames): string {
  const { now, timezone, terminal, paint, earshot } = telling;
  const offline = isOffline(reports.flatMap(endedOf));
  const lines = reports.map((report): PlaceLine => {
    const { watch, fault } = report;
    const state = watchState(report, now);
    if (offline && endedOf(report).some(isLost)) return { ...lost, name: watchTitle(watch, telling, brands), state };
    return {
      name: watchTitle(watch, telling, brands),
      platform: clean(report.title),
      state,
      tried: report.lastTriedAt !== null,
      sentence: asCalled(clean(healthSentence(report, now, timezone, '')), earshot),
      more: fault && !fault.unasked && state !== 'limited' ? asCalled(clean(fault.message), earshot) : '',
    };
  });
  const rank = ({ state, tried }: PlaceLine) => (tried ? mostBrokenFirst.indexOf(state) : mostBrokenFirst.length);
  const sorted = together(lines).sort((one, other) => rank(one) - rank(other));
  const rows = sorted.map((line) => ({
    sign: signOf(line, paint),
    left: line.name,
    right: line.sentence,
    below: line.more,
  }));
  return twoColumns(rows, terminal);
}

/** Why an empty queue means nothing yet, and the next step; null where some place was heard. */
export function unheard(
  reports: readonly WatchReport[],
  { earshot }: Pick<Telling, 'earshot'>,
): { readonly sentence: string; readonly next: readonly [words: string, why: string] } | null {
  if (reports.length === 0)
    return {
      sentence: 'Earshot does not know where to listen yet.',
      next: [`${earshot} sources`, 'where it can listen'],
    };
  if (reports.every(({ lastTriedAt }) => lastTriedAt === null))
    return { sentence: 'Earshot has not listened yet.', next: [`${earshot} collect`, 'listen now'] };
  if (heardNowhere(reports))
    return {
      sentence: 'Earshot could not listen anywhere yet.',
      next: [`${earshot} status`, 'why no place could be read'],
    };
  return null;
}

/** What is wrong with a platform is told once, however many of its places suffer from it. */
function together(lines: readonly PlaceLine[]): PlaceLine[] {
  const heard = lines.filter(({ state, tried }) => state === 'fresh' || state === 'quiet' || !tried);
  const troubled = lines.filter((line) => !heard.includes(line));
  const groups = Map.groupBy(troubled, ({ platform, state, sentence, more }) =>
    JSON.stringify(platform === '' ? [sentence] : [platform, state, sentence, more]),
  );
  const told = [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first || group.length === 1) return group;
    if (first.platform === '')
      return [{ ...first, name: `${group.length} places`, more: group.map(({ name }) => name).join(', ') }];
    return [{ ...first, name: `${first.platform}, ${group.length} places` }];
  });
  return [...told, ...heard];
}

/** One column that says at a glance how a place stands. */
export function signOf({ state, tried }: Pick<PlaceLine, 'state' | 'tried'>, paint: Colours): string {
  if (!tried) return paint.dim('–');
  const signs = {
    fresh: paint.green('✓'),
    quiet: paint.yellow('○'),
    limited: paint.yellow('…'),
    blind: paint.red('✗'),
    'never-worked': paint.red('✗'),
  };
  return signs[state];
}
