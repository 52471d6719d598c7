/**
 * Sends what waits in the outbox: claim, render, send, mark, one recipient at a time.
 *
 * A mail is marked as sent the moment the server has taken it. If we are killed in between, nobody can know whether it
 * was taken; then it is sent again under the same Message-ID once its claim has run out, because a lost digest is a
 * silence that nobody notices, and mail programs and servers that know the Message-ID show the second one not at all.
 */
import { type Clock, minuteMs } from '../clock.ts';
import { MailTrouble } from './mail-trouble.ts';
import type { Mailer } from './mailer.ts';
import type { Mail } from './message.ts';

/** A mail that waits: whose and for which day, never what it says. */
export interface WaitingMail {
  readonly id: number;
  readonly kind: string;
  readonly recipient: string;
  /** The recipient's local day, `2026-11-21`. */
  readonly forDay: string;
  readonly messageId: string;
  /** How often it was claimed, this time included. */
  readonly tries: number;
}

/** What delivery needs of the store. Times are milliseconds UTC. */
export interface Outbox {
  /** The next mail that is due, now ours until `until`; also one whose claim by another has run out. Null: no more. */
  claim(now: number, until: number): Promise<WaitingMail | null>;
  markSent(id: number, at: number): Promise<void>;
  /** Keeps the sentence; due again at `retryAt`, or never where that is null. */
  markFailed(id: number, trouble: string, retryAt: number | null): Promise<void>;
}

export interface Delivery {
  readonly recipient: string;
  readonly forDay: string;
  readonly kind: string;
  /** Null where it was sent, else why not. */
  readonly trouble: string | null;
  /** Milliseconds UTC; null where it was sent or is given up. */
  readonly retryAt: number | null;
  /** What was thrown, where it is no trouble with mail but a mistake of ours. */
  readonly bug: unknown;
}

/** Longer than any send may take, so that a claim runs out only where its owner is gone. */
export const leaseMs = 10 * minuteMs;
const longestSendMs = 5 * minuteMs;
/** Minutes until the next try; greylisting wants five, and after a day there is a new digest. */
const waits = [5, 15, 60, 120, 240, 240, 240, 240, 240] as const;

const stopped = 'Earshot was stopped before this mail was out; it is tried again.';
const ourMistake = 'The mail could not be put together: a mistake of Earshot’s own, not of yours.';

/** Every mail that is due, tried once; one recipient's trouble is told and never stops the others. */
export async function deliverDue(edges: {
  readonly outbox: Outbox;
  readonly render: (mail: WaitingMail) => Promise<Mail>;
  readonly mailer: Mailer;
  readonly clock: Pick<Clock, 'now'>;
  readonly signal: AbortSignal;
}): Promise<readonly Delivery[]> {
  const { outbox, clock, signal } = edges;
  const deliveries: Delivery[] = [];
  // A server that is down or wants another password is asked once, not once for each recipient.
  let serverTrouble: MailTrouble | null = null;
  while (!signal.aborted) {
    const now = clock.now();
    const mail = await outbox.claim(now, now + leaseMs);
    if (mail === null) break;
    const error: unknown = serverTrouble ?? (await failureOf(mail, edges));
    if (error instanceof MailTrouble && error.scope === 'server') serverTrouble = error;
    const { recipient, forDay, kind } = mail;
    if (error === null) {
      await outbox.markSent(mail.id, clock.now());
      deliveries.push({ recipient, forDay, kind, trouble: null, retryAt: null, bug: null });
      continue;
    }
    const known = error instanceof MailTrouble;
    const trouble = known ? error.message : signal.aborted ? stopped : ourMistake;
    const retryAt = signal.aborted ? now : known && error.permanent ? null : retryTime(mail.tries, clock.now());
    await outbox.markFailed(mail.id, trouble, retryAt);
    deliveries.push({ recipient, forDay, kind, trouble, retryAt, bug: known || signal.aborted ? null : error });
  }
  return deliveries;
}

async function failureOf(
  mail: WaitingMail,
  { render, mailer, signal }: Pick<Parameters<typeof deliverDue>[0], 'render' | 'mailer' | 'signal'>,
): Promise<unknown> {
  try {
    await mailer.send(await render(mail), AbortSignal.any([signal, AbortSignal.timeout(longestSendMs)]));
    return null;
  } catch (error) {
    return error ?? new Error('thrown without an error');
  }
}

function retryTime(tries: number, now: number): number | null {
  const wait = waits[tries - 1];
  return wait === undefined ? null : now + wait * minuteMs;
}
