/** Starts a long-running Node process and tells how much memory it holds once it rests. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
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

function residentMb(pid: number): number {
  const found = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  if (!found) throw new Error('no resident memory in /proc');
  return Number(found[1]) / 1024;
}
