/** What lies outside the program: handed in by main.ts, replaced by tests. */
import type { Clock } from './clock.ts';

export type Env = Readonly<Record<string, string | undefined>>;

export interface Terminal {
  /** Answers; what scripts read. */
  out(text: string): void;
  /** Talk: progress, warnings, what to do next. */
  err(text: string): void;
  readonly columns: number;
  /** Lines that are seen at once; absent where nobody looks at stdout. */
  readonly rows?: number;
  /** Somebody is looking at stdout: colours and links make sense. */
  readonly colours: boolean;
  /** Somebody is looking at stderr: a progress line may be drawn over. */
  readonly lively: boolean;
}

export interface Edges {
  readonly argv: readonly string[];
  readonly env: Env;
  readonly cwd: string;
  readonly clock: Clock;
  readonly terminal: Terminal;
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Nobody types there: stdin is a file or a pipe. */
  readonly stdinPiped: boolean;
  /** Aborted by SIGINT and SIGTERM. */
  readonly signal: AbortSignal;
  /** The computer's own time zone. */
  readonly timezone: string;
  /** Who sits there, for marks and case events. */
  readonly person: string;
  open(address: string): Promise<void>;
}
