import { existsSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { desk as aDesk, blueDoor, words } from './desk.ts';

describe('export', () => {
  test('never writes through a link that somebody has put in its way', async () => {
    const desk = aDesk();
    await desk.hear(words.refund);
    const prey = join(desk.folder, 'prey');
    writeFileSync(prey, 'mine');
    symlinkSync(prey, join(desk.folder, 'all.json.unfinished'));
    const { code } = await desk.earshot('export --format json --out all.json');
    expect(code).toBe(0);
    expect(readFileSync(prey, 'utf8')).toBe('mine');
    expect(statSync(join(desk.folder, 'all.json')).mode & 0o077).toBe(0);
    expect(existsSync(join(desk.folder, 'all.json.unfinished'))).toBe(false);
  });

  test('writes to a device and leaves it one', async () => {
    const desk = aDesk();
    await desk.hear(words.refund);
    const device = join(desk.folder, 'nothing');
    symlinkSync('/dev/null', device);
    const { code } = await desk.earshot(`export --format csv --out ${device}`);
    expect(code).toBe(0);
    expect(statSync(device).isCharacterDevice()).toBe(true);
  });

  test('no cell begins as a formula does, in any width, and import takes the mark off', async () => {
    const desk = aDesk();
    const names = ['=1', '+1', '-1', '@a', '＝1', '＋1', '－1', '＠a', "'=1"];
    await desk.hear(...names.map((name) => ({ text: words.refund + name, author: { name } })));
    const { out } = await desk.earshot('export --format csv --all');
    for (const name of names) expect(out).toContain(`,'${name},`);
    const other = aDesk();
    await other.earshot('import -', { stdin: out });
    const taken = await other.list('--all');
    expect(taken.map(({ author }) => author.name).sort()).toEqual([...names].sort());
  });

  test('nothing in JSON acts on a terminal', async () => {
    const desk = aDesk();
    await desk.hear({ text: `${words.refund} \u009b31m \u009d52;c;QQ==\u009c \u202e`, author: { name: 'a\u009bb' } });
    writeFileSync(join(desk.folder, 'posts.jsonl'), '');
    desk.settle([blueDoor, { name: 'Red \u009b31m\u202eDoor', sources: { file: { path: 'posts.jsonl' } } }]);
    const printing = ['list', 'show m1', 'collect', 'status', 'report', 'rating 4 --brand red-31m-door --at Google'];
    for (const line of ['export --format json', ...printing.map((words) => `${words} --json`)]) {
      const { code, out } = await desk.earshot(line);
      expect([line, code]).toEqual([line, 0]);
      expect(JSON.parse(out), line).toBeTruthy();
      expect(out, line).not.toMatch(/[\u0080-\u009f\u202e]/);
    }
  });
});
