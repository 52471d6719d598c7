/** The composition root: settings, secrets and edges become the tools that the doors hand to the jobs. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Clock } from './clock.ts';
import type { Config, Problem } from './config/config.ts';
import { ConfigTrouble } from './config/config.ts';
import { parseConfig } from './config/parse.ts';
import { cronPeriodMinutes, cronTrouble } from './daemon/due.ts';
import type { Mailer } from './digest/mailer.ts';
import type { Edges } from './edges.ts';
import type { Log, Tools } from './jobs/tools.ts';
import { watchesOf } from './jobs/watches.ts';
import { loadSources, sourceIds } from './sources/index.ts';
import { secretKey } from './store/secret-key.ts';
import { openStore } from './store/store.ts';
import { asCalled, earshotWith } from './text/command.ts';
import type { Watch } from './watch.ts';

export interface App extends Tools {
  /** Gives back the memory that only judging wants; what is asked next starts anew. */
  rest(): Promise<void>;
  close(): Promise<void>;
}

export interface AppOptions {
  /** `--config`. */
  readonly config?: string | undefined;
  readonly log?: Log;
  /** It runs until somebody ends it, so that others want the database meanwhile. */
  readonly stays?: boolean;
}

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** @throws ConfigTrouble, StoreTrouble */
export async function openApp(edges: Edges, options: AppOptions): Promise<App> {
  const { config } = await readConfig(edges, options.config);
  return openWith(config, edges, options.log ?? silent, { config: options.config, fullToo: !options.stays });
}

/** The app over a config that is already there (the demo's). @throws StoreTrouble */
export async function openWith(
  config: Config,
  edges: Edges,
  log: Log,
  more: { readonly netClock?: Clock; readonly config?: string | undefined; readonly fullToo?: boolean } = {},
): Promise<App> {
  const { clock, signal, env } = edges;
  const sources = await loadSources(config.brands.flatMap((brand) => [...brand.sources.keys()]));
  const store = await openStore({ path: config.store, now: clock.now, log, fullToo: more.fullToo ?? false });
  const net = once(async () => {
    const { createNet } = await import('./net/net.ts');
    const { storedBudgets } = await import('./jobs/stored-budgets.ts');
    const { contact, namedHosts: allowed, proxy } = config;
    return createNet({
      clock: more.netClock ?? clock,
      userAgent: userAgent(contact),
      allowed,
      proxy,
      budgets: storedBudgets(store),
      trustMail: env.EARSHOT_IMAP_CA ? readText(env.EARSHOT_IMAP_CA) : null,
    });
  });
  const judges = once(async () => {
    const { loadKnowledge } = await import('./findings/knowledge.ts');
    const { compileBrands } = await import('./match/match.ts');
    return { matcher: compileBrands(config.brands), knowledge: loadKnowledge() };
  });
  const learning = once(async () => (await import('./jobs/learn-marks.ts')).learnMarks());
  const precise = once(async () => {
    if (env.EARSHOT_JUDGE === 'fast') return null;
    const { preciseJudge } = await import('./findings/judges/precise.ts');
    return preciseJudge(undefined, signal);
  });
  const rest = async () => {
    if (precise.begun()) await (await precise())?.close();
  };
  let watches: readonly Watch[] | null = null;
  const tools: App = {
    earshot: earshotWith(more.config),
    config,
    sources,
    // Reading every cron takes longer than all that `list` does.
    get watches() {
      watches ??= watchesOf({ config, sources, periodMinutes: cronPeriodMinutes });
      return watches;
    },
    brands: new Map(config.brands.map((brand) => [brand.id, brand])),
    store,
    sessionKey: () => secretKey(config.store, env.EARSHOT_KEY ?? null),
    net,
    judging: async () => (await learning())(tools, await judges()),
    precise,
    mailer: () => mailerFor(config, env),
    files: { read: async (path) => (await import('./sources/read-file.ts')).readOrdinaryFile(path) },
    env,
    clock,
    log,
    signal,
    rest,
    close: async () => {
      if (net.begun()) await (await net()).close();
      await rest();
      await store.close();
    },
  };
  return tools;
}

