/** `earshot connect`: lets a platform show Earshot the owner's own account, tells which are connected, and ends it. */
import { secretName, secretsOf } from '../../config/secrets.ts';
import { sayMoment } from '../../digest/local-time.ts';
import type { Edges } from '../../edges.ts';
import type { ConnectionFace } from '../../face/connection.ts';
import { type Connectable, connect, forgetConnection, isConnectable } from '../../jobs/connect.ts';
import { type Connection, connections } from '../../jobs/connections.ts';
import type { Tools } from '../../jobs/tools.ts';
import { everySource } from '../../sources/index.ts';
import type { Source } from '../../sources/source.ts';
import { asCalled } from '../../text/command.ts';
import { jsonText } from '../../text/json.ts';
import { clean, coloursOf, link, readingWidth, steps, twoColumns, wrapped } from '../format.ts';
import { meantAmong } from '../right-word.ts';
import { withTools } from '../tools.ts';
import { Misuse } from '../trouble.ts';

interface Options {
  readonly config?: string;
  readonly account?: string;
  readonly forget?: boolean;
  readonly json?: boolean;
}

/** Asks for a pasted address until the signal comes; null where nobody sits there. */
export type Paste = ((question: string, signal: AbortSignal) => Promise<string>) | null;

export async function command(edges: Edges, options: Options, id?: string): Promise<number> {
  const asked = edges.stdinPiped ? null : (await import('../asker.ts')).askUntil;
  return connectWith(edges, options, id, asked);
}

export function connectWith(edges: Edges, options: Options, id: string | undefined, paste: Paste): Promise<number> {
  return withTools(edges, options, async (tools) => {
    if (id === undefined) return list(edges, options, tools);
    const source = await sourceGiven(id);
    const account = accountGiven(tools, source, options.account);
    return options.forget ? forget(edges, tools, source, account) : begin(edges, tools, { source, account, paste });
  });
}

async function list({ terminal, clock }: Edges, options: Options, tools: Tools): Promise<number> {
  const found = await connections({ ...tools, watches: tools.watches, now: clock.now() });
  if (options.json) {
    const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
    const told: ConnectionFace[] = found.map((one) => ({ ...one, until: iso(one.until) }));
    terminal.out(`${jsonText(told, 2)}\n`);
    return 0;
  }
  const paint = coloursOf(terminal);
  const rows = found.map((one) => ({
    sign: one.state === 'good' ? paint.green('✓') : paint.red('✗'),
    left: one.account === null ? one.source : `${one.source} (${one.account})`,
    right: standing(one, clock.now(), tools.config.timezone),
  }));
  const could = (await everySource()).filter(
    (one) => isConnectable(one) && !found.some(({ source }) => source === one.id),
  );
  const heard = new Set(tools.watches.map(({ source }) => source));
  const others = could.map((one) => ({
    sign: paint.dim('–'),
    left: one.id,
    right: heard.has(one.id) ? heardByKey(one) : 'is not in your config',
  }));
  terminal.out(`${twoColumns([...rows, ...others], terminal)}\n`);
  const [first] = [...found.filter(({ state }) => state !== 'good').map(({ source }) => source), could[0]?.id];
  if (first) terminal.err(`\n${steps([[`${tools.earshot} connect ${first}`, 'leads you through it']], terminal)}\n`);
  return 0;
}

/** Where a key lets in, nothing has to be connected to hear; where an answer can be sent, that is what connecting is for. */
function heardByKey({ reply }: Source): string {
  return reply ? 'is heard without; connect it to answer there' : 'is heard without';
}

function standing({ state, until }: Connection, now: number, timezone: string): string {
  if (state === 'missing') return 'not connected yet';
  const when = until === null ? '' : sayMoment(until, now, timezone);
  if (state === 'ended') return `the connection has ended (${when})`;
  return until === null ? 'connected; Earshot renews it by itself' : `connected until ${when}`;
}

/** @throws Misuse */
async function sourceGiven(id: string): Promise<Connectable> {
  const sources = await everySource();
  const source = sources.find((one) => one.id === id);
  if (source && isConnectable(source)) return source;
  const known = sources.filter(isConnectable).map((one) => one.id);
  if (source)
    throw new Misuse(
      `${source.title} wants no connection: \`npx earshot sources ${id}\` says what it needs. These want one: ${known.join(', ')}.`,
    );
  throw new Misuse(`There is no place called ${id} to connect. ${meantAmong(id, known)}`);
}

