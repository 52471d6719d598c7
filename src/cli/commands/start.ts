/** `earshot start`: keeps listening until it is stopped; with `--once` it does what is due and ends. */
import { statSync } from 'node:fs';
import { configPath, openLog, openWith, readConfig } from '../../app.ts';
import type { Config } from '../../config/config.ts';
import { type OpenTools, runDaemon } from '../../daemon/daemon.ts';
import { doWhatIsDue } from '../../daemon/once.ts';
import { givingBack } from '../../daemon/small.ts';
import { everyMinute } from '../../daemon/ticks.ts';
import type { Edges } from '../../edges.ts';
import { fastAlone, howJudged } from '../../jobs/how-judged.ts';
import type { Log } from '../../jobs/tools.ts';
import { holdDaemonLock } from '../../store/daemon-lock.ts';
import { onOneLine } from '../../text/clean.ts';
import { earshotWith } from '../../text/command.ts';
import { readingWidth, wrapped } from '../format.ts';

interface Options {
  readonly config?: string;
  readonly once?: boolean;
}

export async function command(edges: Edges, options: Options): Promise<number> {
  const alone = fastAlone(howJudged(edges.env));
  const { config } = await readConfig(edges, options.config);
  const lock = holdDaemonLock(config.store);
  if (!lock) return anotherIsAtWork(edges, config.store, options);
  const log = await openLog(edges, options.config);
  if (alone !== null) log.warn({}, alone);
  try {
    if (options.once) return await once(edges, options, log, config);
    await listen(edges, options, log, config);
    return 0;
  } catch (error) {
    if (edges.signal.aborted) return 0;
    throw error;
  } finally {
    lock.release();
  }
}

function anotherIsAtWork({ terminal }: Edges, store: string, { once = false, config }: Options): number {
  const earshot = earshotWith(config);
  const told = once
    ? 'Another Earshot is at work with this database, so there is nothing to do.'
    : `Earshot is running already with the database ${onOneLine(store)}. Stop that one first, or let \`store\` in this config name another file; \`${earshot} status\` says how things stand.`;
  // In cron's log it stays one line.
  terminal.err(`${terminal.lively ? wrapped(told, readingWidth(terminal)) : told}\n`);
  return once ? 0 : 1;
}

async function once(edges: Edges, options: Options, log: Log, config: Config): Promise<number> {
  const tools = await openWith(config, edges, log, options);
  try {
    return (await doWhatIsDue(tools)) ? 0 : 1;
  } finally {
    await tools.close();
  }
}

async function listen(edges: Edges, options: Options, log: Log, read: Config): Promise<void> {
  const rest = givingBack();
  // A thousand brands leave more behind while they are read than all else that begins.
  rest();
  let config: Config | null = read;
  log.info({}, edges.terminal.lively ? 'Earshot begins; Ctrl+C stops it' : 'Earshot begins');
  await runDaemon({
    clock: edges.clock,
    log,
    signal: edges.signal,
    open: async (signal) => {
      const now = config ?? (await readConfig(edges, options.config)).config;
      config = null;
      return openWithInbox({ ...edges, signal }, options, log, now);
    },
    configStamp: () => stampOf(configPath(edges, options.config)),
    readConfig: async () => (await readConfig(edges, options.config)).config,
    everyMinute,
    rest,
  });
  log.info({}, 'stopped; everything heard so far is kept');
}

/** With the page of this computer, unless the config says `inbox: { off: true }`. */
async function openWithInbox(edges: Edges, options: Options, log: Log, config: Config): Promise<OpenTools> {
  const tools = await openWith(config, edges, log, options);
  if (tools.config.inbox.off) return tools;
  const { InboxTrouble, startInbox } = await import('../../inbox/server.ts');
  try {
    const inbox = await startInbox(tools, { port: tools.config.inbox.port, person: edges.person });
    log.info({}, 'the inbox: npx earshot inbox --open');
    const close = async () => {
      await inbox.close();
      await tools.close();
    };
    return { ...tools, close };
  } catch (error) {
    if (!(error instanceof InboxTrouble)) throw error;
    // The places and the mail do not need it.
    log.warn({}, error.message);
    return tools;
  }
}

function stampOf(path: string): string {
  const file = statSync(path, { throwIfNoEntry: false });
  return file ? `${file.mtimeMs} ${file.size}` : 'gone';
}
