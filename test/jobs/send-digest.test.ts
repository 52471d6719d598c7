/** Who gets which mail, over which time: whom the config names, and all that they were not told yet. */
import { expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { sendDueMail } from '../../src/daemon/due-mail.ts';
import { MailTrouble } from '../../src/digest/mail-trouble.ts';
import type { Mail } from '../../src/digest/message.ts';
import { takeIn } from '../../src/jobs/take-in.ts';
import { lastMails } from '../../src/store/outbox.ts';
import { aShop, opened, type Shop, said } from '../support/shop.ts';

const hour = 3_600_000;
const day = 24 * hour;

const config = (...addresses: readonly string[]) => {
  const to = addresses.map((address) => `{ address: ${address}, at: "08:00", timezone: UTC }`);
  return `timezone: UTC\nbrands:\n  - { name: Blue Door, sources: {} }\ndigest: { to: [${to.join(', ')}] }\n`;
};
const ana = 'ana@x.example';
const tom = 'tom@x.example';
const kind = 'Blue Door is wonderful: friendly staff, lovely coffee, the best in town!';

/** A way out that takes mails, or refuses them. */
function postOffice() {
  const sent: Mail[] = [];
  let refusal: MailTrouble | null = null;
  return {
    sent,
    refuse: (trouble: MailTrouble | null) => {
      refusal = trouble;
    },
    tools: (app: App): App => ({
      ...app,
      watches: [],
      mailer: async () => ({
        send: async (mail) => {
          if (refusal) throw refusal;
          sent.push(mail);
        },
        verify: async () => undefined,
      }),
    }),
  };
}

const outbox = async (shop: Shop) =>
  (await shop.app().store.read('test', (tx) => lastMails(tx, { kinds: ['digest', 'welcome'], limit: 99 }))).map(
    ({ recipient, state, trouble }) => ({ recipient, state, trouble }),
  );

test('after a mail that was given up, the next one tells what that one would have told', async () => {
  const shop = aShop(Date.parse('2026-11-20T08:00Z'));
  const { app } = await opened(shop, config(ana));
  const post = postOffice();
  const tools = post.tools(app);
  await sendDueMail(tools);
  shop.clock.advance(2 * hour);
  await takeIn(app, [said(kind, { publishedAt: shop.clock.now() })], { brandId: null, dryRun: false });
  shop.clock.advance(22 * hour);
  post.refuse(new MailTrouble('Nobody is called ana there.', { scope: 'recipient', permanent: true }));
  await sendDueMail(tools);
  expect((await outbox(shop))[0]).toMatchObject({ state: 'failed' });
  post.refuse(null);
  shop.clock.advance(day);
  await sendDueMail(tools);
  shop.clock.advance(day);
  await sendDueMail(tools);
  expect(post.sent.map((mail) => [mail.kind, mail.forDay, mail.text.includes('wonderful')])).toEqual([
    ['welcome', '2026-11-20', false],
    ['digest', '2026-11-22', true],
    ['digest', '2026-11-23', false],
  ]);
});

test('who was never reached gets the whole first look once they can be', async () => {
  const shop = aShop(Date.parse('2026-11-20T08:00Z'));
  const { app } = await opened(shop, config(ana));
  const post = postOffice();
  const tools = post.tools(app);
  await takeIn(app, [said(kind, { publishedAt: shop.clock.now() - day })], { brandId: null, dryRun: false });
  post.refuse(new MailTrouble('Nobody is called ana there.', { scope: 'recipient', permanent: true }));
  await sendDueMail(tools);
  post.refuse(null);
  shop.clock.advance(3 * day);
  await sendDueMail(tools);
  expect(post.sent.map((mail) => [mail.to, mail.text.includes('wonderful')])).toEqual([[ana, true]]);
});

test('who was taken out of the config gets nothing any more, also not what waited', async () => {
  const shop = aShop(Date.parse('2026-11-20T08:00Z'));
  const { app } = await opened(shop, config(ana, tom));
  const post = postOffice();
  post.refuse(new MailTrouble('The mail server does not answer.', { scope: 'server', permanent: false }));
  await sendDueMail(post.tools(app));
  expect((await outbox(shop)).map(({ state }) => state)).toEqual(['waiting', 'waiting']);
  shop.clock.advance(hour);
  post.refuse(null);
  const { app: without } = await opened(shop, config(tom));
  await sendDueMail(post.tools(without));
  expect(post.sent.map(({ to }) => to)).toEqual([tom]);
  expect(await outbox(shop)).toEqual([
    { recipient: tom, state: 'sent', trouble: null },
    { recipient: ana, state: 'failed', trouble: expect.stringMatching(/no longer stands under digest\.to/) },
  ]);
});

test('nobody gets two mails a day, however often and by whomever it is asked', async () => {
  const shop = aShop(Date.parse('2026-11-20T08:00Z'));
  const { app } = await opened(shop, config(ana, tom));
  const post = postOffice();
  const tools = post.tools(app);
  for (let minutes = 0; minutes < 30; minutes += 10) {
    await Promise.all([sendDueMail(tools), sendDueMail(tools)]);
    shop.clock.advance(10 * 60_000);
  }
  expect(post.sent.map(({ to }) => to).sort()).toEqual([ana, tom]);
});
