/** Holds the map of the house: which folder may import which, and where each outside package lives. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { parseSync } from 'oxc-parser';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');

/** Files directly in src/ that hold words and edges only: everybody may import them, they import nothing but each other. */
const vocabulary = ['mention.ts', 'brand.ts', 'watch.ts', 'clock.ts', 'edges.ts'];

/** Folder → folders it may import, beside itself and the vocabulary. A folder that is not here fails. */
const map: Readonly<Record<string, readonly string[]>> = {
  face: [],
  text: [],
  net: ['text'],
  sources: ['net', 'text', 'face'],
  match: ['text'],
  findings: ['match', 'text'],
  store: ['match', 'text'],
  cases: ['text'],
  replies: ['findings', 'text'],
  insight: ['text'],
  config: ['sources', 'match'],
  digest: ['insight', 'face', 'text'],
  jobs: [
    'config',
    'sources',
    'net',
    'match',
    'findings',
    'store',
    'cases',
    'replies',
    'insight',
    'digest',
    'face',
    'text',
  ],
  inbox: ['jobs', 'store', 'digest', 'text'],
  demo: ['text'],
  'app.ts': ['jobs', 'config', 'sources', 'net', 'match', 'findings', 'store', 'digest', 'text', 'daemon'],
  daemon: ['jobs', 'config', 'store', 'digest', 'text'],
  cli: [
    'match',
    'app.ts',
    'inbox',
    'net',
    'daemon',
    'demo',
    'jobs',
    'config',
    'sources',
    'store',
    'findings',
    'cases',
    'replies',
    'insight',
    'digest',
    'face',
    'text',
  ],
  'main.ts': ['cli', 'config'],
  training: ['findings', 'match', 'text'],
};

/** Outside package → the one place that may import it. Node's own modules and what is not listed: nowhere. */
const homes: Readonly<Record<string, readonly string[]>> = {
  '@hono/node-server': ['inbox'],
  '@clack/prompts': ['cli'],
  '@huggingface/tokenizers': ['findings'],
  axios: ['net'],
  'better-sqlite3': ['store'],
  commander: ['cli'],
  'csv-parse': ['sources'],
  'csv-stringify': ['jobs'],
  'fastest-levenshtein': ['cli', 'config', 'match'],
  feedsmith: ['net'],
  hono: ['inbox'],
  'html-to-text': ['text'],
  htmlparser2: ['text'],
  imapflow: ['net'],
  kysely: ['store'],
  mailparser: ['net'],
  'node-cron': ['daemon'],
  nodemailer: ['digest'],
  'onnxruntime-web': ['findings'],
  open: ['main.ts'],
  'p-queue': ['net', 'jobs'],
  picocolors: ['cli'],
  pino: ['app.ts'],
  'robots-parser': ['net'],
  sentiment: ['findings'],
  'string-width': ['cli'],
  'temporal-polyfill': ['cases', 'daemon', 'digest', 'insight', 'jobs', 'cli', 'text'],
  'wrap-ansi': ['cli', 'digest'],
  ws: ['net'],
  yaml: ['config', 'findings', 'demo', 'replies'],
  zod: ['face', 'sources', 'config', 'net', 'jobs', 'findings', 'demo', 'inbox', 'cli', 'training', 'replies'],
};

interface Import {
  readonly file: string;
  readonly to: string;
}

const files = globSync('src/**/*.ts', { cwd: root }).map((file) => file.replaceAll('\\', '/'));
const imports: Import[] = files.flatMap((file) => {
  const { module } = parseSync(file, readFileSync(join(root, file), 'utf8'));
  const named = [
    ...module.staticImports.map((one) => one.moduleRequest.value),
    ...module.staticExports.flatMap((one) => one.entries.flatMap((entry) => entry.moduleRequest?.value ?? [])),
  ];
  const called = module.dynamicImports.map((one) =>
    readFileSync(join(root, file), 'utf8').slice(one.moduleRequest.start + 1, one.moduleRequest.end - 1),
  );
  // What is required when first needed names its type: `load('html-to-text') as typeof import('html-to-text')`.
  const typed = [...readFileSync(join(root, file), 'utf8').matchAll(/\btypeof import\('([^']+)'\)/g)].map(
    ([, to = '']) => to,
  );
  return [...named, ...called, ...typed].map((to) => ({ file, to }));
});

