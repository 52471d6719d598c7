/** Looks over the config, the secrets, the database and the mail; tells every problem at once. */
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Config, Problem } from '../config/config.ts';
import type { ParseContext } from '../config/normalise.ts';
import { parseConfig } from '../config/parse.ts';
import { missingSecrets, secretName } from '../config/secrets.ts';
import { sayMoment } from '../digest/local-time.ts';
import { ModelTrouble } from '../findings/judges/model-trouble.ts';
import { heardNowhere, type WatchReport, watchState } from '../insight/health.ts';
import { endedOf, isOffline, offlineSentence } from '../insight/offline.ts';
import type { Source } from '../sources/source.ts';
import { readLeftBehind } from '../store/brands.ts';
import { secretKey } from '../store/secret-key.ts';
import { openStore } from '../store/store.ts';
import { StoreTrouble, trouble } from '../store/trouble.ts';
import { shellWord } from '../text/command.ts';
import { count } from '../text/count.ts';
import { type Looked, problem } from './check-looked.ts';
import { checkMail, type MailWish } from './check-mail.ts';
import { checkSecond, type Sends } from './check-second.ts';
import { type Connection, connections } from './connections.ts';
import { fastAlone, howJudged } from './how-judged.ts';
import { sayOneLeft } from './left-behind.ts';
import { watchReports } from './status.ts';
import { watchesOf } from './watches.ts';

export interface CheckWish extends MailWish {
  readonly path: string;
  readonly text: string;
  readonly sources: readonly Source[];
  readonly timezone: string;
  readonly cronTrouble: ParseContext['cronTrouble'];
}

export interface Checked extends Looked {
  /** Null where it has to be mended first. */
  readonly config: Config | null;
  /** What a second opinion would be sent, once it is on; null where none is asked for. */
  readonly sends: Sends | null;
}

/** A config that has errors is looked over as far as it can be read; a database is then not made. */
export async function check(wish: CheckWish): Promise<Checked> {
  const { config, rest, problems } = parseConfig(wish.text, wish);
  const judging = judges(wish);
  if (!rest) {
    const others = [envFile(wish.path), judging].flatMap((one) => one.problems);
    return { config, problems: [...problems, ...others], good: [], sends: null };
  }
  const second = checkSecond(rest, wish.env);
  const looks: Looked[] = [
    ...(config ? [listening(rest, wish)] : []),
    secrets(rest, wish),
    envFile(rest.path),
    judging,
    config || existsSync(rest.store) ? await database(rest, wish) : canBeMade(rest.store),
    await checkMail(rest, wish),
    second,
  ];
  const found = looks.flatMap((one) => one.problems);
  return {
    config,
    // What an error left out is not missing.
    problems: [...problems, ...(config ? found : found.filter((one) => one.level === 'error'))],
    good: looks.flatMap((one) => one.good),
    sends: second.sends,
    deaf: looks.some((one) => one.deaf),
    missed: looks.reduce((sum, one) => sum + (one.missed ?? 0), 0),
  };
}

function listening(config: Config, { sources }: CheckWish): Looked {
  const { brands } = config;
  const places = watchesOf({ config, sources, periodMinutes: () => 1 }).length;
  const kinds = new Set(brands.flatMap((brand) => [...brand.sources.keys()])).size;
  const [first] = brands;
  const who = first && brands.length === 1 ? `${first.name} listens` : `${brands.length} brands listen`;
  return {
    problems: [],
    good: kinds > 0 ? [`${who} in ${count(places, 'place')}, of ${count(kinds, 'kind')}`] : [],
  };
}

function secrets(config: Config, { sources, env }: CheckWish): Looked {
  const problems: Problem[] = [];
  const found = new Set<string>();
  for (const [index, brand] of config.brands.entries()) {
    for (const [id, { account }] of brand.sources) {
      const source = sources.find((one) => one.id === id);
      if (!source) continue;
      const path = `brands[${index}].sources.${id}`;
      for (const name of missingSecrets(source, account, env)) {
        problems.push(
          problem(
            path,
            `${source.title} wants ${name}, in earshot.env or in the environment: \`npx earshot sources ${id}\` says where to get it.`,
          ),
        );
      }
      for (const secret of Object.values(source.secrets)) {
        const name = secretName(secret.env, account);
        if (env[name]) found.add(name);
      }
    }
  }
  return { problems, good: found.size > 0 ? [`Found ${[...found].join(', ')}`] : [] };
}

