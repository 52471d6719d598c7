/**
 * The precise judge's own process: reads word pieces and runs the transformer. Nothing else has to wait for it, and when it
 * ends all its memory (some 300 MB) is free again; a thread's is not.
 */
import { Tokenizer } from '@huggingface/tokenizers';
import { env, InferenceSession, Tensor } from 'onnxruntime-web';
import { type PreciseCard, readBigFile } from './model.ts';
import { ModelTrouble } from './model-trouble.ts';
import type { PreciseInput } from './precise-input.ts';

/** What the process is told first. */
export interface PreciseStart {
  readonly folder: string;
  readonly files: PreciseCard['files'];
  readonly longest: number;
  readonly heads: number;
}

/** A question; the answer has the same number, and one row of numbers for each input. */
export interface PreciseQuestion {
  readonly number: number;
  readonly inputs: readonly PreciseInput[];
}
export type PreciseAnswer = { readonly number: number; readonly used: Used } & (
  | { readonly said: readonly (readonly number[])[] }
  | { readonly trouble: string; readonly damaged: boolean }
);

/** What a process took since it began: processor time of all its threads, and the most memory it held. */
export interface Used {
  readonly cpuMs: number;
  readonly peakMb: number;
}

/** Ids of `<s>`, `</s>`. */
const begin = 0;
const end = 2;
/** As in src/training/precise/data.py. */
const brandPieces = 40;
const endPieces = 32;

env.wasm.numThreads = 1;
env.logLevel = 'error';
let loaded: Promise<Loaded> | null = null;

// Ctrl+C and a service's stop reach this process, too: its end is left to whoever began it, who would take it for a death.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => undefined);

process.on('message', (message: PreciseStart | PreciseQuestion) => {
  if ('folder' in message) {
    loaded = load(message);
    // What is wrong is told with the answers.
    loaded.catch(() => undefined);
    return;
  }
  const { number, inputs } = message;
  judge(inputs).then(
    (said) => answer({ number, used: used(), said }),
    (error: unknown) => {
      const trouble = error instanceof Error ? error.message : String(error);
      answer({ number, used: used(), trouble, damaged: error instanceof ModelTrouble });
    },
  );
});

function answer(told: PreciseAnswer): void {
  process.send?.(told);
}

function used(): Used {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  return { cpuMs: (userCPUTime + systemCPUTime) / 1000, peakMb: maxRSS / 1024 };
}

interface Loaded extends PreciseStart {
  readonly tokenizer: Tokenizer;
  readonly session: InferenceSession;
}

async function load(start: PreciseStart): Promise<Loaded> {
  // Read to the end here alone: that takes a while, and nobody waits for it.
  const read = (name: keyof PreciseCard['files']) => readBigFile(name, start.files[name], new URL(start.folder));
  const tokenizer = new Tokenizer(JSON.parse(read('tokenizer.json').toString()) as object, { unk_token: '<unk>' });
  const weights = new Uint8Array(read('precise.onnx'));
  return { ...start, tokenizer, session: await InferenceSession.create(weights, { executionProviders: ['wasm'] }) };
}

/** One after the other: side by side they are no faster on one core. */
async function judge(inputs: readonly PreciseInput[]): Promise<number[][]> {
  const judge = await loaded;
  if (!judge) throw new Error('asked before it was told where its weights are');
  const said: number[][] = [];
  for (const input of inputs) {
    const ids = BigInt64Array.from(idsOf(input, judge), BigInt);
    const feeds = { ids: new Tensor('int64', ids, [1, ids.length]) };
    const { said: heard } = await judge.session.run(feeds);
    said.push(Array.from((heard?.data ?? []) as Float32Array).slice(0, judge.heads));
  }
  return said;
}

/** `<s> brand </s></s> text </s>`; of a long text its beginning and its end. */
function idsOf({ brand, text }: PreciseInput, { tokenizer, longest }: Loaded): number[] {
  const pieces = (words: string) => tokenizer.encode(words, { add_special_tokens: false }).ids;
  const head = [begin, ...pieces(brand).slice(0, brandPieces), end, end];
  const room = longest - head.length - 1;
  const told = pieces(text);
  const kept = told.length <= room ? told : [...told.slice(0, room - endPieces), ...told.slice(-endPieces)];
  return [...head, ...kept, end];
}
