/** The precise judge: a small transformer in a process of its own, for what the fast judge doubts. Slow: some 20 posts a second. */
import { fork } from 'node:child_process';
import type { Opinion } from '../opinion.ts';
import { matterShare } from '../severity.ts';
import { modelFolder, preciseTrouble, preciseVersion, readPreciseCard } from './model.ts';
import { ModelTrouble } from './model-trouble.ts';
import type { PreciseInput } from './precise-input.ts';
import type { PreciseAnswer, PreciseQuestion, PreciseStart, Used } from './precise-process.ts';

export interface PreciseJudge {
  /** Changes with the weights. */
  readonly version: string;
  /** One opinion for each, in order. @throws ModelTrouble where its weights are damaged, Error where it has died or was let go */
  judge(inputs: readonly PreciseInput[]): Promise<readonly Opinion[]>;
  /** What its process took up to the last answer; nothing where none runs. */
  used(): Used;
  /** Ends its process and frees its memory (some 300 MB); the next question starts it anew. */
  close(): Promise<void>;
}

/**
 * Null where its weights or what they run on are missing: `preciseTrouble` says which. Starts nothing yet.
 * @param signal aborted: whatever it was asked is dropped, and its process is gone at once
 */
export function preciseJudge(folder: URL = modelFolder, signal?: AbortSignal): PreciseJudge | null {
  if (preciseTrouble(folder) !== null) return null;
  const card = readPreciseCard(folder);
  const version = preciseVersion(card);
  let running: Running | null = null;
  return {
    version,
    judge: async (inputs) => {
      if (inputs.length === 0) return [];
      signal?.throwIfAborted();
      const { files, longest, heads } = card;
      running ??= begin({ folder: folder.href, files, longest, heads: heads.length }, signal);
      const said = await running.ask(inputs);
      return said.map(
        ([complaint = 0, about = 0, severity = 0, reproach = 0, positive = 0, negative = 0]): Opinion => ({
          judge: 'precise',
          version,
          complaint,
          relevance: about,
          severity: 4 * (matterShare * severity + (1 - matterShare) * reproach),
          feeling: positive - negative,
        }),
      );
    },
    used: () => running?.used() ?? { cpuMs: 0, peakMb: 0 },
    close: async () => {
      const one = running;
      running = null;
      await one?.stop();
    },
  };
}

interface Running {
  ask(inputs: readonly PreciseInput[]): Promise<readonly (readonly number[])[]>;
  used(): Used;
  stop(): Promise<void>;
}

function begin(start: PreciseStart, signal: AbortSignal | undefined): Running {
  const own = import.meta.url.endsWith('.ts') ? './precise-process.ts' : './precise-process.js';
  const child = fork(new URL(own, import.meta.url), [], {
    execArgv: ['--no-warnings'],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    // In the middle of a word it hears no other one.
    killSignal: 'SIGKILL',
    ...(signal && { signal }),
  });
  const waiting = new Map<
    number,
    { resolve(said: readonly (readonly number[])[]): void; reject(error: Error): void }
  >();
  let asked = 0;
  let used: Used = { cpuMs: 0, peakMb: 0 };
  let dead: Error | null = null;
  const die = (error: Error) => {
    dead = error;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  // It holds nobody up: only while it is asked something does the program stay for it.
  const hold = () => {
    const used = waiting.size > 0;
    if (used) child.ref();
    else child.unref();
    if (used) child.channel?.ref();
    else child.channel?.unref();
  };
  child.on('message', (answer: PreciseAnswer) => {
    const one = waiting.get(answer.number);
    waiting.delete(answer.number);
    used = answer.used;
    if ('said' in answer) one?.resolve(answer.said);
    else one?.reject(answer.damaged ? new ModelTrouble(answer.trouble) : new Error(answer.trouble));
    hold();
  });
  child.on('error', die);
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.once('exit', () => die(new Error('the precise judge has stopped')));
  child.send(start);
  hold();
  return {
    ask: (inputs) =>
      new Promise((resolve, reject) => {
        if (dead) return reject(dead);
        const number = ++asked;
        waiting.set(number, { resolve, reject });
        hold();
        child.send({ number, inputs } satisfies PreciseQuestion, (error) => error && die(error));
      }),
    used: () => used,
    stop: async () => {
      child.kill('SIGKILL');
      child.ref();
      await gone;
    },
  };
}
