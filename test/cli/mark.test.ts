/** `earshot mark`: what a person says of a judgement stands, whatever is judged later. */
import { describe, expect, test } from 'vitest';
import { MentionFace } from '../../src/face/mention.ts';
import { type Desk, desk, words } from './desk.ts';

const marked = async (here: Desk, line: string) => {
  const { code, out } = await here.earshot(`mark ${line} --json`);
  expect(code).toBe(0);
  return MentionFace.parse(JSON.parse(out));
};

describe('each mark and what follows', () => {
  test('complaint opens a case; no-complaint dismisses it; complaint opens it again', async () => {
    const here = desk();
    await here.hear(words.queue);
    expect(await marked(here, 'm1 complaint')).toMatchObject({
      complaint: { verdict: 'complaint' },
      case: { state: 'new' },
    });
    expect(await marked(here, 'm1 no-complaint')).toMatchObject({
      complaint: { verdict: 'none' },
      case: { state: 'dismissed' },
    });
    expect(await here.list()).toEqual([]);
    expect(await marked(here, 'c1 complaint')).toMatchObject({ case: { state: 'open' } });
  });

  test('not-us takes it out of the queue, us brings it back', async () => {
    const here = desk();
    await here.hear(words.cold);
    expect(await marked(here, 'm1 not-us')).toMatchObject({
      relevance: { verdict: 'other' },
      case: { state: 'dismissed' },
    });
    expect(await here.list()).toEqual([]);
    expect(await marked(here, 'm1 us')).toMatchObject({ relevance: { verdict: 'about' }, case: { state: 'open' } });
    expect(await here.list()).toHaveLength(1);
  });

  test('urgent puts it first, solved closes it as happy', async () => {
    const here = desk();
    await here.hear(words.cold, words.refund);
    const second = (await here.list())[1];
    await marked(here, `m${second?.id} urgent`);
    expect((await here.list())[0]?.id).toBe(second?.id);
    expect(await marked(here, `m${second?.id} solved`)).toMatchObject({ case: { state: 'happy' } });
    expect(await here.list()).toHaveLength(1);
  });
});

test('a mark is taken back with --undo', async () => {
  const here = desk();
  const [before] = await here.hear(words.lovely);
  await marked(here, 'm1 complaint');
  const after = await marked(here, 'm1 complaint --undo');
  expect(after.complaint).toEqual(before?.complaint);
  expect(await here.list()).toEqual([]);
});

test('--undo alone takes back the only mark; where there are more or none, it says so', async () => {
  const here = desk();
  const [before] = await here.hear(words.lovely);
  await marked(here, 'm1 complaint');
  expect((await marked(here, 'm1 --undo')).complaint).toEqual(before?.complaint);
  expect(await here.earshot('mark m1 --undo')).toMatchObject({
    code: 2,
    err: 'm1 has no mark that could be taken back.\n',
  });
  await marked(here, 'm1 complaint');
  await marked(here, 'm1 urgent');
  const { code, err } = await here.earshot('mark m1 --undo');
  expect([code, err.replaceAll(/\s+/g, ' ')]).toEqual([
    2,
    'm1 is marked complaint and urgent: say which is to be taken back, npx earshot mark m1 complaint --undo. ',
  ]);
});

test('what is marked as none is neither bad nor urgent any more', async () => {
  const here = desk();
  await here.hear(words.refund);
  expect(await marked(here, 'm1 no-complaint')).toMatchObject({ severity: 0, urgency: 'low' });
  expect((await marked(here, 'm1 --undo')).severity).toBeGreaterThan(1);
});

test('judging once more never turns a mark back', async () => {
  const here = desk();
  await here.hear(words.cold, words.lovely, words.refund);
  await marked(here, 'm1 no-complaint');
  await marked(here, 'm2 complaint');
  await marked(here, 'm3 not-us');
  // Probabilities, severity and reasons may follow: what people marked is learnt from.
  const stands = async (words: string) =>
    (await here.list(words)).map(({ id, complaint, relevance, case: own }) => [
      id,
      complaint.verdict,
      relevance.verdict,
      own,
    ]);
  const [all, queue] = [await stands('--all'), await stands('')];
  expect((await here.earshot('rescore --all')).code).toBe(0);
  expect([await stands('--all'), await stands('')]).toEqual([all, queue]);
  here.settle([{ name: 'Blue Door Coffee', about: 'coffee shop in Leeds' }]);
  expect([await stands('--all'), await stands('')]).toEqual([all, queue]);
});

test('the next post like it is judged as was said, and says why', async () => {
  const here = desk();
  await here.hear(words.refund);
  await here.earshot('mark m1 no-complaint');
  const [, next] = await here.hear(`${words.refund.toLowerCase()} Really!`);
  expect(next?.complaint.verdict).not.toBe('complaint');
  expect((await here.earshot('show m2')).out.replaceAll(/\s+/gu, ' ')).toContain('you said no to posts like this');
  expect(await here.list()).toEqual([]);
});

test('says to people what came of it', async () => {
  const here = desk();
  await here.hear(words.cold, words.lovely);
  const first = await here.earshot('mark m1 no-complaint');
  expect(first.out).toBe(`m1 is no complaint: case c1 is dismissed.\n  “${words.cold}”\n`);
  expect(first.err).toMatch(/^ {2}npx earshot mark m1 no-complaint --undo +to take that back\n$/);
  expect((await here.earshot('mark m2 complaint')).out).toMatch(/^m2 is a complaint: case c2 is new\.\n/);
  expect((await here.earshot('mark m2 complaint --undo')).out).toMatch(/^m2 is no longer marked complaint\.\n/);
  expect((await here.earshot('mark complaint m2')).out).toContain('m2 is a complaint');
});

test.each([
  ['m1 compliant', 'Did you mean complaint?'],
  ['m1 rubbish', 'Marks are: complaint, no-complaint, us, not-us, urgent, solved.'],
  ['spam m1', 'A mention cannot be marked spam. Marks are: complaint,'],
  ['compliant m1', 'Did you mean complaint?'],
  ['m9 complaint', 'There is no mention m9.'],
  ['m1', 'Marks are:'],
])('mark %s', async (line, sentence) => {
  const here = desk();
  await here.hear(words.lovely);
  const { code, err } = await here.earshot(`mark ${line}`);
  expect(code).toBe(2);
  expect(err).toContain(sentence);
});

test('what is like it moves at once, and is told in one line', async () => {
  const here = desk();
  await here.hear(words.refund, `${words.refund.toLowerCase()} Really!`, words.cold);
  const first = await here.earshot('mark m1 no-complaint');
  expect(first.out).toContain('\n1 more like it left the queue.\n');
  expect((await here.list()).map(({ id }) => id)).toEqual([3]);
  expect((await here.earshot('mark m1 no-complaint --undo')).out).toContain('\n1 more like it came into the queue.\n');
  expect((await here.list()).map(({ id }) => id).toSorted()).toEqual([1, 2, 3]);
});
