/** `earshot reply …` by name: an answer is drafted, checked, and sent when a person says yes. */
import { type Command, Option } from 'commander';

type Lazily = (load: () => Promise<unknown>) => (...given: unknown[]) => Promise<void>;
type Shared = Readonly<Record<'as' | 'brand' | 'json', () => Option>>;

/** @param shared options that other commands take, too */
export function addReply(root: Command, lazily: Lazily, { as, brand, json }: Shared): void {
  const replies = root
    .command('reply')
    .summary('Draft an answer, check it, and send it when you say yes.')
    .helpCommand(false);
  replies.commandsGroup('Answer a customer:');
  replies
    .command('draft <id>')
    .summary('Keep an answer for a case, and check it; without words, show the one that is kept.')
    .optionsGroup('Its words, else read from stdin:')
    .option('--text <words>', 'what it says')
    .option('--file <file>', 'what stands in this file')
    .option('--template <name>', 'a template of your config, filled in')
    .optionsGroup('How:')
    .addOption(as())
    .addOption(json())
    .action(lazily(() => import('./commands/reply-draft.ts')));
  const promising = (command: Command) =>
    command
      .optionsGroup('What it promises:')
      .addOption(
        new Option(
          '--promise <date and words>',
          '"2026-12-03 call back": what you promise in it, in place of what is read',
        ).argParser((one: string, before: readonly string[] | false = []) => [...(before || []), one]),
      )
      .option('--no-promise', 'it promises nothing')
      .optionsGroup('How:')
      .addOption(json());
  promising(
    replies
      .command('send <id>')
      .summary('Send the answer that is kept, once you say yes; else show where to copy it.')
      .optionsGroup('Your yes:')
      .option('--yes', 'yes, exactly these words; wants --as')
      .addOption(as())
      .option('--anyway <why>', 'yes, though the check found something that should never be said')
      .option('--again', 'you have looked there, and the last try did not arrive'),
  ).action(lazily(() => import('./commands/reply-send.ts')));
  promising(replies.command('sent <id>').summary('Say that the answer stands there: you copied it, or have seen it.'))
    .addOption(as())
    .action(lazily(async () => (await import('./commands/reply-send.ts')).saying));
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
