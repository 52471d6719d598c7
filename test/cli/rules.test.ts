/** `earshot rules`: what a query or a changed config would find, why a post is heard, and what a wrong query is told. */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { RuleAnswer, RuleDiffs, RuleExplanations, RuleTests } from '../../src/face/rules.ts';
import { blueDoor, desk, words } from './desk.ts';

const line = (text: string, more: object = {}) => JSON.stringify({ id: text, text, ...more });
const answers = (out: string) =>
  out
    .trim()
    .split('\n')
    .map((one) => JSON.parse(one) as unknown);

describe('rules test --query … --json answers each line of stdin, without config and database', () => {
  test('the same id twice, blank lines, titles, ratings: one answer a post, in order', async () => {
    const here = desk();
    const posts = [
      line('Still no Refund, still waiting'),
      line('the same', { id: '1' }),
      line('refunds at the same', { id: '1', title: 'Refund!' }),
      '',
      JSON.stringify({ text: 'no id: refund' }),
      line('x', { rating: { value: 2, scale: 10 } }),
    ];
    const { code, out, err } = await here.earshot(
      ['rules', 'test', '--query', 'refund OR rating:<=1', '--json', '--config', 'nowhere.yaml'],
      { stdin: posts.join('\n') },
    );
    expect([code, err]).toEqual([0, '']);
    const told = answers(out);
    expect(z.array(RuleAnswer).parse(told)).toEqual(told);
    expect(told).toEqual([
      { matches: true, because: [{ term: 'refund', at: [9, 15] }] },
      { matches: false, because: [] },
      { matches: true, because: [{ term: 'refund', at: null }] },
      { matches: true, because: [{ term: 'refund', at: [7, 13] }] },
      { matches: true, because: [{ term: 'rating:<=1', at: null }] },
    ]);
  });

  test('a line that is no post is told in its place, and the rest answered', async () => {
    const stdin = `{"id": "1"}\nnonsense\n${line('a refund')}\n`;
    const { code, out } = await desk().earshot(['rules', 'test', '--query', 'refund', '--json'], { stdin });
    expect(code).toBe(1);
    expect(answers(out)).toEqual([
      { error: 'line 1: text must be there.' },
      { error: expect.stringContaining('line 2: is not a whole JSON object') },
      { matches: true, because: [{ term: 'refund', at: [2, 8] }] },
    ]);
  });

  test('a wrong query ends with 2, its place and what was meant, and answers nothing', async () => {
    const { code, out, err } = await desk().earshot(['rules', 'test', '--query', 'cold and coffee', '--json'], {
      stdin: line('a'),
    });
    expect([code, out]).toEqual([2, '']);
    expect(err).toBe(
      'The query cannot be read. Character 6, at “and coffee”: did you mean AND? Write it in capitals; to look for the word, write "and".\n',
    );
  });

  test('with nobody to read from it says how', async () => {
    const { code, err } = await desk().earshot(['rules', 'test', '--query', 'cold', '--json']);
    expect([code, err]).toEqual([2, expect.stringContaining('Pipe posts in')]);
  });
});

describe('rules test among the stored posts', () => {
  test('a query: how many match, the newest of them, and what is odd about it', async () => {
    const here = desk();
    await here.hear(words.cold, words.lovely, words.refund);
    const { code, out, err } = await here.earshot(['rules', 'test', '--query', '(cold OR refund) NOT lovely']);
    expect(code).toBe(0);
    expect(out).toMatch(/^This query matches 2 of 3 stored posts\.\n(?:.*(?:cold|refund).*forum\n){2}$/i);
    expect(err).toContain('npx earshot rules diff --query …');
    const odd = await here.earshot(['rules', 'test', '--query', 'NOT cold OR source:blusky']);
    expect([odd.code, odd.err]).toEqual([0, expect.stringContaining('takes in whatever it does not rule out')]);
  });

  test('the config’s rules, brand by brand; as JSON in its published shape', async () => {
    const here = desk();
    await here.hear(words.cold, words.lovely);
    here.settle([{ name: blueDoor, query: '"blue door" near/5 cold' }, 'Red Door']);
    const { out } = await here.earshot('rules test --json');
    const told = JSON.parse(out) as unknown;
    expect(RuleTests.parse(told)).toEqual(told);
    expect(told).toMatchObject([
      { brand: blueDoor, posts: 2, matches: 1, newest: [{ text: words.cold }] },
      { brand: 'Red Door', posts: 2, matches: 0, newest: [] },
    ]);
    const one = await here.earshot(['rules', 'test', '--brand', 'red door']);
    expect(one.out).toBe('Red Door matches 0 of 2 stored posts.\n');
    const wrong = await here.earshot(['rules', 'test', '--brand', 'red dor']);
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('Did you mean Red Door?')]);
  });
});

