/** Gives memory back after work: the daemon waits most of the time. */
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Collecting takes a tenth of a second, so it is left for when there is something to give back: a minute's work leaves 2 MB. */
const worthBytes = 1_000_000;
const muchBytes = 4_000_000;
/** Code that was not run between two of them is given up as well. */
const rounds = 3;

type Collect = (wish: { type: 'major'; execution: 'sync'; flavor: 'last-resort' }) => void;

/**
 * Node collects when it needs room, not when it has time: after a first pass with ten watches it stays at 180 MB. The
 * other half of staying small is in earshot.js.
 * @returns to be called when work has ended
 */
export function givingBack(): () => void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as Collect;
  let restedAt = 0;
  return () => {
    const grown = getHeapStatistics().total_heap_size - restedAt;
    if (grown < worthBytes) return;
    for (let round = 0; round < (grown < muchBytes ? 1 : rounds); round += 1) {
      collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
    }
    restedAt = getHeapStatistics().total_heap_size;
  };
}
