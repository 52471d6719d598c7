/** `earshot rules …` by name: trying out which posts are about us before it counts. */
import type { Command, Option } from 'commander';

type Lazily = (load: () => Promise<unknown>) => (...given: unknown[]) => Promise<void>;
type Shared = Readonly<Record<'brand' | 'json', () => Option>>;

/** @param shared options that other commands take, too */
export function addRules(root: Command, lazily: Lazily, { brand, json }: Shared): void {
  const rules = root
    .command('rules')
    .summary('Try out which posts are about you, before it counts.')
    .helpCommand(false);
  rules.commandsGroup('Look:');
  rules
    .command('test')
    .summary('Show what your rules match among the stored posts.')
    .option('--query <words>', 'try this instead: "blue door" near/5 coffee; with --json it reads posts from stdin')
    .addOption(brand())
    .addOption(json())
    .action(lazily(() => import('./commands/rules-test.ts')));
  rules
    .command('explain <post>')
    .summary('Say why a post is heard for each of your brands, or is not.')
    .addOption(json())
    .action(lazily(() => import('./commands/rules-explain.ts')));
  rules
    .command('diff')
    .summary('Show what a changed config would add and hide, complaints first; changes nothing.')
    .option('--query <words>', 'as if this stood in the config')
    .addOption(brand())
    .addOption(json())
    .action(lazily(() => import('./commands/rules-diff.ts')));
}
