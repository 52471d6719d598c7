/** Puts the digests that are due into the outbox, and sends what waits there, digests and escalations. */
import { dayMs } from '../clock.ts';
import { compose } from '../digest/compose.ts';
import { type Delivery, deliverDue, type Outbox, type WaitingMail } from '../digest/deliver.ts';
import type { Digest } from '../digest/digest.ts';
import type { DueDigest } from '../digest/due.ts';
import { digestMail, type Mail, messageIdOf } from '../digest/message.ts';
import {
  claimMail,
  enqueueMails,
  giveUpOthers,
  hurryMails,
  lastMails,
  type MailKind,
  type MailsTo,
  markFailed,
  markSent,
} from '../store/outbox.ts';
import type { Tx } from '../store/tables.ts';
import { digestRows } from './digest-rows.ts';
import { draftEscalation, type EscalationIds } from './escalation-mail.ts';
import { sender, storeName } from './mail-identity.ts';
import { noticeNews } from './notice-news.ts';
import type { Tools } from './tools.ts';

const kinds: readonly MailKind[] = ['digest', 'welcome'];

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
  await noticeNews(tools);
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

/** What of these could not be sent is tried at the next delivery, without waiting: a person has mended what was in its way. */
export async function hurryDigests(tools: Tools, due: readonly DueDigest[]): Promise<void> {
  await tools.store.write('digests at once', async (tx) => {
    for (const { recipient, forDay } of due) await hurryMails(tx, { kinds, recipient: recipient.address, forDay });
  });
}

/** What came later somebody has not been told: a mail that never went out tells nobody. Null where none went out yet. */
async function toldUntil(tx: Tx, recipient: string): Promise<number | null> {
  const [sent] = await lastMails(tx, { kinds, recipient, state: 'sent', limit: 1 });
  return sent?.madeAt ?? null;
}

/** Which mails may go to whom, and why the others may not. */
function allowed({ config }: Tools): readonly (MailsTo & { readonly else: string })[] {
  return [
    {
      kinds,
      recipients: config.digestTo.map(({ address }) => address),
      else: 'This address no longer stands under digest.to in the config, so the mail was not sent.',
    },
    {
      kinds: ['escalation'],
      recipients: config.people.flatMap(({ mail }) => mail ?? []),
      else: 'This address no longer stands under people in the config, so the mail was not sent.',
    },
  ];
}

/** Every mail that waits, tried once; only whom the config names today gets any. */
export async function deliver(tools: Tools): Promise<readonly Delivery[]> {
  const { store, clock, signal } = tools;
  const groups = allowed(tools);
  await store.write('mails to nobody', async (tx) => {
    for (const group of groups) await giveUpOthers(tx, clock.now(), group.else, group);
  });
  const details = new Map<number, unknown>();
  const outbox: Outbox = {
    claim: async (now, until) => {
      for (const group of groups) {
        const mail = await store.write('claim a mail', (tx) => claimMail(tx, now, until - now, group));
        if (!mail) continue;
        details.set(mail.id, mail.ids);
        return mail;
      }
      return null;
    },
    markSent: (id, at) => store.write('a mail was sent', (tx) => markSent(tx, id, at)),
    markFailed: (id, trouble, retryAt) =>
      store.write('a mail was not sent', (tx) => markFailed(tx, id, trouble, retryAt)),
  };
  const render = async (mail: WaitingMail): Promise<Mail> => {
    const { kind, recipient, forDay, messageId } = mail;
    const digest = await written(tools, mail, details.get(mail.id));
    return digestMail(digest, { kind, forDay, from: sender(tools), to: recipient, messageId, date: clock.now() });
  };
  return deliverDue({ outbox, render, mailer: await tools.mailer(), clock, signal });
}

function written(tools: Tools, { kind, recipient }: WaitingMail, ids: unknown): Promise<Digest> {
  if (kind === 'escalation') return draftEscalation(tools, recipient, ids as EscalationIds);
  const now = tools.clock.now();
  const { window, timezone } = (ids as DigestIds | undefined) ?? {
    window: { from: now - dayMs, to: now },
    timezone: tools.config.timezone,
  };
  return draftDigest(tools, { kind: kind === 'welcome' ? 'welcome' : 'digest', recipient, timezone, window });
}

/** The digest as it would be now; nothing is kept or sent. */
export async function draftDigest(tools: Tools, wish: Parameters<typeof digestRows>[1]): Promise<Digest> {
  return compose(await digestRows(tools, wish));
}
