/** What a customer was told would be done by a day. */

/** A day counts from its beginning and is over at its end. Milliseconds UTC. */
export interface PromiseRead {
  readonly words: string;
  readonly fromAt: number;
  readonly dueAt: number;
}
