/** The contract that every source fulfils, documented once, at its fields. */
import type { z } from 'zod';
import type { Terms } from '../brand.ts';
import type { Gone, PlaceRating, Post } from '../mention.ts';
import type { Http } from '../net/http.ts';
import type { Live } from '../net/live.ts';
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
  /** Optional, since another secret lets in as well, but `earshot connect` wants it. */
  readonly connects?: boolean;
  /** Optional, but without it no answer can be sent: some let hear more, `too`, some are for answering `only`. */
  readonly sends?: 'too' | 'only';
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
  /** What was left out of posts that are here, since it was none, by what was wrong. */
  readonly partly?: readonly string[];
  /** In a look that is certain: these posts were found by a search all the same, and count only where they name the brand. */
  readonly certain?: false;
  readonly gone?: readonly Gone[];
  /** Posts that a stream gave and that were passed over because they name nobody; counted as `no-match`. */
  readonly passedOver?: number;
  /** How many posts stand there again under an id that is among `posts`, with words that hold no more; counted as seen. */
  readonly repeated?: number;
  /** What was said in between cannot be had any more from this stream; milliseconds UTC. */
  readonly gap?: Gap;
  /** Kept only of a platform that lets everything be kept; of all others shown once, to whoever looks right then. */
  readonly ratings?: readonly PlaceRating[];
  /** Where to go on from once this page is saved. */
  readonly position?: string;
  /** The source stopped at its own page cap with more to come: a gap that `status` shows. */
  readonly capped?: boolean;
  /** A sentence for the owner about something that is limited but not failed ("this server keeps searching for members"). */
  readonly note?: string;
}

export interface Gap {
  readonly from: number;
  readonly to: number;
}

/** The disk as a source may see it: reading what the config names. */
export interface Files {
  /** @param path as the options have it, made absolute by the caller's config. Rejects with Node's own error (`ENOENT` …). */
  read(path: string): Promise<Uint8Array>;
  /** All that another program pipes in; absent where nobody pipes anything. */
  readonly piped?: () => Promise<Uint8Array>;
}

/** A signed-in session, kept (encrypted) by the caller and handed back until it ends. */
export interface Session {
  readonly token: string;
  readonly refresh?: string;
  /** Milliseconds UTC. */
  readonly until: number;
  /** What else the platform gave that requests need (a DID, an instance). */
  readonly extra?: Readonly<Record<string, string>>;
  /** When the platform said that it holds no more (milliseconds UTC): only connecting again helps. */
  readonly endedAt?: number;
}

/** How an owner connects an account in the browser, once: OAuth, or what the platform makes of it. */
export interface Connect<Options, Wanted extends Secrets> {
  /**
   * Where the platform sends the browser back to: `http://127.0.0.1/` for any free port of this computer, with a port
   * where the platform must know it before. Nobody can listen at an `https:` address: it is pasted by hand.
   */
  readonly returnsTo: string;
  /** Where the owner sees, and can take back, what was agreed to. */
  readonly manage: string;
  /** The secret that lets in without it. */
  readonly inPlace?: string;
  /** Pure: the address at which the owner agrees. */
  address(request: ConnectRequest<Options, Wanted>): string;
  /** Turns the code that came back into a session. */
  complete(request: ConnectAnswer<Options, Wanted>): Promise<Session>;
}

export interface ConnectRequest<Options, Wanted extends Secrets> {
  readonly options: Options;
  readonly secrets: SecretValues<Wanted>;
  /** Where the browser is to be sent back to, with its port. */
  readonly returnsTo: string;
  /** Comes back with the browser, so that nobody else's answer is taken for ours. */
  readonly state: string;
  /** PKCE: the secret behind the challenge, known to this computer alone until the code is turned in. */
  readonly verifier: string;
}

export interface ConnectAnswer<Options, Wanted extends Secrets> extends Omit<ConnectRequest<Options, Wanted>, 'state'> {
  readonly code: string;
  readonly now: number;
  readonly http: Http;
  readonly signal: AbortSignal;
}

/** What a platform where each answer costs may still cost this month; kept by the caller, over restarts. */
export interface Purse {
  /** In the currency of `costs`. */
  left(): Promise<number>;
  /**
   * Counts what a question may cost at most before it is asked, and what it did cost when it was answered; nothing where
   * the platform refused it. @throws Fault `slow-down` until the month is over where more would be spent than is left
   */
  spend<Answer>(most: number, ask: () => Promise<{ readonly answer: Answer; readonly cost: number }>): Promise<Answer>;
}

/** What a source may cost in a calendar month, where its owner lives. */
export interface Costs {
  readonly most: number;
  /** As in USD. */
  readonly currency: string;
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
  /** Only a source with `costs` needs it; a caller that never asks where it costs may leave it out. */
  readonly purse?: Purse;
  /** Somebody sees what comes: a figure that may be shown and not kept is worth a question of its own. */
  readonly watched?: boolean;
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
  /** As for `collect`. */
  readonly purse?: Purse;
  readonly signal: AbortSignal;
}

/** In whose name a source is asked to answer. */
export interface SpeakerRequest<Options, Wanted extends Secrets> {
  readonly options: Options;
  readonly secrets: SecretValues<Wanted>;
  readonly session: Session | null;
  /** As stored, without words that may not be kept. */
  readonly post: Post;
  readonly http: Http;
  readonly signal: AbortSignal;
}

