/** `earshot case …`: a complaint is taken, answered, put off, fixed and closed, and every step is told. */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { CaseEventFace, CaseFace, CaseInFull } from '../../src/face/case.ts';
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

describe('people', () => {
  const withPeople = async () => {
    const here = await withOne();
    here.settle(['Blue Door Coffee'], { people: [{ name: 'Ana', escalateTo: 'Tom' }, { name: 'Tom' }] });
    return here;
  };

  test('assign gives it to somebody of the config’s, however they are spelt; to anybody where it names nobody', async () => {
    const here = await withPeople();
    expect(await done(here, 'assign c1 tom')).toMatchObject({ state: 'open', owner: 'Tom' });
    expect(await done(here, 'assign c1 --to Ana')).toMatchObject({ owner: 'Ana' });
    const { code, err } = await here.earshot('case assign c1 Tomm');
    expect([code, err]).toEqual([2, expect.stringContaining('Did you mean Tom?')]);
    expect(await done(await withOne(), 'assign c1 Zoe')).toMatchObject({ owner: 'Zoe' });
  });

  test('what one of them lets become overdue goes on to the next, once, and is said', async () => {
    const here = await withPeople();
    await done(here, 'take c1 --as Ana');
    here.clock.advance(9 * 86_400_000);
    await here.earshot('start --once');
    await here.earshot('start --once');
    const { out } = await here.earshot('case history c1');
    expect(out.match(/passed it on to Tom/g)).toHaveLength(1);
    expect((await here.list())[0]?.case?.owner).toBe('Tom');
  });

  test('what was taken and not answered, and what was put off until yesterday, are lists of their own', async () => {
    const here = desk();
    await here.hear(words.cold, words.glass, words.refund);
    await done(here, 'take c2 --as Tom');
    await done(here, 'snooze c3 --until 1d');
    const listed = async (more: string) =>
      z
        .array(CaseFace)
        .parse(JSON.parse((await here.earshot(`case list --json ${more}`)).out))
        .map(({ id }) => id);
    expect(await listed('--unanswered')).toEqual([2]);
    expect(await listed('--overslept')).toEqual([]);
    here.clock.advance(2 * 86_400_000);
    expect(await listed('--overslept')).toEqual([3]);
    expect(await listed('--of tom')).toEqual([2]);
    await done(here, 'answered c3');
    expect(await listed('--overslept')).toEqual([]);
  });
});

describe('how a case ends', () => {
  test('lost only with the customer’s word', async () => {
    const here = await withOne();
    const { code, err } = await here.earshot('case lost c1');
    expect(code).toBe(2);
    expect(err).toContain('only the customer can say so');
    expect(await done(here, 'lost c1 --proof never-again')).toMatchObject({ state: 'lost' });
  });

  test('silent only after an answer and two times asking back; by itself a month later, and never as happy', async () => {
    const here = await withOne();
    expect((await here.earshot('case silent c1')).err).toContain('it is your turn');
    await done(here, 'answered c1');
    await done(here, 'answered c1');
    const { code, err } = await here.earshot('case silent c1');
    expect(code).toBe(1);
    expect(err.replaceAll(/\s+/g, ' ')).toContain('you have only once asked whether all is well');
    await done(here, 'answered c1');
    expect(await done(here, 'silent c1')).toMatchObject({ state: 'silent' });
    expect(await done(here, 'undo c1')).toMatchObject({ state: 'answered' });
    here.clock.advance(29 * 86_400_000);
    await here.earshot('start --once');
    expect((await here.list('--state answered')).length).toBe(1);
    here.clock.advance(86_400_000);
    await here.earshot('start --once');
    expect((await here.list('--state silent')).length).toBe(1);
    expect((await here.earshot('case history c1')).out.replaceAll(/\s+/g, ' ')).toContain('not a word for 30 days');
  });

  test('with closeSilentAfter: 0 never by itself', async () => {
    const here = await withOne();
    here.settle(['Blue Door Coffee'], { closeSilentAfter: 0 });
    for (let time = 0; time < 3; time += 1) await done(here, 'answered c1');
    here.clock.advance(99 * 86_400_000);
    await here.earshot('start --once');
    expect((await here.list('--state answered')).length).toBe(1);
  });

  test('happy keeps its proof, and without one whose word it is; a cause is spelt as the first time', async () => {
    const here = desk();
    await here.hear(words.cold, words.refund);
    await here.earshot(['case', 'happy', 'c1', '--cause', 'Cold coffee']);
    expect((await here.earshot('case fix c2')).err.replaceAll(/\s+/g, ' ')).toContain(
      'case fix c2 --cause "Cold coffee" to say what was behind it; so far: Cold coffee (1), without one (1)',
    );
    expect((await here.earshot(['case', 'fix', 'c2', '--cause', 'cold-coffee'])).err).not.toContain('--cause');
    const { out } = await here.earshot('case history c2 --json');
    expect(z.array(CaseEventFace).parse(JSON.parse(out)).at(-1)).toMatchObject({ kind: 'fix', cause: 'Cold coffee' });
    expect((await here.earshot('case history c1')).out).toContain('on their word');
  });

  test('undo goes back step by step, and the history keeps every one', async () => {
    const here = await withOne();
    await done(here, 'take c1');
    await done(here, 'answered c1');
    await done(here, 'fix c1');
    expect(await done(here, 'undo c1')).toMatchObject({ state: 'answered' });
    expect(await done(here, 'undo c1')).toMatchObject({ state: 'open', owner: 'ana' });
    expect(await done(here, 'undo c1')).toMatchObject({ state: 'open', owner: null });
    expect((await here.earshot('case undo c1')).err).toContain('there is nothing to take back');
    const { out } = await here.earshot('case history c1 --json');
    expect(z.array(CaseEventFace).parse(JSON.parse(out))).toHaveLength(7);
  });
});

