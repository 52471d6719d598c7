/** `earshot prune`: forgets old posts that are in no case. */
import type { Edges } from '../../edges.ts';
import { prune } from '../../jobs/prune.ts';
import { count } from '../format.ts';
import { progressLine } from '../progress.ts';
import { momentGiven, withTools } from '../tools.ts';
import { Misuse } from '../trouble.ts';

interface Options {
  readonly config?: string;
  readonly before: string;
  readonly dryRun?: boolean;
}

export async function command(edges: Edges, options: Options): Promise<number> {
  return withTools(edges, options, async (tools) => {
    const before = momentGiven(edges, tools, options.before, '--before');
    if (before > edges.clock.now())
      throw new Misuse(
        `--before ${options.before} is still to come: all that you did nothing about would go. Name a day that is past.`,
      );
    const progress = progressLine(edges.terminal);
    progress.say('Looking for what is old and in no case …');
    const pruned = await prune(tools, before, options.dryRun ?? false);
    progress.end();
    const what = `${count(pruned.posts, 'post')} and ${count(pruned.mentions, 'mention')}`;
    edges.terminal.out(
      options.dryRun
        ? `Would forget ${what}; nothing was changed.\n`
        : `Forgot ${what}. What you did something about stays: cases, marks, answers and praise.\n`,
    );
    return 0;
  });
}