/** One answer to one stored post, in the owner's name. */
export interface ReplyRequest<Options, Wanted extends Secrets> extends SpeakerRequest<Options, Wanted> {
  /** Plain text, as a person agreed to it; it fits into `replies/limits.ts`. */
  readonly text: string;
  /**
   * 32 hexadecimal digits: the same however often this answer is tried, and no other answer's. For platforms that take an
   * idempotency key, or ids that the client chooses.
   */
  readonly key: string;
  /** When a person agreed to it, milliseconds UTC, the same at each try: `replied` need not look further back. */
  readonly agreedAt: number;
}

/** Where an answer stands; null is what the platform did not tell. */
export interface Answered {
  readonly externalId: string | null;
  readonly url: string | null;
}

/** One connection to a stream, which may last for days. */
export interface StreamRequest<Options, Wanted extends Secrets, At> {
  readonly at: At;
  readonly options: Options;
  readonly secrets: SecretValues<Wanted>;
  /** Of the last page that was saved; absent where nothing was heard yet: then it begins with now. */
  readonly position?: string;
  /** Whether a post names somebody who is listened for. Only of these need more be asked; all others may be passed over. */
  wanted(post: Post): boolean;
  /** The doors that stay open. */
  readonly live: Live;
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
  /** A stream is `oldest-first`. */
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
  /** Lines for a shell with which its owner can try it; printed as they are. */
  readonly tryIt?: readonly string[];
  /** It is sent to us: nobody looks at it, and the inbox's server takes in what comes. `files` holds what was sent. */
  readonly inbound?: true;
  /** Present where each answer costs: what its owner lets it cost. */
  costs?(options: Options): Costs;
  /** Pure: which watches a brand's options ask for. */
  looks(options: Options, terms: Terms): readonly Look<At>[];
  /** Of a source that listens: `nothingToCollect`. */
  collect(request: Request<Options, Wanted, At>): AsyncIterable<Page>;
  /**
   * Stays connected, and yields what is said as it is said: the daemon holds one connection for each look, so a look of
   * scope `place` is one for all brands. Ends when the platform ends the connection, throws where it cannot be had; the
   * caller connects again, from the last `position` that it saved. Yields a page as soon as it is connected, at least one a
   * second while anything arrives, also when all of it was passed over, and one at each sign of life: an empty page says
   * “still here”. Where a position leads to the same posts again, they count once. Deletions come as `gone`.
   */
  listen?(request: StreamRequest<Options, Wanted, At>): AsyncIterable<Page>;
  /**
   * Of a source that listens: the source that looks for the same posts now and then. A stream's posts carry its twin's
   * id and are told apart as there, so that a post heard by both is one. `collect` and `start --once` ask only the twin.
   */
  readonly twin?: string;
  /**
   * Looks at stored posts again, by their ids. Gives those that are there as they are now, and as `gone` those of which
   * the platform says that they are no more; of what it cannot tell (another server's post), nothing. Other posts than
   * those asked about count for nothing.
   */
  recheck?(request: RecheckRequest<Options, Wanted>): AsyncIterable<Page>;
  /**
   * Answers a post where it stands. Makes one request that writes (`writes: true`), as its last one: every fault that is
   * no `Uncertain` then means that nothing stands there. Never called without a person's yes to these very words.
   */
  reply?(request: ReplyRequest<Options, Wanted>): Promise<Answered>;
  /** Pure: the words with what has to stand with them there (the customer's `@name`); what a person then agrees to. */
  worded?(text: string, post: Post): string;
  /**
   * A second `reply` with the same key makes no second answer, and the platform sees to that: it takes an idempotency key
   * or an id that we choose, or has one answer to a post, which a new one replaces.
   */
  readonly repeatable?: boolean;
  /**
   * Looks whether this answer stands there already: the owner's own account, below this post, with the same key or words,
   * however the platform has set them. Only reads. Null where it surely does not stand there; asked after a try whose end
   * nobody knows, before any other. Absent where the platform cannot tell.
   */
  replied?(request: ReplyRequest<Options, Wanted>): Promise<Answered | null>;
  /** The account in whose name answers stand there, as people there know it; told before somebody agrees. Only reads. */
  speaksAs?(request: SpeakerRequest<Options, Wanted>): Promise<string | null>;
  /** Present where the owner agrees in the browser: `earshot connect` leads through it. `signIn` then renews. */
  readonly connect?: Connect<NoInfer<Options>, NoInfer<Wanted>>;
  /** Present where requests need a session; null means "go on without" (secrets not given and optional). */
  signIn?(request: SignIn<NoInfer<Options>, NoInfer<Wanted>>): Promise<Session | null>;
}

/** The `collect` of a source that listens: who looks now and then asks its twin. */
export async function* nothingToCollect(): AsyncGenerator<Page> {}

/** Returns its argument; exists so that options, secrets and `at` are inferred. */
export function defineSource<Options, const Wanted extends Secrets, At>(
  source: Source<Options, Wanted, At>,
): Source<Options, Wanted, At> {
  return source;
}
