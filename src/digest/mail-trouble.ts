/** Why a mail could not be sent, as a sentence that says what to do next. */
import { onOneLine } from '../text/clean.ts';

/** Expected trouble with mail; anything else thrown while sending is a bug. */
export class MailTrouble extends Error {
  override readonly name = 'MailTrouble';
  /** `server`: no other mail would get through now either. */
  readonly scope: 'recipient' | 'server';
  /** Trying the same mail again can't help. */
  readonly permanent: boolean;

  constructor(
    sentence: string,
    { scope, permanent, cause }: { scope: 'recipient' | 'server'; permanent: boolean; cause?: unknown },
  ) {
    super(sentence, { cause });
    this.scope = scope;
    this.permanent = permanent;
  }
}

/** What nodemailer hangs on its errors. */
interface SmtpError {
  readonly message: string;
  readonly code: string;
  /** The system's or TLS's own code under nodemailer's. */
  readonly originalCode: string;
  readonly command: string;
  readonly response: string;
  readonly responseCode: number;
}

interface Attempt {
  readonly host: string;
  readonly port: number;
  readonly to: string | null;
}

const longestQuote = 160;
const credentials = 'EARSHOT_SMTP_USER and EARSHOT_SMTP_PASSWORD in earshot.env';

/** Gives back what is no trouble with mail (a bug) as it is. */
export function mailTroubleOf(error: unknown, attempt: Attempt): unknown {
  if (!(error instanceof Error) || error instanceof MailTrouble) return error;
  const smtp: SmtpError = {
    code: '',
    originalCode: '',
    command: '',
    response: '',
    responseCode: 0,
    ...error,
    message: error.message,
  };
  const server = (sentence: string) => new MailTrouble(sentence, { scope: 'server', permanent: false, cause: error });
  if (smtp.code === 'EABORT') return server('Sending was stopped half way; it is tried again.');
  const connection = connectionTrouble(smtp, attempt);
  if (connection !== null) return server(connection);
  const said = quote(smtp.response);
  if (smtp.code === 'EAUTH' || smtp.code === 'ENOAUTH' || smtp.responseCode === 530)
    return server(signInTrouble(smtp, said));
  if (smtp.command === 'MAIL FROM' || smtp.responseCode === 421 || smtp.code === 'EPROTOCOL') {
    return server(
      smtp.responseCode >= 500 && smtp.command === 'MAIL FROM'
        ? `The mail server does not let Earshot send from this address${said}. Check mail.from in the config.`
        : `The mail server has no time for Earshot now${said}. It is tried again by itself.`,
    );
  }
  if (smtp.code === 'EENVELOPE' || smtp.code === 'EMESSAGE') return refusal(smtp, attempt, said, error);
  return error;
}

function connectionTrouble(smtp: SmtpError, { host, port }: Attempt): string | null {
  const where = `${onOneLine(host)}, port ${port},`;
  const kind = smtp.originalCode || smtp.code;
  if (smtp.code === 'ETLS' || /CERT|TLS|SSL|SELF_SIGNED|ISSUER|SIGNATURE/.test(kind))
    return encryptionTrouble(smtp, where, kind);
  if (smtp.code === 'EDNS' || /ENOTFOUND|EAI_AGAIN/.test(kind)) {
    return `No mail server called ${onOneLine(host)} was found. Check mail.host in the config and the Internet connection.`;
  }
  if (kind === 'ECONNREFUSED')
    return `Nothing takes mail at ${where} now. Check mail.host and mail.port in the config.`;
  if (smtp.code === 'ETIMEDOUT')
    return `The mail server at ${where} did not answer in time. It is tried again by itself.`;
  if (smtp.code === 'ESOCKET' || (smtp.code === 'ECONNECTION' && smtp.responseCode === 0)) {
    return `The connection to the mail server at ${where} broke off. It is tried again by itself.`;
  }
  return null;
}

function encryptionTrouble({ message }: SmtpError, where: string, kind: string): string {
  const about = `${kind} ${message}`;
  if (/expired/i.test(about))
    return `The certificate of the mail server at ${where} has expired. Tell those who run it; nothing was sent.`;
  if (/altname|does not match/i.test(about)) {
    return `The mail server at ${where} shows the certificate of another name. Check mail.host in the config; nothing was sent.`;
  }
  if (/self.signed|unable to (get|verify)|certificate/i.test(about)) {
    return `The certificate of the mail server at ${where} is signed by nobody whom this computer trusts, so nothing was sent. Check mail.host in the config.`;
  }
  return `The mail server at ${where} offers no encrypted connection, so nothing was sent. Try port 465 with mail.security: tls.`;
}

function signInTrouble({ code, responseCode }: SmtpError, said: string): string {
  if (responseCode >= 400 && responseCode < 500)
    return `The mail server could not check the password now${said}. It is tried again by itself.`;
  // RFC 5321 §4.2.3: 500–504, it does not know the command.
  if (responseCode >= 500 && responseCode <= 504) {
    return `The mail server offers no way to sign in${said}. Check mail.host and mail.port in the config, or leave out ${credentials}.`;
  }
  if (code === 'EAUTH' && responseCode !== 530) {
    return `The mail server did not accept the password. Check ${credentials}; many providers want a password made just for programs (“app password”).`;
  }
  return `The mail server wants a user and a password. Put them in as ${credentials}.`;
}

function refusal(smtp: SmtpError, { to }: Attempt, said: string, cause: Error): MailTrouble {
  const whom = onOneLine(to ?? 'this address');
  const permanent = smtp.responseCode >= 500 || smtp.responseCode === 0;
  if (!permanent) {
    return new MailTrouble(
      `The mail server asked Earshot to come back later with the mail to ${whom}${said}. It is tried again by itself.`,
      {
        scope: 'recipient',
        permanent,
        cause,
      },
    );
  }
  const next =
    smtp.code === 'EENVELOPE' ? 'Check the address under digest.to in the config.' : 'Ask those who run it why.';
  return new MailTrouble(`The mail server refuses the mail to ${whom}${said}. ${next}`, {
    scope: 'recipient',
    permanent,
    cause,
  });
}

/** The server's own words without its numbers, `; it says “No such user”`. */
function quote(response: string): string {
  const words = onOneLine(response.replace(/^[245]\d\d[ -]/gm, '').replace(/\b[245]\.\d{1,3}\.\d{1,3}\b/g, '')).slice(
    0,
    longestQuote,
  );
  return words === '' ? '' : `; it says “${words}”`;
}
