/** `earshot restore`: puts a back-up in the database's place, and keeps the present one beside it. */
import { relative, resolve } from 'node:path';
import { readConfig } from '../../app.ts';
import { sayMoment } from '../../digest/local-time.ts';
import type { Edges } from '../../edges.ts';
import type { RestoredFace } from '../../face/back-up.ts';
import { type Restored, restore, type Since } from '../../jobs/restore.ts';
import { holdDaemonLock } from '../../store/daemon-lock.ts';
import { earshotWith } from '../../text/command.ts';
import { jsonText } from '../../text/json.ts';
import type { Asker } from '../asker.ts';
import { clean, count, readingWidth, steps, wrapped } from '../format.ts';

interface Options {
  readonly config?: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

export async function command(edges: Edges, options: Options, file: string): Promise<number> {
  const { terminalAsker } = await import('../asker.ts');
  const nobody = options.yes || options.json || edges.stdinPiped || !edges.terminal.lively;
  return restoreAsking(edges, options, file, nobody ? null : terminalAsker);
}

/** @param asker null where nobody can be asked: then it is only said before it is done */
export async function restoreAsking(
  edges: Edges,
  options: Options,
  file: string,
  asker: Pick<Asker, 'key'> | null,
): Promise<number> {
  const { config } = await readConfig(edges, options.config);
  const { terminal, clock, cwd } = edges;
  const width = readingWidth(terminal);
  const no = (why: string) => {
    terminal.err(`${wrapped(`${clean(file)} was not restored: ${clean(why)} Nothing was changed.`, width)}\n`);
    return 1;
  };
  const lock = holdDaemonLock(config.store);
  if (!lock) return no('Earshot is running with this database. Stop it first.');
  try {
    const done = await restore({ config, clock }, resolve(cwd, file), async (since) => {
      const warning = forgotten(since);
      if (warning === null) return true;
      terminal.err(`${wrapped(warning, width)}\n`);
      return asker === null || (await agreed(asker));
    });
    if (typeof done === 'string') return no(done);
    if (options.json) {
      terminal.out(`${jsonText(faceOf(done), 2)}\n`);
      return 0;
    }
    const near = (path: string) => {
      const shown = relative(cwd, path);
      return clean(shown.startsWith('..') ? path : shown);
    };
    const earshot = earshotWith(options.config);
    terminal.out(
      `${told(done, { earshot, near, now: clock.now(), timezone: config.timezone })
        .map((line) => wrapped(line, width))
        .join('\n')}\n`,
    );
    terminal.err(`${steps([[`${earshot} status`, 'how things stand now']], terminal)}\n`);
    return 0;
  } finally {
    lock.release();
  }
}

async function agreed(asker: Pick<Asker, 'key'>): Promise<boolean> {
  const keys = [
    { value: 'r', label: 'restore the back-up' },
    { value: 'n', label: 'no, keep the database as it is' },
  ] as const;
  return (await asker.key('Restore it?', keys)) === 'r';
}

/** Null where nothing is lost. */
function forgotten({ answers, answersKept, mails, marks, steps }: Since): string | null {
  const parts = [
    answers > 0 ? `${count(answers, 'answer')} sent` : null,
    mails > 0 ? `${count(mails, 'mail')} sent` : null,
    marks > 0 ? count(marks, 'mark') : null,
    steps > 0 ? `${count(steps, 'step')} with cases and praise` : null,
  ].filter((part) => part !== null);
  if (parts.length === 0) return null;
  const lost = answers - answersKept;
  return [
    `The back-up does not hold what was done after it was made: ${new Intl.ListFormat('en-GB').format(parts)}.`,
    answersKept > 0 || mails > 0
      ? 'So that nothing goes out twice, daily mails and answers to posts that it holds are kept as sent.'
      : null,
    lost > 0
      ? `${count(lost, 'answer')} went to posts that it does not hold: look there before you answer them again.`
      : null,
    marks > 0 || steps > 0 ? 'Marks and steps stay in the database from before alone, which is kept beside it.' : null,
  ]
    .filter((sentence) => sentence !== null)
    .join(' ');
}

interface Saying {
  /** How a command begins. */
  readonly earshot: string;
  near(path: string): string;
  readonly now: number;
  readonly timezone: string;
}

function told(
  { posts, cases, newestAt, kept, erased, wishesKnown }: Restored,
  { earshot, near, now, timezone }: Saying,
) {
  const upTo = newestAt === null ? '' : `, the last of them from ${sayMoment(newestAt, now, timezone)}`;
  return [
    `Restored: ${count(posts, 'post')} and ${count(cases, 'case')}${upTo}. What came in later is read again where places still show it.`,
    kept === null
      ? null
      : 'What you did since then is not in it: look through your answers, marks and cases, and write down again who took back a leave to quote them before you export praise.',
    kept === null ? null : `The database from before lies in ${near(kept)}; delete it when all is well.`,
    erased > 0
      ? `${count(erased, 'post')} of people who were erased since stayed out. The back-up itself still holds them: delete it, and make a new one with \`${earshot} backup\`.`
      : null,
    wishesKnown
      ? null
      : 'The database from before cannot be read any more, so nobody knows who was erased since the back-up: erase them again.',
  ].filter((line) => line !== null);
}

function faceOf({ newestAt, ...rest }: Restored): RestoredFace {
  return { ...rest, newestAt: newestAt === null ? null : new Date(newestAt).toISOString() };
}
