/** Keeps listening: each minute it begins what is due, until it is asked to stop; a changed config is taken up on the way. */
import { type Clock, hourMs } from '../clock.ts';
import type { Config } from '../config/config.ts';
import { type Pauses, recheck } from '../jobs/recheck.ts';
import { tidy } from '../jobs/tidy.ts';
import type { Log, Tools } from '../jobs/tools.ts';
import { sendDueMail } from './due-mail.ts';
import { greeting } from './greeting.ts';
import { learn } from './learn.ts';
import { listenToStreams } from './listening.ts';
import { createLooks } from './looks.ts';
import { tellTrouble } from './tell.ts';
import { readWatched } from './watched.ts';
import { createWork, type Work } from './work.ts';

export interface OpenTools extends Tools {
  /** Gives back the memory that only judging wants. */
  rest(): Promise<void>;
  close(): Promise<void>;
}

export interface DaemonEdges {
  readonly clock: Clock;
  readonly log: Log;
  /** Aborted when the daemon shall stop. */
  readonly signal: AbortSignal;
  /** The tools over the config as it is now; `signal` ends their work. @throws ConfigTrouble, StoreTrouble */
  open(signal: AbortSignal): Promise<OpenTools>;
  /** Another one whenever the config's file was changed. */
  configStamp(): string;
  /** @throws ConfigTrouble */
  readConfig(): Promise<Config>;
  /** Calls at every full minute; returns how to end that. */
  everyMinute(tick: () => void): () => void;
  /** Nothing is left to do for now. */
  rest(): void;
}

const tidyEveryMs = hourMs;
const recheckEveryMs = 600_000;
/** Work that has not ended this long after it was asked to is left behind; the whole stop may take 5 s. */
const patienceMs = 4_000;

/** Returns when it was asked to stop and all is closed. @throws ConfigTrouble, StoreTrouble where it cannot begin */
export async function runDaemon(edges: DaemonEdges): Promise<void> {
  for (let turn = 1; !edges.signal.aborted; turn += 1) {
    const renew = new AbortController();
    const signal = AbortSignal.any([edges.signal, renew.signal]);
    const configChanged = watchConfig(edges);
    const tools = await edges.open(signal);
    tools.store.staySmall();
    const work = createWork(tools, () => {
      edges.rest();
      void tools.rest();
    });
    // Apart from the work that comes to an end: only behind that is there something to give back.
    const listening = createWork(tools, () => undefined);
    try {
      await learn(tools);
      if (turn === 1) for (const line of greeting(tools, await readWatched(tools))) edges.log.info({}, line);
      const tick = ticking(tools, work, listening);
      const beat = () => {
        const renewed = configChanged(tools.config);
        if (renewed === null) tick();
        else void renewed.then((usable) => (usable ? renew.abort() : tick()));
      };
      const endTicks = edges.everyMinute(beat);
      tick();
      await aborted(signal);
      endTicks();
      await withPatience(edges.clock, Promise.all([work.ended(), listening.ended()]));
    } finally {
      await tools.close();
    }
  }
}

/** What is begun at each minute; whatever still runs from before is not begun again. */
function ticking(tools: Tools, work: Work, listening: Work): () => void {
  const looks = createLooks();
  const { clock } = tools;
  const pauses: Pauses = new Map();
  let recheckedAt = Number.NEGATIVE_INFINITY;
  let tidiedAt = Number.NEGATIVE_INFINITY;
  let ticks = 0;
  let looking = 0;
  const mail = () => work.begin('sending the mail', () => sendDueMail(tools));
  const again = () => {
    if (clock.now() - recheckedAt < recheckEveryMs) return;
    recheckedAt = clock.now();
    work.begin('looking again', async () => void (await recheck(tools, pauses)));
  };
  return () => {
    ticks += 1;
    listenToStreams(tools, listening);
    // A slow look holds up neither those of the next minutes nor, for longer than a minute, the mail: after a night's
    // sleep both are due, and the mail is to tell of what the looks bring.
    if (looking > 0) mail();
    looking += 1;
    const looked = () => {
      looking -= 1;
      mail();
    };
    work.begin(`looking at what is due, ${ticks}`, () => looks.startDue(tools).finally(looked).then(again));
    if (clock.now() - tidiedAt >= tidyEveryMs) {
      tidiedAt = clock.now();
      work.begin('tidying up', () => tidy(tools));
    }
  };
}

/** Null where the file is as it was; else whether the daemon is to go on with what it says now. Tells once of each change. */
function watchConfig(edges: DaemonEdges): (current: Config) => Promise<boolean> | null {
  let stamp = edges.configStamp();
  return (current) => {
    const now = edges.configStamp();
    if (now === stamp) return null;
    stamp = now;
    return isUsable(current);
  };

  async function isUsable(current: Config): Promise<boolean> {
    try {
      const next = await edges.readConfig();
      if (next.store === current.store) {
        edges.log.info({}, 'the config has changed: going on with what it says now');
        return true;
      }
      edges.log.warn({}, 'the config now names another database: stop and start Earshot to change over to it');
    } catch (error) {
      tellTrouble(edges.log, 'the config has changed and cannot be used; going on with the one from before', error);
    }
    return false;
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

async function withPatience(clock: Clock, ended: Promise<unknown>): Promise<void> {
  const done = new AbortController();
  await Promise.race([ended, clock.sleep(patienceMs, done.signal)]);
  done.abort();
}
