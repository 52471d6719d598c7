/** `earshot reply`: a draft is checked before it goes out, and what is right for a brand stays let pass. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { AllowedFinding, ReplyFinding } from '../../src/face/reply.ts';
import { blueDoor, desk, words } from './desk.ts';

const hollow = 'Unfortunately we were busy.';
const kind = 'You waited far too long, Tim. Your money went back today, and the next coffee is on me. Ana';

const findings = (out: string) => z.array(ReplyFinding).parse(JSON.parse(out));

test('says what, why and what instead; 1 where there is anything, 0 where there is nothing', async () => {
  const here = desk();
  const bad = await here.earshot('reply lint', { stdin: hollow });
  expect(bad.code).toBe(1);
  expect(bad.out).toMatch(
    /1 thing to say differently\.\n\n“Unfortunately” {2}unfortunately\n {2}It says no .*\n {2}Instead: /,
  );
  expect(bad.err).toContain('npx earshot reply allow unfortunately');
  const good = await here.earshot('reply lint', { stdin: kind });
  expect(good).toEqual({ code: 0, out: 'Nothing in it that a customer should not read.\n', err: '' });
});

test('--json is a list of findings, empty where there are none', async () => {
  const here = desk();
  const bad = await here.earshot('reply lint --json', { stdin: hollow });
  expect(bad.code).toBe(1);
  expect(findings(bad.out)).toMatchObject([{ rule: 'unfortunately', evidence: 'Unfortunately', at: [0, 13] }]);
  expect(await here.earshot('reply lint --json', { stdin: kind })).toEqual({ code: 0, out: '[]\n', err: '' });
});

test('needs neither config nor database', async () => {
  const here = desk();
  const none = { EARSHOT_CONFIG: join(here.folder, 'none.yaml') };
  expect((await here.earshot('reply lint', { stdin: kind, env: none })).code).toBe(0);
  expect((await here.earshot('reply lint', { stdin: hollow, env: none })).code).toBe(1);
  expect((await here.earshot('reply lint --case c1', { stdin: hollow, env: none })).code).toBe(1);
});

test('with a case it knows the customer, their language, the place and what was answered before', async () => {
  const here = desk();
  const [mention] = await here.hear({
    text: words.refund,
    source: 'google-play',
    author: { handle: 'teapot_fan', name: null, url: null, followers: null },
  });
  const id = `c${mention?.case?.id}`;
  const lint = async (stdin: string, more = '') =>
    findings((await here.earshot(`reply lint --json --case ${id} ${more}`, { stdin })).out).map(({ rule }) => rule);
  expect(await lint('Dear Mrs Pemberton, your money is there on Friday.')).toEqual(['personal-data']);
  expect(await lint(`${kind} ${'It rained, too. '.repeat(30)}`)).toEqual(['too-long']);
  expect(await lint(`${kind} ${'It rained, too. '.repeat(30)}`, '--platform forum')).toEqual([]);
  const stock = 'We are sorry to hear about your visit and have told the manager of the branch about it.';
  expect(await lint(stock)).toEqual([]);
  await here.earshot(['case', 'answered', id, '--words', stock]);
  expect(await lint(stock)).toEqual(['said-before']);
  expect((await here.earshot('reply lint --json', { stdin: stock })).code).toBe(1);
  expect((await here.earshot(`reply lint --case ${mention?.case?.id}`, { stdin: kind })).code).toBe(0);
});

test('another language is "not checked", never clean', async () => {
  const { code, out } = await desk().earshot('reply lint', {
    stdin: 'Hej, tack för att du skrev till oss. Vi förstår att du blev besviken över väntetiden i lördags kväll.',
  });
  expect(code).toBe(1);
  expect(out).toMatch(/^Not checked\./);
});

test('what is let pass stays so for that brand alone, until it is taken back', async () => {
  const here = desk();
  here.settle([blueDoor, 'Red Door Coffee']);
  const lint = async (brand: string) =>
    (await here.earshot(['reply', 'lint', '--brand', brand], { stdin: hollow })).code;
  const allow = (...more: string[]) => here.earshot(['reply', 'allow', 'unfortunately', '--brand', blueDoor, ...more]);
  const allowed = await allow('--why', 'our founder says it');
  expect(allowed.code).toBe(0);
  expect(allowed.out).toBe('Let pass for Blue Door Coffee:\n  unfortunately, says ana: our founder says it\n');
  expect([await lint(blueDoor), await lint('Red Door Coffee')]).toEqual([0, 1]);
  const listed = await here.earshot(['reply', 'allow', '--brand', blueDoor, '--json']);
  expect(z.array(AllowedFinding).parse(JSON.parse(listed.out))).toEqual([
    {
      brand: blueDoor,
      rule: 'unfortunately',
      words: null,
      by: 'ana',
      at: '2026-11-20T08:00:00.000Z',
      why: 'our founder says it',
    },
  ]);
  expect((await allow('--undo')).out).toContain('Nothing is let pass');
  expect(await lint(blueDoor)).toBe(1);
  expect((await allow('--undo')).code).toBe(1);
});

test('words behind a rule let only them pass', async () => {
  const here = desk();
  await here.earshot(['reply', 'allow', 'personal-data', '0113', '496', '0142']);
  const lint = async (stdin: string) => (await here.earshot('reply lint', { stdin })).code;
  expect(await lint('We rang you from 0113 496 0142 today.')).toBe(0);
  expect(await lint('We rang you on 0113 496 0143 today.')).toBe(1);
});

test('what is asked wrongly is said, with what was meant', async () => {
  const here = desk();
  const asked = async (line: string, stdin?: string) => {
    const { code, err } = await here.earshot(line, stdin === undefined ? {} : { stdin });
    return { code, err };
  };
  expect(await asked('reply lint')).toMatchObject({ code: 2, err: expect.stringContaining('reply lint < answer.txt') });
  expect(await asked('reply lint', '  \n')).toMatchObject({ code: 2, err: expect.stringContaining('empty') });
  expect(await asked('reply lint --case c9', kind)).toMatchObject({
    code: 2,
    err: expect.stringContaining('no case c9'),
  });
  expect(await asked('reply allow unfortunatly')).toMatchObject({
    code: 2,
    err: expect.stringContaining('Did you mean unfortunately?'),
  });
  expect(await asked('reply allow not-checked')).toMatchObject({ code: 2 });
  const elsewhere = await here.earshot('reply lint --platform tiktok', { stdin: kind });
  expect([elsewhere.code, elsewhere.err]).toEqual([0, expect.stringContaining('not known here')]);
});
