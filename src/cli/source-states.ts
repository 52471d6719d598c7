/** How the sources of the config stand, as far as it and its database can be read: for lists that must never fail. */
import { existsSync } from 'node:fs';
import { type App, configPath, readConfig } from '../app.ts';
import { type Config, ConfigTrouble } from '../config/config.ts';
import { missingSecrets } from '../config/secrets.ts';
import type { Edges } from '../edges.ts';
import { healthSentence, type WatchReport, watchState } from '../insight/health.ts';
import { watchReports } from '../jobs/status.ts';
import { StoreTrouble } from '../store/trouble.ts';
import { asCalled } from '../text/command.ts';
import type { WatchState } from '../watch.ts';
import { clean } from './format.ts';
import { mostBrokenFirst } from './tell-place.ts';
import { lookingOn } from './tools.ts';

export interface SourceState {
  readonly state: WatchState;
  /** False: nobody has looked yet. */
  readonly tried: boolean;
  /** Of its places, the one that stands worst, in one line. */
  readonly sentence: string;
}

/** By source id, those that a brand of the config listens to; none where there is no config, or none that can be read. */
export async function sourceStates(
  edges: Edges,
  options: { readonly config?: string },
): Promise<ReadonlyMap<string, SourceState>> {
  if (!existsSync(configPath(edges, options.config))) return new Map();
  try {
    const { config } = await readConfig(edges, options.config);
    if (!existsSync(config.store)) return notLookedYet(config);
    return await lookingOn(edges, options, statesOf);
  } catch (error) {
    // `check` and `status` say what is wrong with them.
    if (error instanceof ConfigTrouble || error instanceof StoreTrouble) return new Map();
    throw error;
  }
}

/** A list makes no database. */
function notLookedYet({ brands }: Config): ReadonlyMap<string, SourceState> {
  return new Map(brands.flatMap((brand) => [...brand.sources.keys()].map((id) => [id, untried] as const)));
}

const untried: SourceState = { state: 'never-worked', tried: false, sentence: 'in your config, not looked yet' };

async function statesOf(app: App): Promise<ReadonlyMap<string, SourceState>> {
  const reports = Map.groupBy(await watchReports(app), ({ watch }) => watch.source);
  const states = new Map<string, SourceState>();
  for (const brand of app.config.brands) {
    for (const [id, { account }] of brand.sources) {
      const source = app.sources.find((one) => one.id === id);
      const missing = source ? missingSecrets(source, account, app.env) : [];
      const state =
        missing.length > 0
          ? {
              state: 'never-worked' as const,
              tried: true,
              sentence: `waits for ${missing.join(' and ')} in earshot.env`,
            }
          : worst(reports.get(id) ?? [], app);
      if (states.get(id)?.sentence.startsWith('waits') !== true) states.set(id, state);
    }
  }
  return states;
}

function worst(reports: readonly WatchReport[], { clock, config, earshot }: App): SourceState {
  const now = clock.now();
  const tried = reports.filter(({ lastTriedAt }) => lastTriedAt !== null);
  const rank = (report: WatchReport) => mostBrokenFirst.indexOf(watchState(report, now));
  const [first] = tried.toSorted((one, other) => rank(one) - rank(other));
  if (!first) return untried;
  const sentence = asCalled(clean(healthSentence(first, now, config.timezone)), earshot);
  const which = reports.length > 1 ? ` (of ${reports.length} places, the one that needs you most)` : '';
  const state = watchState(first, now);
  return { state, tried: true, sentence: state === 'fresh' ? sentence : sentence + which };
}
