/** What a slow judge said of a post for a brand: numbers that `assess` weighs. */

export interface Opinion {
  /** `precise`, or the name of a second opinion. */
  readonly judge: string;
  readonly version: string;
  /** Probability that it is a complaint about the brand. */
  readonly complaint: number;
  /** Probability that it is about the brand. */
  readonly relevance: number | null;
  /** 0 to 4. */
  readonly severity: number | null;
}
