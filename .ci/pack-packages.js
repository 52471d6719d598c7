// Packs packages of many small files into a file each, dist/packages/NAME-VERSION.js, which src/loading.js reads instead:
// a start takes a fifth less, and what runs for months 10 MB less, since Node keeps every module and its source in memory.
// `npm ci` runs it (prepare); where rolldown is missing everything works as before, only slower and bigger.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
/** Of yaml the files that are modules are those for browsers; the code is the same. */
const packages = [
  ['axios', 'axios'],
  ['commander', 'commander'],
  ['feedsmith', 'feedsmith'],
  ['kysely', 'kysely'],
  ['node-cron', 'node-cron'],
  ['nodemailer', 'nodemailer'],
  ['p-queue', 'p-queue'],
  ['pino', 'pino'],
  ['string-width', 'string-width'],
  ['temporal-polyfill', 'temporal-polyfill'],
  ['wrap-ansi', 'wrap-ansi'],
  ['ws', 'ws'],
  ['yaml', here('../node_modules/yaml/browser/index.js')],
  ['zod', 'zod'],
];

/**
 * What nothing here uses, and what stands there instead. No command is a program that commander would start; `node:process`
 * as a module makes every stream that it names; requests go out over HTTP/1, and the log writes itself: Node's `fetch`
 * alone would take 4 MB, its threads 2 MB.
 */
const unused = [
  ['axios', './fetch.js', 'export const getFetch = () => null;'],
  ['axios', 'http2', 'export default {};'],
  ['commander', 'node:child_process', 'export default {};'],
  ['commander', 'node:process', 'export default globalThis.process;'],
  ['pino', './transport', 'module.exports = null;'],
  ['pino', 'worker_threads', 'export const isMainThread = true;'],
  ['string-width', 'node:process', 'export default globalThis.process;'],
  ['wrap-ansi', 'node:process', 'export default globalThis.process;'],
];
const leftOut = (of) => ({
  name: 'left-out',
  resolveId: (specifier, from) => {
    // Of zod's sixty languages nothing here speaks another than English.
    if (specifier === '../locales/index.js') return from.replace(/[^\\/]+[\\/][^\\/]+$/, 'locales/en.js');
    const at = unused.findIndex(([name, what]) => name === of && what === specifier);
    return at < 0 ? null : `\0left-out-${at}`;
  },
  load: (id) => unused[id.split('\0left-out-')[1]]?.[2] ?? null,
  // To ask whether there is one would load it.
  transform: (code, id) => (/axios.lib.utils\.js$/.test(id) ? code.replaceAll('G.FormData', 'undefined') : null),
});

/** Without comments and long names; what a mistake is called stays. */
const small = { compress: false, mangle: { keepNames: true }, codegen: true };

/** A source with a single letter beyond Latin 1 takes two bytes for each of its letters. Behind a backslash they stay as they are. */
const inLatin = (code) =>
  /\\[^\0-\xff]/.test(code)
    ? code
    : code.replace(/[^\0-\xff]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);

const { rolldown } = await import('rolldown').catch(() => ({ rolldown: null }));
const { dependencies } = JSON.parse(readFileSync(here('../package.json'), 'utf8'));
const folder = here('../dist/packages');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const [name, input] of rolldown ? packages : []) {
  const bundle = await rolldown({
    input,
    cwd: here('..'),
    platform: 'node',
    plugins: [leftOut(name)],
    logLevel: 'silent',
  });
  const { output } = await bundle.generate({ format: 'esm', minify: small });
  await bundle.close();
  writeFileSync(`${folder}/${name}-${dependencies[name]}.js`, inLatin(output[0].code));
}
