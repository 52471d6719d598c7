/** `earshot status`: where things stand: the queue, every place in plain words, the mail. */
import { minuteMs } from '../../clock.ts';
import type { Recipient } from '../../digest/due.ts';
import { sayMoment } from '../../digest/local-time.ts';
import type { Edges } from '../../edges.ts';
import { heardNowhere, type WatchReport } from '../../insight/health.ts';
import { fastAlone, howJudged, type PreciseStanding } from '../../jobs/how-judged.ts';
import { sayLeftBehind } from '../../jobs/left-behind.ts';
import { type Standing, standing } from '../../jobs/standing.ts';
import { watchReports } from '../../jobs/status.ts';
import { statusFace } from '../../jobs/status-face.ts';
import type { Tools } from '../../jobs/tools.ts';
import { daemonIsAtWork } from '../../store/daemon-lock.ts';
import { asCalled } from '../../text/command.ts';
import { jsonText } from '../../text/json.ts';
import { clean, count, readingWidth, steps, twoColumns, wrapped } from '../format.ts';
import { sayWaiting } from '../tell-mail.ts';
import { type Telling, tellingOf } from '../tell-mention.ts';
import { placeLines } from '../tell-place.ts';
import { withTools } from '../tools.ts';
import { needsSentence, othersSentence } from '../turns.ts';

interface Options {
  readonly config?: string;
  readonly json?: boolean;
}

export async function command(edges: Edges, options: Options): Promise<number> {
  const precise = howJudged(edges.env, { whole: true });
  return withTools(edges, options, async (tools) => {
    const { terminal } = edges;
    const reports = await watchReports(tools);
    const stands = await standing(tools);
    if (options.json) {
      terminal.out(`${jsonText(await statusFace(tools, reports, stands, precise), 2)}\n`);
      return 0;
    }
    const telling = tellingOf(edges, tools);
    const { paint, earshot } = telling;
    const parts = [
      heardNowhere(reports) && stands.mentions === 0
        ? paint.bold('Nothing is known yet: no place could be read so far.')
        : queue(stands, telling),
      ...leftBehind(stands, tools, telling),
      reports.length === 0
        ? `No place to listen yet: \`${earshot} sources\` lists them.`
        : `${paint.bold('Where Earshot listens')}\n${placeLines(reports, telling, tools.brands)}`,
      `${paint.bold('The daily mail')}\n${mails(stands, tools.config.digestTo, telling)}`,
      `${paint.bold('How it judges')}\n${judges(precise, telling)}`,
      ...(stands.spending.length > 0 ? [`${paint.bold('What places cost')}\n${costs(stands, telling)}`] : []),
      ...(stands.second ? [`${paint.bold('The second opinion')}\n${second(stands.second, telling)}`] : []),
    ];
    terminal.out(`${parts.join('\n\n')}\n`);
    const asleep = !daemonIsAtWork(tools.config.store) && !lately(reports, telling.now);
    const next = reports.every((report) => report.lastGoodAt === null)
      ? ([`${earshot} collect`, 'listen now'] as const)
      : stands.turns.ours > 0
        ? ([`${earshot} list`, 'what needs you'] as const)
        : ([`${earshot} digest --print`, 'today’s mail as it would be now'] as const);
    const going = tools.config.digestTo.length > 0 ? 'keep listening, and send the daily mail' : 'keep listening';
    const more = asleep && reports.length > 0 ? [[`${earshot} start`, going] as const] : [];
    terminal.err(`\n${steps([next, ...more], terminal)}\n`);
    return 0;
  });
}

function queue({ turns, overdue, unsure, mentions }: Standing, { paint }: Telling): string {
  const late = overdue > 0 ? `, ${paint.bold(paint.red(`${overdue} late`))}` : '';
  return `${paint.bold(needsSentence(turns))}${late}${othersSentence(turns)} · ${unsure} unsure · ${count(mentions, 'mention')}`;
}