/** Where the fast judge cannot work, nothing can. */
function judges({ env }: CheckWish): Looked {
  try {
    const alone = fastAlone(howJudged(env, { whole: true }));
    return { problems: alone === null ? [] : [problem(modelPath, alone, 'warning')], good: [] };
  } catch (error) {
    if (!(error instanceof ModelTrouble)) throw error;
    return { problems: [problem(modelPath, error.message)], good: [] };
  }
}

/** What is to be mended there is no matter of the config. */
export const modelPath = 'data/model';

/** Passwords that others on the computer can read are no secret. */
function envFile(configPath: string): Looked {
  const path = join(dirname(configPath), 'earshot.env');
  try {
    const open = process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0;
    return {
      problems: open ? [problem('earshot.env', `others on this computer can read it. ${keepPrivate(path)}`)] : [],
      good: [],
    };
  } catch {
    return { problems: [], good: [] };
  }
}

const keepPrivate = (path: string) => `Type \`chmod 600 ${shellWord(path)}\`, then only you can.`;

async function database(config: Config, { now, sources, env }: CheckWish): Promise<Looked> {
  try {
    const store = await openStore({ path: config.store, now });
    // Opening may have changed nothing; a write shows whether one can.
    await store.write('a check', async () => undefined);
    const watches = watchesOf({ config, sources, periodMinutes: () => 1 });
    const reports = await watchReports({ watches, sources, store, env, clock: { now } });
    const sessionKey = () => secretKey(config.store, env.EARSHOT_KEY ?? null);
    const connected = await connections({ watches, sources, store, sessionKey, env, now: now() });
    const left = await store.read('brands', (tx) =>
      readLeftBehind(
        tx,
        config.brands.map(({ id }) => id),
      ),
    );
    await store.close();
    const missed = reports.filter((report) => isMissed(report, now())).length;
    const told = heardNowhere(reports) ? nothingHeard(reports) : missed > 0 ? someMissed(missed) : null;
    return {
      deaf: heardNowhere(reports),
      missed,
      problems: [
        ...connected.flatMap(unconnected),
        ...left.map((one) => problem(leftPath, sayOneLeft(one, config.brands), 'warning')),
        ...(told ? [problem('', told, 'warning')] : []),
      ],
      good: [
        `The database ${config.store} can be read and written`,
        ...connected.flatMap((one) => sayConnected(one, now(), config.timezone)),
      ],
    };
  } catch (error) {
    if (error instanceof StoreTrouble) return { problems: [problem('store', error.message)], good: [] };
    throw error;
  }
}

/** Where a database would stand that is not made yet. */
function canBeMade(path: string): Looked {
  let folder = dirname(path);
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  try {
    if (!statSync(folder).isDirectory()) throw new Error('no folder');
    accessSync(folder, constants.W_OK);
    return { problems: [], good: [] };
  } catch (error) {
    return { problems: [problem('store', trouble('no-folder', path, error).message)], good: [] };
  }
}

/** Whose open cases stand under a name that the config does not know. */
export const leftPath = 'brands';

function unconnected({ source, title, account, state }: Connection): Problem[] {
  if (state === 'good') return [];
  const told =
    state === 'missing' ? 'is not connected yet' : 'is connected no more: that ran out, or was taken back there';
  const which = account === null ? '' : ` --account ${account}`;
  return [problem(source, `${title} ${told}. \`npx earshot connect ${source}${which}\` leads you through it.`)];
}

function sayConnected({ title, state, until }: Connection, now: number, timezone: string): string[] {
  if (state !== 'good') return [];
  return [until === null ? `${title} is connected` : `${title} is connected until ${sayMoment(until, now, timezone)}`];
}

const isMissed = (report: WatchReport, now: number) =>
  report.fault !== null && ['blind', 'never-worked'].includes(watchState(report, now));

const someMissed = (missed: number) =>
  `${count(missed, 'place')} could not be read at the last look: \`npx earshot status\` says why.`;

function nothingHeard(reports: readonly WatchReport[]): string {
  const ended = reports.flatMap(endedOf);
  if (isOffline(ended)) return offlineSentence(ended.length);
  return `Nothing was heard yet, since no place could be read so far: \`npx earshot status\` says why.`;
}
