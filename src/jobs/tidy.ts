/** What a database wants now and then: words gone when their platform's time is over, also from beside the file; findings of older rules judged anew. */
import { dropDueWords } from '../store/post-words.ts';
import { rejudgeOutdated } from './rejudge.ts';
import type { Tools } from './tools.ts';

export async function tidy(tools: Tools): Promise<void> {
  const dropped = await tools.store.write('words whose time is over', (tx) => dropDueWords(tx, tools.clock.now()));
  const { judged } = await rejudgeOutdated(tools, false);
  await tools.store.sweep();
  if (dropped > 0 || judged > 0) tools.log.info({ dropped, judged }, 'tidied up');
}
