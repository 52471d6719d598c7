/** Gives a run of the tests a temporary folder of its own, and takes it away with all that tests left in it. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export default function ownTemp(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-tests-'));
  // Some tests act as another user.
  chmodSync(folder, 0o755);
  process.env.TMPDIR = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
