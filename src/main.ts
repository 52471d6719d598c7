/** The executable: argv, environment, signals and exit code; nothing else touches them. */
import { setTimeout as wait } from 'node:timers/promises';
import { run } from './cli/run.ts';
import type { Clock } from './clock.ts';
import { envFilePath, withEnvFile } from './config/env-file.ts';
import type { Edges, Terminal } from './edges.ts';

const stop = new AbortController();
/** Within this time it is one wish that came twice: to all of a terminal's or service's processes, and through earshot.js. */
const oneWishMs = 1000;
let askedAt = 0;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // Asked twice: whoever asks means it.
    if (stop.signal.aborted && Date.now() - askedAt > oneWishMs) process.exit(130);
    if (!stop.signal.aborted) askedAt = Date.now();
    stop.abort(new Error('asked to stop'));
  });
}
// `earshot list | head` closes the pipe early; that is no trouble of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

const clock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) => wait(ms, undefined, signal ? { signal } : {}).catch(() => undefined),
};

const argv = process.argv.slice(2);
const env = withEnvFile(envFilePath(argv, process.env, process.cwd()), process.env);
const plain = env.NO_COLOR !== undefined && env.NO_COLOR !== '';
const forced = env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '0';
const terminal: Terminal = {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  columns: process.stdout.columns || Number(env.COLUMNS) || 80,
  ...(process.stdout.isTTY && { rows: process.stdout.rows }),
  colours: !plain && (forced || (process.stdout.isTTY && env.TERM !== 'dumb')),
  lively: process.stderr.isTTY && env.TERM !== 'dumb',
};

const edges: Edges = {
  argv,
  env,
  cwd: process.cwd(),
  clock,
  terminal,
  // Made when somebody reads it.
  get stdin() {
    return process.stdin;
  },
  get stdinPiped() {
    return !process.stdin.isTTY;
  },
  signal: stop.signal,
  get timezone() {
    return Intl.DateTimeFormat().resolvedOptions().timeZone;
  },
  person: env.EARSHOT_PERSON ?? env.USER ?? env.USERNAME ?? 'you',
  open: async (address) => {
    const { default: open } = await import('open');
    await open(address);
  },
};

process.exitCode = await run(edges);
