/** `earshot check`: config, secrets, database and mail looked over, all problems at once, each with what to do. */
import { configPath, mailerFor, readText } from '../../app.ts';
import { problemLine } from '../../config/config.ts';
import { cronTrouble } from '../../daemon/due.ts';
import type { Edges } from '../../edges.ts';
import type { CheckFace } from '../../face/check.ts';
import { type Checked, check, leftPath, modelPath } from '../../jobs/check.ts';
import { everySource } from '../../sources/index.ts';
import { asCalled, earshotWith } from '../../text/command.ts';
import { jsonText } from '../../text/json.ts';
import { clean, coloursOf, count, readingWidth, steps, wrapped } from '../format.ts';
import { progressLine } from '../progress.ts';

interface Options {
  readonly config?: string;
  readonly mail?: boolean;
  readonly json?: boolean;
}

export async function command(edges: Edges, options: Options): Promise<number> {
  const { terminal, env, timezone, clock } = edges;
  const path = configPath(edges, options.config);
  const progress = progressLine(terminal);
  progress.say('Looking it over …');
  const { config, problems, good, deaf, missed, sends } = await check({
    path,
    text: readText(path),
    sources: await everySource(),
    env,
    timezone,
    cronTrouble,
    now: clock.now,
    mailer: (config) => {
      progress.say('Asking the mail server …');
      return mailerFor(config, env, { brief: !options.mail });
    },
    sendsMail: options.mail ?? false,
  });
  progress.end();
  const errors = problems.filter((problem) => problem.level === 'error').length;
  if (options.json) {
    const told: CheckFace = { path, problems: [...problems], good: [...good], sends };
    terminal.out(`${jsonText(told, 2)}\n`);
  } else {
    const paint = coloursOf(terminal);
    const earshot = earshotWith(options.config);
    const told = (sentence: string) => wrapped(clean(sentence), readingWidth(terminal) - 2, '  ').trimStart();
    for (const sentence of good) terminal.out(`${paint.green('✓')} ${told(sentence)}\n`);
    for (const problem of problems) {
      const sign = problem.level === 'error' ? paint.red('✗') : paint.yellow('!');
      terminal.out(`${sign} ${told(asCalled(problemLine(problem), earshot))}\n`);
    }
    if (sends) terminal.out(`\n${paint.bold(example)}\n${exactly(sends)}\n`);
    const next =
      errors > 0
        ? ([`${earshot} check`, errors === 1 ? 'once it is mended' : 'once they are mended'] as const)
        : ([`${earshot} collect`, 'listen now'] as const);
    const asked =
      errors === 0 && config?.mail && config.digestTo.length > 0 && !options.mail
        ? [[`${earshot} check --mail`, 'send a test mail, too'] as const]
        : [];
    const heard =
      missed || problems.some(({ path }) => [modelPath, leftPath].includes(path))
        ? 'The settings are in order.'
        : 'All is well.';
    const well = deaf ? 'The settings are in order, but nothing could be heard yet.' : heard;
    const elsewhere = problems.every(
      ({ level, path }) => level !== 'error' || ['earshot.env', modelPath].includes(path),
    );
    const head = errors === 0 ? well : `${count(errors, 'thing')} to mend${elsewhere ? '' : ` in ${clean(path)}`}.`;
    terminal.err(`\n${paint.bold(head)}\n${steps([...asked, next], terminal)}\n`);
  }
  return errors === 0 ? 0 : 1;
}

const example = 'An example of what a second opinion is sent, whole, with a post that nobody wrote:';

function exactly({ to, headers, body }: NonNullable<Checked['sends']>): string {
  const head = [`POST ${to}`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)];
  return [...head.map(clean), ...jsonText(body, 2).split('\n')].map((line) => `  ${line}`).join('\n');
}
