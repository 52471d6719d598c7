/** Each mail leaves once, whoever claims it and whatever dies in between. */
import { describe, expect, test } from 'vitest';
import {
  claimMail,
  enqueueMails,
  giveUpOthers,
  lastMails,
  type MailDraft,
  markFailed,
  markSent,
} from '../../src/store/outbox.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { aStore, noon } from './a-store.ts';

const minute = 60_000;

function draft(recipient: string, forDay = '2026-11-20'): MailDraft {
  return { kind: 'digest', recipient, forDay, messageId: `<${forDay}.${recipient}>`, ids: { mentions: [1, 2] } };
}

const enqueue = (store: Store, ...drafts: MailDraft[]) =>
  store.write('enqueue', (tx) => enqueueMails(tx, drafts, noon));
const everybody = ['ana', 'tom', 'bad', 'good'].map((name) => `${name}@x.example`);
const claim = (store: Store, at = noon, recipients = everybody) =>
  store.write('claim', (tx) => claimMail(tx, at, 5 * minute, { kinds: ['digest'], recipients }));

describe('a mail', () => {
  test('is there once for kind, recipient and day', async () => {
    const store = await aStore();
    const first = await enqueue(store, draft('ana@x.example'), draft('tom@x.example'));
    expect(first).toHaveLength(2);
    expect(
      await enqueue(store, { ...draft('ana@x.example'), messageId: '<another>' }, draft('ana@x.example', '2026-11-21')),
    ).toHaveLength(1);
    expect(await enqueue(store)).toEqual([]);
    const mails = await store.read('last', (tx) =>
      lastMails(tx, { kinds: ['digest'], recipient: 'ana@x.example', limit: 9 }),
    );
    expect(mails.map(({ forDay, state }) => [forDay, state])).toEqual([
      ['2026-11-21', 'waiting'],
      ['2026-11-20', 'waiting'],
    ]);
    expect(await store.read('last', (tx) => lastMails(tx, { kinds: ['alert'], limit: 9 }))).toEqual([]);
  });

  test('is claimed by one, oldest first', async () => {
    const store = await aStore();
    const other = await openStore({ path: store.path, now: () => noon });
    const [ana, tom] = await enqueue(store, draft('ana@x.example'), draft('tom@x.example'));
    const claimed = await Promise.all([claim(store), claim(other), claim(store)]);
    expect(claimed.map((mail) => mail?.id ?? null).sort()).toEqual([ana, tom, null].sort());
    expect(claimed.find((mail) => mail?.id === ana)).toMatchObject({
      ...draft('ana@x.example'),
      state: 'claimed',
      tries: 1,
    });
    await other.close();
  });

  test('that is sent is never claimed again', async () => {
    const store = await aStore();
    const [id = 0] = await enqueue(store, draft('ana@x.example'));
    await claim(store);
    await store.write('sent', (tx) => markSent(tx, id, noon + minute));
    expect(await claim(store, noon + 60 * minute)).toBeNull();
    expect(await enqueue(store, draft('ana@x.example'))).toEqual([]);
    const [mail] = await store.read('last', (tx) => lastMails(tx, { kinds: ['digest'], limit: 1 }));
    expect(mail).toMatchObject({ state: 'sent', sentAt: noon + minute });
  });

  test('whose sender died is tried again after the claim has run out, with the same Message-ID', async () => {
    const store = await aStore();
    await enqueue(store, draft('ana@x.example'));
    await claim(store);
    expect(await claim(store, noon + 5 * minute - 1)).toBeNull();
    expect(await claim(store, noon + 5 * minute)).toMatchObject({
      messageId: draft('ana@x.example').messageId,
      tries: 2,
    });
  });

  test('that failed waits for its next try, or is given up; others go on', async () => {
    const store = await aStore();
    const [bad = 0, good = 0] = await enqueue(store, draft('bad@x.example'), draft('good@x.example'));
    await claim(store);
    await store.write('failed', (tx) => markFailed(tx, bad, 'No such address', noon + 10 * minute));
    expect((await claim(store))?.id).toBe(good);
    await store.write('sent', (tx) => markSent(tx, good, noon));
    expect(await claim(store, noon + 9 * minute)).toBeNull();
    expect((await claim(store, noon + 10 * minute))?.trouble).toBe('No such address');
    await store.write('failed', (tx) => markFailed(tx, bad, 'No such address', null));
    expect(await claim(store, noon + 99 * minute)).toBeNull();
  });

  test('goes to nobody who is not to get it, and is given up with a sentence', async () => {
    const store = await aStore();
    const [ana, tom = 0] = await enqueue(store, draft('ana@x.example'), draft('tom@x.example'), draft('bad@x.example'));
    expect((await claim(store, noon, ['tom@x.example']))?.id).toBe(tom);
    expect(await claim(store, noon, ['tom@x.example'])).toBeNull();
    const giveUp = (at: number) =>
      store.write('give up', (tx) =>
        giveUpOthers(tx, at, 'Not asked for', { kinds: ['digest'], recipients: ['bad@x.example'] }),
      );
    const states = async () =>
      (await store.read('all', (tx) => lastMails(tx, { kinds: ['digest'], limit: 9 }))).map(
        ({ id, state, trouble }) => [id, state, trouble],
      );
    await giveUp(noon);
    // Tom's is just being sent by somebody.
    expect(await states()).toEqual([
      [expect.any(Number), 'waiting', null],
      [tom, 'claimed', null],
      [ana, 'failed', 'Not asked for'],
    ]);
    await giveUp(noon + 5 * minute);
    expect((await states())[1]).toEqual([tom, 'failed', 'Not asked for']);
  });
});