function leftBehind({ leftBehind }: Standing, { config }: Tools, { terminal, paint, earshot }: Telling): string[] {
  const told = sayLeftBehind(leftBehind, config.brands);
  if (told === null) return [];
  return [
    `${paint.yellow('!')} ${wrapped(asCalled(clean(told), earshot), readingWidth(terminal) - 2, '  ').trimStart()}`,
  ];
}

/** A timer that begins `start --once` leaves nobody at work between its times. */
const timerRestsMs = 30 * minuteMs;
const lately = (reports: readonly WatchReport[], now: number) =>
  reports.some(({ lastTriedAt }) => lastTriedAt !== null && now - lastTriedAt < timerRestsMs);

function mails(
  { mails }: Standing,
  recipients: readonly Recipient[],
  { now, timezone, terminal, paint, earshot }: Telling,
): string {
  if (recipients.length === 0)
    return wrapped('Nobody gets one: put your address under `digest` in the config.', readingWidth(terminal), '  ');
  const [first] = recipients;
  if (mails.length === 0 && first)
    return wrapped(
      `None has gone out yet. While \`${earshot} start\` runs, it goes to ${clean(first.address)} every day at ${first.at}.`,
      readingWidth(terminal),
      '  ',
    );
  const rows = mails.map((mail) => ({
    sign: mail.sentAt === null ? paint.red('✗') : paint.green('✓'),
    left: clean(mail.recipient),
    right:
      mail.sentAt === null ? sayWaiting(mail, { now, timezone }) : `went out ${sayMoment(mail.sentAt, now, timezone)}`,
  }));
  return twoColumns(rows, terminal);
}

function judges(precise: PreciseStanding, { terminal, paint }: Telling): string {
  const told = (sentence: string) => wrapped(sentence, readingWidth(terminal), '    ').trimStart();
  if (precise === null) return `  ${paint.green('✓')} ${told('The fast judge alone, as EARSHOT_JUDGE=fast asks for.')}`;
  if ('version' in precise)
    return `  ${paint.green('✓')} ${told('The fast judge, and for what it doubts the precise one.')}`;
  return `  ${paint.yellow('!')} ${told(clean(fastAlone(precise) ?? ''))}`;
}

function second(stands: NonNullable<Standing['second']>, { now, timezone, terminal, paint, earshot }: Telling): string {
  const { host, model, off, calls, callsPerDay, money, trouble } = stands;
  const whom = clean(`${model} at ${host}`);
  if (off)
    return wrapped(
      `${whom} is off: nothing is sent. \`${earshot} check\` shows what would be.`,
      readingWidth(terminal),
      '  ',
    );
  const spent = money ? `, ${amount(money.spent)} of ${amount(money.most)} ${clean(money.currency)} this month` : '';
  const full = calls >= callsPerDay ? ' That is all it may be asked for now.' : '';
  const asked = wrapped(
    `${whom} was asked ${calls} of ${callsPerDay} times in the last 24 hours${spent}.${full}`,
    readingWidth(terminal),
    '  ',
  );
  if (!trouble) return asked;
  const again =
    trouble.askedAgainAt > now
      ? `It is asked again ${sayMoment(trouble.askedAgainAt, now, timezone)}`
      : 'It is asked again next time';
  const told = `No answer ${sayMoment(trouble.at, now, timezone)}: ${clean(trouble.sentence)} ${again}; what is unsure waits on its pile.`;
  return `${asked}\n  ${paint.red('✗')} ${wrapped(told, readingWidth(terminal), '    ').trimStart()}`;
}

function costs({ spending }: Standing, { terminal, paint }: Telling): string {
  const rows = spending.map(({ title, account, spent, most, currency }) => ({
    sign: spent < most ? paint.green('✓') : paint.yellow('…'),
    left: clean(account === null ? title : `${title} (${account})`),
    right: `${amount(spent)} of ${amount(most)} ${clean(currency)} this month`,
  }));
  return twoColumns(rows, terminal);
}

/** Cents, and less where less was spent. */
const amount = (money: number) => String(Math.round(money * 10_000) / 10_000);
