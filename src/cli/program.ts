/** Every command by name, in the groups of `--help`; what a command does is loaded when it is called. */
import { Command, Option } from 'commander';
import type { Edges } from '../edges.ts';
import { addCase } from './case-commands.ts';
import { helpText } from './help.ts';
import { addPeople, addPraise } from './people-commands.ts';
import { addReply } from './reply-commands.ts';
import { addRules } from './rules-commands.ts';

/** What a command's file exports as `command`: answers on the terminal, returns the exit code. */
export type Run<Arguments extends readonly unknown[] = readonly unknown[], Options = Record<string, unknown>> = (
  edges: Edges,
  options: Options,
  ...words: Arguments
) => Promise<number>;

interface Loaded {
  readonly command: Run<never, never>;
}

const groups = {
  daily: 'Every day:',
  setUp: 'Set up:',
  run: 'Run:',
  lookBack: 'Look back:',
  data: 'Your data:',
  scripts: 'For scripts:',
} as const;

const brand = () => new Option('--brand <name>', 'only this brand');
const source = () => new Option('--source <id>', 'only this place');
const json = () => new Option('--json', 'print JSON, for scripts');
const since = () => new Option('--since <date>', 'from this day on: 2026-11-01, or 7d');
const as = () => new Option('--as <name>', 'who does it; without it, whoever is logged in');

