/** One thing we look at on its cron, how a look at it went, and how a platform can let us down. */

export const faultKinds = ['unreachable', 'slow-down', 'blocked', 'not-allowed', 'gone', 'garbled'] as const;
/** Named by what we must do: retry · wait · back off the host and tell · ask for a key · mend the config · mend the source. */
export type FaultKind = (typeof faultKinds)[number];

/** What a look can end in: a fault of the platform's, or a mistake of Earshot's own. */
export const troubleKinds = [...faultKinds, 'mistake'] as const;
export type TroubleKind = (typeof troubleKinds)[number];

/** `fresh` heard lately · `quiet` nothing new for longer than is normal · `limited` slowed down · `blind` could not look. */
export type WatchState = 'fresh' | 'quiet' | 'limited' | 'blind' | 'never-worked';

export type RunOutcome = 'complete' | 'cut-short' | 'failed';

/** Why a post that came in was not kept as a mention. */
export type SetAside =
  | 'no-match'
  | 'own-post'
  | 'excluded'
  | 'required-missing'
  | 'query-missed'
  | 'too-old'
  | 'unreadable'
  | 'erased';

/** A search for one brand, or a place read once for all the brands that name it. */
export interface Watch {
  readonly source: string;
  /** What a person would call it: `https://… #coffee`. With source (and brand, for a search) it is the watch's identity. */
  readonly key: string;
  readonly scope: 'brand' | 'place';
  /** One brand for a search, every brand that names the place for a place. */
  readonly brands: readonly string[];
  readonly cron: string;
  /** Minutes later than its cron says, so that not all watches start at once; 0 where the owner chose the cron. */
  readonly offsetMinutes: number;
  /** Silence that is normal here, in milliseconds. */
  readonly quietAfterMs: number;
  readonly account: string | null;
  readonly options: unknown;
  /** Everything that changes the request; understood by the source alone. */
  readonly at: unknown;
  /** Every post of it is about its brands, named or not. */
  readonly certain: boolean;
  /** A stream: the daemon listens to it without end, and nobody looks at it. */
  readonly live?: true;
  /** What is sent to us: nobody looks at it. */
  readonly inbound?: true;
}

/** What is remembered of one address between two looks. */
export interface Validator {
  /** Both are handed back exactly as they came, weak marks and odd dates included. */
  readonly etag?: string;
  readonly lastModified?: string;
  /** How long the feed itself says that it wants to be left alone, in milliseconds: a "nothing has changed" does not repeat it. */
  readonly restMs?: number;
  /** Milliseconds UTC: not to be asked before. */
  readonly notBefore?: number;
  /** Where it is said to have moved for good, and how many answers in a row said so. */
  readonly moved?: { readonly to: string; readonly times: number };
  /** It is said to be gone for good: not to be asked any more. */
  readonly ended?: true;
}

/** By the whole address, query included. */
export type Validators = Readonly<Record<string, Validator>>;

/** When the last of them may be asked again; 0 where none rests. */
export function restOf(validators: Validators): number {
  return Math.max(0, ...Object.values(validators).map(({ notBefore = 0 }) => notBefore));
}
