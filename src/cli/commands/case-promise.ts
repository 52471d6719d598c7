/** `earshot case promise|kept`: what a customer was promised by a day, and that it was done. */
import type { Edges } from '../../edges.ts';
import { keepPromise, promise } from '../../jobs/keep-promise.ts';
import { told } from '../case-done.ts';
import { dayGiven, idGiven, withTools } from '../tools.ts';
import { Misuse } from '../trouble.ts';

interface Options {
  readonly config?: string;
  readonly as?: string;
  readonly until?: string;
  readonly undo?: boolean;
  readonly why?: string;
  readonly json?: boolean;
}

/** `case promise c4 "call back" --until friday`. */
export const promising = {
  command: (edges: Edges, options: Options, word: string, more: readonly string[] = []): Promise<number> => {
    const words = more.join(' ').trim();
    if (words === '')
      throw new Misuse(`What did you promise? npx earshot case promise ${word} "call back" --until ${options.until}`);
    return withTools(edges, options, async (tools) => {
      const given = { words, ...dayGiven(edges, tools, options.until ?? '', '--until') };
      const after = await promise(tools, idGiven(word, 'case'), { given, by: options.as ?? edges.person });
      return told({ edges, tools, json: options.json, name: 'promise', word }, after);
    });
  },
};

/** `case kept c4`: it is done. */
export const keeping = {
  command: (edges: Edges, options: Options, word: string): Promise<number> =>
    withTools(edges, options, async (tools) => {
      const how = { by: options.as ?? edges.person, undo: options.undo ?? false };
      const after = await keepPromise(tools, idGiven(word, 'case'), how);
      return told({ edges, tools, json: options.json, name: 'kept', word }, after);
    }),
};
