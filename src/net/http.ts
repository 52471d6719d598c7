/** The door through which every source reaches its platform: what can be asked, what comes back. */
import type { z } from 'zod';
import type { Fault } from './fault.ts';
import type { Feed } from './feed.ts';
import type { Pace } from './pace.ts';

/** Before its body is parsed. Header names are lower case. */
export interface RawAnswer {
  readonly status: number;
  /** Where the answer came from in the end, after redirects. */
  readonly url: string;
  /** Where the address has moved for good. */
  readonly movedTo?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

export interface Answer<Body> {
  readonly status: number;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Body;
}

export interface Ask {
  readonly method?: 'GET' | 'POST' | 'PUT';
  /** Undefined values are left out; lists repeat the name. */
  readonly query?: Readonly<Record<string, string | number | boolean | undefined | readonly (string | number)[]>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as application/x-www-form-urlencoded. */
  readonly form?: Readonly<Record<string, string>>;
  /** Where each question costs: what broke is not tried again by itself. */
  readonly once?: boolean;
  /**
   * It leaves something there for people to read: sent once, never tried again and never sent on to another address.
   * Where it may stand there though no good answer came, the fault is an `Uncertain`.
   */
  readonly writes?: boolean;
  /** Where the platform counts questions of this kind apart: their own limits, in place of the source's. */
  readonly budget?: { readonly of: string; readonly pace: readonly Pace[] };
  /**
   * Of `feed` and `feedOrPage`, where the publisher sets the pace (reviews.md §7.1): not asked before its rest is over,
   * asked where it has moved for good, and no more once it is gone for good.
   */
  readonly unhurried?: true;
  /**
   * The platform's own error forms, looked at before the general rules and also on a 200: returns the fault the answer
   * means, or undefined where the general rules shall speak. Given the clock, for "in 46472 seconds".
   */
  readonly refused?: (answer: RawAnswer, now: number) => Fault | undefined;
}

export interface Http {
  /** JSON, checked against the shape of the few fields we read; a changed platform is a `garbled` fault that names the path. */
  json<Body>(url: string, shape: z.ZodType<Body>, ask?: Ask): Promise<Answer<Body>>;
  text(url: string, ask?: Ask): Promise<Answer<string>>;
  /** RSS, Atom, RDF or JSON Feed, asked for conditionally; null where nothing has changed since the last saved look, or it rests. */
  feed(url: string, ask?: Ask): Promise<Answer<Feed> | null>;
  /**
   * A page that may be a feed or name one: the feed itself, or the addresses of the feeds that the HTML page announces.
   * Conditional like `feed`.
   */
  feedOrPage(url: string, ask?: Ask): Promise<Answer<Feed | { readonly feeds: readonly string[] }> | null>;
}
