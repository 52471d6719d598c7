/** What `--help` prints: commands and options in their groups, each a sentence. */
import type { Command, Help, Option } from 'commander';
import type { Terminal } from '../edges.ts';
import { capital } from '../text/capital.ts';
import { coloursOf, toWidth, widthOf, wrapped } from './format.ts';

const widest = 100;

interface Line {
  readonly group: string;
  readonly term: string;
  readonly says: string;
}

export function helpText(command: Command, help: Help, terminal: Terminal): string {
  const paint = coloursOf(terminal);
  const width = Math.min(terminal.columns, widest);
  const isRoot = command.parent === null;
  const lines = [...help.visibleCommands(command).map(commandLine), ...help.visibleOptions(command).map(optionLine)];
  const room = Math.min(Math.floor(width * 0.4), Math.max(...lines.map(({ term }) => widthOf(term))));
  const groups = [...Map.groupBy(lines, ({ group }) => group)].map(([heading, members]) => {
    const told = members.map((line) => twoSides(line, room, width));
    return `${paint.bold(heading)}\n${told.join('\n')}`;
  });
  const what = command.description() || command.summary();
  const head = isRoot ? what : `${paint.bold(calledAs(command))}\n${what}`;
  const foot =
    command.commands.length > 0 ? [`\`${calledAs(command, '<command>')} --help\` says what a command takes.`] : [];
  return `${[wrapped(head, width), ...groups, ...foot.map((text) => wrapped(text, width))].join('\n\n')}\n`;
}

function commandLine(command: Command): Line {
  const words = command.registeredArguments.map((one) => (one.required ? `<${one.name()}>` : `[${one.name()}]`));
  return { group: command.helpGroup(), term: [command.name(), ...words].join(' '), says: command.summary() };
}

function optionLine(option: Option): Line {
  const usual = typeof option.defaultValue === 'string' ? ` Without it: ${option.defaultValue}.` : '';
  return { group: option.helpGroupHeading ?? 'How:', term: option.flags, says: sentence(option.description) + usual };
}

/** What is too long for its side goes on below. */
function twoSides({ term, says }: Line, room: number, width: number): string {
  const indent = ' '.repeat(room + 4);
  const right = wrapped(says, width, indent);
  return widthOf(term) > room ? `  ${term}\n${right}` : `  ${toWidth(term, room)}  ${right.trimStart()}`;
}

/** `npx earshot case take <id>`. */
function calledAs(command: Command, word?: string): string {
  const names: string[] = [];
  for (let at: Command | null = command; at; at = at.parent) names.unshift(at.name());
  const words = command.registeredArguments.map((one) => (one.required ? `<${one.name()}>` : `[${one.name()}]`));
  return ['npx', ...names, ...words, ...(word === undefined ? [] : [word])].join(' ');
}

const sentence = (text: string) => capital(text).replace(/(?<![.!?…])$/, '.');
