/** The questions of `earshot init`, each with its flag: at the terminal what is wrong is asked again, a wrong flag is refused. */
import { type MailProvider, providerOf } from '../config/mail-providers.ts';
import { serverFrom, timeOfDay } from '../config/typed.ts';
import type { Answers } from '../config/write.ts';
import type { Edges } from '../edges.ts';
import { type Trade, trades } from '../sources/source.ts';
import type { Asker } from './asker.ts';
import { readingWidth, wrapped } from './format.ts';
import { Misuse } from './trouble.ts';

/** A flag for each question, as it was typed. */
export interface OwnerFlags {
  readonly name?: string;
  readonly aka?: string;
  readonly about?: string;
  readonly web?: string;
  readonly accounts?: string;
  readonly trade?: string;
  readonly mail?: string;
  readonly at?: string;
  readonly mailServer?: string;
  readonly mailUser?: string;
}

export interface OwnerAnswers {
  readonly answers: Answers;
  /** For the mail server; null where none was given. */
  readonly password: string | null;
}

const tradeWords: Readonly<Record<Trade, string>> = {
  restaurant: 'restaurant or café',
  shop: 'shop',
  service: 'service',
  'web-shop': 'web shop',
  software: 'software',
  other: 'other',
};

/** What is wrong with an answer, in a sentence; null where nothing is. */
const wrong = {
  name: (text: string) => (text.trim() === '' ? 'A name is needed, as in Blue Door Coffee.' : null),
  mail: (text: string) =>
    isNone(text) || /^[^<>@\s]+@[^<>@\s]+\.[^<>@\s]+$/.test(text.trim())
      ? null
      : `${text.trim()} is no mail address; write it as in ana@bluedoor.example.`,
  time: (text: string) =>
    text.trim() === '' || timeOfDay(text) ? null : `${text.trim()} is no time of day; write it as in 08:00.`,
  server: (text: string) =>
    isNone(text) || serverFrom(text)
      ? null
      : `${text.trim()} is no mail server; write it as in smtp.bluedoor.example or smtp.bluedoor.example:465.`,
};

/** @param asker null where nobody can be asked: the flags and the defaults are the answers */
export async function askOwner(edges: Edges, flags: OwnerFlags, asker: Asker | null): Promise<OwnerAnswers> {
  refuseWrong(flags, asker);
  const question = questions(asker);
  const name = await question(
    flags.name,
    { words: 'What is your business called?', hint: 'Blue Door Coffee' },
    wrong.name,
  );
  const aliases = list(
    await question(flags.aka, {
      words: 'What else do people call it? (commas between; Enter: nothing else)',
      hint: 'Blue Door Café, The Blue Door',
    }),
  );
  const about = await question(flags.about, { words: 'What is it, and where?', hint: 'coffee shop in Leeds' });
  const web = await question(flags.web, { words: 'Your web address? (Enter: none)', hint: 'bluedoor.example' });
  const handles = list(
    await question(flags.accounts, {
      words: 'Your own accounts? (commas between; Enter: none)',
      hint: '@bluedoorcoffee',
    }),
  );
  const trade = flags.trade === undefined ? await chooseTrade(asker) : tradeOf(flags.trade);
  const address = await question(
    flags.mail,
    { words: 'Where shall the daily mail go? (Enter: no mail for now)', hint: 'ana@bluedoor.example' },
    wrong.mail,
  );
  const own = { name, aliases, about: about || null, domains: list(web).map(domainOf), handles, trade };
  const { mail, password } = isNone(address)
    ? { mail: null, password: null }
    : await askMail(edges, flags, asker, address);
  return { answers: { ...own, timezone: edges.timezone, mail }, password };
}

/** @returns null where the person wants to give none now */
export async function askPassword(asker: Asker | null, words: string): Promise<string | null> {
  return (asker ? await asker.secret(words) : '') || null;
}

