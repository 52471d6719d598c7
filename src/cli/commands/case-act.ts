/** `earshot case take|assign|note|answered|snooze|undo|fix|happy|silent|lost|dismiss|reopen`: one thing done to a case. */
import type { App } from '../../app.ts';
import { colleague } from '../../cases/escalation.ts';
import { type CaseEvent, type CaseEventKind, lacking } from '../../cases/life.ts';
import type { Edges } from '../../edges.ts';
import { workCase } from '../../jobs/work-case.ts';
import { stepsOn } from '../../text/command.ts';
import { past, told } from '../case-done.ts';
import { meantAmong } from '../right-word.ts';
import { idGiven, momentGiven, withTools } from '../tools.ts';
import { Misuse } from '../trouble.ts';

interface Options {
  readonly config?: string;
  readonly as?: string;
  readonly why?: string;
  readonly words?: string;
  readonly where?: string;
  readonly to?: string;
  readonly until?: string;
  readonly checkBack?: string;
  readonly cause?: string;
  readonly proof?: string;
  readonly json?: boolean;
}

/** The command for one kind of event. @param more what is noted, or to whom it is given */
export function acting(name: string) {
  const kind = name as CaseEventKind;
  return {
    command: async (edges: Edges, given: Options, word: string, more: readonly string[] | string = []) => {
      const said = typeof more === 'string' ? more : more.join(' ');
      const options = kind === 'note' && said !== '' ? { ...given, words: said } : given;
      if (kind === 'note' && !options.words && !options.why)
        throw new Misuse(`What do you want to note? npx earshot case note ${word} "called back"`);
      return withTools(edges, options, async (tools) => {
        const given = detailsOf(edges, tools, options, kind);
        const details =
          kind === 'assign' ? { ...given, to: personGiven(tools, word, said || options.to || options.as) } : given;
        const lacks = lacking(kind, details);
        if (lacks !== null)
          throw new Misuse(`${word} cannot be ${past[kind] ?? kind} like that: ${stepsOn(lacks, tools.earshot, word)}`);
        const act = { kind, by: options.as ?? edges.person, details };
        return told(
          { edges, tools, json: options.json, name, word },
          await workCase(tools, idGiven(word, 'case'), act),
        );
      });
    },
  };
}

/** A person of the config's, as they are spelt there; anybody where it names nobody. @throws Misuse */
function personGiven({ config: { people } }: App, word: string, name = ''): string {
  if (name.trim() === '') throw new Misuse(`Whose shall it be? npx earshot case assign ${word} Tom`);
  const known = colleague(people, name);
  if (known || people.length === 0) return known?.name ?? name.trim();
  const names = people.map((one) => one.name);
  throw new Misuse(`Nobody in the config is called ${name}. ${meantAmong(name, names)}`);
}

function detailsOf(edges: Edges, tools: App, options: Options, kind: CaseEventKind): CaseEvent['details'] {
  const { why, words, where, cause, proof } = options;
  const until = kind === 'snooze' ? options.until : options.checkBack;
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
