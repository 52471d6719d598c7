/** What an answer promises by a day becomes a task of its case: it comes up on its day, and is told as kept. */
import { expect, test } from 'vitest';
import { CaseFace } from '../../src/face/case.ts';
import { ReplyFace } from '../../src/face/reply.ts';
import { blueDoor, type Desk, desk, words } from './desk.ts';

const dayMs = 86_400_000;
const answer = 'You waited far too long, Tim. I will call you on Friday and tell you how it went. Ana';

async function promised(more = ''): Promise<Desk> {
  const here = desk();
  await here.hear(
    { text: words.refund, source: 'forum', author: { handle: 'tim' } },
    { text: words.cold, author: { handle: 'tom' } },
  );
  await here.earshot('reply draft c1', { stdin: answer });
  await here.earshot(`reply sent c1 --as Ana ${more}`);
  return here;
}
const list = async (here: Desk) => CaseFace.array().parse(JSON.parse((await here.earshot('case list --json')).out));

test('a draft tells what it promises, and by when', async () => {
  const here = desk();
  await here.hear(words.refund);
  const kept = await here.earshot('reply draft c1', { stdin: answer, columns: 80 });
  expect(kept.out).toContain(
    'Once it is sent, that is a task:\n  “I will call you on Friday and tell you how it went.”: by 27 Nov',
  );
  const vague = await here.earshot('reply draft c1', {
    stdin: 'I will send you a new one next week, Tim. Ana',
    columns: 80,
  });
  expect(vague.out.replaceAll(/\s+/g, ' ')).toContain('the day is not certain. Say it with --promise');
  const json = await here.earshot('reply draft c1 --json', { stdin: answer });
  expect(ReplyFace.parse(JSON.parse(json.out)).promises).toEqual([
    {
      words: 'I will call you on Friday and tell you how it went.',
      from: '2026-11-27T00:00:00.000Z',
      due: '2026-11-27T23:59:00.000Z',
    },
  ]);
});

test('on its day the case is our turn and comes before what is urgent; kept, it is theirs again', async () => {
  const here = await promised();
  expect((await here.earshot('case show c1')).out).toMatch(/^c1 · answered · promised for 27 Nov · their turn/);
  expect((await list(here)).find(({ id }) => id === 1)).toMatchObject({
    turn: 'theirs',
    promises: [{ keptAt: null, by: 'Ana' }],
  });
  expect((await here.earshot('case list --promised')).out).toMatch(/^ [·!] c1 {4}do by 27 Nov /);
  expect((await here.earshot('case list')).err).toContain('1 with something promised that is not done yet');
  here.clock.advance(7 * dayMs);
  expect((await here.earshot('case list')).out).toMatch(/^ [·!] c1 {4}do by 23:59 /);
  const [first] = await list(here);
  expect(first).toMatchObject({ id: 1, turn: 'ours' });
  expect(first?.priority[0]).toBe('you promised: “I will call you on Friday and tell you how it went.”');
  const mail = await here.earshot('digest --print');
  expect(mail.out).toContain('you promised it by today 23:59');
  expect(mail.out).toContain('case kept c1');
  const kept = await here.earshot('case kept c1 --as Ana');
  expect(kept.code).toBe(0);
  expect(kept.out).toMatch(/^c1 · answered · their turn/);
  const shown = await here.earshot('case show c1');
  expect(shown.out).toContain('how it went.” by today 23:59, kept');
  expect(shown.out).toContain('Ana kept a promise: I will call you');
  expect((await here.earshot('case kept c1')).code).toBe(1);
  await here.earshot('case kept c1 --undo');
  expect((await list(here))[0]).toMatchObject({ id: 1, turn: 'ours' });
});

test('a broken one is overdue', async () => {
  const here = await promised();
  here.clock.advance(9 * dayMs);
  const [first] = await list(here);
  expect(first?.priority).toContain('overdue for 32 hours');
  expect((await here.earshot('case show c1')).out).toMatch(/^c1 · answered · you promised something for Fri 23:59/);
});

test('what was understood can be changed, or denied', async () => {
  const other = desk();
  await other.hear(words.refund);
  await other.earshot('reply draft c1', { stdin: answer });
  await other.earshot([
    'reply',
    'sent',
    'c1',
    '--promise',
    '2026-12-03 call back',
    '--promise',
    'tomorrow send a card',
  ]);
  expect((await list(other))[0]?.promises.map(({ words: said, due }) => [said, due])).toEqual([
    ['send a card', '2026-11-21T23:59:00.000Z'],
    ['call back', '2026-12-03T23:59:00.000Z'],
  ]);
  expect((await list(await promised('--no-promise'))).flatMap(({ promises }) => promises)).toEqual([]);
  const wrong = await other.earshot(['reply', 'sent', 'c1', '--promise', 'soon']);
  expect(wrong.code).toBe(2);
});

test('one that was given on the telephone is put in by hand', async () => {
  const here = desk();
  here.settle([blueDoor]);
  await here.hear(words.refund);
  const told = await here.earshot(['case', 'promise', 'c1', 'send a new mug', '--until', 'monday', '--as', 'Ana']);
  expect(told.code).toBe(0);
  expect(told.out).toContain('promised for Mon 23:59');
  expect((await here.earshot('case history c1')).out).toContain('Ana promised by Mon 23:59: send a new mug');
  expect((await here.earshot('case promise c1 --until monday')).code).toBe(2);
  expect((await here.earshot('case promise c1 x --until 2026-01-01')).err).toContain('is in the past');
});

test('the same promise for the same day is one; told as kept, it can be given again', async () => {
  const here = await promised();
  const again = ['case', 'promise', 'c1', 'ring Tim', '--until', '2026-11-25'];
  await here.earshot(again);
  await here.earshot(again);
  const due = async () =>
    (await list(here)).find(({ id }) => id === 1)?.promises.map(({ words, keptAt }) => [words, keptAt !== null]);
  const call = ['I will call you on Friday and tell you how it went.', false];
  expect(await due()).toEqual([['ring Tim', false], call]);
  await here.earshot('case kept c1');
  await here.earshot(again);
  expect(await due()).toEqual([['ring Tim', true], ['ring Tim', false], call]);
});

test('an answer that was sent is not held against itself', async () => {
  const here = await promised();
  const { out } = await here.earshot('reply draft c1');
  expect(out).not.toContain('nearly the same');
  expect(out).not.toContain('Once it is sent');
  expect((await here.earshot('reply draft c2', { stdin: answer })).out).toContain('nearly the same');
});
