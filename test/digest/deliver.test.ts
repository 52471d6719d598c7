/** One digest for each recipient and day, over real SMTP and from a real outbox, whatever goes wrong in between. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compose } from '../../src/digest/compose.ts';
import { deliverDue, leaseMs, type Outbox, type WaitingMail } from '../../src/digest/deliver.ts';
import { smtpMailer } from '../../src/digest/mailer.ts';
import { digestMail, messageIdOf } from '../../src/digest/message.ts';
import { claimMail, enqueueMails, lastMails, markFailed, markSent } from '../../src/store/outbox.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { type FakeClock, fakeClock } from '../support/clock.ts';
import { type MailServer, mailServer, testCertificate, testPassword } from './mail-server.ts';
import { busyDay } from './sample.ts';

const from = 'Earshot <earshot@bluedoor.example>';
const minuteMs = 60_000;
const [ana, tom, mia] = ['ana@bluedoor.example', 'tom@bluedoor.example', 'mia@bluedoor.example'] as const;

interface Rig extends AsyncDisposable {
  readonly store: Store;
  readonly server: MailServer;
  readonly clock: FakeClock;
  readonly outbox: Outbox;
  enqueue(recipients: readonly string[], forDay?: string): Promise<readonly number[]>;
  deliver(change?: Partial<Parameters<typeof deliverDue>[0]>, password?: string): ReturnType<typeof deliverDue>;
  states(): Promise<Record<string, string>>;
}

async function rig(): Promise<Rig> {
  const clock = fakeClock('2026-11-21T08:00:00Z');
  const store = await openStore({
    path: join(mkdtempSync(join(tmpdir(), 'earshot-mail-')), 'earshot.db'),
    now: clock.now,
  });
  const server = await mailServer();
  const outbox: Outbox = {
    claim: (now, until) =>
      store.write('claim', (tx) => claimMail(tx, now, until - now, { kinds: ['digest'], recipients: [ana, tom, mia] })),
    markSent: (id, at) => store.write('sent', (tx) => markSent(tx, id, at)),
    markFailed: (id, trouble, retryAt) => store.write('failed', (tx) => markFailed(tx, id, trouble, retryAt)),
  };
  const mailer = (password: string) =>
    smtpMailer({
      host: 'localhost',
      port: server.port,
      security: 'starttls',
      user: 'rig',
      password,
      trust: testCertificate,
    });
  const render = async ({ kind, forDay, recipient, messageId }: WaitingMail) =>
    digestMail(compose({ ...busyDay(), recipient }), {
      kind,
      forDay,
      from,
      to: recipient,
      messageId,
      date: clock.now(),
    });
  return {
    store,
    server,
    clock,
    outbox,
    enqueue: (recipients, forDay = '2026-11-21') =>
      store.write('enqueue', (tx) =>
        enqueueMails(
          tx,
          recipients.map((recipient) => {
            const of = { kind: 'digest', recipient, forDay } as const;
            return { ...of, messageId: messageIdOf({ ...of, store: store.path }, from), ids: [] };
          }),
          clock.now(),
        ),
      ),
    deliver: (change, password = testPassword) =>
      deliverDue({ outbox, render, mailer: mailer(password), clock, signal: new AbortController().signal, ...change }),
    states: async () => {
      const mails = await store.read('mails', (tx) => lastMails(tx, { kinds: ['digest'], limit: 10 }));
      return Object.fromEntries(mails.map(({ recipient, state }) => [recipient.split('@')[0], state]));
    },
    [Symbol.asyncDispose]: async () => {
      await store.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

const messageIds = ({ taken }: MailServer) => taken.map(({ mail }) => /^Message-ID: (.*)$/im.exec(mail)?.[1]);

test('each recipient gets one digest; putting it in and sending it again adds none', async () => {
  await using rigged = await rig();
  await rigged.enqueue([ana, tom]);
  expect(await rigged.deliver()).toHaveLength(2);
  expect(await rigged.enqueue([ana, tom])).toEqual([]);
  expect(await rigged.deliver()).toEqual([]);
  expect(rigged.server.taken.map(({ to }) => to)).toEqual([ana, tom]);
  expect(new Set(messageIds(rigged.server)).size).toBe(2);
  await rigged.enqueue([ana, tom], '2026-11-22');
  await rigged.deliver();
  expect(rigged.server.taken).toHaveLength(4);
});

test('two that deliver at the same moment send each digest once', async () => {
  await using rigged = await rig();
  await rigged.enqueue([ana, tom, mia]);
  await Promise.all([rigged.deliver(), rigged.deliver()]);
  expect(rigged.server.taken.map(({ to }) => to).sort()).toEqual([ana, mia, tom].sort());
});

test('one who is killed between sending and marking sends it once more, under the same identity, after its claim', async () => {
  await using rigged = await rig();
  await rigged.enqueue([ana, tom]);
  const killed = { ...rigged.outbox, markSent: () => Promise.reject(new Error('killed')) };
  await expect(rigged.deliver({ outbox: killed })).rejects.toThrow('killed');
  await rigged.deliver();
  expect(rigged.server.taken.map(({ to }) => to)).toEqual([ana, tom]);
  rigged.clock.advance(leaseMs);
  await rigged.deliver();
  expect(rigged.server.taken.map(({ to }) => to)).toEqual([ana, tom, ana]);
  expect(messageIds(rigged.server)[2]).toBe(messageIds(rigged.server)[0]);
  expect(await rigged.states()).toEqual({ ana: 'sent', tom: 'sent' });
});

test('one who is killed before sending loses nothing', async () => {
  await using rigged = await rig();
  await rigged.enqueue([ana]);
  await rigged.outbox.claim(rigged.clock.now(), rigged.clock.now() + leaseMs);
  expect(await rigged.deliver()).toEqual([]);
  rigged.clock.advance(leaseMs);
  await rigged.deliver();
  expect(rigged.server.taken.map(({ to }) => to)).toEqual([ana]);
});

test('a bad address stops nobody else, is told, and is not tried again', async () => {
  await using rigged = await rig();
  rigged.server.refuse(ana, { code: 550, words: '5.1.1 No such user' });
  await rigged.enqueue([ana, tom]);
  const [refused, sent] = await rigged.deliver();
  expect(refused).toMatchObject({ recipient: ana, retryAt: null, bug: null });
  expect(refused?.trouble).toMatch(/refuses the mail to ana@bluedoor\.example; it says “No such user”/);
  expect(sent).toMatchObject({ recipient: tom, trouble: null });
  rigged.clock.advance(24 * 60 * minuteMs);
  await rigged.deliver();
  expect(rigged.server.asked).toEqual([ana, tom]);
  expect(await rigged.states()).toEqual({ ana: 'failed', tom: 'sent' });
});

test('greylisting is waited for, and then the digest arrives once', async () => {
  await using rigged = await rig();
  rigged.server.refuse(ana, { code: 451, words: '4.7.1 Greylisted' });
  await rigged.enqueue([ana]);
  const [first] = await rigged.deliver();
  expect(first?.retryAt).toBe(rigged.clock.now() + 5 * minuteMs);
  expect(await rigged.deliver()).toEqual([]);
  rigged.server.refuse(ana, null);
  rigged.clock.advance(5 * minuteMs);
  await rigged.deliver();
  expect(rigged.server.taken).toHaveLength(1);
});

test('a server that always says later is given up after about a day, with longer and longer waits', async () => {
  await using rigged = await rig();
  rigged.server.refuse(ana, { code: 451, words: 'later' });
  await rigged.enqueue([ana]);
  const start = rigged.clock.now();
  let last: number | null = start;
  while (last !== null) {
    rigged.clock.advance(last - rigged.clock.now());
    const [delivery] = await rigged.deliver();
    last = delivery?.retryAt ?? null;
  }
  expect((rigged.clock.now() - start) / minuteMs).toBeGreaterThan(20 * 60);
  expect((rigged.clock.now() - start) / minuteMs).toBeLessThanOrEqual(28 * 60);
  expect(rigged.server.asked.length).toBeLessThanOrEqual(10);
  expect(await rigged.states()).toEqual({ ana: 'failed' });
});

test('a wrong password is tried once, not once a recipient, and all are kept for later', async () => {
  await using rigged = await rig();
  await rigged.enqueue([ana, tom, mia]);
  const deliveries = await rigged.deliver({}, 'wrong');
  expect(rigged.server.signIns()).toBe(1);
  expect(deliveries.map(({ trouble }) => trouble?.slice(0, 45))).toEqual(
    Array(3).fill('The mail server did not accept the password. '),
  );
  expect(await rigged.states()).toEqual({ ana: 'waiting', tom: 'waiting', mia: 'waiting' });
  rigged.clock.advance(5 * minuteMs);
  await rigged.deliver();
  expect(rigged.server.taken).toHaveLength(3);
});

test('a mail that cannot be put together is a fault of ours: told as one, and the others go out', async () => {
  await using rigged = await rig();
  await rigged.enqueue([ana, tom]);
  const broken = new TypeError('no such mention');
  const deliveries = await rigged.deliver({
    render: ({ recipient, kind, forDay, messageId }) => {
      if (recipient === ana) return Promise.reject(broken);
      return Promise.resolve(digestMail(compose(busyDay()), { kind, forDay, from, to: recipient, messageId, date: 0 }));
    },
  });
  expect(deliveries[0]).toMatchObject({
    recipient: ana,
    bug: broken,
    trouble: 'The mail could not be put together: a mistake of Earshot’s own, not of yours.',
  });
  expect(rigged.server.taken.map(({ to }) => to)).toEqual([tom]);
});

test('a stop ends before the next mail, and what it cut short waits without delay', async () => {
  await using rigged = await rig();
  await rigged.enqueue([ana, tom]);
  const stop = new AbortController();
  const mailer = {
    verify: () => Promise.resolve(),
    send: () => {
      stop.abort();
      return Promise.reject(stop.signal.reason);
    },
  };
  expect(await rigged.deliver({ mailer, signal: stop.signal })).toMatchObject([{ recipient: ana, bug: null }]);
  expect(await rigged.states()).toEqual({ ana: 'waiting', tom: 'waiting' });
  await rigged.deliver();
  expect(rigged.server.taken.map(({ to }) => to)).toEqual([ana, tom]);
});
