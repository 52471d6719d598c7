/** One call of `earshot`: reads the words, runs the command, turns trouble into a sentence and an exit code. */
import { createRequire } from 'node:module';
import { type Command, CommanderError } from 'commander';
import type { Edges } from '../edges.ts';
import { forTerminal } from '../text/clean.ts';
import { program } from './program.ts';

/** 0 done, 1 failed, 2 misused. */
export async function run(edges: Edges): Promise<number> {
  let code = 0;
  const root = program(edges, version(), (finished) => {
    code = finished;
  });
  try {
    const { config, words } = spoken(edges.argv);
    if (words.length === 0 && !edges.argv.some((word) => ['--help', '--version'].includes(word))) {
      if (edges.argv.every((word) => !word.startsWith('-') || word.startsWith('--config'))) {
        const { standing } = await import('./commands/standing.ts');
        return await standing(edges, config);
      }
    }
    await root.parseAsync(words[0] === 'help' ? helpOn(words.slice(1), root) : [...edges.argv], { from: 'user' });
    return code;
  } catch (error) {
    return tell(error, edges, root);
  }
}

/** `help list` means `list --help`; of a command that is not there, the nearest one is told. */
const helpOn = (words: readonly string[], root: Command): string[] => {
  const [first] = words;
  const known =
    first === undefined || root.commands.some((one) => one.name() === first || one.aliases().includes(first));
  return known ? [...words, '--help'] : [...words];
};

/** The words that are no options, and what `--config` names. */
function spoken(argv: readonly string[]): { readonly config: string | undefined; readonly words: readonly string[] } {
  let config: string | undefined;
  const words: string[] = [];
  for (const [index, word] of argv.entries()) {
    if (argv[index - 1] === '--config') config = word;
    else if (word.startsWith('--config=')) config = word.slice('--config='.length);
    else if (!word.startsWith('-')) words.push(word);
  }
  return { config, words };
}

async function tell(error: unknown, edges: Edges, root: Command): Promise<number> {
  const { config, words } = spoken(edges.argv);
  const { asCalled, earshotWith } = await import('../text/command.ts');
  const said = (sentence: string) => complain(forTerminal(asCalled(sentence, earshotWith(config))), edges);
  if (error instanceof CommanderError) {
    if (error.exitCode === 0 || error.code === 'commander.help') return error.exitCode === 0 ? 0 : 2;
    const { misuse } = await import('./misuse.ts');
    await said(misuse(error, words[0] === 'help' ? words.slice(1) : words, root));
    return 2;
  }
  const { sentenceFor } = await import('./trouble.ts');
  const { sentence, code } = sentenceFor(error, edges);
  await said(sentence);
  return code;
}

/** Wrapped only for eyes: a script that searches a log for a sentence finds it on one line. */
async function complain(text: string, { terminal }: Edges): Promise<void> {
  if (!terminal.lively) return terminal.err(`${text}\n`);
  const { wrapped } = await import('./format.ts');
  const lines = text.split('\n').map((line) => wrapped(line, terminal.columns, /^ */.exec(line)?.[0]));
  terminal.err(`${lines.join('\n')}\n`);
}

function version(): string {
  const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };
  return version;
}
