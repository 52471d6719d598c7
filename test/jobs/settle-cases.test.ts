/** Cases open, are withdrawn and come back as what we think changes; what is old makes none. */
import { describe, expect, test } from 'vitest';
import { settleCases } from '../../src/jobs/settle-cases.ts';
import { takeIn } from '../../src/jobs/take-in.ts';
import type { Urgency } from '../../src/mention.ts';
import { updateFindings } from '../../src/store/mentions.ts';
import { mentionsToJudge } from '../../src/store/to-judge.ts';
import { aDesk, awful, type Desk, dayMs, hourMs, lovely } from '../support/desk.ts';
import { said } from '../support/shop.ts';

describe('what Earshot alone closed', () => {
  test('comes back when words to leave out are added and removed, with its clock as it was', async () => {
    const desk = await aDesk();
    const [id = 0] = await desk.hears(desk.says(awful));
    const before = await desk.case(id);
    desk.shop.clock.advance(hourMs);
    await desk.tells('exclude: [refund]');
    expect(await desk.queue()).toEqual([]);
    desk.shop.clock.advance(dayMs);
    await desk.tells('about: café');
    expect(await desk.queue()).toEqual([id]);
    expect(await desk.kinds(id)).toEqual(['found', 'withdrawn', 'found']);
    expect(await desk.case(id)).toMatchObject({ state: 'new', owner: null, closedAt: null, dueAt: before?.dueAt });
  });

  test('comes back when the customer edits a 1★ into a 5★ and into a 1★ again, and has its time anew', async () => {
    const desk = await aDesk();
    const post = desk.says(awful, { rating: { value: 1, scale: 5 } });
    const [id = 0] = await desk.hears(post);
    const first = await desk.case(id);
    desk.shop.clock.advance(hourMs);
    await desk.hears({ ...post, text: lovely, rating: { value: 5, scale: 5 } });
    expect(await desk.case(id)).toMatchObject({ state: 'dismissed' });
    desk.shop.clock.advance(hourMs);
    await desk.hears(post);
    expect(await desk.queue()).toEqual([id]);
    const again = await desk.case(id);
    expect(again?.state).toBe('new');
    expect(again?.dueAt).toBe((first?.dueAt ?? 0) + 2 * hourMs);
    await desk.hears(post);
    expect(await desk.kinds(id)).toEqual(['found', 'withdrawn', 'found']);
  });

  test('is not what a person dismissed: that stays', async () => {
    const desk = await aDesk();
    const post = desk.says(awful);
    const [id = 0] = await desk.hears(post);
    await desk.works(id, 'dismiss');
    await desk.tells('exclude: [refund]');
    await desk.tells('about: café');
    await desk.hears({ ...post, text: lovely }, post);
    await desk.hears({ ...post, text: `${awful} And it was rude.` });
    expect(await desk.kinds(id)).toEqual(['found', 'dismiss']);
  });
});

describe('a case that a mark dismissed', () => {
  const author = { handle: 'cara.example', name: 'Cara', url: null, followers: null };
  const twoComplaints = async () => {
    const desk = await aDesk();
    const [first, second] = [
      desk.says(awful, { author }),
      desk.says('Blue Door overcharged me and the waiter was rude.', { author }),
    ] as const;
    const [one = 0, other = 0] = await desk.hears(first, second);
    expect((await desk.case(one))?.id).toBe((await desk.case(other))?.id);
    return { desk, first, second, one, other };
  };

  test('lets go what the customer complains of in another post since', async () => {
    const { desk, first, one, other } = await twoComplaints();
    await desk.hears({ ...first, text: lovely });
    await desk.marks(other, 'no-complaint');
    expect(await desk.queue()).toEqual([]);
    await desk.hears(first);
    expect(await desk.queue()).toEqual([one]);
    expect(await desk.case(one)).toMatchObject({ state: 'new', mentionIds: [one] });
    expect(await desk.case(other)).toMatchObject({ state: 'dismissed', mentionIds: [other] });
    expect(await desk.kinds(other)).toEqual(['found', 'joined', 'dismiss', 'note']);
    await desk.marks(other, 'no-complaint', true);
    expect(await desk.case(other), 'the mark is taken back').toMatchObject({ state: 'open' });
    expect((await desk.queue()).toSorted()).toEqual([one, other]);
  });

  test('lets go the post that it began with, too', async () => {
    const { desk, first, second, one, other } = await twoComplaints();
    await desk.works(one, 'take');
    await desk.hears({ ...first, text: lovely }, { ...second, text: lovely });
    await desk.marks(other, 'no-complaint');
    await desk.hears(first);
    expect(await desk.queue()).toEqual([one]);
    expect(await desk.case(other)).toMatchObject({ state: 'dismissed', mentionIds: [other] });
  });

  test('keeps them where a person dismissed the case itself', async () => {
    const { desk, first, one } = await twoComplaints();
    await desk.hears({ ...first, text: lovely });
    await desk.works(one, 'dismiss');
    await desk.hears(first);
    expect(await desk.queue()).toEqual([]);
  });
});

test('where somebody has worked on it, what we come to think is only shown', async () => {
  const desk = await aDesk();
  const post = desk.says(awful);
  const [id = 0] = await desk.hears(post);
  await desk.works(id, 'take');
  await desk.hears({ ...post, text: lovely });
  expect(await desk.kinds(id)).toEqual(['found', 'take']);
  expect(await desk.queue()).toEqual([id]);
});

