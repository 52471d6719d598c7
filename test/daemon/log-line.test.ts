/** Log lines: one line each, nothing that acts on a terminal, no way in; plain where a person is looking. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openLog } from '../../src/app.ts';
import { loggable, loggableFacts } from '../../src/daemon/log-line.ts';
import { tellTrouble } from '../../src/daemon/tell.ts';
import { cliEdges } from '../support/edges.ts';

test('whatever comes, a line is one line without control characters, and cleaning it again changes nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      const line = loggable(text);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
      expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
      expect(loggable(line)).toBe(line);
    }),
  );
});

test('addresses lose what lets people in, at any depth', () => {
  const facts = {
    watch: 'feed https://ana:secret@news.example/feed?token=abc&x=1 \u001b[31m',
    brands: ['Blue\nDoor'],
    setAside: { 'no-match': 2, deep: { address: 'http://mail.example/a?key=1' } },
    took: 12,
    none: null,
  };
  expect(loggableFacts(facts)).toEqual({
    watch: 'feed https://news.example/feed?…',
    brands: ['Blue Door'],
    setAside: { 'no-match': 2, deep: { address: 'http://mail.example/a?…' } },
    took: 12,
    none: null,
  });
});

test('machines get JSON lines, a person gets the time and a sentence', async () => {
  const piped = cliEdges();
  (await openLog(piped)).warn({ seen: 3, watch: 'https://a:b@x.example' }, 'heard\u001b[2J it');
  expect(JSON.parse(piped.said.err)).toEqual({
    level: 'warn',
    time: '2026-11-20T08:00:00.000Z',
    seen: 3,
    watch: 'https://x.example',
    msg: 'heard it',
  });
  const edges = cliEdges({ timezone: 'Asia/Tokyo' });
  const watched = { ...edges, terminal: { ...edges.terminal, lively: true } };
  (await openLog(watched)).info({ seen: 3 }, 'heard it');
  expect(edges.said.err).toBe('17:00  Heard it\n');
});

test('a mistake of ours is told with its place, and without what stood in quotes', () => {
  const lines: [object, string][] = [];
  const log = {
    info: () => undefined,
    warn: () => undefined,
    error: (...line: [object, string]) => void lines.push(line),
  };
  tellTrouble(log, 'tidying up', new SyntaxError('Unexpected token \'<\', "<p>my card was charged" is not valid JSON'));
  expect(lines).toEqual([
    [
      { bug: 'SyntaxError', where: null },
      'a mistake of Earshot’s own, and it goes on (tidying up): Unexpected token "…", "…" is not valid JSON',
    ],
  ]);
});
