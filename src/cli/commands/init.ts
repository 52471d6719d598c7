/** `earshot init`: asks in the owner's words, writes the config, looks once and asks "Is this you?". */
import { existsSync } from 'node:fs';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { configPath, mailerFor, readConfig } from '../../app.ts';
import { type Answers, configText, envLines, suitable } from '../../config/write.ts';
import { localDay } from '../../digest/local-time.ts';
import type { Edges } from '../../edges.ts';
import { testMail } from '../../jobs/test-mail.ts';
import { unread } from '../../sources/elsewhere.ts';
import { everySource } from '../../sources/index.ts';
import type { Source } from '../../sources/source.ts';
import { earshotWith } from '../../text/command.ts';
import { makeFolder } from '../../text/make-folder.ts';
import { askOwner, askPassword, type OwnerFlags } from '../ask-owner.ts';
import type { Asker } from '../asker.ts';
import { lookOnce } from '../first-look.ts';
import { coloursOf, readingWidth, steps, wrapped } from '../format.ts';
import { Misuse } from '../trouble.ts';

interface Options extends OwnerFlags {
  readonly config?: string;
  readonly look?: boolean;
  readonly force?: boolean;
}

/** Of more places the ending names only so many. */
const mostTold = 6;

export async function command(edges: Edges, options: Options): Promise<number> {
  const { terminalAsker } = await import('../asker.ts');
  return initWith(edges, options, edges.stdinPiped ? null : terminalAsker);
}

