/** What a post is known by: its source, and its id there. */

export interface PostId {
  readonly source: string;
  readonly externalId: string;
}

/** As one text: for maps, and for the hashes of the table `erased`. */
export function postKey({ source, externalId }: PostId): string {
  return JSON.stringify([source, externalId]);
}

/** Ids by their source: a page is mostly of one. */
export function bySource(posts: readonly PostId[]): Map<string, string[]> {
  return new Map(
    [...Map.groupBy(posts, ({ source }) => source)].map(([source, list]) => [
      source,
      list.map((one) => one.externalId),
    ]),
  );
}
