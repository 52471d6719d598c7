/** `prune` and `rescore`: what is forgotten stays forgotten, what is judged again keeps what people said. */

import { expect, test } from 'vitest';
import { RescoredFace } from '../../src/face/rescored.ts';
import { desk, words } from './desk.ts';

test('prune forgets what is old and in no case, after a look at how much; it does not come back', async () => {
  const here = desk();
  const posts = [words.lovely, words.cold, words.meeting].map((text, index) => ({ id: `old${index}`, text }));
  await here.hear(...posts);
  here.clock.advance(40 * 86_400_000);
  await here.hear({ id: 'young', text: `${words.meeting} Again.` });
  const look = await here.earshot('prune --before 30d --dry-run');
  expect([look.code, look.out]).toEqual([0, 'Would forget 2 posts and 2 mentions; nothing was changed.\n']);
  expect(await here.list('--all')).toHaveLength(4);
  expect((await here.earshot('prune --before 30d')).out).toBe(
    'Forgot 2 posts and 2 mentions. What you did something about stays: cases, marks, answers and praise.\n',
  );
  const left = async () => (await here.list('--all')).map(({ text }) => text).toSorted();
  expect(await left()).toEqual([words.cold, `${words.meeting} Again.`].toSorted());
  await here.hear(...posts);
  expect(await left()).toEqual([words.cold, `${words.meeting} Again.`].toSorted());
});

test.each([
  ['prune', 'wants --before <date>'],
  ['prune --before someday', '--before someday is no date'],
  ['prune --before 2999-01-01', 'is still to come'],
])('%s', async (line, sentence) => {
  const here = desk();
  await here.hear(words.lovely);
  const { code, err } = await here.earshot(line);
  expect(code).toBe(2);
  expect(err).toContain(sentence);
  expect(await here.list('--all')).toHaveLength(1);
});

test('rescore says how many it judged; what is up to date is left alone', async () => {
  const here = desk();
  await here.hear(words.lovely, words.cold);
  expect((await here.earshot('rescore')).out).toBe('0 mentions judged again: 0 changed, 0 set aside, 0 came in.\n');
  expect((await here.earshot('rescore --all')).out).toBe(
    '2 mentions judged again: 0 changed, 0 set aside, 0 came in.\n',
  );
  const told = JSON.parse((await here.earshot('rescore --brand blue-door-coffee --json')).out);
  expect(RescoredFace.parse(told)).toEqual(told);
  expect(told).toEqual({
    judged: 2,
    changed: 0,
    setAside: 0,
    cameIn: 0,
  });
});
