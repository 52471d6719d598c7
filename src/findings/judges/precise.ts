/** The precise judge: a small transformer in a thread of its own, for what the fast judge doubts. Slow: some 20 posts a second. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import type { Opinion } from '../opinion.ts';
import { modelFolder } from './learned.ts';
import type { PreciseInput } from './precise-input.ts';
import type { PreciseAnswer, PreciseQuestion, PreciseStart } from './precise-worker.ts';

export interface PreciseJudge {
  /** Changes with the weights. */
  readonly version: string;
  /** One opinion for each, in order. @throws Error where the thread has died */
  judge(inputs: readonly PreciseInput[]): Promise<readonly Opinion[]>;
  /** Stops the thread and frees its memory (some 300 MB); the next question starts it anew. */
  close(): Promise<void>;
}

const PreciseCard = z.looseObject({
  input: z.literal(1),
  heads: z.tuple(
    [z.literal('complaint'), z.literal('about'), z.literal('severity'), z.literal('reproach')],
    z.string(),
  ),
  sha256: z.string(),
  longest: z.int().positive(),
});

/** Of the figure for how bad it is, how much is the matter itself; the rest is how hard the writer reproaches. */
const matterShare = 0.6;

/** Why there is none: a sentence; null where there is one. */
export function preciseTrouble(folder: URL = modelFolder): string | null {
  if (!existsSync(new URL('precise.json', folder)) || !existsSync(new URL('precise.onnx', folder)))
    return 'the precise judge’s weights (data/model/precise.onnx) are missing: install Earshot again';
  if (!PreciseCard.safeParse(JSON.parse(readFileSync(new URL('precise.json', folder), 'utf8'))).success)
    return 'the precise judge’s weights are of another version: install Earshot again';
  const find = createRequire(import.meta.url);
  try {
    find.resolve('onnxruntime-web');
    find.resolve('@huggingface/tokenizers');
    return null;
  } catch {
    return 'what the precise judge runs on is not installed: `npm install --include=optional` adds it';
  }
}

/** Null where its weights or what they run on are missing: `preciseTrouble` says which. Starts nothing yet. */
export function preciseJudge(folder: URL = modelFolder): PreciseJudge | null {
  if (preciseTrouble(folder) !== null) return null;
  const card = PreciseCard.parse(JSON.parse(readFileSync(new URL('precise.json', folder), 'utf8')));
  const version = `precise-${card.sha256.slice(0, 8)}`;
  let thread: Thread | null = null;
  return {
    version,
    judge: async (inputs) => {
      if (inputs.length === 0) return [];
      thread ??= startThread({ folder: folder.href, longest: card.longest, heads: card.heads.length });
      const said = await thread.ask(inputs);
      return said.map(
        ([complaint = 0, about = 0, severity = 0, reproach = 0]): Opinion => ({
          judge: 'precise',
          version,
          complaint,
          relevance: about,
          severity: 4 * (matterShare * severity + (1 - matterShare) * reproach),
        }),
      );
    },
    close: async () => {
      const running = thread;
      thread = null;
      await running?.stop();
    },
  };
}

interface Thread {
  ask(inputs: readonly PreciseInput[]): Promise<readonly (readonly number[])[]>;
  stop(): Promise<void>;
}

function startThread(start: PreciseStart): Thread {
  const own = import.meta.url.endsWith('.ts') ? './precise-worker.ts' : './precise-worker.js';
  const worker = new Worker(new URL(own, import.meta.url), { workerData: start, execArgv: ['--no-warnings'] });
  const waiting = new Map<
    number,
    { resolve(said: readonly (readonly number[])[]): void; reject(error: Error): void }
  >();
  let asked = 0;
  let dead: Error | null = null;
  const die = (error: Error) => {
    dead = error;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.on('message', (answer: PreciseAnswer) => {
    const one = waiting.get(answer.number);
    waiting.delete(answer.number);
    if ('said' in answer) one?.resolve(answer.said);
    else one?.reject(new Error(answer.trouble));
    if (waiting.size === 0) worker.unref();
  });
  worker.on('error', (error) => die(error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', () => die(new Error('the precise judge has stopped')));
  worker.unref();
  return {
    ask: (inputs) =>
      new Promise((resolve, reject) => {
        if (dead) return reject(dead);
        const number = ++asked;
        waiting.set(number, { resolve, reject });
        worker.ref();
        worker.postMessage({ number, inputs } satisfies PreciseQuestion);
      }),
    stop: async () => {
      await worker.terminate();
    },
  };
}
