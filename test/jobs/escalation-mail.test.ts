/** Who takes over an overdue case is told by mail: once a step, while the brand is open, and not where somebody was faster. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { sendDueMail } from '../../src/daemon/due-mail.ts';
import { MailTrouble } from '../../src/digest/mail-trouble.ts';
import type { Mail } from '../../src/digest/message.ts';
import { mindCases } from '../../src/jobs/mind-cases.ts';
import { takeIn } from '../../src/jobs/take-in.ts';
import { workCase } from '../../src/jobs/work-case.ts';
import { lastMails } from '../../src/store/outbox.ts';
import { aShop, opened, said } from '../support/shop.ts';

const hour = 3_600_000;
const day = 24 * hour;
const refund = 'Still waiting for my refund from Blue Door after three weeks, nobody answers.';
const [ana, tom, eva] = ['ana@x.example', 'tom@x.example', 'eva@x.example'];
const people = `people:
  - { name: Ana, mail: ${ana}, escalateTo: Tom }
  - { name: Tom, mail: ${tom}, escalateTo: Eva }
  - { name: Eva, mail: ${eva}, escalateTo: Ana }
`;
const within = (time: string) => `answerWithin: { critical: ${time}, high: ${time}, normal: ${time}, low: ${time} }`;
const tess = { handle: null, name: 'Tess', url: null, followers: null };
const brand = `brands:\n  - { name: Blue Door, sources: {}, ${within('1d')} }\n`;

/** Friday 20 November 2026, 08:00 UTC. */
async function begun(config: string) {
  const shop = aShop(Date.parse('2026-11-20T08:00Z'));
  const { app } = await opened(shop, `timezone: UTC\n${config}`);
  const sent: Mail[] = [];
  const way: { refusal: MailTrouble | null } = { refusal: null };
  const tools: App = {
    ...app,
    watches: [],
    mailer: async () => ({
      send: async (mail) => {
        if (way.refusal) throw way.refusal;
        sent.push(mail);
      },
      verify: async () => undefined,
    }),
  };
  const { mentionIds } = await takeIn(
    app,
    [said(refund, { publishedAt: shop.clock.now() - hour, url: 'https://forum.example/1', author: tess })],
    { brandId: null, dryRun: false },
  );
  const act = (kind: Parameters<typeof workCase>[2]['kind'], details = {}) =>
    workCase(tools, { id: mentionIds[0] ?? 0, of: 'mention' }, { kind, by: 'Ana', details });
  const hourly = async () => {
    await mindCases(tools);
    await sendDueMail(tools);
  };
  return { shop, tools, sent, way, act, hourly };
}

test('says whose it was, since when, what was said, where, and what to do', async () => {
  const { shop, sent, act, hourly } = await begun(`${brand}${people}`);
  await act('take');
  await hourly();
  expect(sent).toEqual([]);
  shop.clock.advance(day + hour);
  await hourly();
  expect(sent.map(({ kind, to, subject }) => [kind, to, subject])).toEqual([
    ['escalation', tom, 'A complaint is yours now, c1: Ana did not get to it · Blue Door'],
  ]);
  const [{ text, html } = { text: '', html: '' }] = sent;
  expect(text).toBe(`A complaint is yours now
Blue Door · Saturday 21 November 2026

An answer to this customer was due today 08:00, and Ana did not get to it.
Tom, it is yours now.

WAITS FOR YOU
-------------

1. OVERDUE · c1 · was due today 08:00
   “*Still waiting* for my refund from Blue Door after three weeks, *nobody
   answers*.”
   Tess, forum.example, yesterday 07:00
   Why: the words “Still waiting” and “nobody answers”; asks for money back
   Open the post: https://forum.example/1
   When you have answered: npx earshot case answered c1

If it is to stay with Ana: npx earshot case assign c1 Ana

--
Times are those of UTC.
This mail comes from Earshot on your own computer, for ${tom}: under
“people” its config file says that you take over what Ana does not get to.
`);
  expect(html).toContain('An answer to this customer was due today 08:00, and Ana did not get to it.');
  expect(html).toContain('href="https://forum.example/1"');
});

