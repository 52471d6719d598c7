/** What `list`, `status` and `earshot` alone say of the queue is true: who is waited for. */
import { expect, test } from 'vitest';
import { needsSentence, othersSentence } from '../../src/cli/turns.ts';
import { house, wholeOf } from '../journey/house.ts';

test.each([
  [1, 0, 0, '1 complaint needs you'],
  [2, 1, 0, '2 complaints need you, 1 waits for the customer'],
  [0, 2, 1, 'No complaint waits for you, 2 wait for the customer, 1 is put off'],
  [3, 0, 2, '3 complaints need you, 2 are put off'],
])('%i ours, %i theirs, %i later', (ours, theirs, later, sentence) => {
  const turns = { ours, theirs, later, nobody: 9 };
  expect(needsSentence(turns) + othersSentence(turns)).toBe(sentence);
});

test('every door says the same', async () => {
  const here = house();
  here.settle([{ name: 'Blue Door', sources: {} }]);
  const complaints = ['the soup was cold', 'the waiter was rude', 'they overcharged me', 'I want a refund'];
  for (const text of complaints) await here.earshot('add', '--text', `Blue Door is terrible: ${text}!`);
  const say = async (...words: string[]) => wholeOf(await here.earshot(...words));
  const doors = async () => [await say('list'), await say('status'), await say()];
  for (const said of await doors()) expect(said).toContain('4 complaints need you');
  await here.earshot('case', 'answered', 'c1');
  await here.earshot('case', 'snooze', 'c2', '--until', '2d');
  for (const said of await doors())
    expect(said).toContain('2 complaints need you, 1 waits for the customer, 1 is put off');
  for (const id of ['c3', 'c4']) await here.earshot('case', 'fix', id, '--check-back', '3d');
  for (const said of await doors())
    expect(said).toContain('No complaint waits for you, 3 wait for the customer, 1 is put off');
  expect((await here.earshot('list')).out.trim().split('\n')).toHaveLength(4);
  here.clock.advance(4 * 86_400_000);
  for (const said of await doors()) expect(said).toMatch(/3 complaints need you, (3 late, )?1 waits for the customer/);
});
