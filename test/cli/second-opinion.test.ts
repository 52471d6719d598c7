/** The second opinion as its owner meets it: shown before it is on, told in `status`, asked at the end of a look. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CheckFace } from '../../src/face/check.ts';
import { StatusFace } from '../../src/face/status.ts';
import { loopback } from '../support/loopback.ts';
import { desk } from './desk.ts';

const brand = { name: 'Blue Door Coffee', about: 'coffee shop in Leeds', sources: { file: { path: 'posts.jsonl' } } };
const key = { EARSHOT_SECOND_OPINION_KEY: 'sesame' };
/** In no language that our own judges read. */
const unread = 'Blue Door Coffee のカウンターで四十分待っても誰も来ませんでした';

function asking(secondOpinion: object, post = unread) {
  const here = desk();
  writeFileSync(join(here.folder, 'posts.jsonl'), JSON.stringify({ id: '1', text: post, author: { name: 'Jo Kim' } }));
  const settle = (more: object = {}) => here.settle([brand], { secondOpinion: { ...secondOpinion, ...more } });
  settle();
  return { ...here, settle };
}

test('check says to whom what goes, and shows one whole example, without the key', async () => {
  const here = asking({ url: 'http://ana:pass@127.0.0.1:11434/v1?code=9', model: 'small' });
  const { code, out } = await here.earshot('check', { env: key, columns: 120 });
  expect(code).toBe(0);
  expect(out.replaceAll(/\s+/g, ' ')).toContain(
    '✓ What is still unsure is sent to small at 127.0.0.1:11434 (on this computer), at most 200 times a day',
  );
  expect(out).toContain('POST http://127.0.0.1:11434/v1/chat/completions\n');
  expect(out).toContain('authorization: Bearer …');
  expect(out).toContain(
    'Blue Door Coffee said “ready in ten minutes” an hour ago. Well done. Ask [account], or ring [number]',
  );
  expect(out).not.toMatch(/! secondOpinion|sesame|ana|:pass|code=9/);
  const { sends } = CheckFace.parse(JSON.parse((await here.earshot('check --json', { env: key })).out));
  expect(sends?.to).toBe('http://127.0.0.1:11434/v1/chat/completions');
  const shown = out.slice(out.indexOf('\n  {\n'));
  expect(JSON.parse(shown)).toEqual(sends?.body);
});

test('check tells what is not encrypted, and what most servers want', async () => {
  const told = async (url: string, env = {}) =>
    (await asking({ url, model: 'small' }).earshot('check', { columns: 400, env })).out
      .replaceAll('\n  ', ' ')
      .split('\n')
      .filter((line) => /^[✓!].*second|unsure/i.test(line));
  expect(await told('http://192.168.1.7:8080/v1')).toEqual([
    '✓ What is still unsure is sent to small at 192.168.1.7:8080 (in your own network), at most 200 times a day',
    expect.stringMatching(/^! secondOpinion\.url: http:\/\/ hides nothing: .* can read the words that are sent\./),
  ]);
  expect(await told('http://models.example/v1', key)).toEqual([
    expect.stringContaining('(on the Internet)'),
    expect.stringContaining('and your key.'),
  ]);
  expect(await told('https://models.example/v1')).toEqual([
    expect.stringContaining('models.example (on the Internet)'),
    expect.stringContaining('! secondOpinion: EARSHOT_SECOND_OPINION_KEY is neither in earshot.env nor'),
  ]);
  expect(await told('https://models.example/v1', key)).toHaveLength(1);
});

test('without one nothing is said of it anywhere', async () => {
  const here = desk();
  for (const words of ['check', 'status', 'collect'])
    expect((await here.earshot(words)).out).not.toMatch(/second opinion/i);
  expect(JSON.parse((await here.earshot('check --json')).out).sends).toBeNull();
  expect(JSON.parse((await here.earshot('status --json')).out).secondOpinion).toBeNull();
});

test('off, it is shown and not asked; on, it is asked at the end of a look, and only once of a post', async () => {
  const said = { about: 1, complaint: 0.95, severity: 2 };
  const server = await loopback({
    '/v1/chat/completions': { json: { choices: [{ message: { content: JSON.stringify(said) } }] } },
  });
  const here = asking({ url: server.url, model: 'small', off: true });
  const env = { ...key, EARSHOT_JUDGE: 'fast' };
  const collect = async () => expect((await here.earshot('collect', { env })).code).toBe(0);
  await collect();
  expect((await here.list('--unsure')).length).toBe(1);
  expect((await here.earshot('check')).out).toContain('An example of what a second opinion is sent');
  expect((await here.earshot('status', { columns: 200 })).out).toContain(
    'is off: nothing is sent. `npx earshot check` shows',
  );
  expect(server.requests).toHaveLength(0);

  here.settle({ off: false });
  expect((await here.earshot('collect --dry-run', { env })).code).toBe(0);
  expect(server.requests).toHaveLength(0);
  await collect();
  await collect();
  expect(server.requests).toHaveLength(1);
  expect(server.requests[0]?.body).not.toContain('Jo Kim');
  expect(await here.list()).toMatchObject([{ text: unread, complaint: { verdict: 'complaint' } }]);
  expect((await here.earshot('status', { columns: 200 })).out).toContain(
    'was asked 1 of 200 times in the last 24 hours.',
  );
});

test('status tells once why there was no answer, what it has cost, and when it is asked again', async () => {
  const server = await loopback({ '/v1/chat/completions': { status: 500 } });
  const moneyPerMonth = { most: 5, currency: 'EUR', perMillionTokensIn: 0, perMillionTokensOut: 100 };
  const here = asking({ url: server.url, model: 'small', callsPerDay: 1, moneyPerMonth });
  const { code, out } = await here.earshot('collect --json', { env: { EARSHOT_JUDGE: 'fast' } });
  expect(code).toBe(0);
  expect(JSON.parse(out).runs).toMatchObject([{ outcome: 'complete', fresh: 1 }]);
  const status = (await here.earshot('status')).out.replaceAll(/\n +/g, ' ');
  expect(status).toContain(
    'was asked 1 of 1 times in the last 24 hours, 0.1 of 5 EUR this month. That is all it may be asked for now.',
  );
  expect(status.match(/No answer today 08:00: .* is having trouble/g)).toHaveLength(1);
  expect(status).toContain('It is asked again today 08:30; what is unsure waits on its pile.');
  const { secondOpinion } = StatusFace.parse(JSON.parse((await here.earshot('status --json')).out));
  expect(secondOpinion).toMatchObject({
    calls: 1,
    money: { spent: 0.1 },
    trouble: { askedAgainAt: '2026-11-20T08:30:00.000Z' },
  });
  for (const columns of [60, 100]) {
    const { out: narrow } = await here.earshot('status', { columns });
    for (const line of narrow.split('\n')) expect(line.length).toBeLessThanOrEqual(columns);
  }
});
