/** The real program as scripts meet it: exit codes, a pipe that closes, colours only where they are wanted. */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { program } from '../journey/house.ts';
import { desk, words } from './desk.ts';

const executable = join(import.meta.dirname, '../../src/earshot.js');

test('0 done, 1 failed, 2 misused; answers on stdout, talk on stderr', async () => {
  const here = desk();
  await here.hear(words.refund);
  const say = (...argv: string[]) => program(['--config', here.config, ...argv], here.folder);
  const done = await say('list', '--json');
  expect([done.code, done.err, JSON.parse(done.out)]).toMatchObject([0, '', [{ id: 1 }]]);
  expect((await say('list')).err).toContain('1 complaint needs you.');
  const failed = await program(['--config', 'none.yaml', 'list'], here.folder);
  expect([failed.code, failed.out]).toEqual([1, '']);
  const misused = await say('lsit');
  expect([misused.code, misused.out]).toEqual([2, '']);
});

test('a reader that has seen enough ends it without a word', async () => {
  const here = desk();
  await here.hear(...Array.from({ length: 3000 }, (_, index) => `${words.meeting} ${index}`));
  const child = spawn(
    process.execPath,
    [executable, '--config', here.config, 'list', '--all', '--limit', '0', '--json'],
    {
      cwd: here.folder,
    },
  );
  const said = { err: '' };
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.err += text;
  });
  child.stdout.once('data', () => child.stdout.destroy());
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect([code, said.err]).toEqual([0, '']);
});

test('colours with FORCE_COLOR, none in a pipe or with NO_COLOR', async () => {
  const here = desk();
  await here.hear(words.refund);
  const say = (env: Record<string, string>) => program(['--config', here.config, 'list'], here.folder, env);
  expect((await say({})).out).not.toContain('\u001b');
  expect((await say({ FORCE_COLOR: '1' })).out).toContain('\u001b[');
  expect((await say({ FORCE_COLOR: '1', NO_COLOR: '1' })).out).not.toContain('\u001b');
});

test('a start reads kysely, zod and yaml as one file each', async () => {
  const here = desk();
  const count = join(here.folder, 'count.mjs');
  writeFileSync(
    count,
    `import { registerHooks } from 'node:module';
     const load = (url, context, next) => (process.stderr.write(url + '\\n'), next(url, context));
     registerHooks({ load });`,
  );
  const said = await program(['--config', here.config, 'list', '--json'], here.folder, {
    NODE_OPTIONS: `--import ${pathToFileURL(count).href}`,
  });
  const read = said.err.split('\n');
  for (const name of ['kysely', 'yaml', 'zod']) {
    expect(read.filter((url) => url.includes(`/node_modules/${name}/`))).toEqual([]);
    expect(read.filter((url) => url.includes(`/dist/packages/${name}-`))).toHaveLength(1);
  }
});
