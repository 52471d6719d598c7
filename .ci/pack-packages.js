// Packs packages of many small files into a file each, dist/packages/NAME-VERSION.js, which src/loading.js reads instead:
// a start takes a fifth less. `npm ci` runs it (prepare); where rolldown is missing everything works as before, only slower.
import { readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
/** Of yaml the files that are modules are those for browsers; the code is the same. */
const packages = [
  ['commander', 'commander'],
  ['kysely', 'kysely'],
  ['string-width', 'string-width'],
  ['temporal-polyfill', 'temporal-polyfill'],
  ['wrap-ansi', 'wrap-ansi'],
  ['yaml', here('../node_modules/yaml/browser/index.js')],
  ['zod', 'zod'],
];

/**
 * Of zod's sixty languages nothing here speaks another than English, and no command is a program that commander would start;
 * `node:process` as a module makes every stream that it names.
 */
const unused = {
  name: 'unused',
  resolveId: (specifier, from) =>
    specifier === '../locales/index.js'
      ? from.replace(/[^\\/]+[\\/][^\\/]+$/, 'locales/en.js')
      : specifier in instead
        ? `\0${specifier}`
        : null,
  load: (id) => instead[id.slice(1)] ?? null,
};
const instead = {
  'node:child_process': 'export default {};',
  'node:process': 'export default globalThis.process;',
};

const { rolldown } = await import('rolldown').catch(() => ({ rolldown: null }));
const { dependencies } = JSON.parse(readFileSync(here('../package.json'), 'utf8'));
rmSync(here('../dist/packages'), { recursive: true, force: true });
for (const [name, input] of rolldown ? packages : []) {
  const bundle = await rolldown({
    input,
    cwd: here('..'),
    platform: 'node',
    plugins: [unused],
    logLevel: 'silent',
  });
  await bundle.write({ file: here(`../dist/packages/${name}-${dependencies[name]}.js`), format: 'esm' });
  await bundle.close();
}