describe('join and split', () => {
  const withTwo = async () => {
    const here = desk();
    await here.hear(words.cold, words.glass);
    return here;
  };
  const join = ['case', 'join', 'c1', 'c2', '--why', 'the same person'];

  test('joined by hand with a reason, they are one case with all the posts; split, each is as it was', async () => {
    const here = await withTwo();
    const before = JSON.parse((await here.earshot('case list --json')).out);
    await done(here, 'answered c1');
    const { code, out } = await here.earshot(join);
    expect(code).toBe(0);
    expect(out).toContain('c1 · open · answer by');
    const listed = z.array(CaseFace).parse(JSON.parse((await here.earshot('case list --json')).out));
    expect(listed).toMatchObject([{ id: 1, state: 'open', urgency: 'critical' }]);
    expect((await here.earshot('show c2')).out).toContain('c1 · open');
    expect((await here.list()).map((one) => one.case?.id)).toEqual([1, 1]);
    expect((await here.earshot(['case', 'split', 'c1', 'c2', '--why', 'another one'])).code).toBe(0);
    const after = z.array(CaseFace).parse(JSON.parse((await here.earshot('case list --json')).out));
    expect(after.find(({ id }) => id === 1)).toMatchObject({ state: 'answered', urgency: 'normal' });
    expect(after.find(({ id }) => id === 2)).toEqual({
      ...before.find((one: CaseFace) => one.id === 2),
      state: 'open',
    });
  });

  test('undo takes a join back; a post can be split off alone', async () => {
    const here = await withTwo();
    await here.earshot(join);
    await done(here, 'undo c1');
    expect(JSON.parse((await here.earshot('case list --json')).out)).toHaveLength(2);
    await here.earshot(join);
    await here.earshot(['case', 'split', 'c1', 'm2', '--why', 'no']);
    expect((await here.list()).map((one) => one.case?.id)).toEqual([2, 1]);
  });

  test.each([
    [['case', 'join', 'c1', 'c2'], 2, 'write down why'],
    [['case', 'join', 'c1', 'c1', '--why', 'x'], 1, 'are one case already'],
    [['case', 'join', 'c1', 'c9', '--why', 'x'], 2, 'There is no case c1 or c9'],
    [['case', 'split', 'c1', '--why', 'x'], 1, 'no such case was joined to it'],
    [['case', 'split', 'c1', 'm1', '--why', 'x'], 1, 'is what it began with'],
  ])('%s', async (line, code, sentence) => {
    const here = await withTwo();
    expect(await here.earshot(line)).toMatchObject({ code, err: expect.stringContaining(sentence) });
  });
});

