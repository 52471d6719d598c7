/** Folders are made with those they lie in, and where none can be the system's own reason is told at once. */
import { mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from '../../src/text/make-folder.ts';

const inside = () => mkdtempSync(join(tmpdir(), 'earshot-folder-'));

test('those it lies in are made too, for whom they are meant; what is there is left', () => {
  const root = inside();
  makeFolder(join(root, 'a', 'b'), 0o700);
  expect(statSync(join(root, 'a')).mode & 0o777).toBe(0o700);
  expect(statSync(join(root, 'a', 'b')).mode & 0o777).toBe(0o700);
  makeFolder(join(root, 'a', 'b'), 0o755);
  expect(statSync(join(root, 'a', 'b')).mode & 0o777).toBe(0o700);
});

test('a file stands there, or on the way', () => {
  const root = inside();
  writeFileSync(join(root, 'file'), '');
  expect(() => makeFolder(join(root, 'file'))).toThrow(expect.objectContaining({ code: 'EEXIST' }));
  expect(() => makeFolder(join(root, 'file', 'a', 'b'))).toThrow(expect.objectContaining({ code: 'ENOTDIR' }));
});

test.skipIf(process.platform !== 'linux')('the system makes none there: told, not asked again for ever', () => {
  expect(() => makeFolder('/proc/none/deep')).toThrow(expect.objectContaining({ code: 'ENOENT' }));
});