/** @param asker null where nobody can be asked: the flags and the defaults are the answers */
export async function initWith(given: Edges, options: Options, asker: Asker | null): Promise<number> {
  const path = configPath(given, options.config);
  const edges = await withoutSecrets(given, path);
  if (existsSync(path) && !options.force) {
    throw new Misuse(`${path} is there already. Change it by hand, or write a new one over it with --force.`);
  }
  const { answers, password } = await askOwner(edges, options, asker);
  await save(path, answers, password);
  const earshot = earshotWith(options.config);
  edges.terminal.out(`\nWritten: ${relative(edges.cwd, path)}\n`);
  if (answers.mail?.server) {
    if (password !== null) await trySending(edges, { path, answers, earshot, asker });
    else
      edges.terminal.out(
        `${wrapped(`For the mail, write EARSHOT_SMTP_USER=${answers.mail.user} and EARSHOT_SMTP_PASSWORD=… into ${relative(edges.cwd, secretsBeside(path))}. Then \`${earshot} check --mail\` sends a test mail.`, readingWidth(edges.terminal))}\n`,
      );
  }
  const heard =
    (options.look ?? true) ? await lookOnce(await withSecrets(edges, path), path, asker, options.config) : null;
  ending(edges, { answers, sources: await everySource(), heard, config: relative(edges.cwd, path), earshot });
  return 0;
}

async function save(path: string, answers: Answers, password: string | null): Promise<void> {
  makeFolder(dirname(path));
  await writeFile(path, configText(answers, await everySource()));
  if (password === null || answers.mail === null) return;
  const secrets = secretsBeside(path);
  const before = await readFile(secrets, 'utf8').catch(() => '');
  const kept = before
    .split('\n')
    .filter((line) => line !== '' && !/^EARSHOT_SMTP_(USER|PASSWORD)=/.test(line))
    .map((line) => `${line}\n`)
    .join('');
  await writeFile(secrets, kept + envLines({ EARSHOT_SMTP_USER: answers.mail.user, EARSHOT_SMTP_PASSWORD: password }), {
    mode: 0o600,
  });
  await chmod(secrets, 0o600);
}

/** A password that stands in earshot.env alone is asked for again: it may be why somebody begins once more. */
async function withoutSecrets(edges: Edges, path: string): Promise<Edges> {
  const { withEnvFile } = await import('../../config/env-file.ts');
  const filed = withEnvFile(secretsBeside(path), {});
  return {
    ...edges,
    env: Object.fromEntries(Object.entries(edges.env).filter(([name, value]) => filed[name] !== value)),
  };
}

const secretsBeside = (path: string) => join(dirname(path), 'earshot.env');

/** What was just written is not in the environment yet. */
async function withSecrets(edges: Edges, path: string): Promise<Edges> {
  const { withEnvFile } = await import('../../config/env-file.ts');
  return { ...edges, env: withEnvFile(secretsBeside(path), edges.env) };
}

interface Sending {
  readonly path: string;
  readonly answers: Answers;
  readonly earshot: string;
  readonly asker: Asker | null;
}

/** A mistyped password is asked for again, as long as the owner gives one. */
async function trySending(edges: Edges, sending: Sending): Promise<void> {
  const { path, answers, earshot, asker } = sending;
  const { config } = await readConfig(edges, path);
  const [recipient] = config.digestTo;
  if (!recipient) return;
  try {
    const mailer = await mailerFor(config, (await withSecrets(edges, path)).env);
    await testMail(mailer, {
      from: config.mail?.from ?? recipient.address,
      to: recipient.address,
      now: edges.clock.now(),
      day: localDay(edges.clock.now(), config.timezone),
    });
    edges.terminal.out(`A test mail is on its way to ${recipient.address}.\n`);
  } catch (error) {
    edges.terminal.err(
      `${wrapped(`The test mail did not go out. ${error instanceof Error ? error.message : String(error)}`, readingWidth(edges.terminal))}\n`,
    );
    const mayAsk = edges.env.EARSHOT_SMTP_PASSWORD === undefined ? asker : null;
    const again = await askPassword(mayAsk, 'The password once more (not shown; Enter: later)');
    if (again === null)
      return void edges.terminal.out(
        `${wrapped(`\`${earshot} check --mail\` tries again.`, readingWidth(edges.terminal))}\n`,
      );
    await save(path, answers, again);
    await trySending(edges, sending);
  }
}

interface Ending {
  readonly sources: readonly Source[];
  readonly answers: Answers;
  /** Whether any place could be read; null where nobody looked. */
  readonly heard: boolean | null;
  /** As it is typed in this folder. */
  readonly config: string;
  readonly earshot: string;
}

function ending(edges: Edges, { answers, sources, heard, config, earshot }: Ending): void {
  const { terminal } = edges;
  const strong = coloursOf(terminal).bold;
  const { ready, wanting } = suitable(sources, answers.trade);
  const deaf = unread(sources).filter((place) => place.suits.includes(answers.trade));
  const named = (places: readonly { readonly title: string }[]) => places.map(({ title }) => title).join(', ');
  const [first, ...others] = wanting.map(({ id }) => id);
  const orOthers = others.length > 0 ? ` (or ${others.join(', ')})` : '';
  const how =
    wanting.length > mostTold
      ? `${named(wanting.slice(0, mostTold))} and ${wanting.length - mostTold} more: \`${earshot} sources\` says how.`
      : `${named(wanting)}: \`${earshot} sources ${first}\`${orOthers} says how.`;
  const paragraphs = [
    `${strong(heard ? 'It hears' : 'It will hear')} ${named(ready)}.`,
    ...(first === undefined ? [] : [`${strong('With your help')} ${how}`]),
    `${strong('It can’t hear')} ${named(deaf.slice(0, mostTold))}${deaf.length > mostTold ? ' and others' : ''}: \`${earshot} sources\` says what to do instead.`,
    ...(answers.mail === null
      ? [
          `${strong('No daily mail yet')}: put your address under \`digest\` at the end of ${config}; \`${earshot} digest --print\` shows the mail here.`,
        ]
      : []),
  ];
  const next = [
    heard === false
      ? ([`${earshot} collect`, 'look again, once the places can be reached'] as const)
      : heard === null
        ? ([`${earshot} collect`, 'listen now'] as const)
        : ([`${earshot} list`, 'what needs you'] as const),
    [
      `${earshot} start`,
      answers.mail === null ? 'keep listening' : `keep listening; the daily mail comes at ${answers.mail.at}`,
    ] as const,
  ];
  const told = paragraphs.map((text) => wrapped(text, readingWidth(edges.terminal))).join('\n');
  terminal.out(`\n${told}\n\n${strong('Next')}\n${steps(next, terminal)}\n`);
}
