/** `earshot case …`: a complaint is taken, answered, put off, fixed and closed, and every step is told. */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { CaseFace } from '../../src/face/case.ts';
import { type Desk, desk, words } from './desk.ts';

const done = async (here: Desk, line: string) => {
  const { code, out, err } = await here.earshot(`case ${line} --json`);
  expect(code, err).toBe(0);
  return CaseFace.parse(JSON.parse(out));
};

const withOne = async () => {
  const here = desk();
  await here.hear(words.lovely, words.cold);
  return here;
};

describe('each thing that is done to a case', () => {
  test('take makes it mine, or whoever --as names', async () => {
    const here = await withOne();
    expect(await done(here, 'take c1')).toMatchObject({ state: 'open', owner: 'ana' });
    expect(await done(here, 'take 1 --as Tom')).toMatchObject({ state: 'open', owner: 'Tom' });
  });

  test('answered: the clock stops, it is their turn', async () => {
    const here = await withOne();
    expect(await done(here, 'answered m2 --where google --words sorry')).toMatchObject({
      id: 1,
      state: 'answered',
      dueAt: null,
      owner: 'ana',
    });
  });

  test('snooze puts it off, and the time left goes on afterwards', async () => {
    const here = await withOne();
    const snoozed = await done(here, 'snooze c1 --until 2026-11-25');
    expect(snoozed.snoozedUntil).toBe('2026-11-25T00:00:00.000Z');
    expect(Date.parse(snoozed.dueAt ?? '')).toBeGreaterThan(Date.parse('2026-11-25T00:00:00Z'));
  });

  test('fix asks back after three days, or when --check-back says', async () => {
    const here = await withOne();
    expect(await done(here, 'fix c1 --cause machine')).toMatchObject({
      state: 'fixed',
      dueAt: '2026-11-23T08:00:00.000Z',
    });
    expect(await done(here, 'fix c1 --check-back 2026-12-01')).toMatchObject({ dueAt: '2026-12-01T00:00:00.000Z' });
  });

  test('happy, dismiss and reopen', async () => {
    const here = await withOne();
    expect(await done(here, 'happy c1 --proof five-stars')).toMatchObject({
      state: 'happy',
      closedAt: '2026-11-20T08:00:00.000Z',
    });
    expect(await done(here, 'reopen c1')).toMatchObject({ state: 'open', closedAt: null });
    expect(await done(here, 'dismiss c1 --why joke')).toMatchObject({ state: 'dismissed' });
  });

  test('note is written down as it was said, with the reasons of everything else', async () => {
    const here = await withOne();
    await here.earshot(['case', 'note', 'c1', 'called', 'back,', 'nobody there'], { person: 'Tom' });
    await done(here, 'dismiss c1 --why joke');
    const { out } = await here.earshot('case show c1');
    expect(out).toContain('Tom noted: called back, nobody there');
    expect(out).toContain('ana dismissed it: joke');
  });
});

describe('what cannot be done is said, and changes nothing', () => {
  test.each([
    [
      'dismiss c1',
      'take c1',
      'c1 cannot be taken: it is closed (dismissed). Reopen it first: `npx earshot case reopen c1`.',
    ],
    ['take c1', 'reopen c1', 'c1 cannot be reopened: it is open already: it is your turn.'],
    ['happy c1', 'answered 1', '1 cannot be answered: it is closed (happy).'],
  ])('%s, then %s', async (first, second, sentence) => {
    const here = await withOne();
    const before = await done(here, first);
    const { code, out, err } = await here.earshot(`case ${second}`);
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain(sentence);
    expect(JSON.parse((await here.earshot('case list --closed --json')).out)).toEqual([before]);
  });

  test.each([
    ['take c9', 'There is no case c9.'],
    ['take m1', 'There is no case m1.'],
    ['take you', 'you is no case or mention'],
    ['snooze c1', 'npx earshot case snooze` wants --until <date>'],
    ['snooze c1 --until soon', '--until soon is no date'],
    ['snooze c1 --until 2026-11-01', '--until 2026-11-01 is in the past.'],
    ['fix c1 --check-back 2020-01-01', '--check-back 2020-01-01 is in the past.'],
    ['note c1', 'What do you want to note?'],
    ['tkae c1', 'Did you mean `npx earshot case take`?'],
    ['close c1', 'A case ends well with `npx earshot case happy`'],
    ['c1', 'Did you mean `npx earshot show c1`?'],
    ['1', 'Did you mean `npx earshot show c1`?'],
  ])('case %s', async (line, sentence) => {
    const { code, err } = await (await withOne()).earshot(`case ${line}`);
    expect(code).toBe(2);
    expect(err).toContain(sentence);
  });
});

test('case list: open ones, most urgent first; with --closed all, with --state those', async () => {
  const here = desk();
  await here.hear(words.cold, words.glass, words.refund);
  await done(here, 'take c2 --as Tom');
  await done(here, 'dismiss c3');
  const listed = async (more = '') =>
    z.array(CaseFace).parse(JSON.parse((await here.earshot(`case list --json ${more}`)).out));
  expect((await listed()).map(({ id, owner }) => [id, owner])).toEqual([
    [2, 'Tom'],
    [1, null],
  ]);
  expect(await listed('--closed')).toHaveLength(3);
  expect((await listed('--state dismissed')).map(({ id }) => id)).toEqual([3]);
  const { out, err } = await here.earshot('case list', { columns: 80 });
  expect(out.split('\n')[0]).toMatch(/^!! c2 {4}by 10:00 .* Tom$/);
  expect(err).toContain('2 open cases.\n  npx earshot show c2');
});
