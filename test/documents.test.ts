/** Holds the documents to the code: what is generated is current, what is written names what there is. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { program } from '../src/cli/program.ts';
import { elsewhere } from '../src/sources/elsewhere.ts';
import { documents } from './documents/documents.ts';
import { cliEdges } from './support/edges.ts';
import { sources } from './support/every-source.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

test('generated documents are current; `npm run documents` makes them anew', async () => {
  for (const { path, text } of await documents())
    expect(existsSync(join(root, path)) && read(path) === text, path).toBe(true);
});

test('the lockfile keeps better-sqlite3 from wanting a compiler, and names no host', () => {
  const lock = JSON.parse(read('package-lock.json')) as {
    packages: Record<string, { gypfile?: boolean; resolved?: string }>;
  };
  expect(lock.packages['node_modules/better-sqlite3']?.gypfile).toBe(false);
  expect(Object.values(lock.packages).filter((entry) => entry.resolved !== undefined)).toEqual([]);
});

describe('the README', () => {
  const readme = read('README.md');

  test('names every source and every place that no program may read', () => {
    const missing = [...sources, ...elsewhere].filter((one) => !readme.includes(one.title));
    expect(missing.map((one) => one.title)).toEqual([]);
  });

  test('names every command', () => {
    const commands = program(cliEdges(), '0', () => undefined).commands.map((command) => command.name());
    expect(commands.filter((name) => !new RegExp(`earshot ${name}\\b`).test(readme))).toEqual([]);
  });
});

test.each(['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'config/README.md', 'data/sample/README.md'])(
  '%s links only to what is there',
  (path) => {
    const links = [...read(path).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map((found) => found[1] ?? '');
    expect(links.filter((link) => !existsSync(join(root, dirname(path), link)))).toEqual([]);
  },
);

test('every dependency has its line in CONTRIBUTING.md', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<string, Record<string, string>>;
  const contributing = read('CONTRIBUTING.md');
  const wanted = [...Object.keys(dependencies ?? {}), ...Object.keys(devDependencies ?? {})].filter(
    (name) => !name.startsWith('@types/'),
  );
  expect(wanted.filter((name) => !contributing.includes(name))).toEqual([]);
});
