/** `earshot reply …` by name: what is done to an answer before it goes out. */
import type { Command, Option } from 'commander';

type Lazily = (load: () => Promise<unknown>) => (...given: unknown[]) => Promise<void>;
type Shared = Readonly<Record<'as' | 'brand' | 'json', () => Option>>;

/** @param shared options that other commands take, too */
export function addReply(root: Command, lazily: Lazily, { as, brand, json }: Shared): void {
  const replies = root
    .command('reply')
    .summary('Check an answer before it goes out: what not to say, and what to say instead.')
    .helpCommand(false);
  replies.commandsGroup('Check it:');
  replies
    .command('lint')
    .summary('Read a draft on stdin, and say what the customer should not have to read.')
    .option('--case <id>', 'what it answers: c4, or m17')
    .option('--platform <place>', 'where it will stand: google-play, bluesky …')
    .addOption(brand())
    .addOption(json())
    .action(lazily(() => import('./commands/reply.ts')));
  replies
    .command('allow [rule] [words...]')
    .summary('Let a finding pass for your brand from now on; without one, show which do.')
    .option('--why <words>', 'why it is right for you')
    .option('--undo', 'point it out again')
    .addOption(brand())
    .addOption(as())
    .addOption(json())
    .action(lazily(async () => (await import('./commands/reply.ts')).allowing));
}
