/** What the owner reads of a case that several accounts made in the same words: in `list`, `show`, JSON and the mail. */
import { expect, test } from 'vitest';
import { CaseFace } from '../../src/face/case.ts';
import { type Desk, desk, words } from './desk.ts';

const kind = 'Lovely cakes at Blue Door Coffee, the best brunch in all of Leeds, and such kind staff!';

async function withDoubles(text: string): Promise<Desk> {
  const here = desk();
  await here.hear(
    ...['mia', 'bot1', 'bot2'].map((handle, at) => ({
      text,
      author: { handle, name: handle },
      publishedAt: `2026-11-19T1${at}:00:00Z`,
    })),
  );
  return here;
}

test('list has one line, with how many accounts say it', async () => {
  const here = await withDoubles(words.refund);
  for (const list of ['list', 'case list']) {
    const { out } = await here.earshot(list, { columns: 80 });
    expect(out.trim().split('\n')).toHaveLength(1);
    expect(out).toMatch(/c1 .*3 accounts: Still waiting/);
    expect(out.trimEnd().length).toBeLessThanOrEqual(80);
  }
});

test('show says so in words, names the others, and the history tells why they joined', async () => {
  const here = await withDoubles(words.refund);
  const { out } = await here.earshot('show c1', { columns: 80 });
  expect(out).toContain('said in the same words by 3 accounts');
  expect(out).toMatch(/Said in the same words\n {2}m2 .*bot1.*\n {2}m3 .*bot2/);
  expect(out).toMatch(/to it \(m2, m3\): another account\s+says it in the same words/);
  expect(out.split(words.refund.slice(0, 20))).toHaveLength(2);
  const echo = await here.earshot('show m3', { columns: 80 });
  expect(echo.out.replaceAll(/\s+/g, ' ')).toContain('another account said it first in the same words (m1)');
});

test('JSON has the number, of the mention and of the case', async () => {
  const here = await withDoubles(words.refund);
  expect((await here.list('--all')).map(({ accounts }) => accounts)).toEqual([3, 3, 3]);
  const { out } = await here.earshot('case list --json');
  expect(CaseFace.array().parse(JSON.parse(out))).toMatchObject([{ id: 1, accounts: 3, mentions: [1, 2, 3] }]);
});

test('whoever said it first is erased, and the others stay in the case', async () => {
  const here = await withDoubles(words.refund);
  const { code } = await here.earshot('erase mia --yes');
  expect(code).toBe(0);
  const { out } = await here.earshot('case list --json');
  expect(CaseFace.array().parse(JSON.parse(out))).toMatchObject([
    { id: 1, state: 'new', accounts: 2, mention: 2, mentions: [2, 3] },
  ]);
  expect((await here.earshot('list', { columns: 80 })).out).toContain('2 accounts: Still waiting');
});

test('the mail says so', async () => {
  const here = await withDoubles(words.refund);
  const { out } = await here.earshot('digest --print', { columns: 80 });
  expect(out.replaceAll(/\s+/g, ' ')).toContain('said in the same words by 3 accounts');
});

test('kind words in the same words count once, and show says why', async () => {
  const here = await withDoubles(kind);
  expect((await here.list('--all')).toSorted((one, other) => one.id - other.id).map(({ praise }) => praise)).toEqual([
    true,
    false,
    false,
  ]);
  const { out } = await here.earshot('show m2', { columns: 80 });
  expect(out.replaceAll(/\s+/g, ' ')).toContain('(m1), so it is no kind word of its own');
  expect(JSON.parse((await here.earshot('praise list --json')).out)).toHaveLength(1);
});
