/** A mark is heeded at once by what still lies open; what people touched stays, and taken back all is as it was. */
import { describe, expect, test } from 'vitest';
import { sayHeeded } from '../../src/digest/heeded.ts';
import { heedMark } from '../../src/jobs/heed-mark.ts';
import { rejudgeOutdated } from '../../src/jobs/rejudge.ts';
import { listMentions } from '../../src/store/mention-list.ts';
import { aDesk, awful, type Desk, lovely } from '../support/desk.ts';

const nearly = [
  'still waiting for my refund from Blue Door after three weeks!! Nobody answers, at all',
  'Still waiting for my refund from Blue Door, three weeks on. Nobody answers me.',
];
const other = 'The waiter at Blue Door was rude and the soup was cold.';
const heed = (desk: Desk, id: number, kind: 'complaint' | 'no-complaint' = 'no-complaint') =>
  heedMark(desk.app, { mentionIds: [id], kind });
const sorted = (ids: readonly number[]) => ids.toSorted((one, another) => one - another);

describe('a mark', () => {
  test('takes what is like it out of the queue at once, and taken back brings it in again', async () => {
    const desk = await aDesk();
    const [first = 0, second = 0, third = 0, last = 0] = await desk.hears(
      ...[awful, ...nearly, other].map((text) => desk.says(text)),
    );
    const before = (await desk.mention(last))?.findings;
    await desk.marks(first, 'no-complaint');
    const moved = await heed(desk, first);
    expect(moved.queue).toEqual({ left: 2, came: 0 });
    expect(await desk.queue()).toEqual([last]);
    expect((await desk.mention(last))?.findings).toEqual(before);
    await desk.marks(first, 'no-complaint', true);
    expect((await heed(desk, first)).queue).toEqual({ left: 0, came: 2 });
    expect(sorted(await desk.queue())).toEqual(sorted([first, second, third, last]));
  });

  test('never moves what people marked or worked on', async () => {
    const desk = await aDesk();
    const [first = 0, second = 0, third = 0] = await desk.hears(...[awful, ...nearly].map((text) => desk.says(text)));
    await desk.marks(second, 'complaint');
    await desk.works(third, 'take');
    await desk.marks(first, 'no-complaint');
    expect((await heed(desk, first)).queue).toEqual({ left: 0, came: 0 });
    expect(sorted(await desk.queue())).toEqual(sorted([second, third]));
  });

  test('of urgency teaches nothing, and one alone has nothing to move', async () => {
    const desk = await aDesk();
    const [first = 0] = await desk.hears(desk.says(lovely));
    await desk.marks(first, 'urgent');
    const nothing = { queue: { left: 0, came: 0 }, unsure: { left: 0, came: 0 } };
    expect(await heedMark(desk.app, { mentionIds: [first], kind: 'urgent' })).toEqual(nothing);
    expect(await heed(desk, first)).toEqual(nothing);
  });

  test('leaves to tidying up what a moment is too short for', async () => {
    const desk = await aDesk();
    const texts = Array.from({ length: 170 }, (_, at) => `${other} Table ${at}, and ${'very '.repeat(at % 7)}sad.`);
    const [first = 0, ...rest] = await desk.hears(...texts.map((text) => desk.says(text)));
    await desk.marks(first, 'no-complaint');
    const { queue } = await heed(desk, first);
    expect(queue.left).toBeGreaterThan(0);
    expect(queue.left).toBeLessThan(rest.length);
    await rejudgeOutdated(desk.app, false);
    const versions = await desk.app.store.read('test', async (tx) =>
      (await listMentions(tx, { pile: 'all', limit: 0 })).map(({ findings }) => findings.version),
    );
    expect(new Set(versions).size).toBe(1);
  });
});

test('what moved is told in one line', () => {
  const named = { queue: 'the queue', unsure: 'the unsure pile' };
  const none = { left: 0, came: 0 };
  expect(sayHeeded({ queue: none, unsure: none }, named)).toBeNull();
  expect(sayHeeded({ queue: { left: 2, came: 0 }, unsure: none }, named)).toBe('2 more like it left the queue.');
  expect(sayHeeded({ queue: { left: 0, came: 1 }, unsure: { left: 3, came: 0 } }, named)).toBe(
    '1 more like it came into the queue, 3 left the unsure pile.',
  );
});
