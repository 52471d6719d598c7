/** The config file that `init` writes from an owner's answers, with comments that say what each line is for. */
import { parseDocument, stringify } from 'yaml';
import { type Source, type Trade, trades } from '../sources/source.ts';
import type { MailServer } from './mail-providers.ts';

export interface Answers {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly about: string | null;
  readonly domains: readonly string[];
  readonly handles: readonly string[];
  readonly trade: Trade;
  readonly timezone: string;
  /** Null: no daily mail for now. */
  readonly mail: {
    readonly address: string;
    readonly at: string;
    /** Null: the mail is written to a folder, since no server is known. */
    readonly server: MailServer | null;
    /** Who that server knows us as; mostly the address. */
    readonly user: string;
  } | null;
}

/** Sources that suit the trade: those that need nothing more, and those that want an address or an app first. */
export function suitable(
  sources: readonly Source[],
  trade: Trade,
): { readonly ready: readonly Source[]; readonly wanting: readonly Source[] } {
  const suited = sources.filter(
    (source) => source.suits.includes(trade) && source.offByDefault === undefined && !source.listen,
  );
  const ready = suited.filter(
    (source) =>
      source.options.safeParse({}).success &&
      !source.connect &&
      !Object.values(source.secrets).some((one) => !one.optional),
  );
  return { ready, wanting: suited.filter((source) => !ready.includes(source)) };
}

// JSON is YAML: whatever somebody is called, it stays one text.
const text = (value: unknown) => JSON.stringify(value);

export function configText(answers: Answers, sources: readonly Source[]): string {
  const { ready, wanting } = suitable(sources, answers.trade);
  const optional = (key: string, value: unknown, comment: string) => {
    const empty = value === null || (Array.isArray(value) && value.length === 0);
    return empty ? `    # ${key}: ${comment}` : `    ${key}: ${text(value)}  # ${comment}`;
  };
  const listening = [
    ...ready.map((source) => `      ${source.id}: {}`),
    ...wanting.map((source) => `      # ${source.id}: ${text(source.example)}  # npx earshot sources ${source.id}`),
  ];
  return `${[
    '# Earshot’s settings. Change what you like; `npx earshot check` tells what is wrong, and where.',
    '# Every setting: config/README.md',
    '',
    `timezone: ${answers.timezone}`,
    '',
    'brands:',
    `  - name: ${text(answers.name)}`,
    optional('aliases', answers.aliases, 'what else people call it'),
    optional('about', answers.about, 'what it is and where, in a few words: helps to tell it from others of that name'),
    `    trade: ${answers.trade}  # what kind of business; ${trades.join(', ')}`,
    optional('domains', answers.domains, 'your own web addresses'),
    optional('handles', answers.handles, 'your own accounts; what they write is left out'),
    '    exclude: []  # phrases with your name that are not you',
    '    sources:  # where to listen: `npx earshot sources` shows every place',
    ...listening,
    '',
    '# When you are open: clocks run only then.',
    '# hours: { tue-sun: "12:00-22:00", closed: [2026-12-25] }',
    '',
    ...mailLines(answers),
  ].join('\n')}\n`;
}

function mailLines({ mail, name }: Answers): string[] {
  if (mail === null)
    return [
      '# The daily mail: who gets it, and when.',
      '# digest: { to: [{ address: you@business.example, at: "08:00" }] }',
    ];
  const lines = ['digest:  # the daily mail', `  to: [{ address: ${text(mail.address)}, at: ${text(mail.at)} }]`];
  if (mail.server === null)
    return [
      ...lines,
      '# Without a mail server it is written to the folder data/outbox.',
      '# mail: { host: smtp.example, port: 587, from: you@business.example }',
    ];
  const { host, port, security } = mail.server;
  // Most servers send for nobody but the one who signs in.
  const sender = mail.user.includes('@') ? mail.user : mail.address;
  const from = `${name.replaceAll(/["<>\r\n]/g, ' ').trim()} <${sender}>`;
  return [
    ...lines,
    '',
    '# User and password stand in earshot.env beside this file.',
    `mail: { host: ${text(host)}, port: ${port}, security: ${security}, from: ${text(from)} }`,
  ];
}

/** A brand's lines for one source, as they stand in the config below `sources:`; a source that waits for a yes is given it. */
export function exampleLines({ id, example, offByDefault }: Pick<Source, 'id' | 'example' | 'offByDefault'>): string {
  const settings = { ...(example as object), ...(offByDefault === undefined ? {} : { off: false }) };
  return stringify({ sources: { [id]: settings } }, { lineWidth: 0 }).trimEnd();
}

/** The same file with one more phrase in the first brand's \`exclude\`; comments and the rest stay as they are. */
export function withExclude(config: string, phrase: string): string {
  const document = parseDocument(config);
  const list = document.getIn(['brands', 0, 'exclude']);
  const known = document.toJS().brands?.[0]?.exclude ?? [];
  if (known.includes(phrase)) return config;
  if (list === undefined || known.length === 0)
    document.setIn(['brands', 0, 'exclude'], document.createNode([phrase], { flow: true }));
  else document.addIn(['brands', 0, 'exclude'], phrase);
  return document.toString({ lineWidth: 0 });
}

/** `NAME=value` lines for earshot.env, each in quotes that its value does not hold, so that it stays what it is. */
export function envLines(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => {
      const quote = ["'", '"', '`'].find((one) => !value.includes(one)) ?? "'";
      return `${name}=${quote}${value}${quote}\n`;
    })
    .join('');
}
