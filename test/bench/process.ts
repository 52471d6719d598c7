/** Runs a Node process to its end and tells what it took: time on the wall, time of the processor, memory. */
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

export interface Ran {
  readonly wallMs: number;
  /** User and system together, of all its threads. */
  readonly cpuMs: number;
  readonly peakMb: number;
  readonly out: string;
}

const Usage = z.object({ cpuMs: z.number(), peakKb: z.number() });

/** The bin, as cron and systemd name it. */
export const earshot = fileURLToPath(new URL('../../src/earshot.js', import.meta.url));
const usage = fileURLToPath(new URL('usage.cjs', import.meta.url));

/** @throws Error with what it said where it ends with another code than 0 */
export async function runNode(words: readonly string[], cwd?: string): Promise<Ran> {
  const began = performance.now();
  const child = spawn(process.execPath, ['--require', usage, ...words], {
    ...(cwd !== undefined && { cwd }),
    env: bareEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const [, stdout, stderr, told] = child.stdio;
  if (!stdout || !stderr || !told || !('read' in told)) throw new Error('the process has no pipes');
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      wallMs = performance.now() - began;
      resolve(code);
    });
  });
  let wallMs = 0;
  const [out, err, report, code] = await Promise.all([text(stdout), text(stderr), text(told), ended]);
  if (code !== 0) throw new Error(`node ${words.join(' ')} ended with ${code}: ${err}`);
  const { cpuMs, peakKb } = Usage.parse(JSON.parse(report));
  return { wallMs, cpuMs, peakMb: peakKb / 1024, out };
}

/** Nothing of the developer's own settings. */
export function bareEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return { PATH, HOME, TMPDIR, NO_COLOR: '1', NODE_NO_WARNINGS: '1' };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] = sorted.length % 2 === 1 ? [sorted[middle], sorted[middle]] : sorted.slice(middle - 1);
  return (low + high) / 2;
}
