/** `earshot regulars`: who comes back, joined over several accounts by hand, and what follows for their cases. */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { CaseFace } from '../../src/face/case.ts';
import { RegularFace } from '../../src/face/regular.ts';
import { type Desk, desk, words } from './desk.ts';

const by = (handle: string) => ({ handle, name: null, url: null, followers: null });
const people = async (here: Desk, more = '') =>
  z.array(RegularFace).parse(JSON.parse((await here.earshot(`regulars --json ${more}`)).out));
const praise = (text: string, handle: string, publishedAt: string, source = 'forum') => ({
  text: `${words.lovely} ${text}`,
  author: by(handle),
  publishedAt,
  source,
});

test('nobody yet, in a sentence', async () => {
  const here = desk();
  await here.hear(words.cold);
  expect((await here.earshot('regulars')).out).toBe(
    'Nobody has spoken of you often enough to be told apart from chance yet.\n',
  );
  expect(await people(here)).toEqual([]);
});

test('each with why, since when, the posts and what to do; the most pressing first', async () => {
  const here = desk();
  await here.hear(
    praise('The rye loaf!', 'mira', '2026-03-02T12:00:00Z'),
    praise('Best flat white.', 'mira', '2026-05-02T12:00:00Z'),
    praise('The staff is so kind.', 'noor', '2026-04-01T12:00:00Z'),
    praise('We love the garden.', 'noor', '2026-05-01T12:00:00Z'),
    { text: words.refund, author: by('mira'), publishedAt: '2026-11-18T12:00:00Z' },
    { text: words.meeting, author: by('once') },
  );
  const found = await people(here);
  expect(found).toMatchObject([
    {
      accounts: [{ handle: 'mira', source: 'forum' }],
      said: { mentions: 3, praise: 2, complaints: 1, since: '2026-03-02T12:00:00.000Z' },
      signs: [
        { kind: 'turned', why: 'praised you twice before, and complains now', since: '2026-11-18T12:00:00.000Z' },
        { kind: 'regular' },
      ],
      case: 1,
      next: { command: 'npx earshot show c1' },
    },
    {
      accounts: [{ handle: 'noor' }],
      signs: [{ kind: 'gone-quiet', mentions: [3, 4] }, { kind: 'regular' }],
      case: null,
    },
  ]);
  for (const columns of [60, 80, 120]) {
    const { out } = await here.earshot('regulars', { columns });
    expect(out).toMatch(/^Praised you, and are unhappy now \(1\)\n {2}a1 +mira, forum\n/i);
    for (const line of out.split('\n')) expect(line.length, line).toBeLessThanOrEqual(columns);
  }
  expect(await people(here, '--brand blue-door-coffee')).toHaveLength(2);
});

test('a regular is told where it matters: show, case show, the mail, and the order of cases', async () => {
  const here = desk();
  here.settle(['Blue Door Coffee'], { digest: { to: [{ address: 'owner@bluedoor.example' }] } });
  await here.hear(
    { text: words.cold, author: by('stranger') },
    praise('The rye loaf!', 'mira', '2026-03-02T12:00:00Z'),
    praise('Best flat white.', 'mira', '2026-05-02T12:00:00Z'),
    { text: `${words.cold} Sad.`, author: by('mira'), publishedAt: '2026-11-18T12:00:00Z' },
  );
  const sentence = 'regular: 3 posts since March, praised you twice';
  expect((await here.earshot('show c2')).out).toContain(`Customer  ${sentence}`);
  expect((await here.earshot('case show c2')).out).toContain(sentence);
  expect((await here.earshot('show m2')).out).toContain(sentence);
  expect((await here.earshot('show c1')).out).not.toContain('Customer');
  expect((await here.earshot('digest --print')).out.replaceAll(/\s+/g, ' ')).toContain(sentence);
  const cases = z.array(CaseFace).parse(JSON.parse((await here.earshot('case list --json')).out));
  expect(cases.map(({ id }) => id)).toEqual([2, 1]);
  expect(cases[0]).toMatchObject({ customer: { mentions: 3, praise: 2, complaints: 1 } });
  expect(cases[0]?.priority).toContain('praised you 2 times before');
});