describe('what is history', () => {
  const old = (days: number) => Date.parse('2026-11-21T12:00Z') - days * dayMs;

  test('a 60 days old 5★ review that is edited to 1★ today opens a case', async () => {
    const desk = await aDesk();
    const post = desk.says(lovely, { rating: { value: 5, scale: 5 }, publishedAt: old(60) });
    const [id = 0] = await desk.hears(post);
    expect(await desk.mention(id)).toMatchObject({ history: true });
    await desk.hears({ ...post, text: awful, rating: { value: 1, scale: 5 } });
    expect(await desk.queue()).toEqual([id]);
    expect(await desk.case(id)).toMatchObject({ state: 'new', openedAt: desk.shop.clock.now() });
  });

  test('an old post that says it was edited yesterday opens one, also when it is first seen now', async () => {
    const desk = await aDesk();
    const [edited = 0, not = 0] = await desk.hears(
      desk.says(awful, { publishedAt: old(60), editedAt: old(1) }),
      desk.says('Blue Door overcharged me and the waiter was rude, terrible.', { publishedAt: old(60) }),
    );
    expect(await desk.queue()).toEqual([edited]);
    expect(await desk.case(not)).toBeNull();
  });

  test('woken by a new place it opens one', async () => {
    const desk = await aDesk();
    const [id = 0] = await desk.hears(desk.says(awful, { publishedAt: old(33), origin: 'https://home.example/1' }));
    expect(await desk.queue()).toEqual([]);
    const [same] = await desk.hears(desk.says(awful, { origin: 'https://home.example/1' }));
    expect(same).toBe(id);
    expect(await desk.queue()).toEqual([id]);
    expect(await desk.case(id)).toMatchObject({ state: 'new' });
  });

  test('judged again, an old post makes no case and stands on no pile', async () => {
    const desk = await aDesk();
    const hidden = 'Blue Door opens at nine, and closes at five.';
    const [id = 0] = await desk.hears(desk.says(hidden));
    await desk.app.store.write('other rules', (tx) =>
      tx.updateTable('posts').set({ text: awful }).where('text', '=', hidden).execute(),
    );
    desk.shop.clock.advance(300 * dayMs);
    await desk.tells('about: café bar');
    expect((await desk.mention(id))?.findings.complaint.verdict).toBe('complaint');
    expect(await desk.case(id)).toBeNull();
    expect(await desk.queue()).toEqual([]);
    await desk.marks(id, 'complaint');
    expect(await desk.case(id), 'a person says so').toMatchObject({ state: 'new' });
  });

  test('a stored post without a date is as old as the day on which it was seen', async () => {
    const desk = await aDesk();
    const other = said('Green Gate and Blue Door overcharged me, terrible, I want a refund.', { publishedAt: null });
    await takeIn(desk.app, [other], { brandId: null, dryRun: false });
    desk.shop.clock.advance(100 * dayMs);
    await desk.shop.open('brands:\n  - { name: Green Gate, sources: {} }\n');
    const { learnBrands } = await import('../../src/jobs/learn-brands.ts');
    await learnBrands(desk.app);
    const rows = await desk.shop.list({ pile: 'all' });
    expect(rows).toMatchObject([{ history: true, case: null }]);
  });

  test('what has waited in the queue for long stays there when it is judged again', async () => {
    const desk = await aDesk();
    const [id = 0] = await desk.hears(desk.says(awful));
    desk.shop.clock.advance(200 * dayMs);
    await desk.tells('about: café bar');
    expect(await desk.queue()).toEqual([id]);
  });
});

describe('a complaint that sounds graver to a slower judge', () => {
  const judged = (desk: Desk, id: number, urgency: Urgency) =>
    desk.app.store.write('test', async (tx) => {
      const [own] = await mentionsToJudge(tx, [id]);
      if (!own) throw new Error('there is no such mention');
      const { mentionId, hits, setAside, findings } = own;
      await updateFindings(tx, [{ mentionId, hits, setAside, findings: { ...findings, urgency } }]);
      await settleCases(desk.app, tx, [id], desk.shop.clock.now());
    });

  test('makes its case as urgent, once, and wants an answer sooner; nothing makes it less so', async () => {
    const desk = await aDesk();
    const [id = 0] = await desk.hears(desk.says('Blue Door: the soup was cold and nobody cared'));
    const before = await desk.case(id);
    expect(before?.urgency).toBe('normal');
    await judged(desk, id, 'critical');
    await judged(desk, id, 'critical');
    await judged(desk, id, 'low');
    const after = await desk.case(id);
    expect(after).toMatchObject({ state: 'new', urgency: 'critical' });
    expect(after?.dueAt ?? 0).toBeLessThan(before?.dueAt ?? 0);
    expect(await desk.kinds(id)).toEqual(['found', 'urgent']);
  });

  test('leaves a case as it is that a person works on', async () => {
    const desk = await aDesk();
    const [id = 0] = await desk.hears(desk.says('Blue Door: the soup was cold and nobody cared'));
    await desk.works(id, 'take');
    await judged(desk, id, 'critical');
    expect((await desk.case(id))?.urgency).toBe('normal');
  });
});
