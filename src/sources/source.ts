/** The contract that every source fulfils, documented once, at its fields. */
import type { z } from 'zod';
import type { Terms } from '../brand.ts';
import type { Gone, PlaceRating, Post } from '../mention.ts';
import type { Http } from '../net/http.ts';
import type { MailDoor } from '../net/mail.ts';
import type { Pace } from '../net/pace.ts';

export const trades = ['restaurant', 'shop', 'service', 'web-shop', 'software', 'other'] as const;
export type Trade = (typeof trades)[number];

export interface Secret {
  /** Name of the environment variable, `BLUESKY_APP_PASSWORD`. */
  readonly env: string;
  /** What it is and where to get it, step by step, in the owner's words. */
  readonly about: string;
  readonly optional?: boolean;
}
export type Secrets = Readonly<Record<string, Secret>>;
export type SecretValues<Wanted extends Secrets> = { readonly [Name in keyof Wanted]: string | null };

/** One watch that a brand's options ask for. */
export interface Look<At> {
  /** What a person would call it: `https://… #coffee`. */
  readonly key: string;
  readonly scope: 'brand' | 'place';
  /**
   * Every post of this look is about the brand, named or not, because of where it stands (a review of the brand's own
   * app). Only with scope `brand`; such posts need no match.
   */
  readonly certain?: true;
  /** Everything that changes the request. */
  readonly at: At;
}

/** One answer of the platform, also an empty one. */
export interface Page {
  readonly posts: readonly Post[];
  /** Posts that the platform gave but that do not parse, by what was wrong; counted as `unreadable`. */
  readonly unreadable?: readonly string[];
  /** In a look that is certain: these posts were found by a search all the same, and count only where they name the brand. */
  readonly certain?: false;
  readonly gone?: readonly Gone[];
  readonly ratings?: readonly PlaceRating[];
  /** Where to go on from once this page is saved. */
  readonly position?: string;
  /** The source stopped at its own page cap with more to come: a gap that `status` shows. */
  readonly capped?: boolean;
  /** A sentence for the owner about something that is limited but not failed ("this server keeps searching for members"). */
  readonly note?: string;
}

/** The disk as a source may see it: reading what the config names. */
export interface Files {
  /** @param path as the options have it, made absolute by the caller's config. Rejects with Node's own error (`ENOENT` …). */
  read(path: string): Promise<Uint8Array>;
}

/** A signed-in session, kept (encrypted) by the caller and handed back until it ends. */
export interface Session {
  readonly token: string;
  readonly refresh?: string;
  /** Milliseconds UTC. */
  readonly until: number;
  /** What else the platform gave that requests need (a DID, an instance). */
  readonly extra?: Readonly<Record<string, string>>;
}

export interface Request<Options, Wanted extends Secrets, At> {
  readonly at: At;
  readonly terms: Terms;
  readonly options: Options;
  readonly secrets: SecretValues<Wanted>;
  readonly session: Session | null;
  /** Milliseconds UTC: what is older need not be asked for (overlap is already taken off). */
  readonly since: number;
  readonly position?: string;
  readonly http: Http;
  /** Only the `file` source needs it; a caller that never looks at files may leave it out. */
  readonly files?: Files;
  /** Only the `mailbox` source needs it; a caller that never looks at mail may leave it out. */
  readonly mail?: MailDoor;
  readonly signal: AbortSignal;
}

/** What of a source is stored and is to be looked at again. */
export interface RecheckRequest<Options, Wanted extends Secrets> {
  readonly options: Options;
  readonly secrets: SecretValues<Wanted>;
  readonly session: Session | null;
  /**
   * As stored, at most 200, without words that may not be kept. What the platform does not tell of a single post (the
   * story that a comment stands under) is taken over from here.
   */
  readonly posts: readonly Post[];
  readonly http: Http;
  readonly signal: AbortSignal;
}

export interface SignIn<Options, Wanted extends Secrets> {
  readonly options: Options;
  readonly secrets: SecretValues<Wanted>;
  /** The session to renew, where there is one. */
  readonly session: Session | null;
  readonly now: number;
  readonly http: Http;
  readonly signal: AbortSignal;
}

/** A platform we can read: a value that describes itself. Stateless; the caller stops it and owns all progress. */
export interface Source<Options = unknown, Wanted extends Secrets = Secrets, At = unknown> {
  /** File name = config key = database value = command-line word. */
  readonly id: string;
  /** As people call the platform. */
  readonly title: string;
  readonly kind: 'posts' | 'reviews' | 'articles';
  /** Kinds of business that `init` offers it to. */
  readonly suits: readonly Trade[];
  /** Where a person would look. */
  readonly home: string;
  /** The API document it was written from. */
  readonly docs: string;
  /** What it hears, in at most 35 letters without a full stop: its line in the list of `earshot sources`. */
  readonly hears: string;
  /** One or two sentences for the owner, printed by `earshot sources <id>`. */
  readonly about: string;
  readonly access: 'open' | 'free-key' | 'own-account' | 'paid';
  /** What its terms let us store; the store enforces it. */
  readonly keeps: 'everything' | 'id-only' | { readonly textForHours: number };
  readonly order: 'newest-first' | 'oldest-first' | 'unordered';
  /** All its limits, per host: 30 a minute and 300 a day. */
  readonly pace: readonly Pace[];
  readonly cron: string;
  /** Subtracted from the time of the last complete run, since indexes lag; milliseconds. */
  readonly overlapMs: number;
  /** Silence that is normal here; milliseconds. */
  readonly quietAfterMs: number;
  /** Off unless the config names it with `off: false`, and why (terms). */
  readonly offByDefault?: string;
  /** Every field described; `baseUrl` where the platform has one host, so that a proxy or a test server can stand in. */
  readonly options: z.ZodType<Options>;
  /** An example of its options that works, for `earshot sources <id>` and the generated page. */
  readonly example: Options;
  readonly secrets: Wanted;
  /** How to get its secrets, in order, each step a sentence; absent where it has none, or each says it in a word. */
  readonly steps?: readonly string[];
  /** Pure: which watches a brand's options ask for. */
  looks(options: Options, terms: Terms): readonly Look<At>[];
  collect(request: Request<Options, Wanted, At>): AsyncIterable<Page>;
  /**
   * Looks at stored posts again, by their ids. Gives those that are there as they are now, and as `gone` those of which
   * the platform says that they are no more; of what it cannot tell (another server's post), nothing. Other posts than
   * those asked about count for nothing.
   */
  recheck?(request: RecheckRequest<Options, Wanted>): AsyncIterable<Page>;
  /** Present where requests need a session; null means "go on without" (secrets not given and optional). */
  signIn?(request: SignIn<Options, Wanted>): Promise<Session | null>;
}

/** Returns its argument; exists so that options, secrets and `at` are inferred. */
export function defineSource<Options, const Wanted extends Secrets, At>(
  source: Source<Options, Wanted, At>,
): Source<Options, Wanted, At> {
  return source;
}
