// How modules are loaded: fast for what ends at once, small for what runs for months.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import v8 from 'node:v8';

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

/** What was compiled once is kept: the second start takes half the time. Where nothing may be written, it goes on without. */
export function loadFast() {
  module.enableCompileCache(here('../node_modules/.cache/earshot'));
  if (module.registerHooks) module.registerHooks({ resolve: resolver() });
}

/**
 * No machine code for what comes once in minutes (12 MB; judging takes three times as long), no compile cache (it stays in
 * memory: 7 MB), and no TypeScript reader (25 MB).
 */
export function loadSmall() {
  for (const compiler of ['opt', 'maglev', 'sparkplug']) v8.setFlagsFromString(`--no-${compiler}`);
  if (module.registerHooks) module.registerHooks({ resolve: resolver(), load: withoutTypes });
}

/** Packages that .ci/pack-packages.js made one file of, by name, in the versions that package.json names; none where it did not run. */
function packedPackages() {
  const folder = here('../dist/packages');
  if (!existsSync(folder)) return new Map();
  const files = new Set(readdirSync(folder));
  const { dependencies } = JSON.parse(readFileSync(here('../package.json'), 'utf8'));
  const packed = Object.entries(dependencies).filter(([name, version]) => files.has(`${name}-${version}.js`));
  return new Map(packed.map(([name, version]) => [name, pathToFileURL(`${folder}/${name}-${version}.js`).href]));
}

/**
 * What is packed is one file; in our own files `./x.js` is the file beside: without searching the disk for each of some five
 * hundred a start takes half the time.
 */
function resolver() {
  const packed = packedPackages();
  const home = new URL('..', import.meta.url).href;
  return (specifier, context, next) => {
    const file = packed.get(specifier);
    if (file) return { url: file, format: 'module', shortCircuit: true };
    const from = context.parentURL ?? '';
    const own = from.startsWith(home) && /^(?:src|dist)\//.test(from.slice(home.length));
    const format = specifier.endsWith('.ts') ? 'module-typescript' : specifier.endsWith('.js') ? 'module' : null;
    if (!own || format === null || !specifier.startsWith('.')) return next(specifier, context);
    return { url: new URL(specifier, from).href, format, shortCircuit: true };
  };
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
