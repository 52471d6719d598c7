/** What the log says of a changed config: the sentence that the command line has, and nothing where nothing moved. */
import { expect, test } from 'vitest';
import { openApp } from '../../src/app.ts';
import { learn } from '../../src/daemon/learn.ts';
import { type Desk, desk, words } from '../cli/desk.ts';
import { cliEdges } from '../support/edges.ts';

async function told({ folder, config, clock }: Desk): Promise<string[]> {
  const lines: string[] = [];
  const write = (_facts: object, message: string) => void lines.push(message);
  const tools = await openApp(cliEdges({ cwd: folder, clock }), {
    config,
    log: { info: write, warn: write, error: write },
  });
  try {
    await learn(tools);
  } finally {
    await tools.close();
  }
  return lines;
}

const called = (change: object) => [{ name: 'Blue Door Coffee', id: 'blue', ...change }];

test('a changed entry is told by what moved, once; one that moved nothing is not', async () => {
  const here = desk();
  here.settle(called({}));
  await here.hear(words.cold, words.refund, 'My blue door is stuck, Blue Door Coffee paint peels');
  const changed = { exclude: ['Blue Door Coffee paint'] };
  here.settle(called(changed));
  expect(await told(here)).toEqual([
    'what you listen for has changed (Blue Door Coffee): 1 earlier mention left out now, 0 taken in',
  ]);
  expect(await told(here)).toEqual([]);
  here.settle(called({ ...changed, handles: ['@bluedoorcoffee'] }));
  expect(await told(here)).toEqual([]);
});

test('a new name is told as one', async () => {
  const here = desk();
  here.settle(called({}));
  await here.hear(words.cold);
  here.settle(called({ name: 'Bluedoor', aliases: ['Blue Door Coffee'] }));
  expect(await told(here)).toEqual(['Blue Door Coffee is now called Bluedoor']);
});
