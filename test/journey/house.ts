/** A customer's folder with a config in it, and Earshot as they use it: in this process with a clock in hand, or as the real program. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { stringify } from 'yaml';
import { z } from 'zod';
import { run } from '../../src/cli/run.ts';
import type { Edges } from '../../src/edges.ts';
import { MentionFace } from '../../src/face/mention.ts';
import { RunsFace } from '../../src/face/run.ts';
import { type FakeClock, fakeClock } from '../support/clock.ts';

export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** What `status --json` says of a place; only what these tests read. */
const StatusFace = z.object({
  places: z.array(
    z.object({
      watch: z.string(),
      source: z.string(),
      state: z.string(),
      sentence: z.string(),
      fault: z.object({ kind: z.string(), message: z.string(), retryAt: z.string().nullable() }).nullable(),
    }),
  ),
});
export type PlaceStands = z.infer<typeof StatusFace>['places'][number];
export type Run = z.infer<typeof RunsFace>['runs'][number];

export interface Brand {
  readonly name: string;
  readonly sources: Readonly<Record<string, object>>;
  readonly [setting: string]: unknown;
}

export interface House {
  readonly folder: string;
  readonly config: string;
  readonly store: string;
  readonly clock: FakeClock;
  /** Replaces the config; `more` stands beside `brands`. */
  settle(brands: readonly Brand[], more?: object): void;
  /** `earshot …` in this process: a new app each time, as a new process has it. */
  earshot(...argv: string[]): Promise<Said>;
  /** `node src/earshot.js …`, under the real clock. */
  program(...argv: string[]): Promise<Said>;
  /** `collect --json`, its answer held against its published shape. */
  collect(...argv: string[]): Promise<Run[]>;
  /** `list --all --json`, oldest first. */
  mentions(...argv: string[]): Promise<MentionFace[]>;
  /** `status --json`. */
  places(): Promise<PlaceStands[]>;
}

export interface HouseSetting {
  /** ISO; by default the tests' now, 2026-11-20 08:00 UTC. */
  readonly now?: string | number;
  readonly env?: Readonly<Record<string, string>>;
}

const executable = join(import.meta.dirname, '../../src/earshot.js');

/** Removed when the test ends. */
export function house(setting: HouseSetting = {}): House {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-journey-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const clock = fakeClock(setting.now ?? '2026-11-20T08:00:00Z');
  const config = join(folder, 'earshot.yaml');

  const earshot = async (...argv: string[]): Promise<Said> => {
    const said = { out: '', err: '' };
    const edges: Edges = {
      argv: ['--config', config, ...argv],
      env: setting.env ?? {},
      cwd: folder,
      clock,
      terminal: {
        out: (text) => {
          said.out += text;
        },
        err: (text) => {
          said.err += text;
        },
        columns: 200,
        colours: false,
        lively: false,
      },
      stdin: nobody(),
      stdinPiped: false,
      signal: new AbortController().signal,
      timezone: 'UTC',
      person: 'ana',
      open: async () => undefined,
    };
    const code = await run(edges);
    return { code, ...said };
  };

  const here: House = {
    folder,
    config,
    store: join(folder, 'earshot.db'),
    clock,
    settle: (brands, more = {}) =>
      writeFileSync(config, stringify({ store: 'earshot.db', timezone: 'UTC', brands, ...more })),
    earshot,
    program: (...argv) => program(['--config', config, ...argv], folder, setting.env ?? {}),
    collect: async (...argv) => parsed(await earshot('collect', '--json', ...argv), (out) => RunsFace.parse(out).runs),
    mentions: async (...argv) =>
      parsed(await earshot('list', '--all', '--json', '--limit', '0', ...argv), (out) =>
        z
          .array(MentionFace)
          .parse(out)
          .toSorted((one, other) => one.id - other.id),
      ),
    places: async () => parsed(await earshot('status', '--json'), (out) => StatusFace.parse(out).places),
  };
  return here;
}

async function* nobody(): AsyncGenerator<Uint8Array> {}

/** An answer that is not JSON shows what was said in its place. */
export function parsed<Value>({ out, err }: Said, read: (json: unknown) => Value): Value {
  try {
    return read(JSON.parse(out));
  } catch (cause) {
    throw new Error(`not the JSON that was promised: ${out.slice(0, 500)}\n${err}`, { cause });
  }
}

/** The real bin in a process of its own. @param beside what starts it, where it shall see a disk that others don't */
export function program(
  argv: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
  { beside = [], ...as }: { readonly uid?: number; readonly gid?: number; readonly beside?: readonly string[] } = {},
): Promise<Said> {
  const { PATH = '', HOME = '' } = process.env;
  const [command = '', ...rest] = [...beside, process.execPath, executable, ...argv];
  const child = spawn(command, rest, {
    cwd,
    env: { PATH, HOME, EARSHOT_JUDGE: 'fast', ...env },
    ...as,
  });
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.err += text;
  });
  child.stdin.end();
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code: code ?? -1, ...said, err: said.err + (signal ?? '') }));
  });
}

/** All that a person saw, however the lines were broken. */
export const wholeOf = ({ out, err }: Said): string => `${out}\n${err}`.replaceAll(/\s+/g, ' ');

/** How many posts a look counts in all: what became new, and what was set aside by reason. */
export function counted(run: Run): number {
  return run.fresh + Object.values(run.setAside).reduce((sum, count) => sum + count, 0);
}
