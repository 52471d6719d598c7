/** Edges of nobody: no terminal, no environment, a clock that never sleeps. */
import type { Edges } from '../../src/edges.ts';

export function silentEdges(): Edges {
  const nothing = () => undefined;
  return {
    argv: [],
    // What is measured is the fast judge: the precise one reads twenty posts a second, beside all else.
    env: { EARSHOT_JUDGE: 'fast' },
    cwd: process.cwd(),
    clock: { now: () => Date.now(), sleep: async () => undefined },
    terminal: { out: nothing, err: nothing, columns: 80, colours: false, lively: false },
    stdin: (async function* () {})(),
    stdinPiped: false,
    signal: new AbortController().signal,
    timezone: 'Europe/London',
    person: 'bench',
    open: async () => undefined,
  };
}
