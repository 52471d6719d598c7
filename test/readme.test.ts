/** Runs what the README prints, as printed, in a folder that looks like a clone with the demo's posts in it. */
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const lines = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)]
  .flatMap((found) => (found[1] ?? '').split('\n'))
  .map((line) => line.replace(/\s+#.*$/, '').trim())
  .filter((line) => line !== '' && !line.startsWith('#'));

let clone = '';

interface Ended {
  readonly code: number | null;
  readonly out: string;
}

function run(line: string, env: Record<string, string>, stopWhen?: RegExp): Promise<Ended> {
  return new Promise((resolve) => {
    const path = [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
    const child = spawn('sh', ['-c', stopWhen ? `exec ${line}` : line], {
      cwd: clone,
      env: { ...process.env, NO_COLOR: '1', npm_config_offline: 'true', ...env, PATH: path },
      detached: true,
    });
    let out = '';
    const hear = (chunk: Buffer) => {
      out += chunk.toString();
      if (stopWhen?.test(out) && child.pid) process.kill(-child.pid, 'SIGTERM');
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('close', (code) => resolve({ code, out }));
  });
}

beforeAll(async () => {
  clone = mkdtempSync(join(tmpdir(), 'earshot-readme-'));
  for (const name of ['src', 'node_modules', 'package.json']) symlinkSync(join(root, name), join(clone, name));
  mkdirSync(join(clone, 'data'));
  for (const name of ['sample', 'lexicon']) symlinkSync(join(root, 'data', name), join(clone, 'data', name));
  mkdirSync(join(clone, 'config'));
  cpSync(join(root, 'config', 'earshot.example.yaml'), join(clone, 'config', 'earshot.example.yaml'));
  const { code, out } = await run('npx earshot demo', {});
  expect(code, out).toBe(0);
}, 180_000);

afterAll(() => rmSync(clone, { recursive: true, force: true }));

const setUp = lines.slice(0, lines.indexOf('npx earshot list') + 1).filter((line) => !line.startsWith('npm '));
const later = lines.slice(lines.indexOf('npx earshot list') + 1).filter((line) => !/^npm |^git /.test(line));

describe('make it yours', () => {
  test('the printed steps lead from the example to a first look', async () => {
    expect(setUp.length).toBeGreaterThan(2);
    for (const line of setUp) {
      const { code, out } = await run(line, {});
      // Without the Internet a look ends in trouble, told place by place.
      expect(/collect|try/.test(line) ? [0, 1] : [0], `${line}\n${out}`).toContain(code);
      expect(out).not.toMatch(/mistake of Earshot|undefined|\[object/);
    }
  }, 90_000);
});

describe('every other printed command works as printed', () => {
  test.each(later)(
    '%s',
    async (line) => {
      const env = { EARSHOT_CONFIG: join(clone, 'data/demo/earshot.yaml') };
      const stays = /earshot (start|inbox)$/.test(line);
      const { code, out } = await run(line, env, stays ? /listen|http:/i : undefined);
      // The demo's platforms are gone by now: a look says so, and that is no mistake.
      expect(/collect|start --once/.test(line) ? [0, 1] : stays ? [0, null, 143] : [0], out).toContain(code);
      expect(out).not.toMatch(/mistake of Earshot|undefined|\[object/);
    },
    180_000,
  );
});

test('what the README shows is there', () => {
  const pictures = [...readme.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map((found) => found[1] ?? '');
  expect(pictures.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});
