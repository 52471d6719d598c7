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

test('what is wrong with a line is said in plain words', async () => {
  const { answers } = await assessed([
    '{"text": "half',
    '["a list"]',
    { title: 'no text' },
    { text: 'Cold soup', rating: '3/5' },
    { text: 'Cold soup', brand: { about: 'café' } },
    { text: 'Cold soup', language: 7 },
  ]);
  const whole = 'is not a whole JSON object; each line must be one, from { to }.';
  expect(answers).toEqual([
    { error: `line 1: ${whole}` },
    { error: `line 2: ${whole}` },
    { error: 'line 3: text must be there, and must be words in quotation marks.' },
    { error: 'line 4: rating must have a value and a scale, such as {"value": 4, "scale": 5}.' },
    { error: expect.stringMatching(/^line 5: brand must have a name, such as/) },
    { error: 'line 6: language must be words in quotation marks, such as "en".' },
  ]);
});

test('how many lines failed is told at the end, and how far it is while nobody sees the answers', async () => {
  const here = desk();
  const stdin = `${JSON.stringify({ text: 'fine' })}\nnonsense\n${JSON.stringify({ text: 'fine' })}\n`;
  const quiet = await here.earshot('assess', { stdin });
  expect([quiet.code, quiet.err]).toEqual([1, '1 line of 3 could not be read; an error stands in place of each.\n']);
  const lively = await here.earshot('assess', { stdin, lively: true, watch: () => here.clock.advance(1000) });
  expect(lively.out).toBe(quiet.out);
  expect(lively.err).toContain('Judging: 2 lines so far …');
  const onScreen = await here.earshot('assess', { stdin, lively: true, rows: 24 });
  expect(onScreen.err).toBe(quiet.err);
  expect((await here.earshot('assess')).err).toContain('Ctrl+D ends');
});

test('a file of Windows is read, mark and line ends', async () => {
  const { code, answers } = await assessed(['\ufeff{"text": "Lovely cakes!"}\r', { text: words.refund }]);
  expect([code, answers.length]).toEqual([0, 2]);
});

test('a post that does not name the brand says so, and not that the place is ours', async () => {
  const { answers } = await assessed([
    { text: 'Still no refund', brand: { name: 'Blue Door Coffee' } },
    { text: words.refund, brand: { name: 'Blue Door Coffee' } },
  ]);
  const rules = answers.map((answer) =>
    'error' in answer ? [] : answer.reasons.filter(({ of }) => of === 'relevance').map(({ rule }) => rule),
  );
  expect(rules).toEqual([['does not name you'], ['our whole name']]);
});

test('whatever is sent is judged: no words, odd words, stars on any scale', async () => {
  const brand = { name: 'Blue Door Coffee', about: 'café' };
  const texts = [
    '',
    '😡😡',
    'https://x.example/a?b=c',
    'W̷a̸s̵ l̶a̴t̷e̸',
    'Blue Door \u202eetal saw \u2066שלום',
    '\ud83d late',
  ];
  const lines = [
    ...[...texts, '<p>Blue&nbsp;Door <b>never</b> arrived</p>', '日本語'].map((text) => ({ text, brand })),
    ...[
      [1, 5],
      [2, 10],
      [10, 100],
      [7, 5],
      [3, 0],
      [-1, 5],
    ].map(([value, scale]) => ({ text: '', rating: { value, scale }, brand })),
  ];
  const { code, answers } = await assessed(lines);
  expect(code).toBe(0);
  const verdicts = answers.map((answer) => ('error' in answer ? answer.error : answer.complaint.verdict));
  expect(verdicts.slice(-6)).toEqual(['complaint', 'complaint', 'complaint', 'none', 'none', 'none']);
  expect(verdicts[0]).toBe('none');
});

test('a megabyte of words, a title, a name or a description is answered', { timeout: 60_000 }, async () => {
  const much = 'still waiting '.repeat(70_000);
  const { code, answers } = await assessed([
    { text: much, brand: { name: 'Blue Door' } },
    { text: 'late again', title: much, brand: { name: 'Blue Door' } },
    { text: 'late again', brand: { name: 'Blue Door', about: much } },
    { text: 'late again', brand: { name: 'x'.repeat(1_000_000) } },
  ]);
  expect([code, answers.length]).toEqual([0, 4]);
});

test('nothing in, nothing out', async () => {
  expect(await assessed([])).toEqual({ code: 0, answers: [] });
});

test('HTML that was left in is read as a person would, and places are those of the text as given', async () => {
  const brand = { name: 'Blue Door Coffee' };
  const text = 'Blue&nbsp;Door Coffee never sent my refund &amp; I can&#39;t reach anybody<br>Awful';
  const { answers } = await assessed([{ text, title: 'Don&#39;t go', brand }]);
  expect(answers).toMatchObject([{ complaint: { verdict: 'complaint' }, relevance: { verdict: 'about' } }]);
  const [answer] = answers;
  const reasons = answer && 'reasons' in answer ? answer.reasons : [];
  const name = reasons.find(({ rule }) => rule === 'our whole name');
  expect(name?.evidence).toBe('Blue Door Coffee');
  expect(text.slice(...(name?.at ?? [0, 0]))).toBe('Blue&nbsp;Door Coffee');
  expect(reasons.map(({ evidence }) => evidence)).toContain("Don't go");
});
