/** Listens to each stream of the config beside the looks; a stream whose job ended in trouble of ours is begun again. */
import { listen } from '../jobs/listen.ts';
import type { Tools } from '../jobs/tools.ts';
import type { Work } from './work.ts';

/** Called at each minute; what is listened to already goes on. */
export function listenToStreams(tools: Tools, work: Work): void {
  for (const watch of tools.watches) {
    if (watch.live) work.begin(`listening to ${watch.source} ${watch.key}`, () => listen(tools, watch));
  }
}
