/** What a changed config does to what is stored: judged again by itself, told once; renamed, or gone and kept. */
import { expect, test } from 'vitest';
import { desk, words } from './desk.ts';

const flat = (text: string) => text.replaceAll(/\s+/g, ' ');

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

test('a brand renamed without its id is told as long as cases of it are open, with what takes them along', async () => {
  const here = desk();
  here.settle(['BioMar', 'Red Door Tea']);
  await here.hear('Still waiting for my refund from BioMar, three weeks now and nobody answers.');
  here.settle(['BioMarine', 'Red Door Tea']);
  const sentence =
    '1 open case stands under BioMar, which the config does not name any more, so no list shows it. If BioMar has a new name there, write `id: biomar` under it and keep BioMar among its `aliases`, and it comes along. `npx earshot list --brand biomar` shows it.';
  const check = await here.earshot('check');
  expect(flat(check.out)).toContain(`! brands: ${sentence}`);
  expect(check.err).toContain('The settings are in order.');
  expect(flat((await here.earshot('list')).err)).toContain(sentence);
  expect(flat((await here.earshot('list')).err)).not.toContain(sentence);
  expect(flat((await here.earshot('')).out)).toContain(sentence);
  expect(flat((await here.earshot('status')).out)).toContain(`! ${sentence}`);
  expect(JSON.parse((await here.earshot('status --json')).out)).toMatchObject({
    leftBehind: [{ brand: 'BioMar', id: 'biomar', openCases: 1 }],
  });
  here.settle([{ name: 'BioMarine', id: 'biomar', aliases: ['BioMar'] }, 'Red Door Tea']);
  expect((await here.earshot('list')).err).toContain('BioMar is now called BioMarine.');
  expect(await here.list()).toMatchObject([{ brand: 'BioMarine', case: { id: 1 } }]);
  for (const words of ['check', '', 'status']) expect(flat((await here.earshot(words)).out)).not.toContain('open case');
});

test('open cases of several brands that left are one line, and check has one for each', async () => {
  const here = desk();
  here.settle(['BioMar', 'Red Door Tea', 'Figtree Inn']);
  await here.hear(
    'Still waiting for my refund from BioMar, three weeks now and nobody answers.',
    'Still waiting for my refund from BioMar since May, and nobody picks up the phone.',
    'Red Door Tea never sent my order and keeps my money',
  );
  here.settle(['Figtree Inn']);
  expect(flat((await here.earshot('status')).out)).toContain(
    '3 open cases of 2 brands that the config does not name any more: no list shows them. `npx earshot check`',
  );
  const { out } = await here.earshot('check', { columns: 200 });
  expect(out).toContain('2 open cases stand under BioMar');
  expect(out).toContain('1 open case stands under Red Door Tea');
  for (const id of ['c1', 'c2']) await here.earshot(`case dismiss ${id} --why sold`);
  await here.earshot('case dismiss c3 --why sold');
  expect((await here.earshot('check')).out).not.toContain('open case');
});
