/** `earshot regulars …` and `earshot praise …` by name: who comes back, who praises you, and what they allowed. */
import { type Command, Option } from 'commander';

type Lazily = (load: () => Promise<unknown>) => (...given: unknown[]) => Promise<void>;
type Shared = Readonly<Record<'as' | 'brand' | 'json', () => Option>>;

/** @param shared options that other commands take, too */
export function addPeople(root: Command, lazily: Lazily, { as, brand, json }: Shared): void {
  const people = root
    .command('regulars')
    .summary('Show who comes back: fans turned unhappy, who complains again, who has gone quiet.')
    .helpCommand(false)
    .addOption(brand())
    .addOption(json())
    .action(lazily(() => import('./commands/regulars.ts')));
  people.commandsGroup('One customer, several accounts:');
  people
    .command('join <account> <other>')
    .summary('Say that two accounts are one person: a12, ana@mastodon.example, or m17.')
    .option('--why <words>', 'how you know')
    .addOption(as())
    .addOption(json())
    .action(lazily(async () => (await import('./commands/regulars-join.ts')).joining));
  people
    .command('split <account>')
    .summary('Take an account out again.')
    .option('--why <words>', 'why')
    .addOption(as())
    .addOption(json())
    .action(lazily(async () => (await import('./commands/regulars-join.ts')).splitting));
}

/** @param shared options that other commands take, too */
export function addPraise(root: Command, lazily: Lazily, { as, brand, json }: Shared): void {
  const praise = root
    .command('praise')
    .summary('See who praises you, ask for leave to quote them, and show what they allowed.')
    .helpCommand(false);
  praise.commandsGroup('Look:');
  praise
    .command('list')
    .summary('Show who praises you, the most telling first, and what they allowed.')
    .addOption(brand())
    .addOption(json())
    .action(lazily(() => import('./commands/praise.ts')));
  praise
    .command('export')
    .summary('Write what may be shown, word by word as it was allowed.')
    .addOption(new Option('--format <form>', 'html or json').choices(['html', 'json']).default('html'))
    .option('--out <file>', 'into this file instead of the terminal')
    .addOption(brand())
    .action(lazily(() => import('./commands/praise-export.ts')));
  praise.commandsGroup('Write down:');
  const doing = (
    name: 'ask' | 'yes' | 'no' | 'used' | 'thank' | 'undo',
    summary: string,
    where: string | null,
    first = (command: Command) => command,
  ) => {
    const command = first(praise.command(`${name} <mention>`).summary(summary));
    if (where !== null) command.option('--where <place>', where).option('--when <date>', 'when it was, if not now');
    return command
      .option('--why <words>', 'what is worth remembering of it')
      .addOption(as())
      .addOption(json())
      .action(lazily(async () => (await import('./commands/praise.ts')).writing(name)));
  };
  doing('ask', 'You asked them.', 'how or where: mail, phone, at-the-table …').option(
    '--for <what>',
    'words (leave to quote them; as without it) or review (a review at --where)',
  );
  doing('yes', 'They said yes.', 'how or where they said so', (command) =>
    command
      .optionsGroup('What they allowed:')
      .option('--words <words>', 'exactly what they allowed; without it all of the post')
      .option('--named <name>', 'the name that may stand below; without it none')
      .option('--linked', 'the post may be linked')
      .optionsGroup('How:'),
  );
  doing('no', 'They said no, or take a yes back.', 'how or where they said so');
  doing('used', 'It stands somewhere now.', 'where: our website, the menu …');
  doing('thank', 'You thanked them.', 'how or where').option('--words <words>', 'what you wrote');
  doing('undo', 'Take what was written down last back.', null);
}
