/** Makes folders, also where Node would try for ever. */
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder and those it lies in, unless they are there. Node's own `recursive` asks again without end where the system
 * lets nobody make one (as in /proc). @param mode of those that are made. @throws what the system says
 */
export function makeFolder(path: string, mode = 0o777): void {
  const wanted = resolve(path);
  const missing: string[] = [];
  for (let folder = wanted; !existsSync(folder); folder = dirname(folder)) missing.unshift(folder);
  for (const folder of missing.length > 0 ? missing : [wanted])
    try {
      mkdirSync(folder, { mode });
    } catch (error) {
      // Somebody else may have made it meanwhile.
      if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw error;
    }
}
