/** Edges for tests: a terminal that remembers, a clock in the hand, nobody typing. */
import type { Edges } from '../../src/edges.ts';
import { fakeClock } from './clock.ts';

export interface CliEdges extends Edges {
  readonly said: { out: string; err: string };
}

export function cliEdges(more: Partial<Edges> = {}): CliEdges {
  const said = { out: '', err: '' };
  return {
    argv: [],
    cwd: process.cwd(),
    clock: fakeClock(),
    terminal: {
      out: (text) => {
        said.out += text;
      },
      err: (text) => {
        said.err += text;
      },
      columns: 80,
      colours: false,
      lively: false,
    },
    stdin: (async function* () {})(),
    stdinPiped: true,
    signal: new AbortController().signal,
    timezone: 'Europe/London',
    person: 'Ana',
    open: async () => undefined,
    ...more,
    // The precise judge takes half a second to begin: whoever tests it asks for it.
    env: { EARSHOT_JUDGE: 'fast', ...more.env },
    said,
  };
}
