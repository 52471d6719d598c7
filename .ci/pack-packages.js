// Packs packages of hundreds of small files into a file each, dist/packages/NAME-VERSION.js, which src/loading.js reads instead:
// a start takes a fifth less. `npm ci` runs it (prepare); where rolldown is missing everything works as before, only slower.
import { readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
/** Of yaml the files that are modules are those for browsers; the code is the same. */
const packages = [
  ['commander', 'commander'],
  ['kysely', 'kysely'],
  ['temporal-polyfill', 'temporal-polyfill'],
  ['yaml', here('../node_modules/yaml/browser/index.js')],
  ['zod', 'zod'],
];

/** Of zod's sixty languages nothing here speaks another than English. */
const englishAlone = {
  name: 'english-alone',
  resolveId: (specifier, from) =>
    specifier === '../locales/index.js' ? from.replace(/[^\\/]+[\\/][^\\/]+$/, 'locales/en.js') : null,
};

const { rolldown } = await import('rolldown').catch(() => ({ rolldown: null }));
const { dependencies } = JSON.parse(readFileSync(here('../package.json'), 'utf8'));
rmSync(here('../dist/packages'), { recursive: true, force: true });
for (const [name, input] of rolldown ? packages : []) {
  const bundle = await rolldown({
    input,
    cwd: here('..'),
    platform: 'node',
    plugins: [englishAlone],
    logLevel: 'silent',
  });
  await bundle.write({ file: here(`../dist/packages/${name}-${dependencies[name]}.js`), format: 'esm' });
  await bundle.close();
}
