/** The precise judge: a small transformer in a process of its own, for what the fast judge doubts. Slow: some 20 posts a second. */
import { fork } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { z } from 'zod';
import type { Opinion } from '../opinion.ts';
import { matterShare } from '../severity.ts';
import { modelFolder } from './learned.ts';
import type { PreciseInput } from './precise-input.ts';
import type { PreciseAnswer, PreciseQuestion, PreciseStart } from './precise-process.ts';

export interface PreciseJudge {
  /** Changes with the weights. */
  readonly version: string;
  /** One opinion for each, in order. @throws Error where it has died */
  judge(inputs: readonly PreciseInput[]): Promise<readonly Opinion[]>;
  /** Ends its process and frees its memory (some 300 MB); the next question starts it anew. */
  close(): Promise<void>;
}

const PreciseCard = z.looseObject({
  input: z.literal(1),
  heads: z.tuple(
    [
      z.literal('complaint'),
      z.literal('about'),
      z.literal('severity'),
      z.literal('reproach'),
      z.literal('positive'),
      z.literal('negative'),
    ],
    z.string(),
  ),
  sha256: z.string(),
  longest: z.int().positive(),
});

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
  let running: Running | null = null;
  return {
    version,
    judge: async (inputs) => {
      if (inputs.length === 0) return [];
      running ??= begin({ folder: folder.href, longest: card.longest, heads: card.heads.length });
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
    close: async () => {
      const one = running;
      running = null;
      await one?.stop();
    },
  };
}

interface Running {
  ask(inputs: readonly PreciseInput[]): Promise<readonly (readonly number[])[]>;
  stop(): Promise<void>;
}

function begin(start: PreciseStart): Running {
  const own = import.meta.url.endsWith('.ts') ? './precise-process.ts' : './precise-process.js';
  const child = fork(new URL(own, import.meta.url), [], {
    execArgv: ['--no-warnings'],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
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
    if ('said' in answer) one?.resolve(answer.said);
    else one?.reject(new Error(answer.trouble));
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
    stop: async () => {
      child.kill('SIGKILL');
      child.ref();
      await gone;
    },
  };
}
