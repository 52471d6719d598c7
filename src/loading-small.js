// How what runs for months is loaded: small.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';
import v8 from 'node:v8';
import { resolver } from './loading.js';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const plain = here('../node_modules/.cache/earshot-plain');
const leavePlain = `
  const { createHash } = require('node:crypto');
  const fs = require('node:fs');
  const [from, to] = process.argv.slice(1);
  fs.mkdirSync(to, { recursive: true });
  for (const name of fs.readdirSync(from, { recursive: true }).filter((name) => name.endsWith('.ts'))) {
    const source = fs.readFileSync(from + name);
    const path = to + '/' + createHash('sha256').update(source).digest('hex') + '.js';
    if (fs.existsSync(path)) continue;
    fs.writeFileSync(path + process.pid, require('node:module').stripTypeScriptTypes(source.toString()));
    fs.renameSync(path + process.pid, path);
  }
`;

/**
 * No machine code for what comes once in minutes (12 MB; judging takes three times as long), no compile cache (it stays in
 * memory: 7 MB), no TypeScript reader (25 MB), and what nobody needs any more is collected soon (4 MB at rest, 30 at most).
 */
export function loadSmall() {
  for (const compiler of ['opt', 'maglev', 'sparkplug']) v8.setFlagsFromString(`--no-${compiler}`);
  v8.setFlagsFromString('--optimize-for-size');
  if (module.registerHooks) module.registerHooks({ resolve: resolver(), load: withoutTypes });
}

/** A clone's TypeScript as another process, which has ended by then, has left it; where nothing may be written, as always. */
function withoutTypes(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context);
  const kept = () =>
    `${plain}/${createHash('sha256')
      .update(readFileSync(fileURLToPath(url)))
      .digest('hex')}.js`;
  if (!existsSync(kept())) spawnSync(process.execPath, ['--no-warnings', '-e', leavePlain, here('.'), plain]);
  return existsSync(kept())
    ? { format: 'module', source: readFileSync(kept()), shortCircuit: true }
    : next(url, context);
}
