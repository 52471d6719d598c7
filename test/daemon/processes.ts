/** Earshot as its users run it: a process of its own, killed when the test ends. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { onTestFinished, vi } from 'vitest';
import type { House } from './house.ts';

export interface Running {
  readonly child: ChildProcess;
  /** Everything said on stderr so far. */
  err(): string;
  /** Waits, 15 s at most, until that was said. */
  said(words: string): Promise<void>;
  /** The exit code; null where a signal ended it. */
  readonly ended: Promise<number | null>;
}

const bin = fileURLToPath(new URL('../../src/earshot.js', import.meta.url));

export const start = (home: House, ...options: string[]) => earshot(home, ['start', ...options]);

/** @param judge what EARSHOT_JUDGE says; empty: every judge there is */
export function earshot(home: House, words: readonly string[], judge = 'fast'): Running {
  const child = spawn(process.execPath, [bin, ...words, '--config', home.config], {
    cwd: home.folder,
    env: { PATH: process.env.PATH, HOME: home.folder, TZ: 'Europe/London', EARSHOT_JUDGE: judge },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let text = '';
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', (code) => resolve(code)));
  const err = () => text;
  return {
    child,
    err,
    ended,
    said: (words) =>
      vi.waitFor(
        () => {
          if (!text.includes(words)) throw new Error(`"${words}" was not said; what was:\n${text}`);
        },
        { timeout: 15_000, interval: 20 },
      ),
  };
}

/** The processes that one has begun and that still run; where nothing tells (off Linux, or once it has ended), none. */
export function childrenOf(pid: number | undefined): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}
