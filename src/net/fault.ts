/** How a platform let us down, named by what we must do about it. */
import type { FaultKind } from '../watch.ts';

/** Expected trouble. Anything thrown that is not a Fault is a bug. */
export class Fault extends Error {
  override readonly name = 'Fault';
  readonly kind: FaultKind;
  /** Milliseconds UTC, where the platform said when it will answer again. */
  readonly retryAt: number | null;

  /** @param message a sentence for the owner: what happened and where, without post text or secrets. */
  constructor(kind: FaultKind, message: string, more: { retryAt?: number | null; cause?: unknown } = {}) {
    super(message, { cause: more.cause });
    this.kind = kind;
    this.retryAt = more.retryAt ?? null;
  }
}

/** Nothing was asked, since another question to the same site had ended badly. */
export class Unasked extends Fault {}

/** A request that writes went out, and nobody knows what became of it. Every other Fault of such a request is a refusal. */
export class Uncertain extends Fault {}
