/** `earshot case take|note|answered|snooze|fix|happy|dismiss|reopen`: one thing done to a case. */

import type { App } from '../../app.ts';
import type { CaseEvent, CaseEventKind } from '../../cases/life.ts';
import type { Edges } from '../../edges.ts';
import { caseFace } from '../../face/case.ts';
import { workCase } from '../../jobs/work-case.ts';
import { steps } from '../format.ts';
import { caseHead, nextForCase } from '../tell-case.ts';
import { tellingOf } from '../tell-mention.ts';
import { brandNames, idGiven, momentGiven, withTools } from '../tools.ts';
import { Misuse } from '../trouble.ts';

interface Options {
  readonly config?: string;
  readonly as?: string;
  readonly why?: string;
  readonly words?: string;
  readonly where?: string;
  readonly until?: string;
  readonly checkBack?: string;
  readonly cause?: string;
  readonly proof?: string;
  readonly json?: boolean;
}

/** The command for one kind of event. */
export function acting(name: string) {
  const kind = name as CaseEventKind;
  return {
    command: async (edges: Edges, given: Options, word: string, note: readonly string[] = []): Promise<number> => {
      const options = note.length > 0 ? { ...given, words: note.join(' ') } : given;
      if (kind === 'note' && !options.words && !options.why)
        throw new Misuse(`What do you want to note? npx earshot case note ${word} "called back"`);
      return withTools(edges, options, async (tools) => {
        const details = detailsOf(edges, tools, options, kind);
        const act = { kind, by: options.as ?? edges.person, details };
        const after = await workCase(tools, idGiven(word, 'case'), act);
        if (after === null) throw new Misuse(`There is no case ${word}. \`npx earshot case list\` shows them.`);
        const { terminal } = edges;
        if (typeof after === 'string') {
          terminal.err(
            `${word} cannot be ${past[name] ?? name}: ${after.replace('`case reopen`', `\`${tools.earshot} case reopen ${word}\``)}\n`,
          );
          return 1;
        }
        if (options.json) {
          const name = (await brandNames(tools)).get(after.brandId) ?? after.brandId;
          terminal.out(`${JSON.stringify(caseFace(after, name), null, 2)}\n`);
          return 0;
        }
        const telling = tellingOf(edges, tools);
        terminal.out(`${caseHead(after, telling)}\n`);
        const next = nextForCase(after)
          .slice(0, 2)
          .map(([words, why]) => [`${telling.earshot} ${words}`, why] as const);
        terminal.err(`${steps(next, terminal)}\n`);
        return 0;
      });
    },
  };
}

const past: Readonly<Record<string, string>> = {
  take: 'taken',
  note: 'noted on',
  snooze: 'snoozed',
  fix: 'fixed',
  happy: 'happy',
  dismiss: 'dismissed',
  reopen: 'reopened',
};

function detailsOf(edges: Edges, tools: App, options: Options, kind: CaseEventKind): CaseEvent['details'] {
  const { why, words, where, cause, proof } = options;
  const until = kind === 'snooze' ? options.until : kind === 'fix' ? options.checkBack : undefined;
  const flag = kind === 'snooze' ? '--until' : '--check-back';
  const at = until === undefined ? undefined : momentGiven(edges, tools, until, flag, 'ahead');
  if (at !== undefined && at <= edges.clock.now()) throw new Misuse(`${flag} ${until} is in the past.`);
  return {
    ...(why !== undefined && { why }),
    ...(words !== undefined && { words }),
    ...(where !== undefined && { where }),
    ...(cause !== undefined && { cause }),
    ...(proof !== undefined && { proof }),
    ...(at !== undefined && { until: at }),
  };
}