test('show and list tell why a case stands where it does, who may have seen it and how its clock stands', async () => {
  const here = desk();
  const author = { handle: 'cara' };
  await here.hear({ text: words.cold }, { text: words.glass, author, engagement: {} });
  const { out } = await here.earshot('case show c2');
  expect(out).toContain('First     somebody may be hurt or ill; very urgent; waits for less than an hour');
  expect(out).toContain('Seen      no idea how many have seen it');
  expect(out).toMatch(/Clock {5}solve it by /);
  const listed = z.array(CaseFace).parse(JSON.parse((await here.earshot('case list --json')).out));
  expect(listed[0]).toMatchObject({
    ...{ id: 2, mentions: [2], turn: 'ours', cause: null, exposure: { low: null, high: null } },
    priority: ['somebody may be hurt or ill', 'very urgent', 'waits for less than an hour'],
    clock: { oursMs: 0, answeredAfterMs: null, solveDueAt: '2026-11-21T08:00:00.000Z' },
  });
  here.clock.advance(3_600_000);
  await done(here, 'answered c2');
  const full = CaseInFull.parse(JSON.parse((await here.earshot('case show 2 --json')).out));
  const [mentionId] = full.posts.map(({ id }) => id);
  expect(full).toMatchObject({
    id: 2,
    caseId: 2,
    mentionId,
    turn: 'theirs',
    clock: { oursMs: 3_600_000, answeredAfterMs: 3_600_000 },
  });
  expect(full.posts.map(({ text }) => text)).toEqual([words.glass]);
  expect(full.events.map(({ kind }) => kind)).toEqual(['found', 'answered']);
});

test('what makes a case grave is named, and nobody is said to be hurt by a charge-back', async () => {
  const here = desk();
  await here.hear('Chargeback, Frances. Ring the bank, Blue Door Coffee took my money twice and will not refund it.');
  const first = 'speaks of getting the money back through the bank; very urgent';
  expect((await here.earshot('show c1')).out).toContain(`First     ${first}`);
  const mail = (await here.earshot('digest --print')).out.replace(/\s+/g, ' ');
  expect(mail).toContain(`Why now: ${first}`);
  expect(mail).not.toContain('hurt');
});

test('a case that is put off is not offered to be put off, but to be had back', async () => {
  const here = await withOne();
  const { err } = await here.earshot('case snooze c1 --until 2d');
  expect(err).toContain('case undo c1');
  expect(err).not.toMatch(/to put it off$/m);
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
    ['lost c1', 'One who says nothing is `npx earshot case silent c1`.'],
    ['note c1', 'What do you want to note?'],
    ['tkae c1', 'Did you mean `npx earshot case take c1`?'],
    ['close c1', 'A case ends well with `npx earshot case happy c1`; with `npx earshot case dismiss c1`'],
    ['reply c1', 'Did you mean `npx earshot case answered c1`?'],
    ['c1', 'Did you mean `npx earshot show c1`?'],
    ['1', 'Did you mean `npx earshot show c1`?'],
  ])('case %s', async (line, sentence) => {
    const { code, err } = await (await withOne()).earshot(`case ${line}`);
    expect(code).toBe(2);
    expect(err).toContain(sentence);
  });
});

test('whoever is not logged in by a name reads that a case is theirs', async () => {
  const here = await withOne();
  await here.earshot('case take c1', { person: 'you' });
  expect((await here.earshot('case show c1')).out).toMatch(/^c1 · .* · yours$/m);
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

test('an answer that was taken back ends no waiting', async () => {
  const here = desk();
  await here.hear(words.cold);
  here.clock.advance(5 * 3_600_000);
  const reasons = async () => (await here.earshot('case show c1')).out;
  const before = await reasons();
  await here.earshot('case answered c1');
  await here.earshot('case undo c1');
  const why = /waits for \d+ hours/g;
  expect(before.match(why)).not.toBeNull();
  expect((await reasons()).match(why)).toEqual(before.match(why));
});