describe('two accounts, one person', () => {
  const twice = async () => {
    const here = desk();
    await here.hear(praise('The rye loaf!', 'mira', '2026-03-02T12:00:00Z'), {
      text: words.refund,
      author: by('mira.reads'),
      source: 'chat',
      publishedAt: '2026-11-18T12:00:00Z',
    });
    return here;
  };

  test('joined with a reason they are one customer, and the next complaint joins the case; split again, two', async () => {
    const here = await twice();
    expect(await people(here)).toEqual([]);
    const joined = await here.earshot(['regulars', 'join', 'mira', 'm2', '--why', 'the same photo']);
    expect(joined).toMatchObject({ code: 0 });
    expect(joined.out).toBe('One customer from now on:\n  a1  mira, Forum\n  a2  mira.reads, Chat\n');
    expect(joined.err).toContain('npx earshot regulars split a2');
    expect(await people(here)).toMatchObject([{ accounts: [{ id: 1 }, { id: 2 }], signs: [{ kind: 'turned' }] }]);
    await here.hear({ text: `${words.cold} Cold again.`, author: by('mira'), publishedAt: '2026-11-19T13:00:00Z' });
    const [only, ...others] = await here.list();
    expect(only?.case?.id).toBe(1);
    expect(others.every((one) => one.case?.id === 1)).toBe(true);

    expect((await here.earshot('regulars split mira --why mistaken --json')).out).toContain('"id": 1');
    expect((await people(here)).flatMap(({ accounts }) => accounts.map(({ id }) => id))).toEqual([1]);
    expect((await here.earshot('regulars split mira --why mistaken')).err).toBe(
      'a1 cannot be taken out: it was not joined with another.\n',
    );
  });

  test('their open cases are named, to be put together; who was joined by way of a third stays together', async () => {
    const here = await twice();
    await here.hear({ text: words.cold, author: by('mira'), publishedAt: '2026-11-19T13:00:00Z' });
    const { err } = await here.earshot(['regulars', 'join', 'a1', 'a2', '--why', 'the same photo']);
    expect(err).toContain('npx earshot case join c1 c2 --why "…"');
    await here.hear({ text: words.meeting, author: by('third'), source: 'blog' });
    await here.earshot(['regulars', 'join', 'third', 'a1', '--why', 'says so']);
    expect((await here.earshot('regulars join third a2 --why again')).err).toContain('one customer’s already');
    await here.earshot(['regulars', 'split', 'a1', '--why', 'no']);
    expect((await people(here)).map(({ accounts }) => accounts.map(({ id }) => id))).not.toContainEqual([1, 2, 3]);
    expect((await here.earshot('regulars join third a2 --why again')).err).toContain('one customer’s already');
  });

  test.each([
    ['regulars join mira mira.reads', 2, 'write down why'],
    ['regulars join mira mira --why x', 1, 'they are one account'],
    ['regulars join mira nobody --why x', 2, 'Nobody here is called nobody.'],
    ['regulars split mira', 2, 'write down why'],
    ['regulars join mira', 2, 'wants <other>'],
  ])('%s', async (line, code, sentence) => {
    const here = await twice();
    const said = await here.earshot(line);
    expect(said.code).toBe(code);
    expect(said.err).toContain(sentence);
  });

  test('a name that several bear is refused with all of them', async () => {
    const here = desk();
    await here.hear(
      { text: words.cold, author: by('mira') },
      { text: words.refund, author: by('mira'), source: 'chat' },
    );
    const { code, err } = await here.earshot('regulars split mira --why x');
    expect(code).toBe(2);
    expect(err).toContain(
      '2 accounts are called mira. Which one? Name it by its number:\n  a1  mira, Forum\n  a2  mira, Chat',
    );
  });
});
