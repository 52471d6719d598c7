/** `earshot digest`: sends today's mail now, or shows it first. */
import { pathToFileURL } from 'node:url';
import type { App } from '../../app.ts';
import { dayMs } from '../../clock.ts';
import { localDay } from '../../digest/local-time.ts';
import { outboxFolder, writeShownPage } from '../../digest/mail-files.ts';
import { MailTrouble } from '../../digest/mail-trouble.ts';
import { renderHtml } from '../../digest/render-html.ts';
import { renderText } from '../../digest/render-text.ts';
import type { Edges } from '../../edges.ts';
import { noticeNews } from '../../jobs/notice-news.ts';
import { deliver, draftDigest, enqueueDigests, hurryDigests, lastDigestDays } from '../../jobs/send-digest.ts';
import { standing } from '../../jobs/standing.ts';
import { forTerminal } from '../../text/clean.ts';
import { clean, count, readingWidth, wrapped } from '../format.ts';
import { progressLine } from '../progress.ts';
import { nextTry, sayWaiting } from '../tell-mail.ts';
import { withTools } from '../tools.ts';
import { Misuse } from '../trouble.ts';

interface Options {
  readonly config?: string;
  readonly open?: boolean;
  readonly print?: boolean;
  readonly to?: string;
}

export async function command(edges: Edges, options: Options): Promise<number> {
  return withTools(edges, options, async (tools) => {
    const recipients = tools.config.digestTo.filter((one) => options.to === undefined || one.address === options.to);
    if (options.to !== undefined && recipients.length === 0) {
      throw new Misuse(
        `${options.to} gets no digest; the config has: ${tools.config.digestTo.map((one) => one.address).join(', ') || 'nobody'}.`,
      );
    }
    if (options.open || options.print) return show(edges, tools, options, recipients[0]);
    return send(edges, tools, recipients);
  });
}

/** Neither counts as sent. */
async function show(
  edges: Edges,
  tools: App,
  options: Options,
  recipient: App['config']['digestTo'][number] | undefined,
): Promise<number> {
  await noticeNews(tools);
  const now = edges.clock.now();
  const first = (await lastDigestDays(tools)).size === 0;
  const digest = await draftDigest(tools, {
    kind: first ? 'welcome' : 'digest',
    recipient: recipient?.address ?? 'you',
    timezone: recipient?.timezone ?? tools.config.timezone,
    window: { from: now - (first ? tools.config.firstLookMs : dayMs), to: now },
  });
  if (options.print) edges.terminal.out(`${forTerminal(`${digest.subject}\n\n${renderText(digest)}`)}\n`);
  if (options.open) {
    let file: string;
    try {
      file = await writeShownPage(tools.config, renderHtml(digest));
    } catch (error) {
      if (!(error instanceof MailTrouble)) throw error;
      edges.terminal.err(`${error.message}\n`);
      return 1;
    }
    const opened = await edges.open(pathToFileURL(file).href).then(
      () => true,
      () => false,
    );
    edges.terminal.err(
      opened ? `It is open in your browser (${file}).\n` : `No browser could be opened: open ${file} yourself.\n`,
    );
  }
  return 0;
}

async function send(edges: Edges, tools: App, recipients: App['config']['digestTo']): Promise<number> {
  const { terminal } = edges;
  if (recipients.length === 0) {
    terminal.err(
      `Nobody gets a digest yet. Put an address under digest.to in the config; \`${tools.earshot} digest --print\` shows it here.\n`,
    );
    return 1;
  }
  const now = edges.clock.now();
  const known = await lastDigestDays(tools);
  const due = recipients.map((recipient) => ({
    recipient,
    kind: known.has(recipient.address) ? ('digest' as const) : ('welcome' as const),
    forDay: localDay(now, recipient.timezone),
    dueAt: now,
  }));
  const progress = progressLine(terminal);
  progress.say('Writing the mail and sending it …');
  const added = await enqueueDigests(tools, due);
  await hurryDigests(tools, due);
  const deliveries = await deliver(tools);
  progress.end();
  const reader = { now, timezone: tools.config.timezone };
  for (const { recipient, trouble, retryAt } of deliveries) {
    if (trouble === null) continue;
    const next = nextTry(retryAt, reader, ' Next try: ', ' if Earshot runs then, or when you type this again.');
    terminal.err(`${clean(recipient)}: ${clean(trouble)}${next}\n`);
  }
  const sent = deliveries.filter((one) => one.trouble === null && one.kind !== 'escalation').length;
  const where = tools.config.mail ? '' : ` It lies in ${outboxFolder(tools.config)}, since no mail server is set.`;
  if (sent > 0) terminal.out(`${count(sent, 'digest')} went out.${where}\n`);
  else if (added === 0 && deliveries.length === 0) {
    const asked = new Set(recipients.map(({ address }) => address));
    const waiting = (await standing(tools)).mails.filter((mail) => mail.sentAt === null && asked.has(mail.recipient));
    for (const mail of waiting) terminal.err(`The mail to ${clean(mail.recipient)} ${sayWaiting(mail, reader)}\n`);
    if (waiting.length > 0) return 1;
    const gone = `Today’s digest has gone out already; there is one a day. \`${tools.earshot} digest --print\` shows it as it would be now.`;
    terminal.out(`${wrapped(gone, readingWidth(terminal))}\n`);
  }
  return deliveries.some((one) => one.trouble !== null) ? 1 : 0;
}
