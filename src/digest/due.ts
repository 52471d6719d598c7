/** Whose digest is due for which local day: pure, shared by tick, catch-up and tests. */
import { Temporal } from 'temporal-polyfill';
import type { DigestKind } from './digest.ts';

export interface Recipient {
  readonly address: string;
  /** Local time of day, `08:00`. */
  readonly at: string;
  /** IANA name, `Europe/London`. */
  readonly timezone: string;
}

export interface DueDigest {
  readonly recipient: Recipient;
  /** The first one that an address gets says hello and looks back over the first look. */
  readonly kind: DigestKind;
  /** The local calendar day it is for, `2026-11-21`; with the address it is the digest's identity. */
  readonly forDay: string;
  /** Milliseconds UTC. */
  readonly dueAt: number;
}

/**
 * The digests that are due at `now`, at most one an address: the latest one missed stands for all that were.
 * @param lastDays the local day of the last digest put into the outbox, by address; without one a welcome is due at
 *   once, so call it only when the first run has ended. A welcome is that day's digest.
 */
export function dueDigests(
  recipients: readonly Recipient[],
  lastDays: ReadonlyMap<string, string>,
  now: number,
): readonly DueDigest[] {
  const due = new Map<string, DueDigest>();
  for (const recipient of recipients) {
    if (due.has(recipient.address)) continue;
    const digest = dueFor(recipient, lastDays.get(recipient.address) ?? null, now);
    if (digest !== null) due.set(recipient.address, digest);
  }
  return [...due.values()];
}

function dueFor(recipient: Recipient, lastDay: string | null, now: number): DueDigest | null {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(recipient.timezone).toPlainDate();
  if (lastDay === null) return { recipient, kind: 'welcome', forDay: today.toString(), dueAt: now };
  // Where a night skips the end of a day (Nuuk), yesterday's late digest falls due today.
  for (const date of [today, today.subtract({ days: 1 })]) {
    const dueAt = momentOf(date, recipient);
    if (dueAt <= now) {
      const forDay = date.toString();
      return forDay > lastDay ? { recipient, kind: 'digest', forDay, dueAt } : null;
    }
  }
  return null;
}

/** Of a time that comes twice the first; of one that is skipped the first minute after the gap. Milliseconds UTC. */
function momentOf(date: Temporal.PlainDate, recipient: Recipient): number {
  const wanted = date.toPlainDateTime(Temporal.PlainTime.from(padded(recipient.at)));
  const found = wanted.toZonedDateTime(recipient.timezone, { disambiguation: 'earlier' });
  if (found.toPlainDateTime().equals(wanted)) return found.epochMilliseconds;
  // In a gap, `earlier` lands before it: the next change of the clocks is the gap's end.
  return found.getTimeZoneTransition('next')?.epochMilliseconds ?? found.epochMilliseconds;
}

/** The config takes `8:00` too. */
function padded(at: string): string {
  return at.padStart(5, '0');
}
