/** `earshot assess`: one answer a line, in order, without config or database. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { AssessAnswer } from '../../src/face/assess.ts';
import { desk, words } from './desk.ts';

const assessed = async (lines: readonly (string | object)[]) => {
  const here = desk();
  const stdin = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
  const { code, out } = await here.earshot('assess', {
    stdin,
    env: { EARSHOT_CONFIG: join(here.folder, 'none.yaml') },
  });
  expect(existsSync(join(here.folder, 'earshot.db'))).toBe(false);
  return {
    code,
    answers: out
      .trim()
      .split('\n')
      .filter(Boolean)
      .map((line) => AssessAnswer.parse(JSON.parse(line))),
  };
};

test('judges each line, with relevance only where a brand is given', async () => {
  const brand = { name: 'Blue Door Coffee' };
  const { code, answers } = await assessed([
    { text: words.refund, brand },
    { text: 'Lovely cakes, thank you!', rating: { value: 5, scale: 5 } },
    { text: 'My bicycle is blue', brand },
  ]);
  expect(code).toBe(0);
  expect(answers).toMatchObject([
    { complaint: { verdict: 'complaint' }, relevance: { verdict: 'about' }, sentiment: { label: 'negative' } },
    { complaint: { verdict: 'none' }, relevance: null, sentiment: { label: 'positive' } },
    { complaint: { verdict: 'none' } },
  ]);
});

test('a line that is no such object has its error in its place, and the end is a failure', async () => {
  const { code, answers } = await assessed([
    { text: 'fine' },
    'no json',
    '',
    '[]',
    { text: 7 },
    { title: 'no text' },
    { text: 'fine' },
  ]);
  expect(code).toBe(1);
  expect(answers.map((answer) => ('error' in answer ? answer.error.replace(/: .*/, '') : 'judged'))).toEqual([
    'judged',
    'line 2',
    'line 3',
    'line 4',
    'line 5',
    'line 6',
    'judged',
  ]);
});

test('nothing in, nothing out', async () => {
  expect(await assessed([])).toEqual({ code: 0, answers: [] });
});
