/** `earshot show`: one mention or case in full, by whatever letter it is called. */
import { expect, test } from 'vitest';
import { MentionFace } from '../../src/face/mention.ts';
import { desk, words } from './desk.ts';

test('c4, m17 and a bare number find the same; a bare number keeps its meaning', async () => {
  const here = desk();
  await here.hear(words.lovely, words.cold, words.refund);
  const of = async (...argv: string[]) => {
    const { code, out } = await here.earshot([...argv, '--json']);
    expect(code).toBe(0);
    return MentionFace.parse(JSON.parse(out));
  };
  const cold = await of('show', 'm2');
  expect(cold).toMatchObject({ text: words.cold, case: { id: 1 } });
  expect(await of('show', 'c1')).toEqual(cold);
  expect(await of('show', '2')).toEqual(cold);
  expect(await of('show', 'M2')).toEqual(cold);
  // The case, with what was said first beside it.
  expect(await of('case', 'show', '1')).toMatchObject({ id: 1, text: words.cold });
  expect(await of('case', 'show', 'm2')).toMatchObject({ id: 1, text: words.cold });
  expect(await of('show', '1')).toMatchObject({ text: words.lovely, case: null });
});

test('in full: who, where, when, why, what was done and what comes next', async () => {
  const here = desk();
  await here.hear({
    text: words.refund,
    title: 'Three weeks',
    author: { name: 'Jo Park', handle: 'jo@forum.example', followers: 4200 },
    url: 'https://forum.example/t/9',
    rating: { value: 1, scale: 5 },
  });
  await here.earshot('case answered c1 --where phone --words sorry', { person: 'Tom' });
  here.clock.advance(3_600_000);
  const { out, err } = await here.earshot('show c1', { columns: 80 });
  expect(out).toContain('c1 · answered · their turn · Tom’s');
  expect(out).toContain('m1  Jo Park (jo@forum.example) · Forum · yesterday 12:00 · 1 of 5 stars · 4,200\nfollowers');
  expect(out).toContain('  Three weeks');
  expect(out).toMatch(/Why {7}1 of 5 stars; .*“Still waiting/s);
  expect(out).toContain('Link      https://forum.example/t/9');
  expect(out).toMatch(
    /What was done\n {2}today 08:00 {2}Earshot found it\n {2}today 08:00 {2}Tom answered \(phone\): sorry\n$/,
  );
  expect(err).toMatch(/npx earshot case happy c1 +when the customer is happy again/);
  for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
});

test('the next step names the config that was named', async () => {
  const here = desk();
  await here.hear(words.refund);
  const { err } = await here.earshot(['--config', here.config, 'show', 'c1'], { columns: 200 });
  expect(err).toContain(`npx earshot --config ${here.config} case answered c1`);
});

test.each(['m99', 'c99', '99', 'x4', '', 'c', 'm-1'])('there is no %o', async (word) => {
  const { code, out, err } = await desk().earshot(['show', word]);
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(/There is no (case|mention)|is no case or mention/);
});
