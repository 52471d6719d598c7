/** `earshot case join|split`: two cases of one customer put together by hand, and taken apart again. */
import { lacking } from '../../cases/life.ts';
import type { Edges } from '../../edges.ts';
import { joinCases, splitCase } from '../../jobs/join-cases.ts';
import { told } from '../case-done.ts';
import { idGiven, withTools } from '../tools.ts';
import { Misuse } from '../trouble.ts';

interface Options {
  readonly config?: string;
  readonly as?: string;
  readonly why?: string;
  readonly json?: boolean;
}

/** `case join c4 c9`: c9 is part of c4 from now on. */
export const joining = {
  command: (edges: Edges, options: Options, word: string, other: string): Promise<number> => {
    const { why, json, as: by = edges.person } = reasoned(options, 'join', word);
    return withTools(edges, options, async (tools) => {
      const after = await joinCases(tools, idGiven(word, 'case'), idGiven(other, 'case'), { by, why });
      return told({ edges, tools, json, name: 'join', word: after === null ? `${word} or ${other}` : word }, after);
    });
  },
};

/** `case split c4`: what was joined last stands on its own again; `case split c4 m17`: that post does. */
export const splitting = {
  command: (edges: Edges, options: Options, word: string, part?: string): Promise<number> => {
    const { why, json, as: by = edges.person } = reasoned(options, 'split', word);
    return withTools(edges, options, async (tools) => {
      const after = await splitCase(tools, idGiven(word, 'case'), part ? idGiven(part, 'case') : null, { by, why });
      return told({ edges, tools, json, name: 'split', word }, after);
    });
  },
};

/** @throws Misuse where nobody says why */
function reasoned(options: Options, kind: 'join' | 'split', word: string): Options {
  const { why } = options;
  const lacks = lacking(kind, why === undefined ? {} : { why });
  if (lacks !== null) throw new Misuse(`To ${kind} ${word}, ${lacks}`);
  return options;
}
