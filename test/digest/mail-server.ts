/** A real SMTP server on loopback, with STARTTLS and AUTH, that keeps what it takes. */
import { readFileSync } from 'node:fs';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

const fixture = (name: string) => readFileSync(new URL(`../fixtures/mail/${name}`, import.meta.url), 'utf8');
export const testCertificate = fixture('test-certificate.pem');
export const testPassword = 'rig-secret';

export interface Taken {
  readonly to: string;
  readonly secure: boolean;
  readonly user: string;
  /** The whole mail as it came. */
  readonly mail: string;
}

export interface MailServer extends AsyncDisposable {
  readonly port: number;
  readonly taken: readonly Taken[];
  /** Every address that was asked for, refused ones too. */
  readonly asked: readonly string[];
  /** How often somebody tried to sign in. */
  readonly signIns: () => number;
  /** From now on that address is answered so; null takes it again. */
  refuse(address: string, answer: { readonly code: number; readonly words: string } | null): void;
}

export async function mailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const taken: Taken[] = [];
  const asked: string[] = [];
  const refusals = new Map<string, { readonly code: number; readonly words: string }>();
  let signIns = 0;
  const server = new SMTPServer({
    key: fixture('test-key.pem'),
    cert: testCertificate,
    disableReverseLookup: true,
    onAuth({ username, password }, _session, done) {
      signIns += 1;
      if (password === testPassword) done(null, { user: username ?? '' });
      else done(Object.assign(new Error('Authentication credentials invalid'), { responseCode: 535 }));
    },
    onRcptTo({ address }, _session, done) {
      asked.push(address);
      const refusal = refusals.get(address);
      done(refusal === undefined ? null : Object.assign(new Error(refusal.words), { responseCode: refusal.code }));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address).join(',');
        const mail = Buffer.concat(chunks).toString('utf8');
        taken.push({ to, secure: session.secure, user: String(session.user), mail });
        done();
      });
    },
    ...options,
  });
  server.on('error', () => {});
  const port = await new Promise<number>((resolve, reject) => {
    const listener = server.listen(0, '127.0.0.1', () => {
      const address = listener.address();
      if (address === null || typeof address === 'string') reject(new Error('the mail server got no port'));
      else resolve(address.port);
    });
  });
  return {
    port,
    taken,
    asked,
    signIns: () => signIns,
    refuse: (address, answer) => (answer === null ? refusals.delete(address) : refusals.set(address, answer)),
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
