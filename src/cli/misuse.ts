/** What was asked wrongly, as a sentence with the words that were meant. */
import type { Command, CommanderError } from 'commander';
import { quoted } from '../text/command.ts';
import { nearestOf, rightWord } from './right-word.ts';

/** @param words what was typed, without options */
export function misuse(error: CommanderError, words: readonly string[], root: Command): string {
  const [first = '', second = ''] = words;
  const command = root.commands.find((one) => one.name() === first);
  const inner = command?.commands.find((one) => one.name() === second);
  const called = ['npx', 'earshot', ...(command ? [first] : []), ...(inner ? [second] : [])].join(' ');
  switch (error.code) {
    case 'commander.unknownCommand':
      return command ? unknownInner(command, second) : unknown(words, root);
    case 'commander.missingArgument':
      return `Which one? \`${called}\` wants <${named(error)}> behind it, as in \`${called} c4\`.`;
    case 'commander.excessArguments':
      return `\`${called}\` takes no further words. \`${called} --help\` shows what it takes.`;
    case 'commander.missingMandatoryOptionValue':
      return `\`${called}\` wants ${named(error)}. \`${called} --help\` shows what it takes.`;
    default:
      return `${told(error)}\n\`${called} --help\` shows what it takes.`;
  }
}

function unknown([word = '', ...rest]: readonly string[], root: Command): string {
  if (/^[cm]\d+$/i.test(word)) return `Did you mean \`npx earshot show ${word}\`?`;
  const names = root.commands.map((command) => command.name());
  const right = rightWord(word, names);
  const next = right
    ? `Did you mean \`npx earshot ${withRest(right, rest, names)}\`?`
    : '`npx earshot --help` shows them all.';
  return `There is no command called ${word}. ${next}`;
}

/** `find refund` means `list --search "refund"`, `help list` means `list --help`. */
function withRest(right: string, rest: readonly string[], names: readonly string[]): string {
  if (right.endsWith('--search')) return rest.length > 0 ? `${right} ${quoted(rest.join(' '))}` : `${right} "refund"`;
  const [next = ''] = rest;
  if (right === '--help' && names.includes(next)) return `${next} --help`;
  return /^[cm]?\d+$/i.test(next) && /^(show|mark|case \w+)$/.test(right) ? `${right} ${next}` : right;
}

/** `case 4`, `case c4`, `case tkae c4`, `case close c4`. */
function unknownInner(command: Command, word: string): string {
  const name = command.name();
  if (/^[cm]?\d+$/i.test(word)) return `Did you mean \`npx earshot show ${word.replace(/^(?=\d)/, 'c')}\`?`;
  if (name === 'case' && /^(close|closed|done|end|finish|resolved?|solved?)$/i.test(word))
    return 'A case ends well with `npx earshot case happy`; with `npx earshot case dismiss` where there is nothing to it.';
  const names = command.commands.map((one) => one.name());
  const meant = rightWord(word, [])?.match(new RegExp(`^${name} (\\w+)$`))?.[1] ?? nearestOf(word, names);
  const next = meant
    ? `Did you mean \`npx earshot ${name} ${meant}\`?`
    : `\`npx earshot ${name} --help\` shows them all.`;
  const none = name === 'rules' ? 'Nothing that rules do is called' : `Nothing that is done to a ${name} is called`;
  return `${none} ${word}. ${next}`;
}

const named = (error: CommanderError) => /'([^']+)'/.exec(error.message)?.[1] ?? 'something more';

function told(error: CommanderError): string {
  const said = error.message
    .replace(/^error: /, '')
    .replaceAll(/\s*\n\s*/g, ' ')
    .replace(/^\w/, (letter) => letter.toUpperCase());
  return /[.?)]$/.test(said) ? said : `${said}.`;
}