describe('rules diff', () => {
  test('says what a changed config would hide and add, complaints first, and applies nothing', async () => {
    const here = desk();
    await here.hear(words.lovely, words.cold, words.refund, words.meeting, { text: 'Blue-Door: awful, cold soup' });
    here.settle([{ name: blueDoor, query: '"blue door" NOT (cold OR refund OR nine) OR soup' }]);
    const before = await here.earshot('rules diff --json');
    const told = JSON.parse(before.out) as unknown;
    expect(RuleDiffs.parse(told)).toEqual(told);
    const [diff] = RuleDiffs.parse(told);
    expect(diff?.hides.map(({ complaint, why }) => [complaint, why])).toEqual([
      ['complaint', 'query-missed'],
      ['complaint', 'query-missed'],
      ['none', 'query-missed'],
    ]);
    expect(diff?.hides.at(-1)?.text).toBe(words.meeting);
    expect(diff).toMatchObject({ brand: blueDoor, adds: [], stays: 0 });
    const { code, out, err } = await here.earshot('rules diff');
    expect(code).toBe(0);
    expect(out).toContain('3 posts would be left out, 2 complaints among them:');
    expect(out).toContain('3 posts named you but are not what your “query” asks for.');
    expect(err).toContain('Nothing is changed yet');
    // The next command applies it.
    expect(await here.list('--all')).toHaveLength(1);
    const after = await here.earshot('rules diff');
    expect([after.out, after.err]).toEqual([
      '',
      expect.stringContaining('Nothing that is stored would come in or be left out.'),
    ]);
  });

  test('what came in for another brand would come in, and what somebody marked stays', async () => {
    const here = desk();
    here.settle([blueDoor, 'Red Door']);
    const [cold] = await here.hear(words.cold, 'Red Door: cold soup, and the waiter was rude.');
    await here.earshot(`mark m${cold?.id} complaint`);
    const { out, err } = await here.earshot(['rules', 'diff', '--brand', blueDoor, '--query', 'soup AND "red door"']);
    expect(out).toContain('1 post would come in, a complaint:');
    expect(out).toContain('Red Door: cold soup');
    expect(out).toContain('1 post that you marked or worked on would stay.');
    expect(err).toContain('The query holds no word of your names');
    expect(err).toContain('write it into the config');
  });

  test('--query wants to know whose, and one that cannot be read ends with 2', async () => {
    const here = desk();
    here.settle([blueDoor, 'Red Door']);
    const whose = await here.earshot('rules diff --query soup');
    expect([whose.code, whose.err]).toEqual([
      2,
      expect.stringContaining('Add --brand with one of: Blue Door Coffee, Red Door.'),
    ]);
    const wrong = await here.earshot(['rules', 'diff', '--brand', 'Red Door', '--query', 'a OR NOT b']);
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('takes in whatever it does not rule out')]);
  });
});

describe('rules explain', () => {
  test('says for each brand what was found or was missing', async () => {
    const here = desk();
    const [heard] = await here.hear({ text: words.cold, title: 'Blue-Door Coffee' });
    here.settle([
      blueDoor,
      { name: 'Blue Door', id: 'two', query: '"blue door" NOT cold' },
      { name: 'Cold Store', query: 'cold near/0 (coffee OR tea)' },
      { name: 'Coffee', require: ['leeds'] },
      { name: 'The Coffee', exclude: ['coffee at'] },
    ]);
    const { code, out } = await here.earshot(`rules explain m${heard?.id}`, { columns: 200 });
    expect(code).toBe(0);
    expect(
      out
        .replaceAll(/\n(?=[^A-Z])/g, ' ')
        .split('\n')
        .slice(1, -1),
    ).toEqual([
      'Blue Door Coffee: heard, since it says “Blue-Door Coffee” in the title, “Blue Door Coffee”.',
      expect.stringMatching(/^Blue Door: not heard, since .*: “cold” must not be in it\.$/),
      'Cold Store: not heard, since your query does not hold: “cold” and “coffee” or “tea”: they do not stand side by side.',
      expect.stringMatching(/^Coffee: not heard, since none of your “require” words stands near .*: leeds\.$/),
      expect.stringMatching(/^The Coffee: not heard, since one of your “exclude” phrases stands at .*: coffee at\.$/),
    ]);
    const { out: json } = await here.earshot(`rules explain m${heard?.id} --json`);
    const told = JSON.parse(json) as unknown;
    expect(RuleExplanations.parse(told)).toEqual(told);
    expect(told).toMatchObject({
      mention: heard?.id,
      brands: [
        { verdict: 'mention', query: null },
        { query: { matches: false, whyNot: ['“cold” must not be in it'] } },
        {},
        { verdict: 'required-missing' },
        {},
      ],
    });
  });

  test('a post that is not there, and a word that is none', async () => {
    const here = desk();
    expect((await here.earshot('rules explain m9')).code).toBe(2);
    const { code, err } = await here.earshot('rules explain');
    expect([code, err]).toEqual([2, expect.stringContaining('wants <post>')]);
  });
});

test('a wrong query in the config stops every command with its place, and check tells it', async () => {
  const here = desk();
  here.settle([{ name: blueDoor, query: 'blue door' }]);
  const place = 'brands[0].query: cannot be read. Character 6, at “door”';
  const list = await here.earshot('list');
  expect([list.code, list.err]).toEqual([1, expect.stringContaining(place)]);
  const check = await here.earshot('check', { columns: 300 });
  expect([check.code, check.out]).toEqual([1, expect.stringContaining(place)]);
});
