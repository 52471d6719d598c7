/** A line on stderr that says how far something is; drawn over where somebody looks, left out where nobody does. */
import type { Terminal } from '../edges.ts';
import { toWidth } from './format.ts';

export interface Progress {
  /** What is going on now. */
  say(text: string): void;
  /** An answer, which stays. */
  line(text: string): void;
  /** Trouble, which stays, too: where nobody reads the answers (a cron job's), it is still seen. */
  trouble(text: string): void;
  end(): void;
}

const clear = '\r\u001b[2K';

export function progressLine(terminal: Terminal, wanted = true): Progress {
  const lively = terminal.lively && wanted;
  let last = '';
  const draw = () => {
    if (lively && last) terminal.err(clear + toWidth(last, terminal.columns - 1).trimEnd());
  };
  return {
    say: (text) => {
      last = text;
      draw();
    },
    line: (text) => {
      if (lively) terminal.err(clear);
      terminal.out(`${text}\n`);
      draw();
    },
    trouble: (text) => {
      if (lively) terminal.err(clear);
      terminal.err(`${text}\n`);
      draw();
    },
    end: () => {
      if (lively && last) terminal.err(clear);
      last = '';
    },
  };
}
