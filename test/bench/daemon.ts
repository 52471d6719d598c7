/** Starts a long-running Node process and tells what it takes: memory at rest, and time and memory while it listens. */
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { ServedEvents } from './jetstream.ts';
import { bareEnvironment, median } from './process.ts';

const readings = 5;

/** Resident memory in MB, `restMs` after the process has begun; it is stopped then. */
export async function restingMb(words: readonly string[], restMs: number): Promise<number> {
  const child = spawn(process.execPath, words, { env: bareEnvironment(), stdio: ['ignore', 'ignore', 'pipe'] });
  const said: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  try {
    await Promise.race([wait(restMs), ended]);
    const seen: number[] = [];
    for (let reading = 0; reading < readings; reading += 1) {
      if (child.exitCode !== null || child.pid === undefined) throw new Error(`it ended early: ${said.join('')}`);
      seen.push(residentMb(child.pid));
      await wait(200);
    }
    return median(seen);
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}

export interface Listened {
  /** Until it had read all. */
  readonly wallMs: number;
  /** Of all its threads. */
  readonly cpuMs: number;
  readonly startMb: number;
  readonly peakMb: number;
}

/** The daemon over a stream's one connection, from its beginning until all is kept. */
export async function listenedTo(words: readonly string[], served: ServedEvents): Promise<Listened> {
  const env = { ...bareEnvironment(), EARSHOT_JUDGE: 'fast' };
  const child = spawn(process.execPath, words, { env, stdio: ['ignore', 'ignore', 'ignore'] });
  const ended = new Promise<never>((_resolve, reject) =>
    child.once('exit', (code) => reject(new Error(`it ended with ${code}`))),
  );
  const gone = ended.catch(() => undefined);
  try {
    await Promise.race([served.begun, ended]);
    const pid = child.pid ?? 0;
    // What starting took is measured apart from listening: the mark of the most is set back.
    const startMb = residentMb(pid, 'VmHWM');
    writeFileSync(`/proc/${pid}/clear_refs`, '5');
    const before = processorMs(pid);
    const wallMs = await Promise.race([served.readMs, ended]);
    const cpuMs = processorMs(pid) - before;
    await Promise.race([served.again, ended]);
    return { wallMs, cpuMs, startMb, peakMb: residentMb(pid, 'VmHWM') };
  } finally {
    child.kill('SIGTERM');
    await gone;
  }
}

/** Linux counts in hundredths of a second. */
function processorMs(pid: number): number {
  const [, ...fields] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[10]) + Number(fields[11])) * 10;
}

function residentMb(pid: number, which: 'VmRSS' | 'VmHWM' = 'VmRSS'): number {
  const found = new RegExp(`^${which}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  if (!found) throw new Error('no resident memory in /proc');
  return Number(found[1]) / 1024;
}