/** `src/store/posts.ts` → `store`; `src/app.ts` → `app.ts`. */
const folderOf = (path: string) => path.split('/')[1] ?? '';
const inside = imports
  .filter(({ to }) => to.startsWith('.'))
  .map(({ file, to }) => ({ file, to: normalize(join(dirname(file), to)).replaceAll('\\', '/') }));

describe('the house', () => {
  test('has only folders that are in the map', () => {
    const unknown = files.map(folderOf).filter((folder) => !(folder in map) && !vocabulary.includes(folder));
    expect([...new Set(unknown)]).toEqual([]);
  });

  test('imports point one way', () => {
    const wrong = inside.filter(({ file, to }) => {
      const [from, target] = [folderOf(file), folderOf(to)];
      if (!to.startsWith('src/')) return !to.endsWith('package.json');
      if (vocabulary.includes(target)) return false;
      if (vocabulary.includes(from)) return true;
      return from !== target && !map[from]?.includes(target);
    });
    expect(wrong).toEqual([]);
  });

  test('every outside package lives in its home', () => {
    const outside = imports.filter(({ to }) => !to.startsWith('.') && !to.startsWith('node:'));
    const wrong = outside.filter(({ file, to }) => {
      const name = to.startsWith('@') ? to.split('/').slice(0, 2).join('/') : (to.split('/')[0] ?? '');
      return !homes[name]?.includes(folderOf(file));
    });
    expect(wrong).toEqual([]);
  });

  test('the map allows nothing that nobody does', () => {
    const done = [
      ...inside.map(({ file, to }) => `${folderOf(file)} → ${folderOf(to)}`),
      ...imports.map(
        ({ file, to }) =>
          `${to
            .split('/')
            .slice(0, to.startsWith('@') ? 2 : 1)
            .join('/')} in ${folderOf(file)}`,
      ),
    ];
    const allowed = [
      ...Object.entries(map).flatMap(([from, targets]) => targets.map((to) => `${from} → ${to}`)),
      ...Object.entries(homes).flatMap(([name, folders]) => folders.map((folder) => `${name} in ${folder}`)),
    ];
    expect(allowed.filter((one) => !done.includes(one))).toEqual([]);
  });

  test('only what is started by itself touches the environment and the real clock', () => {
    const touching = files.filter((file) => {
      if (['src/main.ts', 'src/training/ask.ts', 'src/training/train.ts', 'src/training/vocabulary.ts'].includes(file))
        return false;
      const code = readFileSync(join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
      return /\bprocess\.(env|argv|exit|stdout|stderr|stdin)\b|\bDate\.now\(\)|new Date\(\)|performance\.now|\bsetTimeout\(|\bsetInterval\(/.test(
        code,
      );
    });
    expect(touching).toEqual([]);
  });

  test('every file opens with a sentence that says what it is for', () => {
    const silent = files.filter(
      (file) => !/^(#!.*\n)?\/\*\*[\s\S]{15,}?\*\//.test(readFileSync(join(root, file), 'utf8')),
    );
    expect(silent).toEqual([]);
  });

  test('nothing is called manager, service, handler, util, helper or misc, and nothing is exported by default', () => {
    expect(files.filter((file) => /manager|service|handler|util|helper|misc|common/i.test(file))).toEqual([]);
    expect(files.filter((file) => /^export default/m.test(readFileSync(join(root, file), 'utf8')))).toEqual([]);
  });
});
