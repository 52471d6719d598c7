/** A mistake of Earshot's own, told without what was thrown: an error's message may hold what somebody wrote. */
import type { Log } from './tools.ts';

export interface OwnMistake {
  /** `TypeError`, `Error ENOENT`. */
  readonly name: string;
  /** `src/sources/reddit.ts:120`; null where no line of ours is known. */
  readonly where: string | null;
}

function ownMistake(error: unknown): OwnMistake {
  if (!(error instanceof Error)) return { name: `thrown ${typeof error}`, where: null };
  const code = 'code' in error && typeof error.code === 'string' && /^[A-Z][A-Z0-9_]+$/.test(error.code);
  const name = [error.constructor.name, ...(code ? [error.code] : [])].join(' ');
  return { name, where: whereOf(error) };
}

/** Leaves it to the log. @param source what was being asked */
export function noteMistake(log: Log, source: string, error: unknown): OwnMistake {
  const mistake = ownMistake(error);
  log.error({ source, bug: mistake.name, where: mistake.where }, 'a mistake of Earshot’s own');
  return mistake;
}

export function mistakeSentence({ name, where }: OwnMistake): string {
  const what = where === null ? name : `${name} at ${where}`;
  return `Earshot made a mistake of its own there, and tries again by itself. If it stays, report it with these words: ${what}.`;
}

/** The lines below the message, since a message can look like them. */
function whereOf({ message, stack = '' }: Error): string | null {
  const begin = stack.indexOf(message);
  if (begin < 0) return null;
  const frames = stack.slice(begin + message.length).split('\n');
  const ours = frames.find((frame) => /[/\\](?:src|dist)[/\\]/.test(frame) && !frame.includes('node_modules'));
  return /[/\\]((?:src|dist)[/\\].+?:\d+):\d+\)?$/.exec(ours ?? '')?.[1]?.replaceAll('\\', '/') ?? null;
}
