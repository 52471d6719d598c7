/** Mails in folders that the owner names: review mails of platforms, Google Alerts, a contact form's mails. */
import { z } from 'zod';
import { dayMs, hourMs } from '../clock.ts';
import { type Author, barePost, ownPlace, type Post } from '../mention.ts';
import type { Mail, MailMark } from '../net/mail.ts';
import { declaredLanguage } from './language.ts';
import { formedReview, MailForm } from './mailbox/forms.ts';
import { type AlertResult, alertResults, googleAlertsSender } from './mailbox/google-alerts.ts';
import { businessReview, googleBusinessSender } from './mailbox/google-business.ts';
import { believedBy, mayOpen, notProven, type Sender, senderOf } from './mailbox/sender.ts';
import { readWhole } from './mailbox/whole-mail.ts';
import { defineSource } from './source.ts';
import { webLinks } from './web-links.ts';

/** As many as one look reads; the next one goes on behind them. */
const mailsPerLook = 500;

const folder = () => z.string().min(1).max(200);

const Options = z.strictObject({
  host: z
    .string()
    .regex(/^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\])$/i, { error: 'should be a name as in imap.example' })
    .describe('The server that your mail program reads your mail from (IMAP).'),
  port: z.int().min(1).max(65535).optional().describe('Its port, where it is not the usual one.'),
  security: z
    .enum(['tls', 'starttls', 'none'])
    .optional()
    .describe('Usually tls, on port 143 starttls; none only for a server on this computer.'),
  folder: folder().describe('The folder to read, as your mail program shows it. Each brand needs one of its own.'),
  own: z
    .boolean()
    .optional()
    .describe('True for what only you hear, such as a contact form: it is never counted as public.'),
  more: z
    .array(z.strictObject({ folder: folder(), own: z.boolean().optional() }))
    .optional()
    .describe('More folders of the same mailbox, each with a folder and, where it fits, own.'),
  forms: z
    .array(MailForm)
    .optional()
    .describe(
      'How the review mails of a platform are made, each with from, and any of subject, who, stars, outOf, after, before; other mails are taken whole.',
    ),
  trustedServer: z
    .string()
    .min(1)
    .optional()
    .describe(
      'The name with which your own mail server begins its Authentication-Results lines, if it is not its address; none if it writes no such lines.',
    ),
});

interface At {
  readonly folder: string;
  readonly own: boolean;
  readonly forms?: readonly MailForm[];
}

export const mailbox = defineSource({
  id: 'mailbox',
  title: 'Mailbox',
  kind: 'reviews',
  suits: ['restaurant', 'shop', 'service', 'web-shop', 'software', 'other'],
  home: 'https://support.google.com/accounts/answer/185833',
  docs: 'https://www.rfc-editor.org/rfc/rfc9051',
  hears: 'review mails in a folder of yours',
  about:
    'Reads the mails in a folder of your mailbox and changes nothing there. Let the mails that Google, TripAdvisor, ' +
    'Booking and others send about new reviews go to that folder, and your contact form’s mails to another one.',
  access: 'own-account',
  keeps: 'everything',
  order: 'oldest-first',
  pace: [],
  cron: '*/10 * * * *',
  overlapMs: 24 * hourMs,
  quietAfterMs: 14 * dayMs,
  options: Options,
  example: { host: 'imap.example', folder: 'Earshot' },
  secrets: {
    user: {
      env: 'MAILBOX_USER',
      about: 'What you sign in to your mailbox with, mostly your mail address.',
    },
    password: {
      env: 'MAILBOX_PASSWORD',
      about:
        'An app password, which opens your mail only; where your provider has none, the password that your mail program uses.',
    },
  },
  steps: [
    'Open your mail provider’s page and look under Security for “App passwords”; Gmail has it at https://myaccount.google.com/apppasswords.',
    'Make one for “Earshot” and copy it.',
    'Write both into the file earshot.env beside your config: `MAILBOX_USER=` and your mail address, `MAILBOX_PASSWORD=` and the app password in quotation marks.',
    'In your mail program make a folder “Earshot”, and let the mails about new reviews go there.',
  ],

  looks: ({ host, folder, own, more = [], forms = [] }): { key: string; scope: 'brand'; certain: true; at: At }[] => {
    const folders = new Map([{ folder, own }, ...more].map((one) => [one.folder, one.own ?? false]));
    return [...folders].map(([name, isOwn]) => ({
      key: `“${name}” at ${host}`,
      scope: 'brand',
      certain: true,
      at: { folder: name, own: isOwn, ...(forms.length > 0 && { forms }) },
    }));
  },

  async *collect({ at, options, terms, secrets, since, position, mail, signal }) {
    if (mail === undefined) throw new Error('the mailbox source was given no mail to read');
    const security = options.security ?? (options.port === 143 ? 'starttls' : 'tls');
    const port = options.port ?? (security === 'tls' ? 993 : 143);
    const { user, password } = secrets;
    const believed = believedBy(options.host, options.trustedServer);
    const from = { host: options.host, port, security, user: user ?? '', password: password ?? '', folder: at.folder };
    for await (const batch of mail.read(from, { after: markOf(position), since, most: mailsPerLook })) {
      signal.throwIfAborted();
      const read = batch.mails.filter(isSaid).map((one) => readMail(one, senderOf(one, believed), at, terms.domains));
      const articles = read.flatMap((one) => one.articles);
      if (articles.length > 0) yield { posts: articles, certain: false };
      signal.throwIfAborted();
      yield {
        posts: read.flatMap((one) => one.posts.filter(saysSomething)),
        unreadable: batch.unreadable,
        position: markText(batch.mark),
        ...(batch.left > 0 && { note: moreToRead(batch.left, at.folder) }),
      };
    }
  },
});