/** Where the config is: `--config`, else EARSHOT_CONFIG, else config/earshot.yaml; absolute. */
export function configPath(edges: Edges, given: string | undefined): string {
  return resolve(edges.cwd, given ?? (edges.env.EARSHOT_CONFIG || 'config/earshot.yaml'));
}

/** @throws ConfigTrouble with every error at once; warnings come back beside the config. */
export async function readConfig(
  edges: Edges,
  given: string | undefined,
): Promise<{ config: Config; problems: readonly Problem[] }> {
  const path = configPath(edges, given);
  const text = readText(path);
  const { config, problems } = parseConfig(text, {
    path,
    // What the text says nowhere it cannot name.
    sources: await loadSources(sourceIds.filter((id) => text.includes(id))),
    // The computer's own zone is looked up only where the config names none.
    get timezone() {
      return edges.timezone;
    },
    cronTrouble,
  });
  if (!config) throw new ConfigTrouble(path, problems);
  return { config, problems };
}

/** @throws ConfigTrouble where there is no such file, or none that can be read. */
export function readText(path: string): string {
  if (!existsSync(path)) {
    const sentence = 'there is no such file. `npx earshot init` writes one, or name another with --config.';
    throw new ConfigTrouble(path, [{ path: '', line: null, sentence, level: 'error' }]);
  }
  try {
    return new TextDecoder('utf-8').decode(readFileSync(path));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const sentence = fileTrouble.get(code) ?? `it cannot be read (${String(error)}).`;
    throw new ConfigTrouble(path, [{ path: '', line: null, sentence, level: 'error' }]);
  }
}

const fileTrouble = new Map([
  ['EISDIR', 'this is a folder. Name the file in it that is your config, as in earshot.yaml.'],
  ['EACCES', 'you may not read it. Let whoever runs Earshot read that file.'],
]);

/** JSON lines on stderr by pino, or plain ones where a person is looking; pino is loaded only by what runs for long. */
export async function openLog({ terminal, clock, timezone }: Edges, config?: string | undefined): Promise<Log> {
  const { default: pino } = await import('pino');
  const { loggable, loggableFacts, plainLine } = await import('./daemon/log-line.ts');
  const write = (line: string) => terminal.err(terminal.lively ? plainLine(line, timezone, terminal.columns) : line);
  const lines = pino(
    {
      base: null,
      timestamp: () => `,"time":"${new Date(clock.now()).toISOString()}"`,
      formatters: { level: (level) => ({ level }), log: loggableFacts },
    },
    { write },
  );
  const said = (message: string) => loggable(asCalled(message, earshotWith(config)));
  return {
    info: (facts, message) => lines.info(facts, said(message)),
    warn: (facts, message) => lines.warn(facts, said(message)),
    error: (facts, message) => lines.error(facts, said(message)),
  };
}

function userAgent(contact: string | null): string {
  const who = contact ? `; ${contact.replaceAll(/[^\x20-\x7e]/g, '')}` : '';
  return `Earshot/0.1 (brand monitor run by the business itself${who})`;
}

/** @param brief somebody waits while it is only asked whether mail would go out */
export async function mailerFor(config: Config, env: Edges['env'], { brief = false } = {}): Promise<Mailer> {
  if (!config.mail) {
    const { folderMailer } = await import('./digest/folder-mailer.ts');
    const { outboxFolder } = await import('./digest/mail-files.ts');
    return folderMailer(outboxFolder(config));
  }
  const { shortPatience, smtpMailer } = await import('./digest/mailer.ts');
  const trust = env.EARSHOT_SMTP_CA ? { trust: readText(env.EARSHOT_SMTP_CA) } : {};
  return smtpMailer({
    ...config.mail,
    user: env.EARSHOT_SMTP_USER || null,
    password: env.EARSHOT_SMTP_PASSWORD || null,
    ...(brief ? { timeouts: shortPatience } : {}),
    ...trust,
  });
}

/** Makes it when first asked, and never again. */
function once<Value>(make: () => Promise<Value>): { (): Promise<Value>; begun(): boolean } {
  let made: Promise<Value> | null = null;
  return Object.assign(() => (made ??= make()), { begun: () => made !== null });
}
