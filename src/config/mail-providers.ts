/** What the largest mail providers want from a program that sends or reads mail, known from the address alone. */

export interface MailServer {
  readonly host: string;
  readonly port: number;
  readonly security: 'starttls' | 'tls';
}

export interface MailProvider {
  /** As its customers call it. */
  readonly name: string;
  /** Where mail is sent, and where it is read; null where a program with a password cannot. */
  readonly smtp: MailServer | null;
  readonly imap: MailServer | null;
  /** False where only a person at a browser can sign in (OAuth): then neither server is of use to Earshot. */
  readonly passwordsWork: boolean;
  /** How to get the password that works, or why there is none and what to do, in sentences. */
  readonly passwordHelp: string;
}

/** Its own domains, each whole, or a family of them by their beginning (`yahoo.` is yahoo.com, yahoo.co.uk …). */
type Entry = MailProvider & { readonly domains: readonly string[] };

const tls = (host: string, port = 465): MailServer => ({ host, port, security: 'tls' });
const starttls = (host: string): MailServer => ({ host, port: 587, security: 'starttls' });
const imap = (host: string): MailServer => ({ host, port: 993, security: 'tls' });

const named = 'name it “Earshot”, and copy the password that is shown.';
const switchOn = (where: string) => `Switch on ${where} first; without it no program is let in.`;
const usual = (what: string) => `It is the password of your ${what}.`;

/**
 * Hosts, ports and kinds of sign-in: Thunderbird's provider list (thunderbird/autoconfig), 2026, for all but Gmail, Proton, Virgin
 * Media and BT, which are from general knowledge like the ways through the providers' menus; those change, so the sentences
 * name the page and what to look for.
 */
