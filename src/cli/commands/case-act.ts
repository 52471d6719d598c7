/** `earshot case take|note|answered|snooze|fix|happy|dismiss|reopen`: one thing done to a case. */

import type { App } from '../../app.ts';
import type { CaseEvent, CaseEventKind } from '../../cases/life.ts';
import { stateWord } from '../../cases/life.ts';
import { sayMoment } from '../../digest/local-time.ts';
import type { Edges } from '../../edges.ts';
import { caseFace } from '../../face/case.ts';
import { workCase } from '../../jobs/work-case.ts';
import type { Case } from '../../store/cases.ts';
import { idGiven, momentGiven, withTools } from '../tools.ts';
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
    command: async (edges: Edges, options: Options, word: string): Promise<number> =>
      withTools(edges, options, async (tools) => {
        const details = detailsOf(edges, tools, options, kind);
        const act = { kind, by: options.as ?? edges.person, details };
        const after = await workCase(tools, idGiven(word, 'case'), act);
        if (after === null) throw new Misuse(`There is no case ${word}. \`npx earshot case list\` shows them.`);
        if (typeof after === 'string') {
          edges.terminal.err(`${word} cannot be ${past[name] ?? name}: ${after}\n`);
          return 1;
        }
        edges.terminal.out(
          options.json
            ? `${JSON.stringify(caseFace(after, tools.brands.get(after.brandId)?.name ?? after.brandId), null, 2)}\n`
            : `${said(edges, tools, after)}\n`,
        );
        return 0;
      }),
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

/** `c4 is answered: the customer's turn.` and what comes next. */
function said(edges: Edges, tools: App, after: Case): string {
  const say = (at: number) => sayMoment(at, edges.clock.now(), tools.config.timezone);
  const who = after.owner === null ? '' : ` It is ${after.owner}’s.`;
  if (after.snoozedUntil !== null) return `c${after.id} sleeps until ${say(after.snoozedUntil)}.${who}`;
  if (after.state === 'fixed' && after.dueAt !== null)
    return `c${after.id} is fixed; ask the customer on ${say(after.dueAt)} whether they are happy.${who}`;
  if (after.state === 'answered') return `c${after.id} is answered; now it is the customer’s turn.${who}`;
  const due = after.dueAt === null ? '' : ` Answer by ${say(after.dueAt)}.`;
  return `c${after.id} is ${stateWord(after.state)}.${due}${who}`;
}
