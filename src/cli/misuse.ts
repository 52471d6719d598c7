/** What was asked wrongly, as a sentence with the words that were meant. */
import type { Command, CommanderError } from 'commander';
import type { MarkKind } from '../mention.ts';
import { quoted, shellWord } from '../text/command.ts';
import { nearestOf, rightWord } from './right-word.ts';

/** @param words what was typed, without options */
export function misuse(error: CommanderError, words: readonly string[], root: Command): string {
  const [first = '', second = ''] = words;
  const command = innerOf(root, first);
  const inner = command && innerOf(command, second);
  const called = ['npx', 'earshot', ...(command ? [first] : []), ...(inner ? [second] : [])].join(' ');
  switch (error.code) {
    case 'commander.unknownCommand':
      return command ? unknownInner(command, words.slice(1), root) : unknown(words, root);
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
  const none = `There is no command called ${word}.`;
  const right = rightWord(
    word,
    root.commands.map((command) => command.name()),
  );
  if (right === null) return `${none} \`npx earshot --help\` shows them all.`;
  const id = idAmong(rest);
  if (/^m/i.test(id) && instead[right]) return `${none} Did you mean \`npx earshot mark ${id} ${instead[right]}\`?`;
  if (isEnding(word, right)) return `${none} ${endsWell(id)}`;
  if (/^(erase|prune)$/.test(right) && id !== '') return `${none} Did you mean \`npx earshot case dismiss ${id}\`?`;
  return `${none} Did you mean \`npx earshot ${withRest(right, rest, root)}\`?`;
}

/** What is said of a mention where a case would be closed, or somebody erased. */
const instead: Readonly<Record<string, MarkKind>> = {
  'case happy': 'solved',
  'case dismiss': 'no-complaint',
  erase: 'no-complaint',
  prune: 'no-complaint',
};

/** Whoever says no more than that a case is over, not how. */
const isEnding = (word: string, right: string | null) => right === 'case happy' && nearestOf(word, ['happy']) === null;

function endsWell(id: string): string {
  const of = id === '' ? '' : ` ${id}`;
  return `A case ends well with \`npx earshot case happy${of}\`; with \`npx earshot case dismiss${of}\` where there is nothing to it.`;
}

/** `find refund` means `list --search "refund"`, `help list` means `list --help`, `take c4` means `case take c4`. */
function withRest(right: string, rest: readonly string[], root: Command): string {
  if (right.endsWith('--search')) return rest.length > 0 ? `${right} ${quoted(rest.join(' '))}` : `${right} "refund"`;
  const [next = ''] = rest;
  if (right === '--help' && root.commands.some((command) => command.name() === next)) return `${next} --help`;
  const command = right.split(' ').reduce<Command | undefined>((at, name) => at && innerOf(at, name), root);
  const takes = command?.registeredArguments ?? [];
  // A command that wants an id says so itself where none was typed.
  if (/^(id|mention)$/.test(takes[0]?.name() ?? '') && !isId(next)) return right;
  if (takes[0]?.name() === 'person' && rest.length > 1) return `${right} ${quoted(rest.join(' '))}`;
  const given = takes.some((one) => one.variadic) ? rest : rest.slice(0, takes.length);
  return [right, ...given.map(shellWord)].join(' ');
}

const idAmong = (words: readonly string[]) => words.find((word) => isId(word)) ?? '';

const isId = (word: string) => /^[cm]?\d+$/i.test(word);

const innerOf = (command: Command, name: string) => command.commands.find((one) => one.name() === name);

/** `case 4`, `case c4`, `case tkae c4`, `case close c4`. */
function unknownInner(command: Command, [word = '', ...rest]: readonly string[], root: Command): string {
  const name = command.name();
  if (isId(word)) return `Did you mean \`npx earshot show ${word.replace(/^(?=\d)/, 'c')}\`?`;
  const names = command.commands.map((one) => one.name());
  const right = rightWord(word, []);
  if (name === 'case' && isEnding(word, right)) return endsWell(idAmong(rest));
  const heard = name === 'case' && word.toLowerCase() === 'reply' ? 'case answered' : right;
  const [meant] = names.filter((one) => heard === `${name} ${one}`);
  const near = meant ?? nearestOf(word, names);
  const next = near
    ? `Did you mean \`npx earshot ${withRest(`${name} ${near}`, rest, root)}\`?`
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
