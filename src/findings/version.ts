/** What findings depend on, so that judging again touches only what is out of date. */
import { createHash } from 'node:crypto';
import type { Brand } from '../brand.ts';

/** Changes exactly when something about the brand changes that matching or judging looks at. 16 hexadecimal digits. */
export function brandFingerprint(brand: Brand): string {
  const { id: _id, ...looked } = brand;
  // What came later is left out where it is not used, so that an update alone judges nothing again.
  const used = Object.entries(looked).filter(([name, value]) => name !== 'query' || value !== null);
  const inOrder = used.sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(inOrder)).digest('hex').slice(0, 16);
}