test('who takes over has as long as the first one had, then it goes on; nobody gets it back', async () => {
  const { shop, sent, act, hourly } = await begun(`${brand}${people}`);
  await act('take');
  for (let hours = 0; hours < 6 * 24; hours += 1) {
    shop.clock.advance(hour);
    await hourly();
  }
  expect(sent.map(({ to, date }) => [to, new Date(date).toISOString()])).toEqual([
    [tom, '2026-11-21T09:00:00.000Z'],
    [eva, '2026-11-22T10:00:00.000Z'],
  ]);
  expect(sent[1]?.text).toMatch(/due yesterday 08:00, and Tom did not get to\s+it\. Eva, it is yours now/);
});

test('goes out while the brand is open', async () => {
  const closing = `brands:\n  - { name: Blue Door, sources: {}, hours: { mon-fri: "09:00-17:00" }, ${within('8h')} }\n`;
  const { shop, sent, act, hourly } = await begun(`${closing}${people}`);
  await act('take');
  // Due at Friday's closing; that it is over is seen behind it.
  shop.clock.advance(9.5 * hour);
  for (let hours = 0; hours < 72; hours += 1) {
    await hourly();
    if (sent.length > 0) break;
    shop.clock.advance(hour);
  }
  expect(sent.map(({ to, date }) => [to, new Date(date).toISOString()])).toEqual([[tom, '2026-11-23T09:30:00.000Z']]);
});

describe('nobody is bothered for nothing', () => {
  test('it was answered before the mail went out', async () => {
    const { shop, tools, sent, way, act, hourly } = await begun(`${brand}${people}`);
    await act('take');
    way.refusal = new MailTrouble('The mail server does not answer.', { scope: 'server', permanent: false });
    shop.clock.advance(day + hour);
    await hourly();
    way.refusal = null;
    await act('answered');
    shop.clock.advance(hour);
    await hourly();
    expect(sent).toEqual([]);
    const [mail] = await tools.store.read('test', (tx) => lastMails(tx, { kinds: ['escalation'], limit: 9 }));
    expect(mail).toMatchObject({ state: 'failed', trouble: 'Somebody has seen to c1 meanwhile.' });
  });

  test.each([
    ['has no address', people.replace(`mail: ${tom}, `, '')],
    ['is not in the config', 'people: [{ name: Ana, escalateTo: Tom }]\n'],
  ])('who takes over %s', async (_, config) => {
    const { shop, sent, act, hourly } = await begun(`${brand}${config}`);
    await act('take');
    shop.clock.advance(day + hour);
    await hourly();
    expect(sent).toEqual([]);
  });
});

const turns = ['tick', 'twice at once', 'refused', 'stopped', 'take', 'answered', 'undo', 'assign'] as const;

test('whatever happens, no mail goes out twice, and each is about a step of its own', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...turns), { minLength: 4, maxLength: 14 }), async (story) => {
      const { shop, tools, sent, way, act, hourly } = await begun(`${brand}${people}`);
      await act('take');
      for (const turn of story) {
        shop.clock.advance(13 * hour);
        if (turn === 'tick') await hourly();
        else if (turn === 'twice at once') await Promise.all([hourly(), hourly()]);
        else if (turn === 'stopped') await mindCases(tools);
        else if (turn === 'refused') {
          way.refusal = new MailTrouble('It does not answer.', { scope: 'server', permanent: false });
          await hourly();
          way.refusal = null;
        } else if (turn === 'assign') await act('assign', { to: 'Ana' });
        else await act(turn);
      }
      await hourly();
      shop.clock.advance(5 * hour);
      await hourly();
      const steps = await tools.store.read('test', async (tx) =>
        (await lastMails(tx, { kinds: ['escalation'], limit: 99 })).map(({ forDay }) => forDay),
      );
      const names = sent.map(({ forDay }) => forDay);
      expect(new Set(steps).size).toBe(steps.length);
      expect(new Set(names).size).toBe(names.length);
      expect(new Set(sent.map(({ messageId }) => messageId)).size).toBe(sent.length);
      for (const name of names) expect(steps).toContain(name);
    }),
    { numRuns: 15 },
  );
}, 60_000);
