/** A real disk of a few megabytes that can be filled or locked, in a mount namespace of its own: nobody else sees it, and nobody has to be root. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export interface SmallDisk {
  /** Where it lies, for programs that run beside it; everybody else sees an empty folder there. */
  readonly path: string;
  /** Put before a command line, so that it runs where the disk can be seen. */
  readonly beside: readonly string[];
  /** `ro`, `rw`, `size=64m`. */
  remount(how: string): void;
  /** By somebody else's file, to the last byte. */
  fill(): void;
}

/** Null, and a line that says so, where nothing can be mounted. Gone with the test. */
export async function smallDisk(size: string): Promise<SmallDisk | null> {
  const path = mkdtempSync(join(tmpdir(), 'earshot-disk-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  // As somebody with a namespace of users too; where that is refused, root needs none.
  for (const user of [true, false]) {
    const pid = await holder(user ? ['-rm'] : ['-m'], path, size);
    if (pid === null) continue;
    const beside = ['nsenter', ...(user ? ['--preserve-credentials', '-U'] : []), '-m', '-t', String(pid), '--'];
    const there = (...words: string[]) => {
      const [command = '', ...argv] = [...beside, ...words];
      return spawnSync(command, argv, { encoding: 'utf8' });
    };
    const remount = (how: string) => {
      const { status, stderr } = there('mount', '-o', `remount,${how}`, path);
      if (status !== 0) throw new Error(`could not remount: ${stderr}`);
    };
    const fill = () => {
      const { stderr } = there('dd', 'if=/dev/zero', `of=${join(path, 'big')}`, 'bs=4096');
      if (!stderr.includes('No space left')) throw new Error(`could not fill: ${stderr}`);
    };
    return { path, beside, remount, fill };
  }
  process.stdout.write('Skipped: no small disk can be mounted here, so none was filled or locked.\n');
  return null;
}

/** The process that keeps the disk until its input ends. */
function holder(how: readonly string[], path: string, size: string): Promise<number | null> {
  const script = 'mount -t tmpfs -o "size=$1" tmpfs "$0" && echo mounted && exec cat';
  const child = spawn('unshare', [...how, 'sh', '-c', script, path, size], { stdio: ['pipe', 'pipe', 'ignore'] });
  onTestFinished(() => void child.stdin.end());
  return new Promise((resolve) => {
    child.once('error', () => resolve(null));
    child.once('close', () => resolve(null));
    child.stdout.once('data', () => resolve(child.pid ?? null));
  });
}
