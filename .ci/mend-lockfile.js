// npm forgets `"gypfile": false` of better-sqlite3 when it writes the lockfile, and `npm ci` then runs node-gyp, which
// wants Python, make and a compiler. This puts the line back after every install; test/documents.test.ts holds it.
import { readFileSync, writeFileSync } from 'node:fs';

const path = new URL('../package-lock.json', import.meta.url);
const before = readFileSync(path, 'utf8');
const lock = JSON.parse(before);
for (const [name, entry] of Object.entries(lock.packages)) {
  if (name.endsWith('node_modules/better-sqlite3')) entry.gypfile = false;
}
const after = `${JSON.stringify(lock, null, 2)}\n`;
if (after !== before) writeFileSync(path, after);