async function askMail(
  { env, terminal }: Edges,
  flags: OwnerFlags,
  asker: Asker | null,
  address: string,
): Promise<{ mail: Answers['mail']; password: string | null }> {
  const question = questions(asker);
  const said = await question(flags.at, { words: 'At what time?', usual: '08:00' }, wrong.time);
  const at = timeOfDay(said) ?? '08:00';
  const provider = providerOf(address);
  terminal.out(`${wrapped(aboutServer(provider, address), readingWidth(terminal))}\n`);
  const given =
    flags.mailServer ??
    (provider?.smtp
      ? ''
      : await question(
          undefined,
          { words: 'The server for outgoing mail? (Enter: later)', hint: 'smtp.bluedoor.example' },
          wrong.server,
        ));
  const server = serverFrom(given) ?? provider?.smtp ?? null;
  if (!server) return { mail: { address, at, server, user: address }, password: null };
  const user =
    flags.mailUser ??
    (server === provider?.smtp
      ? address
      : await question(undefined, { words: 'Your user name there?', usual: address }));
  const words =
    server === provider?.smtp ? 'The app password (not shown; Enter: later)' : 'The password (not shown; Enter: later)';
  return {
    mail: { address, at, server, user },
    password: env.EARSHOT_SMTP_PASSWORD ?? (await askPassword(asker, words)),
  };
}

/** How Earshot gets to send mail for that address. */
function aboutServer(provider: MailProvider | null, address: string): string {
  if (provider) return `${provider.name}: ${provider.passwordHelp}`;
  const domain = address.slice(address.indexOf('@') + 1);
  return `Earshot does not know the mail server of ${domain}. Whoever hosts your mail calls it “outgoing mail” or SMTP server; until it is named, the mail is written to the folder data/outbox.`;
}

interface Question {
  readonly words: string;
  /** What Enter means; '' where not given. */
  readonly usual?: string;
  /** An example of an answer. */
  readonly hint?: string;
}

type Wrong = (text: string) => string | null;

const questions =
  (asker: Asker | null) =>
  async (given: string | undefined, { words, usual = '', hint }: Question, troubleOf?: Wrong): Promise<string> => {
    const text = (given ?? (asker ? await asker.text(words, usual, hint, troubleOf) : usual)).trim();
    const trouble = troubleOf?.(text) ?? null;
    if (trouble !== null) throw new Misuse(trouble);
    return text;
  };

/** Before the first question, so that nobody answers five of them in vain. */
function refuseWrong({ name, mail, at, mailServer, trade }: OwnerFlags, asker: Asker | null): void {
  if (name === undefined ? asker === null : name.trim() === '')
    throw new Misuse('A name is needed: npx earshot init --name "Blue Door Coffee"');
  const trouble = [wrong.mail(mail ?? ''), wrong.time(at ?? ''), wrong.server(mailServer ?? '')].find(
    (one) => one !== null,
  );
  if (trouble) throw new Misuse(trouble);
  if (trade !== undefined) tradeOf(trade);
}

const isNone = (text: string) => ['', 'none'].includes(text.trim().toLowerCase());

const chooseTrade = async (asker: Asker | null): Promise<Trade> =>
  asker
    ? asker.choose(
        'What kind of business is it?',
        trades.map((value) => ({ value, label: tradeWords[value] })),
        'restaurant',
      )
    : 'other';

function tradeOf(text: string): Trade {
  const said = text.toLowerCase();
  const found = trades.find((trade) => trade === said.replaceAll(' ', '-') || tradeWords[trade].includes(said));
  if (!found) throw new Misuse(`--trade ${text} is none of: ${trades.join(', ')}.`);
  return found;
}

const list = (text: string) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => !isNone(part));

const domainOf = (text: string) =>
  text
    .replace(/^https?:\/\//i, '')
    .replace(/[/?#].*$/, '')
    .replace(/^www\./i, '')
    .toLowerCase();
