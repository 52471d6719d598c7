/** What a changed config does to what is stored: judged again by itself, told once; renamed, or gone and kept. */
import { expect, test } from 'vitest';
import { desk, words } from './desk.ts';

test('a changed entry judges the stored posts again and says what moved, once', async () => {
  const here = desk();
  here.settle(['Blue Door Coffee', 'Red Door Tea']);
  await here.hear(
    words.cold,
    words.refund,
    'My blue door is stuck, Blue Door Coffee paint peels',
    'Red Door Tea next to the Azure Door was closed',
  );
  here.settle([
    { name: 'Blue Door Coffee', exclude: ['Blue Door Coffee paint'], aliases: ['Azure Door'] },
    'Red Door Tea',
  ]);
  const told = await here.earshot('list');
  expect(told.err).toMatch(
    /^What you listen for has changed \(Blue Door Coffee\): 1 earlier mention left out now, 1 taken in\.\n/,
  );
  expect((await here.earshot('list')).err).not.toContain('What you listen for has changed');
  const texts = (await here.list('--all --brand blue-door-coffee')).map(({ text }) => text);
  expect(texts.toSorted()).toEqual(
    [words.cold, words.refund, 'Red Door Tea next to the Azure Door was closed'].toSorted(),
  );
});

test('what moved nothing is not told', async () => {
  const here = desk();
  await here.hear(words.cold);
  here.settle([{ name: 'Blue Door Coffee', handles: ['@bluedoorcoffee'] }]);
  expect((await here.earshot('list')).err).not.toContain('What you listen for');
});

test('what somebody marked or worked on never moves', async () => {
  const here = desk();
  await here.hear(words.cold, words.refund);
  await here.earshot('case take c1');
  await here.earshot('mark m2 complaint');
  const before = await here.list();
  here.settle([{ name: 'Blue Door Coffee', exclude: ['Blue Door Coffee'] }]);
  expect((await here.earshot('list')).err).not.toContain('left out now');
  expect((await here.list()).map(({ id, case: own }) => [id, own?.state])).toEqual(
    before.map(({ id, case: own }) => [id, own?.state]),
  );
});

test('a name that changed under a known id is a rename', async () => {
  const here = desk();
  here.settle([{ name: 'Blue Door Coffee', id: 'blue' }]);
  await here.hear(words.cold);
  here.settle([{ name: 'Bluedoor', id: 'blue', aliases: ['Blue Door Coffee'] }]);
  expect((await here.earshot('list')).err).toContain('Blue Door Coffee is now called Bluedoor.');
  expect((await here.list()).map(({ brand }) => brand)).toEqual(['Bluedoor']);
});

test('a brand that left keeps everything and shows only with --brand', async () => {
  const here = desk();
  here.settle(['Blue Door Coffee', 'Red Door Tea']);
  await here.hear(words.cold, 'Red Door Tea never sent my order and keeps my money');
  here.settle(['Red Door Tea']);
  expect((await here.earshot('list')).err).toContain(
    '1 brand left the config: everything is kept, and shows with --brand.',
  );
  expect((await here.list()).map(({ brand }) => brand)).toEqual(['Red Door Tea']);
  expect((await here.list('--brand blue-door-coffee')).map(({ text }) => text)).toEqual([words.cold]);
  expect(JSON.parse((await here.earshot(['case', 'list', '--json', '--brand', 'Blue Door Coffee'])).out)).toMatchObject(
    [{ brand: 'Blue Door Coffee' }],
  );
});
