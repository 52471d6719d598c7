/** `earshot rescore`: judges what is stored once more; marks and worked cases stay. */
import type { Edges } from '../../edges.ts';
import type { RescoredFace } from '../../face/rescored.ts';
import { rejudgeBrands, rejudgeOutdated } from '../../jobs/rejudge.ts';
import { jsonText } from '../../text/json.ts';
import { count } from '../format.ts';
import { progressLine } from '../progress.ts';
import { brandIds, withTools } from '../tools.ts';

interface Options {
  readonly config?: string;
  readonly brand?: string;
  readonly all?: boolean;
  readonly json?: boolean;
}

export async function command(edges: Edges, options: Options): Promise<number> {
  return withTools(edges, options, async (tools) => {
    const ids = await brandIds(tools, options.brand);
    const progress = progressLine(edges.terminal, !options.json);
    progress.say('Judging what is stored once more …');
    const told: RescoredFace = ids
      ? await rejudgeBrands(tools, ids)
      : await rejudgeOutdated(tools, options.all ?? false);
    progress.end();
    const { judged, changed, setAside, cameIn } = told;
    if (options.json) edges.terminal.out(`${jsonText(told, 2)}\n`);
    else
      edges.terminal.out(
        `${count(judged, 'mention')} judged again: ${changed} changed, ${setAside} set aside, ${cameIn} came in.\n`,
      );
    return 0;
  });
}
