/** Where mail leaves: over SMTP, encrypted, or as the file that would have been sent. */
import type { SendMailOptions } from 'nodemailer';
import { MailTrouble, mailTroubleOf } from './mail-trouble.ts';
import { addressOf, type Mail } from './message.ts';

/** A way out for mails. `send` and `verify` throw `MailTrouble` for what the owner can mend or wait for. */
export interface Mailer {
  send(mail: Mail, signal?: AbortSignal): Promise<void>;
  /** Connects and signs in, sends nothing. */
  verify(): Promise<void>;
}

export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  /** `starttls`: not a word before the connection is encrypted; `none`: only to this computer itself. */
  readonly security: 'starttls' | 'tls' | 'none';
  readonly user: string | null;
  readonly password: string | null;
  /** PEM of a certificate to trust beside the usual ones, for a mail server that signed its own. */
  readonly trust?: string;
  readonly timeouts?: SmtpTimeouts;
}

/** Milliseconds; all together they stay far below the time for which a mail is claimed. */
export interface SmtpTimeouts {
  readonly connect: number;
  readonly answer: number;
  /** For all of `verify`. */
  readonly whole?: number;
}

/** For whoever looks on while it is only asked whether it would take mail. */
export const shortPatience: SmtpTimeouts = { connect: 4_000, answer: 4_000, whole: 8_000 };

/** RFC 5321 §4.5.3.2 allows minutes for each answer; a person who runs `check --mail` doesn't. */
const patience: SmtpTimeouts = { connect: 15_000, answer: 60_000 };

const isLoopback = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|::1)$/i.test(host);

/** One connection a mail: a digest goes to a handful of people a day, and each stands for itself. */
export function smtpMailer(settings: SmtpSettings): Mailer {
  const { host, port, security, user } = settings;
  const { connect, answer, whole } = settings.timeouts ?? patience;
  const connection = async () => {
    const { createTransport } = await loadNodemailer();
    return createTransport({
      host,
      port,
      secure: security === 'tls',
      requireTLS: security === 'starttls',
      ignoreTLS: security === 'none',
      tls: { minVersion: 'TLSv1.2', ...(settings.trust === undefined ? {} : { ca: settings.trust }) },
      ...(user === null ? {} : { auth: { user, pass: settings.password ?? '' }, forceAuth: true }),
      connectionTimeout: connect,
      dnsTimeout: connect,
      greetingTimeout: connect,
      socketTimeout: answer,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  };
  const attempt = async (to: string | null, go: () => Promise<unknown>): Promise<void> => {
    if (security === 'none' && !isLoopback(host)) {
      throw new MailTrouble(
        `Mail would go to ${host} unencrypted, which is only for a mail server on this computer. Set mail.security to starttls or tls.`,
        { scope: 'server', permanent: false },
      );
    }
    try {
      await go();
    } catch (error) {
      throw mailTroubleOf(error, { host, port, to });
    }
  };
  return {
    send: (mail, signal) =>
      attempt(addressOf(mail.to), async () =>
        (await connection()).sendMail({ ...contentOf(mail), ...(signal ? { signal } : {}) }),
      ),
    verify: () => attempt(null, async () => within(whole, (await connection()).verify())),
  };
}

/** A server that goes on talking answers each time and never ends. */
function within<Result>(ms: number | undefined, going: Promise<Result>): Promise<Result> {
  if (ms === undefined) return going;
  const late = Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' });
  return new Promise((done, fail) => {
    AbortSignal.timeout(ms).addEventListener('abort', () => fail(late));
    going.then(done, fail);
  });
}

/** Loaded when a mail leaves: a daemon looks each minute whether one does, and stays small while none does. */
const loadNodemailer = () => import('nodemailer');

/** The mail as the file that any mail program opens. */
export async function toEml(mail: Mail): Promise<Buffer> {
  const { createTransport } = await loadNodemailer();
  const paper = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  const { message } = await paper.sendMail(contentOf(mail));
  if (!Buffer.isBuffer(message)) throw new TypeError('nodemailer gave no buffer');
  return message;
}

function contentOf(mail: Mail): SendMailOptions {
  return {
    from: mail.from,
    to: mail.to,
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    messageId: mail.messageId,
    date: new Date(mail.date),
    xMailer: false,
    // RFC 3834: no out-of-office note shall answer it.
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}
