/** A digest as a mail: its headers' values, its two forms, and an identity that stays the same however often it is tried. */
import { createHash } from 'node:crypto';
import { forTerminal, onOneLine } from '../text/clean.ts';
import type { Digest } from './digest.ts';
import { renderHtml } from './render-html.ts';
import { renderText } from './render-text.ts';

/** One mail to one person; nothing in it can break out of its header. */
export interface Mail {
  readonly kind: string;
  /** The recipient's local day, `2026-11-21`. */
  readonly forDay: string;
  /** `Earshot <earshot@bluedoor.example>`. */
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** With its angle brackets. */
  readonly messageId: string;
  /** Milliseconds UTC. */
  readonly date: number;
}

/** What a mail is, apart from what it says. */
export interface Envelope {
  readonly kind: string;
  readonly forDay: string;
  readonly from: string;
  readonly to: string;
  readonly messageId: string;
  readonly date: number;
}

export function digestMail(digest: Digest, envelope: Envelope): Mail {
  return {
    ...envelope,
    from: onOneLine(envelope.from),
    to: onOneLine(envelope.to),
    subject: onOneLine(digest.subject),
    text: forTerminal(renderText(digest)),
    html: renderHtml(digest),
  };
}

/** 80 bits, and short enough that the header stays on one line. */
const hashDigits = 20;

/**
 * The same for the same digest: mail servers and programs that see it twice (we were stopped between sending and
 * noting it) show it once.
 * @param of `store` is what tells this database from others, for instance its path
 * @param from the sender, whose domain the identity borrows
 */
export function messageIdOf(
  of: { readonly kind: string; readonly recipient: string; readonly forDay: string; readonly store: string },
  from: string,
): string {
  const hash = createHash('sha256').update(JSON.stringify([of.kind, of.recipient, of.forDay, of.store]));
  const domain = /@([a-z0-9.-]+)>?\s*$/i.exec(from)?.[1] ?? 'earshot.invalid';
  return `<${of.forDay}.${hash.digest('hex').slice(0, hashDigits)}@${domain.toLowerCase()}>`;
}

/** The bare address of `Ana <ana@bluedoor.example>`. */
export function addressOf(mailbox: string): string {
  return (/<([^<>]*)>\s*$/.exec(mailbox)?.[1] ?? mailbox).trim();
}
