/** What trouble with a mailbox means: every error of the mail protocol becomes a fault in the owner's words. */
import { minuteMs } from '../clock.ts';
import { onOneLine } from '../text/clean.ts';
import { faultOfError, mute } from './broken.ts';
import { Fault } from './fault.ts';
import type { MailFolder } from './mail.ts';

/** What imapflow hangs on its errors. */
interface ImapError {
  readonly code?: unknown;
  readonly authenticationFailed?: unknown;
  readonly tlsFailed?: unknown;
  /** The code in brackets of RFC 5530, `UNAVAILABLE`. */
  readonly serverResponseCode?: unknown;
  /** The server's own words. */
  readonly response?: unknown;
  readonly responseText?: unknown;
}

const longestQuote = 160;
/** A server that wants fewer of us is left alone for this long where it doesn't say how long. */
const throttledMs = 15 * minuteMs;

/** @param now milliseconds UTC; a Fault is given back as it is. */
export function faultOfImap(error: unknown, { host, port, user, password }: MailFolder, now: number): Fault {
  if (error instanceof Fault) return error;
  const facts: ImapError = Object.assign({}, error);
  const code = String(facts.code ?? '');
  const answered = String(facts.serverResponseCode ?? '');
  const said = quote(facts, password);
  if (code === 'ETHROTTLE' || answered === 'LIMIT') {
    return new Fault('slow-down', `${host} asks Earshot to slow down${said}.`, { retryAt: now + throttledMs });
  }
  if (/^(?:UNAVAILABLE|INUSE|SERVERBUG)$/.test(answered))
    return new Fault('unreachable', `${host} has no time for Earshot now${said}. It is tried again by itself.`);
  if (facts.authenticationFailed) {
    const message = `${host} did not let ${onOneLine(user)} in${said}. Check MAILBOX_USER and MAILBOX_PASSWORD; many providers want a password made just for programs (“app password”), and mail programs switched on in their settings.`;
    return new Fault('not-allowed', message);
  }
  if (facts.tlsFailed && (code === '' || code === 'STARTTLS_INJECTION')) {
    const message = `${host} offers no encrypted connection on port ${port}, so the password was not sent. Try port 993 with security: tls.`;
    return new Fault('unreachable', message);
  }
  if (mute.test(code)) {
    const message = `${host}, port ${port}, did not answer in time. Check host, port and security of your mailbox in the config.`;
    return new Fault('unreachable', message, { cause: code });
  }
  if (/^(?:LineTooLarge|LiteralTooLarge|ResponseTooLarge)$/.test(code)) return tooMuch(host, code);
  if (/^(?:ParserError|InvalidResponse|UnexpectedTag)/.test(code) || /^ERR_SSL/.test(code)) {
    const message = `${host}, port ${port}, does not speak as a mailbox does. Check host, port and security of your mailbox in the config.`;
    return new Fault('garbled', message, { cause: code });
  }
  return faultOfError(error, host);
}

/** More than anybody's mailbox says. */
export function tooMuch(host: string, cause?: string): Fault {
  return new Fault('garbled', `${host} sent more at once than Earshot reads at most.`, { cause });
}

/** Names what is there, so that a slip is seen at once. */
export function noSuchFolder({ host, folder }: MailFolder, there: readonly string[]): Fault {
  const known = there.slice(0, 20).map((name) => onOneLine(name));
  const more = there.length > known.length ? ` and ${there.length - known.length} more` : '';
  const list = known.length > 0 ? ` There are: ${known.join(', ')}${more}.` : '';
  return new Fault(
    'gone',
    `There is no folder “${onOneLine(folder)}” at ${host}. Make it in your mail program, or mend its name in your config.${list}`,
  );
}

/** The server's own words, `; it says “…”`, without the password should it ever repeat it. */
function quote({ response, responseText }: ImapError, password: string): string {
  const given = [responseText, response].find((one) => typeof one === 'string') ?? '';
  const bare = onOneLine(
    String(given)
      .replace(/^\S+ (?:NO|BAD|BYE)\b/i, '')
      .replaceAll(/\[[^\]]*\]/g, ''),
  );
  const words = (password === '' ? bare : bare.replaceAll(password, '…')).slice(0, longestQuote).replace(/[.\s]+$/, '');
  return words === '' ? '' : `; it says “${words}”`;
}
