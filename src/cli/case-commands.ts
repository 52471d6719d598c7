/** `earshot case …` by name: looking at cases, working on them, bringing them to an end. */
import type { Command, Option } from 'commander';

type Lazily = (load: () => Promise<unknown>) => (...given: unknown[]) => Promise<void>;
type Shared = Readonly<Record<'as' | 'brand' | 'json', () => Option>>;

/** @param shared options that other commands take, too */
export function addCase(root: Command, lazily: Lazily, shared: Shared): void {
  const cases = root
    .command('case')
    .summary('Work a case: take it, answer it, snooze it, close it.')
    .helpCommand(false);
  addLooking(cases, lazily, shared);
  const { as, json } = shared;
  const doing = (name: string, summary: string, more = '') =>
    cases
      .command(`${name} <id>${more}`)
      .summary(summary)
      .addOption(as())
      .option('--why <words>', 'why')
      .addOption(json());
  const act = (name: string) => lazily(async () => (await import('./commands/case-act.ts')).acting(name));
  cases.commandsGroup('Work on it:');
  doing('take', 'Make it yours.').action(act('take'));
  doing('assign', 'Make it somebody else’s.', ' [person]')
    .option('--to <name>', 'whose it is now')
    .action(act('assign'));
  doing('note', 'Write something down.', ' [words...]').option('--words <words>', 'what').action(act('note'));
  doing('answered', 'You answered, here or elsewhere; now it is the customer’s turn.')
    .option('--where <place>', 'google, phone, at-the-table …')
    .option('--words <words>', 'what you wrote')
    .option('--check-back <date>', 'when to ask whether all is well')
    .action(act('answered'));
  doing('snooze', 'Put it off until a day.')
    .requiredOption('--until <date>', 'until: 2026-12-01, or 3d')
    .action(act('snooze'));
  doing('undo', 'Take the last step back.').action(act('undo'));
  cases.commandsGroup('What you promised:');
  doing('promise', 'You promised something by a day: it becomes a task.', ' [words...]')
    .requiredOption('--until <date>', 'by when: 2026-12-03, friday, 3d')
    .action(lazily(async () => (await import('./commands/case-promise.ts')).promising));
  doing('kept', 'What you promised is done.')
    .option('--undo', 'it is not, after all')
    .action(lazily(async () => (await import('./commands/case-promise.ts')).keeping));
  cases.commandsGroup('One customer, one case:');
  doing('join', 'Put another case of the same customer in with it.', ' <other>').action(
    lazily(async () => (await import('./commands/case-join.ts')).joining),
  );
  doing('split', 'Take a joined case, or one of its posts, out again.', ' [part]').action(
    lazily(async () => (await import('./commands/case-join.ts')).splitting),
  );
  cases.commandsGroup('Bring it to an end:');
  const cause = ['--cause <words>', 'what was behind it, as you call it'] as const;
  doing('fix', 'It is fixed; check back with the customer on a day.')
    .option('--check-back <date>', 'when', '3d')
    .option(...cause)
    .action(act('fix'));
  doing('happy', 'The customer is happy again.')
    .option('--proof <words>', 'how you know')
    .option(...cause)
    .action(act('happy'));
  doing('silent', 'You answered, asked back twice, and they never wrote again.')
    .option(...cause)
    .action(act('silent'));
  doing('lost', 'The customer said that they will not come back.')
    .option('--proof <words>', 'what they said')
    .option(...cause)
    .action(act('lost'));
  doing('dismiss', 'It is none of ours, or no complaint; say why.').action(act('dismiss'));
  doing('reopen', 'It is your turn again.').action(act('reopen'));
}

function addLooking(cases: Command, lazily: Lazily, { brand, json }: Shared): void {
  cases.commandsGroup('Look:');
  cases
    .command('list')
    .summary('Show the cases, most urgent first.')
    .optionsGroup('Which ones:')
    .addOption(brand())
    .option('--state <state>', 'only in this state')
    .option('--of <name>', 'only this person’s')
    .option('--unanswered', 'taken by somebody, and still without an answer')
    .option('--overslept', 'put off until a day that is past')
    .option('--promised', 'with something promised that is not done yet')
    .option('--closed', 'also closed ones')
    .optionsGroup('How:')
    .addOption(json())
    .action(lazily(() => import('./commands/case-list.ts')));
  cases
    .command('show <id>')
    .summary('Show a case with its posts and everything done.')
    .addOption(json())
    .action(lazily(async () => (await import('./commands/show.ts')).ofCase));
  cases
    .command('history <id>')
    .summary('Show everything done to a case.')
    .addOption(json())
    .action(lazily(() => import('./commands/case-history.ts')));
}
