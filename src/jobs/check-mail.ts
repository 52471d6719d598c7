/** What `check` says of the mail: who gets it, and whether its server would take it. */
import type { Config, MailSettings, Problem } from '../config/config.ts';
import { localDay } from '../digest/local-time.ts';
import type { Mailer } from '../digest/mailer.ts';
import type { Env } from '../edges.ts';
import { type Looked, problem } from './check-looked.ts';
import { testMail } from './test-mail.ts';

export interface MailWish {
  readonly env: Env;
  readonly now: () => number;
  /** What asks the mail server whether it would take mail. */
  readonly mailer: (config: Config) => Promise<Mailer>;
  /** A test mail goes out, too. */
  readonly sendsMail: boolean;
}

export async function checkMail(config: Config, wish: MailWish): Promise<Looked> {
  const problems: Problem[] = [];
  if (config.digestTo.length === 0)
    problems.push(problem('digest.to', 'nobody gets the daily mail yet; put an address there.', 'warning'));
  const server = config.mail;
  if (!server) {
    const told = 'no mail server is set: the digest is written to the folder outbox beside the database.';
    return { problems: problems.length > 0 ? problems : [problem('mail', told, 'warning')], good: [] };
  }
  for (const name of ['EARSHOT_SMTP_USER', 'EARSHOT_SMTP_PASSWORD']) {
    if (wish.env[name] || server.security === 'none') continue;
    const told = `${name} is neither in earshot.env nor in the environment; most mail servers want it.`;
    problems.push(problem('mail', told, 'warning'));
  }
  try {
    return { problems, good: [await askServer(config, server, wish)] };
  } catch (error) {
    const told = error instanceof Error ? error.message : String(error);
    return { problems: [...problems, problem('mail', told)], good: [] };
  }
}

/** @returns that it would take mail. @throws MailTrouble where it would not */
async function askServer(config: Config, { host, from }: MailSettings, wish: MailWish): Promise<string> {
  const mailer = await wish.mailer(config);
  await mailer.verify();
  const well = `The mail server ${host} ${wish.env.EARSHOT_SMTP_USER ? 'let Earshot in' : 'answers'}`;
  const [to] = config.digestTo;
  if (!to || !wish.sendsMail) return well;
  const now = wish.now();
  await testMail(mailer, { from, to: to.address, now, day: localDay(now, to.timezone) });
  return `${well}; a test mail is on its way to ${to.address}`;
}
