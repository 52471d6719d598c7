/** The doors that stay open: through them a platform tells what happens as it happens. */
import type { Ask } from './http.ts';

export type OpenAsk = Pick<Ask, 'query' | 'headers' | 'refused'>;

export interface ServerEvent {
  /** `message` where the server gives no name. */
  readonly name: string;
  readonly data: string;
}

/**
 * What came, in order, as much at once as there is: nobody reads ahead of who asks. A list comes as soon as the door is
 * open, and whenever the other side says that it is still there; such a list may be empty. Ends when the other side ends it.
 * Throws faults: where the door does not open, where it breaks, where nothing came for too long.
 */
export interface Live {
  /** Texts of a WebSocket; `http://…` is taken for `ws://…`. */
  messages(url: string, ask?: OpenAsk): AsyncIterable<readonly string[]>;
  /** Server-sent events. */
  events(url: string, ask?: OpenAsk): AsyncIterable<readonly ServerEvent[]>;
}

/** A door that stands open. */
export interface Door<Item> {
  readonly flow: AsyncIterable<readonly Item[]>;
  close(): void;
}