const moreToRead = (left: number, name: string) =>
  left === 1
    ? `One more mail waits in “${name}”; it is read next time.`
    : `${left} more mails wait in “${name}”; they are read by and by.`;

const markText = ({ validity, uid }: MailMark) => `${validity}:${uid}`;

function markOf(position: string | undefined): MailMark | null {
  const found = /^(\d+):(\d+)$/.exec(position ?? '');
  return found?.[1] === undefined ? null : { validity: found[1], uid: Number(found[2]) };
}

/** Bounces and out-of-office notes say nothing about anybody, and our own digest only what we have heard (RFC 3834, 3464). */
function isSaid({ headers, messageId }: Mail): boolean {
  const submitted = headers.get('auto-submitted')?.[0] ?? '';
  if (/^auto-replied/i.test(submitted)) return false;
  if (/^auto-generated/i.test(submitted) && /^\d{4}-\d\d-\d\d\.[0-9a-f]{20}@/.test(messageId ?? '')) return false;
  return !/^multipart\/report\b/i.test(headers.get('content-type')?.[0] ?? '');
}

const saysSomething = ({ title, text, rating }: Post) => title !== null || text !== '' || rating !== null;

interface Read {
  /** Of the place itself: about the brand, named or not. */
  readonly posts: readonly Post[];
  /** Found by a search: about the brand only where they name it. */
  readonly articles: readonly Post[];
}

function readMail(mail: Mail, sender: Sender, at: At, ownDomains: readonly string[]): Read {
  const post = basePost(mail, sender, at);
  if (sender.address === googleAlertsSender && !at.own) {
    const results = alertResults(mail);
    if (results.length > 0) {
      const place = sender.proven ? mail.subject : `${notProven}Google Alert`;
      return { posts: [], articles: results.map((result) => articleOf(result, { ...post, place }, sender)) };
    }
  }
  const review = sender.address === googleBusinessSender && !at.own ? businessReview(mail) : null;
  if (review !== null) {
    const { reviewer, words, rating } = review;
    const author = { ...nobody, name: reviewer };
    const url = webLinks([review.url]).find((address) => mayOpen(address, sender)) ?? null;
    return { posts: [{ ...post, author, title: null, text: words, rating, url }], articles: [] };
  }
  const { words, rating, url, links } = readWhole(mail, sender);
  const form = at.own ? null : formedReview(mail, sender, at.forms ?? []);
  if (form !== null) {
    const author = { ...nobody, name: form.reviewer };
    const said = form.words === null ? { text: words } : { title: null, text: form.words };
    return { posts: [{ ...post, author, ...said, rating: form.rating ?? rating, url, links }], articles: [] };
  }
  const author = at.own ? writerOf(mail, sender, ownDomains) : nobody;
  return { posts: [{ ...post, author, text: words, rating, url: at.own ? null : url, links }], articles: [] };
}

const nobody: Author = { handle: null, name: null, url: null, followers: null };

function basePost(mail: Mail, sender: Sender, at: At): Post {
  const id = mail.messageId ?? '';
  return barePost('mailbox', '', {
    externalId: /^\S(?:.{0,300}\S)?$/.test(id) ? id : mail.hash,
    title: mail.subject,
    language: declaredLanguage(mail.headers.get('content-language')?.[0]),
    publishedAt: mail.sentAt ?? mail.receivedAt,
    place: at.own ? `${ownPlace}${at.folder}` : placeOf(sender),
  });
}

/** Never a platform's name alone where anybody may have written it there. */
function placeOf({ domain, proven }: Sender): string {
  const name = domain ?? 'unknown sender';
  return proven ? name : `${notProven}${name}`;
}

/** The same article that came by a feed is the same mention; one whose sender is not proven joins nothing. */
function articleOf({ id, url, title, publisher, words }: AlertResult, mail: Post, { proven }: Sender): Post {
  return {
    ...mail,
    source: proven ? 'feed' : mail.source,
    externalId: `${mail.externalId}#${id}`,
    author: { ...nobody, name: publisher },
    ...{ url, title, text: words },
  };
}

const robot =
  /^(?:no-?reply|do-?not-?reply|wordpress|www(?:-data)?|forms?|mailer|notifications?|info|contact|hello|support)\b/i;

/** Who wrote to us: a form puts the customer into `Reply-To` and its own address into `From`. */
function writerOf(mail: Mail, sender: Sender, ownDomains: readonly string[]): Author {
  const [reply] = mail.replyTo;
  if (reply?.address) return { ...nobody, handle: reply.address, name: reply.name };
  const { address, name } = sender;
  const ours = ownDomains.some((domain) => address?.endsWith(`@${domain}`) || address?.endsWith(`.${domain}`));
  if (address === null || ours || robot.test(address)) return nobody;
  return { ...nobody, handle: address, name };
}
