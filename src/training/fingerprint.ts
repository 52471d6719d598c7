/** Tells texts and weights apart by a hash, and whether weights were made from what lies in data/training now. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('../../data/training/', import.meta.url);

/** Changes with every post, brand, row and answer that the fast judge learns from; 16 hexadecimal digits. It stands in the fast judge's card. */
export function trainingFingerprint(from: URL = folder): string {
  const hash = createHash('sha256');
  const files = readdirSync(from, { withFileTypes: true }).filter((each) => each.isFile());
  for (const name of files.map((each) => each.name).sort()) {
    if (name.endsWith('.md')) continue;
    hash.update(`${name}\n${readFileSync(new URL(name, from), 'utf8').replaceAll('\r\n', '\n')}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}

/** In hexadecimal digits. */
export function sha256(what: string | Buffer): string {
  return createHash('sha256').update(what).digest('hex');
}
