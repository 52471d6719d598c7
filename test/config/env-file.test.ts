/** Where secrets may stand, and who wins. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { envFilePath, withEnvFile } from '../../src/config/env-file.ts';

test('it lies beside the config that is used', () => {
  expect(envFilePath([], {}, '/shop')).toBe('/shop/config/earshot.env');
  expect(envFilePath(['list', '--config', 'a/b.yaml'], {}, '/shop')).toBe('/shop/a/earshot.env');
  expect(envFilePath(['--config=/x/b.yaml', 'list'], {}, '/shop')).toBe('/x/earshot.env');
  expect(envFilePath(['list'], { EARSHOT_CONFIG: '/y/c.yaml' }, '/shop')).toBe('/y/earshot.env');
});

test('the environment wins over the file, and a file that is not there changes nothing', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'earshot-env-')), 'earshot.env');
  writeFileSync(path, '# mail\nEARSHOT_SMTP_USER=ana\nEARSHOT_SMTP_PASSWORD="p w # x"\n');
  expect(withEnvFile(path, { EARSHOT_SMTP_USER: 'tom' })).toEqual({
    EARSHOT_SMTP_USER: 'tom',
    EARSHOT_SMTP_PASSWORD: 'p w # x',
  });
  expect(withEnvFile(`${path}.not`, { A: '1' })).toEqual({ A: '1' });
});
