/** What every job is given: the settings, the store, the way out to the platforms, and the edges. Made by app.ts. */
import type { Clock } from '../clock.ts';
import type { BrandConfig, Config } from '../config/config.ts';
import type { Mailer } from '../digest/mailer.ts';
import type { Env } from '../edges.ts';
import type { PreciseJudge } from '../findings/judges/precise.ts';
import type { Knowledge } from '../findings/knowledge.ts';
import type { Matcher } from '../match/match.ts';
import type { Net } from '../net/net.ts';
import type { Files, Source } from '../sources/source.ts';
import type { Store } from '../store/store.ts';
import type { Watch } from '../watch.ts';

/** Never given words of a post, nor a secret. */
export interface Log {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

export interface Tools {
  /** How a command that is told begins: `npx earshot`, with the config file where one was named. */
  readonly earshot: string;
  readonly config: Config;
  /** Those that the config names; of any other, `loadSources` knows. */
  readonly sources: readonly Source[];
  readonly watches: readonly Watch[];
  /** By id; those that the config lists. */
  readonly brands: ReadonlyMap<string, BrandConfig>;
  readonly store: Store;
  /** What sessions are encrypted with; made when first needed. */
  sessionKey(): Buffer;
  /** Loaded when first needed, like what judging needs: `list` and `show` do without. */
  net(): Promise<Net>;
  judging(): Promise<{ readonly matcher: Matcher; readonly knowledge: Knowledge }>;
  /** The slow judge; null where it is not installed, or was not wished for. Starts nothing before it is asked. */
  precise(): Promise<PreciseJudge | null>;
  /** Sends by the mail server of the config, else writes to the folder `outbox` beside the database. */
  mailer(): Promise<Mailer>;
  readonly files: Files;
  readonly env: Env;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
}
