/** `earshot init`: asks in the owner's words, writes the config, looks once and asks "Is this you?". */
import { existsSync } from 'node:fs';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { type App, configPath, mailerFor, readConfig } from '../../app.ts';
import { type Answers, configText, envLines, suitable, withExclude } from '../../config/write.ts';
import { localDay } from '../../digest/local-time.ts';
import type { Edges } from '../../edges.ts';
import type { RunFace } from '../../face/run.ts';
import { isOffline, offlineSentence } from '../../insight/offline.ts';
import { collect } from '../../jobs/collect.ts';
import { mark } from '../../jobs/mark.ts';
import { mentionFace } from '../../jobs/mention-face.ts';
import { testMail } from '../../jobs/test-mail.ts';
import { unread } from '../../sources/elsewhere.ts';
import { everySource } from '../../sources/index.ts';
import type { Source } from '../../sources/source.ts';
import { listMentions } from '../../store/mention-list.ts';
import type { MentionRow } from '../../store/mention-rows.ts';
import { earshotWith } from '../../text/command.ts';
import { makeFolder } from '../../text/make-folder.ts';
import { askOwner, askPassword, type OwnerFlags } from '../ask-owner.ts';
import { type Asker, Stopped } from '../asker.ts';
import { clean, coloursOf, count, readingWidth, steps, wrapped } from '../format.ts';
import { progressLine } from '../progress.ts';
import { mentionInFull, tellingOf } from '../tell-mention.ts';
import { withTools } from '../tools.ts';
import { Misuse } from '../trouble.ts';

interface Options extends OwnerFlags {
  readonly config?: string;
  readonly look?: boolean;
  readonly force?: boolean;
}

/** Of more places the ending names only so many. */
const mostTold = 6;
/** So many finds are asked about. */
const asked = 5;

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
  const heard = (options.look ?? true) ? await lookOnce(edges, path, asker, options.config) : null;
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

/** The first look, and up to five finds put before the owner. @returns whether any place could be read */
export async function lookOnce(edges: Edges, path: string, asker: Asker | null, given?: string): Promise<boolean> {
  return withTools(await withSecrets(edges, path), { config: given ?? path }, async (tools) => {
    const progress = progressLine(edges.terminal);
    progress.say('Looking once …');
    const runs = await collect(tools, {
      watches: tools.watches,
      onRun: (_run, done, of) => progress.say(`Looking: ${done} of ${of} places …`),
    });
    progress.end();
    edges.terminal.out(`${wrapped(sayLook(runs, tools.earshot), readingWidth(edges.terminal))}\n`);
    const looked = runs.some(({ outcome }) => outcome === 'complete');
    if (!asker) return looked;
    try {
      await askWhose(edges, tools, path, asker);
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
      // Only these questions end: the config is written, and each answer so far is a mark.
    }
    return looked;
  });
}

async function askWhose(edges: Edges, tools: App, path: string, asker: Asker): Promise<void> {
  const finds = await tools.store.read('finds', (tx) => listMentions(tx, { pile: 'all', limit: asked }));
  for (const row of finds) {
    edges.terminal.out(`\n${mentionInFull(mentionFace(row), tellingOf(edges, tools))}\n`);
    const answer = await asker.choose(
      'Is this you?',
      [
        { value: 'y', label: 'yes' },
        { value: 'n', label: 'no' },
        { value: 'skip', label: 'skip' },
      ],
      'y',
    );
    if (answer === 'skip') continue;
    const kind = answer === 'y' ? 'us' : 'not-us';
    await mark(tools, { mentionId: row.id, kind, by: edges.person, why: null, undo: false });
    if (answer === 'n') await leaveOut(path, row, tools.config.brands[0]?.name ?? '', asker);
  }
}

/** A no proposes the words around the name that make it somebody else's; whatever Enter takes leaves out nothing more. */
async function leaveOut(path: string, row: MentionRow, name: string, asker: Asker): Promise<void> {
  const proposed = proposal(row.post.text || row.post.title || '', name);
  const answer = await asker.choose(
    'Shall other posts with the same words be left out, too?',
    [
      { value: 'none', label: 'no, only this one' },
      ...(proposed === '' ? [] : [{ value: 'proposed', label: `all that say “${proposed}”` }]),
      { value: 'other', label: 'all that say something else: type it' },
    ],
    'none',
  );
  if (answer === 'none') return;
  const phrase =
    answer === 'proposed' ? proposed : (await asker.text('Which words? (Enter: none)', '', `${name} paint`)).trim();
  if (phrase !== '') await writeFile(path, withExclude(await readFile(path, 'utf8'), phrase));
}

/** The name with the word behind it, else before it; '' where neither is there. */
export function proposal(text: string, name: string): string {
  const at = text.toLowerCase().indexOf(name.toLowerCase());
  if (at < 0) return '';
  const behind = /^\s+([\p{L}\p{N}'’-]+)/u.exec(text.slice(at + name.length))?.[1];
  const before = /([\p{L}\p{N}'’-]+)\s+$/u.exec(text.slice(0, at))?.[1];
  const phrase = behind ? `${name} ${behind}` : before ? `${before} ${name}` : '';
  return clean(phrase).toLowerCase();
}

/** What the first look came to; said once where this computer is offline. */
function sayLook(runs: readonly RunFace[], earshot: string): string {
  if (isOffline(runs.map(({ source, fault }) => ({ source, trouble: fault })))) return offlineSentence(runs.length);
  const deaf = runs.filter((run) => run.outcome !== 'complete').length;
  if (deaf === runs.length && deaf > 0) return `No place could be read: \`${earshot} status\` says why.`;
  const fresh = runs.reduce((sum, run) => sum + run.fresh, 0);
  const heard = `Looked in ${count(runs.length, 'place')}: ${count(fresh, 'mention')}.`;
  return deaf === 0 ? heard : `${heard} ${count(deaf, 'place')} could not be read: \`${earshot} status\` says why.`;
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
