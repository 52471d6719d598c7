/** Whose name we listen for. */

export interface Brand {
  /** What the database knows it by; made from the name when first seen, and then kept. */
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  /** What we are, in a few words: helps to tell us from others of that name. */
  readonly about: string | null;
  /** Own accounts; their posts are set aside. */
  readonly handles: readonly string[];
  readonly domains: readonly string[];
  readonly exclude: readonly string[];
  /** Where it is not null it alone says which posts are about the brand, in place of names, handles and domains. */
  readonly query: string | null;
  /** At least one of these must stand near the name, for names that are ordinary words. */
  readonly require: readonly string[];
  /** Names that count only with exactly these capitals ("Apple", "Bloom"). */
  readonly caseSensitive: boolean;
  readonly rivals: readonly string[];
  /** Absent where it has none. */
  readonly topics?: readonly OwnTopic[];
}

/** What a brand's complaints may be about, beside what those of all businesses are. */
export interface OwnTopic {
  /** One word: `parking`, `card-reader`. */
  readonly name: string;
  /** As the brand's own `query` is written. */
  readonly query: string;
}

/** What a search for one brand asks a platform for. */
export interface Terms {
  /** The name and its aliases, as written. */
  readonly names: readonly string[];
  readonly handles: readonly string[];
  readonly domains: readonly string[];
}
