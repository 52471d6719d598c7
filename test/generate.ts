/** Writes the documents that are made from the code (`npm run documents`); with `--check` it only says which are stale. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { documents } from './documents/documents.ts';

const root = join(import.meta.dirname, '..');
const stale: string[] = [];
for (const { path, text } of await documents()) {
  const file = join(root, path);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
  stale.push(path);
  if (!process.argv.includes('--check')) writeFileSync(file, text);
}
if (process.argv.includes('--check') && stale.length > 0) {
  process.stderr.write(`Stale: ${stale.join(', ')}. \`npm run documents\` makes them anew.\n`);
  process.exitCode = 1;
} else
  process.stdout.write(stale.length > 0 ? `Written: ${stale.join(', ')}\n` : 'All generated documents are current.\n');
