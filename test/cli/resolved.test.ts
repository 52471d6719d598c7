/** What the owner reads of a case whose customer says that it was put right: in `show`, `list`, its JSON and the mail. */
import { expect, test } from 'vitest';
import { CaseFace, CaseInFull } from '../../src/face/case.ts';
import { type Desk, desk, words } from './desk.ts';

const settled = 'Update: Blue Door Coffee fixed it, got my refund today. All sorted now, thank you!';

/** A complaint of Mia's, and what she says a day later. */
async function withPutRight(): Promise<Desk> {
  const here = desk();
  const author = { handle: 'mia', name: 'Mia' };
  await here.hear({ text: words.refund, author });
  await here.hear({ text: settled, author, publishedAt: '2026-11-20T07:00:00Z' });
  return here;
}

test('show says so first, with where they say it and how to close it', async () => {
  const here = await withPutRight();
  const { out, err } = await here.earshot('show c1', { columns: 80 });
  expect(out).toContain('c1 · new · said to be put right · ');
  expect(out).toContain('Earshot heard the customer say that it was put right (m2)');
  expect(err).toMatch(/Next\n\s+npx earshot case happy c1\s+to close it: the customer says that it was put right\n/);
  expect(err).toMatch(/npx earshot show m2\s+to read where they say so/);
});

test('list and case list have it in the case’s line', async () => {
  const here = await withPutRight();
  for (const list of ['list', 'case list']) {
    const { out } = await here.earshot(list, { columns: 80 });
    const [line = ''] = out.split('\n');
    expect(line).toMatch(/c1 .*put right\? .*waiting/);
    expect(line.length).toBeLessThanOrEqual(80);
  }
});

test('JSON has it as the case’s hint, until the case is closed', async () => {
  const here = await withPutRight();
  const [first, second] = await here.list('--all');
  expect([first, second].map((one) => [one?.id, one?.resolved, one?.case?.hint])).toEqual(
    expect.arrayContaining([
      [1, false, 'resolved'],
      [2, true, undefined],
    ]),
  );
  const shown = CaseInFull.parse(JSON.parse((await here.earshot('case show c1 --json')).out));
  expect(shown).toMatchObject({ hint: 'resolved' });
  expect(shown.events.at(-1)).toMatchObject({ kind: 'resolved', by: 'earshot', mentions: [2] });
  const { out } = await here.earshot('case happy c1 --json');
  expect(CaseFace.parse(JSON.parse(out))).toMatchObject({ state: 'happy', hint: null });
});

test('the mail names how to close it before how to answer', async () => {
  const here = await withPutRight();
  const { out } = await here.earshot('digest --print');
  expect(out).toMatch(/They say that it was put right; to close it:\s+npx earshot (--config \S+ )?case happy c1\b/);
  expect(out.indexOf('case happy c1')).toBeLessThan(out.indexOf('case answered c1'));
});
