/** One call of `earshot`: reads the words, runs the command, turns trouble into a sentence and an exit code. */
import { createRequire } from 'node:module';
import { CommanderError } from 'commander';
import type { Edges } from '../edges.ts';
import { program } from './program.ts';
import { rightWord } from './right-word.ts';

/** 0 done, 1 failed, 2 misused. */
export async function run(edges: Edges): Promise<number> {
  let code = 0;
  const root = program(edges, version(), (finished) => {
    code = finished;
  });
  const { terminal } = edges;
  for (const command of [root, ...root.commands, ...root.commands.flatMap((one) => one.commands)]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => terminal.out(text),
      writeErr: (text) => terminal.err(text),
      outputError: () => undefined,
      getOutHelpWidth: () => Math.min(terminal.columns, 100),
      getErrHelpWidth: () => Math.min(terminal.columns, 100),
    });
  }
  try {
    const [first] = edges.argv.filter((word, index, all) => !word.startsWith('-') && all[index - 1] !== '--config');
    if (first === undefined && !edges.argv.some((word) => ['--help', '--version'].includes(word))) {
      const { standing } = await import('./commands/standing.ts');
      return await standing(edges);
    }
    await root.parseAsync([...edges.argv], { from: 'user' });
    return code;
  } catch (error) {
    return tell(
      error,
      edges,
      root.commands.map((command) => command.name()),
    );
  }
}

async function tell(error: unknown, edges: Edges, names: readonly string[]): Promise<number> {
  const { terminal } = edges;
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    terminal.err(`${misuse(error, edges.argv, names)}\n`);
    return 2;
  }
  const { sentenceFor } = await import('./trouble.ts');
  const { sentence, code } = sentenceFor(error, edges);
  terminal.err(`${sentence}\n`);
  return code;
}

function misuse(error: CommanderError, argv: readonly string[], names: readonly string[]): string {
  if (error.code === 'commander.unknownCommand') {
    const word = /'([^']*)'/.exec(error.message)?.[1] ?? argv[0] ?? '';
    const right = rightWord(word, names);
    const next = right ? `Did you mean \`npx earshot ${right}\`?` : '`npx earshot --help` shows them all.';
    return `There is no command called ${word}. ${next}`;
  }
  if (error.code === 'commander.help') return '';
  const said = error.message.replace(/^error: /, '');
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}.\n\`npx earshot ${argv[0] ?? ''} --help\` shows what it takes.`;
}

function version(): string {
  const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };
  return version;
}
