#!/usr/bin/env node
// The bin: looks at the Node version before anything else is imported, since better-sqlite3 on Node 20 dies without a word.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const [major, minor] = process.versions.node.split('.').map(Number);
const own = here(process.platform === 'win32' ? '../node_modules/node/bin/node.exe' : '../node_modules/node/bin/node');

if (major > 22 || (major === 22 && minor >= 18)) {
  if (process.argv.includes('start') && !process.argv.includes('--once'))
    (await import('./loading-small.js')).loadSmall();
  else (await import('./loading.js')).loadFast();
  await import(existsSync(here('main.ts')) ? './main.ts' : '../dist/main.js');
} else if (existsSync(own) && process.env.EARSHOT_NODE !== 'own') {
  const { spawn } = await import('node:child_process');
  const env = { ...process.env, EARSHOT_NODE: 'own' };
  const child = spawn(own, process.argv.slice(1), { stdio: 'inherit', env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => (process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1)));
} else {
  process.stderr.write(
    `Earshot needs Node 22.18 or newer; this is Node ${process.versions.node}. Get it from https://nodejs.org\n`,
  );
  process.exitCode = 1;
}
