/** The one shape that RSS, RDF, Atom and JSON Feed are read into. */

export interface FeedItem {
  /** guid, atom:id, rdf:about or JSON Feed id; null where the item has none. */
  readonly id: string | null;
  readonly url: string | null;
  /** Plain text, entities decoded once. */
  readonly title: string | null;
  /** HTML or plain text as it came; `text/plain` converts it. */
  readonly content: string | null;
  readonly contentIsHtml: boolean;
  readonly authorName: string | null;
  readonly authorUrl: string | null;
  /** The paper that an item was taken from (RSS `source`), only where one is named: news searches do. */
  readonly publisher?: { readonly name: string; readonly url: string | null };
  /** Milliseconds UTC; null where absent or unreadable. */
  readonly publishedAt: number | null;
  readonly updatedAt: number | null;
  readonly language: string | null;
  readonly categories: readonly string[];
}

export interface Feed {
  readonly format: 'rss' | 'rdf' | 'atom' | 'json';
  readonly title: string | null;
  readonly siteUrl: string | null;
  readonly language: string | null;
  /** How long it wants to be left alone between two questions, in milliseconds; absent where it does not say. */
  readonly restMs?: number;
  readonly items: readonly FeedItem[];
}