const providers: readonly Entry[] = [
  {
    name: 'Gmail',
    domains: ['gmail.com', 'googlemail.com'],
    ...{ smtp: tls('smtp.gmail.com'), imap: imap('imap.gmail.com'), passwordsWork: true },
    passwordHelp: `Your usual password is not taken. Switch on 2-Step Verification at myaccount.google.com/security, open myaccount.google.com/apppasswords, ${named}`,
  },
  {
    // Basic sign-in ended for personal accounts on 16 September 2024.
    name: 'Outlook, Hotmail and Live',
    domains: ['outlook.', 'hotmail.', 'live.', 'msn.com', 'windowslive.com'],
    ...{ smtp: null, imap: null, passwordsWork: false },
    passwordHelp:
      'Microsoft lets no program in with a password any more, not even an app password. Use another mailbox for Earshot, a free one too; the daily mail can still go to your Outlook address.',
  },
  {
    name: 'Yahoo',
    domains: ['yahoo.', 'ymail.com', 'rocketmail.com', 'myyahoo.com'],
    ...{ smtp: tls('smtp.mail.yahoo.com'), imap: imap('imap.mail.yahoo.com'), passwordsWork: true },
    passwordHelp: `Your usual password is not taken. Open login.yahoo.com/account/security, choose “Generate app password”, ${named}`,
  },
  {
    name: 'AOL',
    domains: ['aol.', 'aim.com', 'netscape.net'],
    ...{ smtp: tls('smtp.aol.com'), imap: imap('imap.aol.com'), passwordsWork: true },
    passwordHelp: `Your usual password is not taken. Open login.aol.com/account/security, choose “Generate app password”, ${named}`,
  },
  {
    name: 'iCloud',
    domains: ['icloud.com', 'me.com', 'mac.com'],
    ...{ smtp: starttls('smtp.mail.me.com'), imap: imap('imap.mail.me.com'), passwordsWork: true },
    passwordHelp: `Your usual password is not taken. Open account.apple.com, choose “Sign-In and Security”, then “App-Specific Passwords”, ${named}`,
  },
  {
    name: 'GMX',
    domains: ['gmx.net', 'gmx.de', 'gmx.at', 'gmx.ch', 'gmx.eu', 'gmx.org', 'gmx.info', 'gmx.biz'],
    ...{ smtp: tls('mail.gmx.net'), imap: imap('imap.gmx.net'), passwordsWork: true },
    passwordHelp: `${switchOn('“POP3 & IMAP” in the e-mail settings at gmx.net')} The password is the one of your account; with two-factor sign-in make an “application password” under Security.`,
  },
  {
    name: 'GMX',
    domains: ['gmx.com', 'gmx.co.uk', 'gmx.us', 'gmx.fr', 'gmx.es'],
    ...{ smtp: tls('mail.gmx.com'), imap: imap('imap.gmx.com'), passwordsWork: true },
    passwordHelp: `${switchOn('“POP3 & IMAP” in the mail settings at gmx.com')} The password is the one of your account.`,
  },
  {
    name: 'WEB.DE',
    domains: ['web.de', 'email.de'],
    ...{ smtp: tls('smtp.web.de'), imap: imap('imap.web.de'), passwordsWork: true },
    passwordHelp: `${switchOn('“POP3 & IMAP” in the e-mail settings at web.de')} The password is the one of your account; with two-factor sign-in make an “application password” under Security.`,
  },
  {
    name: 'T-Online',
    domains: ['t-online.de', 'magenta.de'],
    ...{ smtp: tls('securesmtp.t-online.de'), imap: imap('secureimap.t-online.de'), passwordsWork: true },
    passwordHelp:
      'The password of the web page is not taken. Make an “E-Mail-Passwort” in the customer centre of Telekom, under passwords.',
  },
  {
    name: 'freenet',
    domains: ['freenet.de'],
    ...{ smtp: tls('mx.freenet.de'), imap: imap('mx.freenet.de'), passwordsWork: true },
    passwordHelp: `${switchOn('“POP3, IMAP und SMTP” in the settings of your freenet mailbox')} The password is the one of your mailbox.`,
  },
  {
    name: 'mail.com',
    domains: ['mail.com', 'email.com', 'post.com', 'usa.com', 'europe.com', 'london.com', 'consultant.com'],
    ...{ smtp: tls('smtp.mail.com'), imap: imap('imap.mail.com'), passwordsWork: true },
    passwordHelp: `${switchOn('“POP3 & IMAP” in the mail settings at mail.com')} Some free accounts have it only in the paid plan.`,
  },
  {
    name: 'Orange',
    domains: ['orange.fr', 'wanadoo.fr'],
    ...{ smtp: tls('smtp.orange.fr'), imap: imap('imap.orange.fr'), passwordsWork: true },
    passwordHelp: usual('Orange mailbox'),
  },
  {
    name: 'Free',
    domains: ['free.fr'],
    ...{ smtp: tls('smtp.free.fr'), imap: imap('imap.free.fr'), passwordsWork: true },
    passwordHelp: `${usual('Free mailbox')} The user is the part of your address before the @.`,
  },
  {
    name: 'Libero',
    domains: ['libero.it', 'iol.it', 'blu.it', 'inwind.it', 'giallo.it'],
    ...{ smtp: tls('smtp.libero.it'), imap: imap('imapmail.libero.it'), passwordsWork: true },
    passwordHelp:
      'It is the password of your Libero mailbox; with the safer sign-in switched on, make a “password specifica” in its settings.',
  },
  {
    name: 'KPN',
    domains: ['kpnmail.nl', 'planet.nl', 'hetnet.nl', 'telfort.nl', 'xs4all.nl', 'tiscali.nl'],
    ...{ smtp: tls('smtp.kpnmail.nl'), imap: imap('imap.kpnmail.nl'), passwordsWork: true },
    passwordHelp: usual('KPN mailbox'),
  },
  {
    name: 'Comcast Xfinity',
    domains: ['comcast.net'],
    ...{ smtp: tls('smtp.comcast.net'), imap: imap('imap.comcast.net'), passwordsWork: true },
    passwordHelp: `${switchOn('“Third Party Access Security” in the settings of Xfinity mail')} The password is the one of your mailbox.`,
  },
  {
    name: 'BT',
    domains: ['btinternet.com', 'btopenworld.com'],
    ...{ smtp: tls('mail.btinternet.com'), imap: imap('mail.btinternet.com'), passwordsWork: true },
    passwordHelp: usual('BT mailbox'),
  },
  {
    name: 'Virgin Media',
    domains: ['virginmedia.com', 'ntlworld.com', 'blueyonder.co.uk', 'virgin.net'],
    ...{ smtp: tls('smtp.virginmedia.com'), imap: imap('imap.virginmedia.com'), passwordsWork: true },
    passwordHelp:
      'Your usual password may not be taken: make an “app password” in the settings of your Virgin Media mail.',
  },
  {
    name: 'Fastmail',
    domains: ['fastmail.com', 'fastmail.fm'],
    ...{ smtp: tls('smtp.fastmail.com'), imap: imap('imap.fastmail.com'), passwordsWork: true },
    passwordHelp: `Your usual password is not taken. Open Settings, “Privacy & Security”, then “App passwords”, ${named}`,
  },
  {
    name: 'Zoho',
    domains: ['zoho.com', 'zohomail.com'],
    ...{ smtp: tls('smtp.zoho.com'), imap: imap('imap.zoho.com'), passwordsWork: true },
    passwordHelp: `${switchOn('IMAP in the settings of Zoho Mail')} With two-factor sign-in open accounts.zoho.com, Security, “App Passwords”, ${named}`,
  },
  {
    name: 'Yandex',
    domains: ['yandex.', 'ya.ru', 'narod.ru'],
    ...{ smtp: tls('smtp.yandex.com'), imap: imap('imap.yandex.com'), passwordsWork: true },
    passwordHelp: `Your usual password is not taken. Switch on IMAP in the mail settings, open id.yandex.com/security, “App passwords”, choose Mail, ${named}`,
  },
  {
    name: 'Mail.ru',
    domains: ['mail.ru', 'inbox.ru', 'list.ru', 'bk.ru'],
    ...{ smtp: tls('smtp.mail.ru'), imap: imap('imap.mail.ru'), passwordsWork: true },
    passwordHelp: `Your usual password is not taken. Open account.mail.ru/user/2-step-auth/passwords, ${named}`,
  },
  {
    name: 'Proton',
    domains: ['proton.me', 'protonmail.com', 'protonmail.ch', 'pm.me'],
    ...{ smtp: null, imap: null, passwordsWork: false },
    passwordHelp:
      'Proton lets programs in only through its Bridge, which comes with the paid plans and runs on this computer. With it, copy host, port and password from the Bridge into the config; else use another mailbox for Earshot.',
  },
];

/**
 * Who runs a mailbox, by its address; null for an own domain, whose provider the address does not tell. Such a domain may
 * lie at Microsoft 365: reading with a password ended there in 2022; sending still works where the administrator allows
 * “authenticated SMTP”, which Microsoft switches off by default at the end of 2026 (its message MC786329, January 2026).
 */
export function providerOf(address: string): MailProvider | null {
  const domain = address
    .slice(address.lastIndexOf('@') + 1)
    .trim()
    .toLowerCase();
  const found = providers.find(({ domains }) =>
    domains.some((one) => (one.endsWith('.') ? isOf(one, domain) : one === domain)),
  );
  if (!found) return null;
  const { name, smtp, imap, passwordsWork, passwordHelp } = found;
  return { name, smtp, imap, passwordsWork, passwordHelp };
}

/** `yahoo.co.uk` is of the family `yahoo.`; `yahoo.bluedoor.example` is somebody's own. */
function isOf(family: string, domain: string): boolean {
  return domain.startsWith(family) && /^(?:com|[a-z]{2}|com?\.[a-z]{2})$/.test(domain.slice(family.length));
}
