/** What people mark is heeded from the next look on, in every process, and only for that brand. */
import { expect, test } from 'vitest';
import { openWith } from '../../src/app.ts';
import { mark } from '../../src/jobs/mark.ts';
import { rejudgeOutdated } from '../../src/jobs/rejudge.ts';
import { takeIn } from '../../src/jobs/take-in.ts';
import { learntRules } from '../../src/mention.ts';
import { aDesk, awful } from '../support/desk.ts';
import { cliEdges } from '../support/edges.ts';
import { aShop, opened, said } from '../support/shop.ts';

/** Somebody said no to the first: whether they were right is theirs to know. */
const wrong = awful;
const nearly = 'still waiting for my refund from Blue Door after three weeks!! Nobody answers, at all';
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

test('a mark counts for the next post like it, and no more once it is taken back', async () => {
  const desk = await aDesk();
  const [first = 0] = await desk.hears(desk.says(wrong));
  expect(await desk.queue()).toEqual([first]);
  await desk.marks(first, 'no-complaint');
  const [second = 0] = await desk.hears(desk.says(nearly));
  const after = (await desk.mention(second))?.findings;
  expect(after?.complaint.verdict).not.toBe('complaint');
  expect(after?.reasons.map(({ rule }) => rule)).toContain(learntRules.complaint.no);
  await desk.marks(first, 'no-complaint', true);
  const [third = 0] = await desk.hears(desk.says(`${nearly} Honest.`));
  const undone = (await desk.mention(third))?.findings;
  expect(undone?.complaint.verdict).toBe('complaint');
  expect(undone?.version).toBe((await desk.app.judging()).knowledge.version);
});

test('what is stored is judged again as what was marked teaches; what was marked stays as marked', async () => {
  const desk = await aDesk();
  const [first = 0, second = 0] = await desk.hears(desk.says(wrong), desk.says(nearly));
  expect((await desk.queue()).toSorted((a, b) => a - b)).toEqual([first, second]);
  expect((await rejudgeOutdated(desk.app, false)).judged).toBe(0);
  await desk.marks(first, 'no-complaint');
  expect((await rejudgeOutdated(desk.app, false)).judged).toBe(2);
  expect(await desk.queue()).toEqual([]);
  expect((await desk.case(second))?.state).toBe('dismissed');
  expect((await rejudgeOutdated(desk.app, false)).judged).toBe(0);
  await desk.marks(first, 'no-complaint', true);
  await rejudgeOutdated(desk.app, false);
  expect((await desk.queue()).toSorted((a, b) => a - b)).toEqual([first, second]);
});

test('a mark that another process made is heeded, and another brand is left alone', async () => {
  const shop = aShop();
  const brands = ['Blue Door', 'Red Gate'].map((name) => `  - { name: ${name}, sources: {} }\n`).join('');
  const { app } = await opened(shop, `brands:\n${brands}`);
  const wish = { brandId: null, dryRun: false };
  const inRed = (text: string) => text.replace('Blue Door', 'Red Gate');
  const { mentionIds } = await takeIn(app, [said(wrong)], wish);
  const other = await openWith(app.config, cliEdges({ clock: shop.clock, cwd: shop.folder }), silent);
  try {
    await mark(other, { mentionId: mentionIds[0] ?? 0, kind: 'no-complaint', by: 'Ana', why: null, undo: false });
  } finally {
    await other.close();
  }
  await takeIn(app, [said(nearly), said(inRed(nearly))], wish);
  const verdicts = (await shop.list({ pile: 'all' })).map(({ post, brand, findings }) => [
    brand.name,
    post.text === wrong ? 'first' : 'next',
    findings.complaint.verdict === 'complaint',
  ]);
  expect(verdicts.sort()).toEqual([
    ['Blue Door', 'first', true],
    ['Blue Door', 'next', false],
    ['Red Gate', 'next', true],
  ]);
});

test('words that are gone teach no more, and a brand that left the config teaches nothing', async () => {
  const shop = aShop();
  const { app } = await opened(shop, 'brands:\n  - { name: Blue Door, sources: {} }\n');
  const { mentionIds } = await takeIn(app, [said(wrong)], { brandId: null, dryRun: false });
  await mark(app, { mentionId: mentionIds[0] ?? 0, kind: 'no-complaint', by: 'Ana', why: null, undo: false });
  expect((await app.judging()).knowledge.corrections.size).toBe(1);
  const without = await opened(shop, 'brands:\n  - { name: Red Gate, sources: {} }\n');
  expect((await without.app.judging()).knowledge.corrections.size).toBe(0);
});