/** @param finish is given the exit code of the command that ran. */
export function program(edges: Edges, version: string, finish: (code: number) => void): Command {
  const root = new Command('earshot')
    .description('Hears what people say in public about your business, and finds the complaints.')
    .version(version, '--version', 'print the version')
    .helpOption('--help', 'print this help')
    .helpCommand(false)
    .option('--config <file>', 'use this config file; else EARSHOT_CONFIG, else config/earshot.yaml')
    .configureHelp({ formatHelp: (command, help) => helpText(command, help, edges.terminal) })
    .configureOutput({ writeOut: edges.terminal.out, writeErr: edges.terminal.err, outputError: () => undefined })
    .exitOverride();

  const lazily =
    (load: () => Promise<unknown>) =>
    async (...given: unknown[]) => {
      const called = given.pop() as Command;
      given.pop();
      const { command } = (await load()) as Loaded;
      finish(await (command as unknown as Run)(edges, called.optsWithGlobals(), ...given));
    };

  const filters = (command: Command, changed = (all: Option) => all) =>
    command
      .optionsGroup('Which ones:')
      .addOption(brand())
      .addOption(source())
      .addOption(since())
      .option('--state <state>', 'only cases in this state: new, open, answered, fixed …')
      .option('--search <words>', 'only posts with these words; "a phrase", begin*')
      .option('--unsure', 'those that Earshot is not sure about')
      .addOption(changed(new Option('--all', 'every mention, newest first')))
      .optionsGroup('How:');

  root.commandsGroup(groups.daily);
  filters(root.command('list'))
    .summary('Show the complaints that need you, most urgent first.')
    .option('--limit <n>', 'show at most so many; 0 is all; else what fits the screen, or 100')
    .option('--after <id>', 'go on after this mention')
    .addOption(json())
    .action(lazily(() => import('./commands/list.ts')));
  root
    .command('show <id>')
    .summary('Show one mention or case in full, and why it was flagged.')
    .addOption(json())
    .action(lazily(() => import('./commands/show.ts')));
  addCase(root, lazily, { as, brand, json });
  addReply(root, lazily, { as, brand, json });
  root
    .command('mark [mention] [what]')
    .summary('Say what it is: complaint, no-complaint, us, not-us, urgent or solved.')
    .description(
      'Say what it is: complaint, no-complaint, us, not-us, urgent or solved. What is unsure and says nearly the same (“and 3 alike”) goes with it, and comes back with `--undo`.',
    )
    .option('--why <words>', 'why you think so')
    .option('--undo', 'take your mark back')
    .option('--unsure', 'walk through what Earshot is not sure about, one key each')
    .addOption(brand())
    .addOption(as())
    .addOption(json())
    .action(lazily(() => import('./commands/mark.ts')));
  root
    .command('add')
    .summary('Put in by hand what somebody said, anywhere.')
    .optionsGroup('What was said:')
    .option('--text <words>', 'what was said; else it is read from stdin')
    .option('--where <place>', 'where it was said: Google, at the table, by phone …', 'by hand')
    .option('--who <name>', 'who said it')
    .option('--stars <n>', 'how many stars of five')
    .option('--when <date>', 'when it was said')
    .option('--link <address>', 'where it can be read; alone, its page is asked for the rest')
    .option('--title <words>', 'its headline')
    .optionsGroup('How:')
    .addOption(brand())
    .addOption(json())
    .action(lazily(() => import('./commands/add.ts')));

  root.commandsGroup(groups.lookBack);
  root
    .command('report')
    .summary('Say how people talk of you, how you answer, and what was behind it.')
    .addOption(brand())
    .addOption(since())
    .addOption(json())
    .action(lazily(() => import('./commands/report.ts')));
  root
    .command('campaign')
    .summary('Say whether now is the time for a campaign: go, or not yet and why.')
    .addOption(brand())
    .addOption(json())
    .action(lazily(() => import('./commands/campaign.ts')));
  const causes = root
    .command('causes')
    .summary('Show what was behind complaints, and what was done about it.')
    .helpCommand(false)
    .addOption(brand())
    .addOption(since())
    .addOption(json())
    .action(lazily(() => import('./commands/causes.ts')));
  causes.commandsGroup('Do something about one:');
  causes
    .command('mended <cause...>')
    .summary('You did something about a cause: whom to tell, and whether it comes back.')
    .option('--what <words>', 'what you did: new heat lamps')
    .option('--undo', 'take that back')
    .addOption(brand())
    .addOption(as())
    .addOption(json())
    .action(lazily(async () => (await import('./commands/causes.ts')).mended));
  root
    .command('rating [figure]')
    .summary('Show the stars that places give you, or put them in: 4.3 --at Google.')
    .option('--at <place>', 'where the figure stands')
    .option('--count <n>', 'of how many ratings')
    .option('--scale <n>', 'the best there is', '5')
    .option('--rival <name>', 'it is of this one of your rivals')
    .addOption(brand())
    .addOption(json())
    .action(lazily(() => import('./commands/rating.ts')));
  root
    .command('scorecard')
    .summary('Show how often the flags were right, by what you said of them.')
    .addOption(brand())
    .addOption(since())
    .addOption(json())
    .action(lazily(() => import('./commands/scorecard.ts')));
  addPeople(root, lazily, { as, brand, json });
  addPraise(root, lazily, { as, brand, json });
  root.commandsGroup(groups.setUp);
  root
    .command('try <name>')
    .summary('Ask every open place about a name; keeps nothing.')
    .option('--about <words>', 'what it is and where: café in Leeds')
    .action(lazily(() => import('./commands/try.ts')));
  root
    .command('init')
    .summary('Answer a few questions, and Earshot listens for you.')
    .optionsGroup('Your business:')
    .option('--name <name>', 'what your business is called')
    .option('--aka <names>', 'what else people call it, with commas between')
    .option('--about <words>', 'what it is and where')
    .option('--web <address>', 'your web address')
    .option('--accounts <names>', 'your own accounts, with commas between')
    .option('--trade <kind>', 'restaurant, shop, service, web-shop, software or other')
    .optionsGroup('How:')
    .option('--mail <address>', 'where the daily mail goes; none for no mail')
    .option('--at <time>', 'when, as in 08:00')
    .option('--mail-server <host[:port]>', 'the server for outgoing mail, where your address does not say it')
    .option('--mail-user <name>', 'your user name there, where it is not your address')
    .option('--no-look', 'do not look once at the end')
    .option('--force', 'write over a config that is there')
    .action(lazily(() => import('./commands/init.ts')));
  root
    .command('check')
    .summary('Look over the config, the passwords, the database and the mail.')
    .option('--mail', 'also send a test mail')
    .addOption(json())
    .action(lazily(() => import('./commands/check.ts')));
  root
    .command('sources [id]')
    .summary('Show where Earshot can listen, and what each place needs.')
    .addOption(json())
    .action(lazily(() => import('./commands/sources.ts')));
  root
    .command('connect [source]')
    .summary('Let a place show Earshot your own account, in the browser.')
    .option('--account <name>', 'which of several: the `account` that stands beside it in the config')
    .option('--forget', 'end the connection')
    .addOption(json())
    .action(lazily(() => import('./commands/connect.ts')));

  root.commandsGroup(groups.run);
  root
    .command('start')
    .summary('Keep listening, and send the daily mail, until you stop it.')
    .option('--once', 'do what is due now and end; for cron')
    .action(lazily(() => import('./commands/start.ts')));
  root
    .command('collect')
    .summary('Listen now, in every place or in one.')
    .addOption(brand())
    .addOption(source())
    .addOption(since())
    .option('--dry-run', 'say what would come in, and keep nothing')
    .option('--from-file <file>', 'read a saved answer of that source; asks nobody')
    .addOption(json())
    .action(lazily(() => import('./commands/collect.ts')));
  root
    .command('digest')
    .summary('Send today’s mail now, or look at it first.')
    .option('--open', 'look at it in the browser; sends nothing')
    .option('--print', 'print it here; sends nothing')
    .option('--to <address>', 'only for this recipient')
    .action(lazily(() => import('./commands/digest.ts')));
  root
    .command('inbox')
    .summary('Answer complaints on a page in your browser.')
    .option('--port <n>', 'its port on this computer; else the config’s')
    .option('--open', 'open it in the browser')
    .action(lazily(() => import('./commands/inbox.ts')));
  root
    .command('status')
    .summary('Say where things stand: every place, the mail, the queue.')
    .addOption(json())
    .action(lazily(() => import('./commands/status.ts')));

  root.commandsGroup(groups.data);
  // Everything is what it writes anyway.
  filters(root.command('export'), (all) => all.hideHelp())
    .summary('Write everything to a CSV or JSON file.')
    .addOption(new Option('--format <form>', 'csv or json').choices(['csv', 'json']).default('csv'))
    .option('--out <file>', 'into this file instead of the terminal')
    .action(lazily(() => import('./commands/export.ts')));
  root
    .command('import [file]')
    .summary('Take in posts from a file (CSV or JSON), or from stdin.')
    .addOption(new Option('--format <form>', 'csv or jsonl; else told from the file').choices(['csv', 'jsonl']))
    .option('--map <columns>', 'which column is what: text=Comment,rating=Stars,who=Name,when=Date')
    .addOption(
      new Option('--dates <order>', 'dmy or mdy, as in 1/12/2026; else told from the file').choices(['dmy', 'mdy']),
    )
    .option('--dry-run', 'say what would come in, and keep nothing')
    .addOption(json())
    .action(lazily(() => import('./commands/import.ts')));
  root
    .command('prune')
    .summary('Forget old posts that are in no case.')
    .requiredOption('--before <date>', 'what is older than this: 2025-01-01, or 400d')
    .option('--dry-run', 'say how many, and keep them')
    .action(lazily(() => import('./commands/prune.ts')));
  root
    .command('erase <person>')
    .summary('Take a person out for good: a12, ana@mastodon.example, or m17.')
    .option('--yes', 'do it without asking')
    .option('--dry-run', 'say who and how much, and keep it')
    .addOption(json())
    .action(lazily(() => import('./commands/erase.ts')));
  root
    .command('backup [file]')
    .alias('back-up')
    .summary('Write the whole database into one file, also while Earshot runs.')
    .addOption(json())
    .action(lazily(() => import('./commands/backup.ts')));
  root
    .command('restore <file>')
    .summary('Put a back-up in the database’s place; the present one is kept beside it.')
    .option('--yes', 'do it without asking')
    .addOption(json())
    .action(lazily(() => import('./commands/restore.ts')));

  root.commandsGroup(groups.scripts);
  root
    .command('assess')
    .summary('Judge texts given as JSON lines on stdin.')
    .addOption(new Option('--judge <judge>', 'which judge').choices(['fast', 'precise', 'auto']).default('auto'))
    .action(lazily(() => import('./commands/assess.ts')));
  addRules(root, lazily, { brand, json });
  root
    .command('rescore')
    .summary('Judge what is stored once more; your marks stay.')
    .addOption(brand())
    .option('--all', 'also what is up to date')
    .addOption(json())
    .action(lazily(() => import('./commands/rescore.ts')));
  root
    .command('demo')
    .summary('See it work on invented posts, without the Internet.')
    .option('--into <folder>', 'where the demo keeps its files', 'data/demo')
    .action(lazily(() => import('./commands/demo.ts')));
  return root;
}
