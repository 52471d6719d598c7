// How modules are loaded: what ends at once fast, and found without a search (loading-small.js: what runs for months).
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** What was compiled once is kept: the second start takes half the time. Where nothing may be written, it goes on without. */
export function loadFast() {
  module.enableCompileCache(here('../node_modules/.cache/earshot'));
  if (module.registerHooks) module.registerHooks({ resolve: resolver() });
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
export function resolver() {
  const packed = packedPackages();
  const home = new URL('..', import.meta.url).href;
  const http = new URL('loading-http.js', import.meta.url).href;
  return (specifier, context, next) => {
    // What is required by a package of the old kind must be what it knows.
    const imported = context.conditions.includes('import');
    const file = imported ? packed.get(specifier) : undefined;
    if (file) return { url: file, format: 'module', shortCircuit: true };
    if (imported && /^(?:node:)?http$/.test(specifier)) return { url: http, format: 'module', shortCircuit: true };
    const from = context.parentURL ?? '';
    const own = from.startsWith(home) && /^(?:src|dist)\//.test(from.slice(home.length));
    const format = specifier.endsWith('.ts') ? 'module-typescript' : specifier.endsWith('.js') ? 'module' : null;
    if (!own || format === null || !specifier.startsWith('.')) return next(specifier, context);
    return { url: new URL(specifier, from).href, format, shortCircuit: true };
  };
}
