/** `earshot regulars …` by name: who comes back, and which accounts are one customer's. */
import type { Command, Option } from 'commander';

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
