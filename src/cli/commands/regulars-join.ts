/** `earshot regulars join|split`: two accounts called one customer's by a person, and taken apart again. */
import type { App } from '../../app.ts';
import type { Edges } from '../../edges.ts';
import { joinAuthors, splitAuthor } from '../../jobs/join-authors.ts';
import { type KnownAuthor, readAuthors } from '../../store/authors.ts';
import { jsonText } from '../../text/json.ts';
import { accountWords, authorGiven } from '../author-given.ts';
import { readingWidth, steps, wrapped } from '../format.ts';
import { withTools } from '../tools.ts';
import { Misuse } from '../trouble.ts';

interface Options {
  readonly config?: string;
  readonly as?: string;
  readonly why?: string;
  readonly json?: boolean;
}

export const joining = {
  command: (edges: Edges, options: Options, word: string, other: string): Promise<number> => {
    const why = reason(options, `To join ${word} and ${other}`);
    return withTools(edges, options, async (tools) => {
      const [one, two] = [await authorGiven(tools, word), await authorGiven(tools, other)];
      const done = await joinAuthors(tools, one.id, two.id, { by: options.as ?? edges.person, why });
      if (typeof done === 'string') return refused(edges, `a${one.id} and a${two.id} cannot be joined: ${done}`);
      const together = done.apart.map(
        ([id, otherId]) =>
          [`${tools.earshot} case join c${id} c${otherId} --why "…"`, 'their open cases are still two'] as const,
      );
      const back = [`${tools.earshot} regulars split a${two.id} --why "…"`, 'to take that back'] as const;
      await tell(edges, tools, options, {
        ids: done.accounts,
        head: 'One customer from now on:',
        next: [...together, back],
      });
      return 0;
    });
  },
};

export const splitting = {
  command: (edges: Edges, options: Options, word: string): Promise<number> => {
    const why = reason(options, `To take ${word} out`);
    return withTools(edges, options, async (tools) => {
      const one = await authorGiven(tools, word);
      const others = await splitAuthor(tools, one.id, { by: options.as ?? edges.person, why });
      if (typeof others === 'string') return refused(edges, `a${one.id} cannot be taken out: ${others}`);
      const back = [
        `${tools.earshot} regulars join a${others[0] ?? 0} a${one.id} --why "…"`,
        'to join them again',
      ] as const;
      await tell(edges, tools, options, { ids: [one.id], head: 'A customer alone again:', next: [back] });
      return 0;
    });
  },
};

/** @throws Misuse where nobody says why */
function reason({ why }: Options, doing: string): string {
  if (why?.trim()) return why;
  throw new Misuse(`${doing}, write down why, as in \`--why "signs with the same name"\`.`);
}

function refused({ terminal }: Edges, sentence: string): number {
  terminal.err(`${sentence}\n`);
  return 1;
}

interface Telling {
  readonly ids: readonly number[];
  readonly head: string;
  readonly next: readonly (readonly [string, string])[];
}

async function tell({ terminal }: Edges, tools: App, { json }: Options, { ids, head, next }: Telling): Promise<void> {
  const accounts: readonly KnownAuthor[] = await tools.store.read('accounts', (tx) => readAuthors(tx, ids));
  if (json) {
    terminal.out(`${jsonText(accounts, 2)}\n`);
    return;
  }
  const width = readingWidth(terminal);
  const lines = accounts.map((one) => wrapped(`a${one.id}  ${accountWords(one)}`, width, '  '));
  terminal.out(`${[head, ...lines].join('\n')}\n`);
  terminal.err(`${steps(next, terminal)}\n`);
}