/** The one that the config names, where it names only one. @throws Misuse */
function accountGiven(tools: Tools, { id }: Connectable, given: string | undefined): string | null {
  const named = [...new Set(tools.watches.flatMap((watch) => (watch.source === id ? [watch.account] : [])))];
  if (given !== undefined) {
    if (named.length === 0 || named.includes(given)) return given;
    throw new Misuse(
      `Nothing in your config uses the account ${given} of ${id}. Write \`account: ${given}\` beside it first.`,
    );
  }
  if (named.length > 1)
    throw new Misuse(
      `Your config names several accounts of ${id}: say which one with --account ${named.find((one) => one !== null)}.`,
    );
  return named[0] ?? null;
}

interface Wish {
  readonly source: Connectable;
  readonly account: string | null;
  readonly paste: Paste;
}

async function begin(edges: Edges, tools: Tools, { source, account, paste }: Wish): Promise<number> {
  const { terminal } = edges;
  if (tellMissing(edges, tools, source, account)) return 1;
  const watch = tools.watches.find((one) => one.source === source.id && one.account === account);
  const options = watch?.options ?? source.options.safeParse({}).data ?? source.example;
  const say = (sentence: string) => terminal.err(`${wrapped(sentence, readingWidth(edges.terminal))}\n`);
  const session = await connect(tools, {
    source,
    account,
    options,
    show: async (address, byHand) => {
      say(`${source.title} asks in your browser whether Earshot may see your account. If no window opens, open this:`);
      terminal.out(`\n  ${link(address, address, terminal)}\n\n`);
      if (byHand)
        say(
          'When you have agreed, the browser shows an error, since nobody answers at the place to which it is sent. That is as it should be: copy the whole line from its address bar.',
        );
      else say('Earshot goes on by itself when you have agreed. Ctrl+C ends it.');
      if (byHand && paste === null)
        throw new Misuse('Nobody can paste the address here: run this command in a terminal.');
      await edges.open(address).catch(() => undefined);
    },
    pasted: (signal) =>
      paste === null
        ? new Promise(() => undefined)
        : paste(
            'Paste the address here; needed only where the browser is on another computer or shows an error',
            signal,
          ),
  });
  const until = session.refresh === undefined ? session.until : null;
  const state = standing(
    { source: source.id, title: source.title, account, state: 'good', until },
    tools.clock.now(),
    tools.config.timezone,
  );
  terminal.out(`${coloursOf(terminal).green('✓')} ${source.title}: ${state}.\n`);
  const next = watch
    ? ([`${tools.earshot} collect --source ${source.id}`, 'listen there now'] as const)
    : ([`${tools.earshot} sources ${source.id}`, 'what to write into your config, so that it is heard'] as const);
  terminal.err(`\n${steps([next], terminal)}\n`);
  return 0;
}

/** What has to be made at the platform first, each with its way there. */
function tellMissing(edges: Edges, tools: Tools, source: Connectable, account: string | null): boolean {
  const values = secretsOf(source.secrets, account, edges.env);
  const missing = Object.entries(source.secrets).filter(
    ([key, { optional, connects }]) => values[key] === null && (connects ?? !optional),
  );
  if (missing.length === 0) return false;
  const { terminal } = edges;
  const lines = missing.flatMap(([, { env, about }]) => [
    `  ${secretName(env, account)}`,
    wrapped(about, readingWidth(edges.terminal), '    '),
  ]);
  const way = (source.steps ?? []).map((step, index) =>
    wrapped(`${index + 1}. ${asCalled(step, tools.earshot)}`, readingWidth(edges.terminal), '  '),
  );
  terminal.err(
    `Before ${source.title} can be connected, earshot.env beside your config wants:\n\n${[...lines, '', ...way].join('\n')}\n`,
  );
  terminal.err(`\n${steps([[`${tools.earshot} connect ${source.id}`, 'once they stand there']], terminal)}\n`);
  return true;
}

async function forget(edges: Edges, tools: Tools, source: Connectable, account: string | null): Promise<number> {
  const was = await forgetConnection(tools, source, account);
  const told = was
    ? `Earshot has forgotten your connection with ${source.title}. To take the permission back there, too, open ${source.connect.manage}.`
    : `${source.title} was not connected, so there is nothing to forget.`;
  edges.terminal.out(`${wrapped(clean(told), readingWidth(edges.terminal))}\n`);
  return 0;
}
