/** Puts the digests that are due into the outbox, and sends what waits there. */
import { basename } from 'node:path';
import { compose } from '../digest/compose.ts';
import { type Delivery, deliverDue, type Outbox, type WaitingMail } from '../digest/deliver.ts';
import type { Digest } from '../digest/digest.ts';
import type { DueDigest } from '../digest/due.ts';
import { digestMail, type Mail, messageIdOf } from '../digest/message.ts';
import { readMeta, saveMeta } from '../store/meta.ts';
import {
  claimMail,
  enqueueMails,
  giveUpOthers,
  lastMails,
  type MailKind,
  type MailsTo,
  markFailed,
  markSent,
} from '../store/outbox.ts';
import type { Tx } from '../store/tables.ts';
import { digestRows } from './digest-rows.ts';
import type { Tools } from './tools.ts';

const dayMs = 86_400_000;
const kinds: readonly MailKind[] = ['digest', 'welcome'];
/** Sender where no mail server is set and the digest goes to files. */
const noSender = 'Earshot <earshot@localhost.invalid>';

/** What an outbox row remembers of a digest: never words. */
interface DigestIds {
  readonly window: { readonly from: number; readonly to: number };
  readonly timezone: string;
}

/** The local day of the last digest put into the outbox, by address. */
export async function lastDigestDays(tools: Tools): Promise<Map<string, string>> {
  const days = new Map<string, string>();
  for (const { address } of tools.config.digestTo) {
    const [last] = await tools.store.read('the last digest', (tx) =>
      lastMails(tx, { kinds, recipient: address, limit: 1 }),
    );
    if (last) days.set(address, last.forDay);
  }
  return days;
}

/** Twice is once: a recipient and day that is in the outbox already stays as it is. @returns how many were added */
export async function enqueueDigests(tools: Tools, due: readonly DueDigest[]): Promise<number> {
  const now = tools.clock.now();
  const store = await storeName(tools);
  return tools.store.write('digests', async (tx) => {
    let added = 0;
    for (const { recipient, kind, forDay } of due) {
      const [last] = await lastMails(tx, { kinds, recipient: recipient.address, limit: 1 });
      if (last && last.forDay >= forDay) continue;
      const from = (await toldUntil(tx, recipient.address)) ?? now - tools.config.firstLookMs;
      const ids: DigestIds = { window: { from, to: now }, timezone: recipient.timezone };
      const messageId = messageIdOf({ kind, recipient: recipient.address, forDay, store }, sender(tools));
      const draft = {
        kind,
        recipient: recipient.address,
        forDay,
        messageId,
        ids,
      } as const;
      added += (await enqueueMails(tx, [draft], now)).length;
    }
    return added;
  });
}

/** What came later somebody has not been told: a mail that never went out tells nobody. Null where none went out yet. */
async function toldUntil(tx: Tx, recipient: string): Promise<number | null> {
  const [sent] = await lastMails(tx, { kinds, recipient, state: 'sent', limit: 1 });
  return sent?.madeAt ?? null;
}

const noLongerNamed = 'This address no longer stands under digest.to in the config, so the mail was not sent.';

/** Every mail that waits, tried once; only whom the config names today gets any. */
export async function deliver(tools: Tools): Promise<readonly Delivery[]> {
  const { store, clock, signal } = tools;
  const mails: MailsTo = { kinds, recipients: tools.config.digestTo.map(({ address }) => address) };
  await store.write('mails to nobody', (tx) => giveUpOthers(tx, clock.now(), noLongerNamed, mails));
  const details = new Map<number, DigestIds>();
  const outbox: Outbox = {
    claim: async (now, until) => {
      const mail = await store.write('claim a mail', (tx) => claimMail(tx, now, until - now, mails));
      if (!mail) return null;
      details.set(mail.id, mail.ids as DigestIds);
      return mail;
    },
    markSent: (id, at) => store.write('a mail was sent', (tx) => markSent(tx, id, at)),
    markFailed: (id, trouble, retryAt) =>
      store.write('a mail was not sent', (tx) => markFailed(tx, id, trouble, retryAt)),
  };
  const render = async (mail: WaitingMail): Promise<Mail> => {
    const { window, timezone } = details.get(mail.id) ?? {
      window: { from: clock.now() - dayMs, to: clock.now() },
      timezone: tools.config.timezone,
    };
    const kind = mail.kind === 'welcome' ? 'welcome' : 'digest';
    const digest = await draftDigest(tools, { kind, recipient: mail.recipient, timezone, window });
    const { recipient, forDay, messageId } = mail;
    return digestMail(digest, { kind, forDay, from: sender(tools), to: recipient, messageId, date: clock.now() });
  };
  return deliverDue({ outbox, render, mailer: await tools.mailer(), clock, signal });
}

/** The digest as it would be now; nothing is kept or sent. */
export async function draftDigest(tools: Tools, wish: Parameters<typeof digestRows>[1]): Promise<Digest> {
  return compose(await digestRows(tools, wish));
}

export const sender = (tools: Tools): string => tools.config.mail?.from ?? noSender;

/** What tells this database from others in a Message-ID; made once, so that a moved file keeps its name. */
async function storeName(tools: Tools): Promise<string> {
  const known = await tools.store.read('its name', (tx) => readMeta(tx, 'store-name'));
  if (known !== null) return known;
  return tools.store.write('its name', async (tx) => {
    const name = (await readMeta(tx, 'store-name')) ?? `${basename(tools.store.path)} ${tools.clock.now()}`;
    await saveMeta(tx, 'store-name', name);
    return name;
  });
}
