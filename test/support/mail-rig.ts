/** A real mail server on this computer: exim4 takes mails and says which senders are proven, dovecot lets them be read over TLS. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createTransport } from 'nodemailer';

const exim = '/usr/sbin/exim4';
const dovecot = '/usr/sbin/dovecot';
const fixture = (name: string) => join(import.meta.dirname, '../fixtures/mail', name);

/** Why the rig cannot run here; null where it can. */
export function whyNoRig(): string | null {
  if (!existsSync(exim) || !existsSync(dovecot))
    return 'exim4 and dovecot are not installed (apt-get install --no-install-recommends exim4-daemon-light dovecot-imapd)';
  return process.getuid?.() === 0 ? null : 'exim4 and dovecot deliver mail only when started by root';
}

export interface MailRig extends AsyncDisposable {
  readonly imapPort: number;
  /** PEM of its certificate, for localhost and 127.0.0.1. */
  readonly certificatePath: string;
  readonly user: string;
  readonly password: string;
  /** By what name the server signs what it found out about a sender. */
  readonly server: string;
  /** Sends a whole mail over SMTP; the server finds its sender proven exactly where `truly` says so. Resolves once it lies in the folder Earshot. */
  deliver(raw: string | Buffer, truly: { readonly domain: string } | null): Promise<void>;
  /** Names of all files of the folder with the part of it that they lie in: flags are in the names. */
  files(): readonly string[];
}

const user = 'owner@bluedoor.example';
const password = 'rig-secret';
const server = 'mail.bluedoor.example';
const patienceMs = 10_000;

export async function startMailRig(): Promise<MailRig> {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-mail-rig-'));
  for (const name of ['spool', 'log', 'mail', 'run']) mkdirSync(join(folder, name));
  copyFileSync(fixture('test-certificate.pem'), join(folder, 'certificate.pem'));
  copyFileSync(fixture('test-key.pem'), join(folder, 'key.pem'));
  const [smtpPort, imapPort] = [await freePort(), await freePort()];
  writeFileSync(join(folder, 'exim.conf'), eximConfig(folder, smtpPort));
  writeFileSync(join(folder, 'dovecot.conf'), dovecotConfig(folder, imapPort));
  chmodSync(folder, 0o755);
  execFileSync('chown', ['-R', 'Debian-exim:', ...['spool', 'log', 'mail'].map((name) => join(folder, name))]);
  const children = [
    spawn(exim, ['-C', join(folder, 'exim.conf'), '-bdf'], { stdio: 'ignore' }),
    spawn(dovecot, ['-F', '-c', join(folder, 'dovecot.conf')], { stdio: 'ignore' }),
  ];
  const inbox = join(folder, 'mail/.Earshot');
  const files = () =>
    ['new', 'cur'].flatMap((part) =>
      existsSync(join(inbox, part)) ? readdirSync(join(inbox, part)).map((name) => `${part}/${name}`) : [],
    );
  const stop = async () => {
    await Promise.all(children.map(ended));
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await Promise.all([smtpPort, imapPort].map(answers));
  } catch (cause) {
    await stop();
    throw cause;
  }
  return {
    ...{ imapPort, user, password, server, files },
    certificatePath: join(folder, 'certificate.pem'),
    deliver: async (raw, truly) => {
      const before = files().length;
      const from = truly === null ? 'somebody@evil.example' : `truly@${truly.domain}`;
      const way = createTransport({ host: '127.0.0.1', port: smtpPort, ignoreTLS: true });
      await way.sendMail({ envelope: { from, to: user }, raw });
      await until(() => files().length > before, 'the mail to arrive');
    },
    [Symbol.asyncDispose]: stop,
  };
}

/** The sender's own address in the envelope stands for what DKIM and DMARC would have shown; the finding is put on top, as servers do. */
function eximConfig(folder: string, port: number): string {
  const found = (domain: string, dkim: string, dmarc: string) =>
    `:at_start:Authentication-Results: ${server}; dkim=${dkim} header.d=${domain}; dmarc=${dmarc} header.from=${domain}`;
  return `
primary_hostname = ${server}
spool_directory = ${folder}/spool
log_file_path = ${folder}/log/%slog
pid_file_path = ${folder}/run/exim.pid
local_interfaces = 127.0.0.1
daemon_smtp_ports = ${port}
tls_advertise_hosts =
host_lookup =
smtp_accept_queue_per_connection = 0
keep_environment =
acl_smtp_rcpt = take
acl_smtp_data = find_out
begin acl
take:
  accept
find_out:
  warn condition = \${if eq{$sender_address_local_part}{truly}}
       add_header = ${found('$sender_address_domain', 'pass', 'pass')}
  warn condition = \${if !eq{$sender_address_local_part}{truly}}
       add_header = ${found('$sender_address_domain', 'none', 'fail')}
  accept
begin routers
everybody:
  driver = accept
  transport = folder
begin transports
folder:
  driver = appendfile
  maildir_format
  directory = ${folder}/mail/.Earshot
  create_directory
  user = Debian-exim
  group = Debian-exim
`;
}

function dovecotConfig(folder: string, port: number): string {
  const idOf = (what: '-u' | '-g') => execFileSync('id', [what, 'Debian-exim'], { encoding: 'utf8' }).trim();
  return `
protocols = imap
listen = 127.0.0.1
base_dir = ${folder}/run/dovecot
log_path = ${folder}/log/dovecot
ssl = required
ssl_cert = <${folder}/certificate.pem
ssl_key = <${folder}/key.pem
first_valid_uid = 1
mail_location = maildir:${folder}/mail
passdb {
  driver = static
  args = password=${password}
}
userdb {
  driver = static
  args = uid=${idOf('-u')} gid=${idOf('-g')} home=${folder}/mail
}
service imap-login {
  inet_listener imap {
    port = 0
  }
  inet_listener imaps {
    port = ${port}
    ssl = yes
  }
}
`;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** Another program's readiness cannot be handed a clock. */
async function until(is: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (const end = performance.now() + patienceMs; performance.now() < end; await wait(10)) if (await is()) return;
  throw new Error(`waited ${patienceMs / 1000} s in vain for ${what}`);
}

const answers = (port: number) =>
  until(
    () =>
      new Promise<boolean>((resolve) => {
        const socket = connect(port, '127.0.0.1', () => resolve(true));
        socket.on('error', () => resolve(false));
        socket.unref();
        socket.on('connect', () => socket.destroy());
      }),
    `a server on port ${port}`,
  );

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise((resolve) => {
    child.once('exit', resolve);
    child.kill('SIGTERM');
  });
}
