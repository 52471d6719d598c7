/** What the precise judge is taught with is pinned, down to the last package that its scripts import. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const folder = join(import.meta.dirname, '../../src/training/precise');
const own = globSync('*.py', { cwd: folder }).map((name) => name.replace('.py', ''));
const pythons = [
  'argparse',
  'collections',
  'dataclasses',
  'hashlib',
  'importlib',
  'json',
  'pathlib',
  'random',
  're',
].concat(['struct', 'subprocess', 'sys', 'tempfile', 'time']);
const wanted = readFileSync(join(folder, 'requirements.txt'), 'utf8')
  .split('\n')
  .filter((line) => line.trim() !== '' && !line.startsWith('#'));

test('each package is named with one version', () => {
  expect(wanted.filter((line) => !/^[\w-]+==\d[\w.]*$/.test(line))).toEqual([]);
  const names = wanted.map((line) => line.replace(/==.*/, '').toLowerCase());
  expect(names).toEqual([...new Set(names)]);
});

test('each import of the scripts is Python’s own, ours, or pinned', () => {
  const imported = own.flatMap((name) => {
    const source = readFileSync(join(folder, `${name}.py`), 'utf8');
    return [...source.matchAll(/^(?:import|from) (\w+)/gm)].map(([, one = '']) => one);
  });
  const known = new Set([...own, ...pythons, ...wanted.map((line) => line.replace(/==.*/, ''))]);
  expect([...new Set(imported)].filter((name) => !known.has(name))).toEqual([]);
});
