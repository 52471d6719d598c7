/** Leads an owner's browser to a platform and back, and keeps what was agreed to: encrypted, until it is forgotten. */
import { randomBytes } from 'node:crypto';
import { secretsOf } from '../config/secrets.ts';
import { Fault } from '../net/fault.ts';
import { wayBack } from '../net/way-back.ts';
import type { Connect, Secrets, Session, Source } from '../sources/source.ts';
import { dropSession, readSession, saveSession } from '../store/sessions.ts';
import type { Tools } from './tools.ts';

export type Connectable = Source & { readonly connect: Connect<unknown, Secrets> };

export const isConnectable = (source: Source): source is Connectable => source.connect !== undefined;

export interface ConnectWish {
  readonly source: Connectable;
  readonly account: string | null;
  /** The source's options, as the config has them. */
  readonly options: unknown;
  /** Shows the owner where to agree. `byHand`: nobody can send the browser back here, its address has to be pasted. */
  show(address: string, byHand: boolean): Promise<void>;
  /** The address at which the browser ended, pasted by the owner; never settles where nobody can be asked. */
  pasted(signal: AbortSignal): Promise<string>;
}

/** @throws Fault where the owner said no, or the platform did not take it; what was connected before then stays */
export async function connect(tools: Tools, wish: ConnectWish): Promise<Session> {
  const { source, account, options } = wish;
  const secrets = secretsOf(source.secrets, account, tools.env);
  const state = randomBytes(24).toString('base64url');
  const verifier = randomBytes(48).toString('base64url');
  const way = await wayBack(source.connect.returnsTo, state);
  const over = new AbortController();
  const signal = AbortSignal.any([tools.signal, over.signal]);
  try {
    const asked = { options, secrets, returnsTo: way.url, verifier };
    const shown = wish.show(source.connect.address({ ...asked, state }), !way.url.startsWith('http:'));
    const back = await Promise.race([
      way.came,
      // A browser may hold its caller up until it has its answer.
      shown.then(() => never),
      wish.pasted(signal).then((text) => ({ query: queryIn(text, state, source), tell: () => undefined })),
      aborted(tools.signal),
    ]);
    try {
      const code = codeIn(back.query, source);
      const net = await tools.net();
      const { http } = net.visit({ source: source.id, pace: [], account, validators: {}, signal: tools.signal });
      const now = tools.clock.now();
      const session = await source.connect.complete({ ...asked, code, now, http, signal: tools.signal });
      const of = { source: source.id, account };
      await tools.store.write('a connection', (tx) => saveSession(tx, of, session, tools.sessionKey()));
      back.tell(`${source.title} is connected`, 'You can close this window.');
      return session;
    } catch (error) {
      back.tell('That did not work', error instanceof Fault ? error.message : 'The window with Earshot says why.');
      throw error;
    }
  } finally {
    over.abort();
    await way.close();
  }
}

const never = new Promise<never>(() => undefined);

/** Whether there was anything to forget. */
export function forgetConnection(tools: Tools, source: Source, account: string | null): Promise<boolean> {
  const of = { source: source.id, account };
  return tools.store.write('a connection', async (tx) => {
    const kept = await readSession(tx, of, tools.sessionKey());
    await dropSession(tx, of);
    return kept !== null;
  });
}

/** @throws Fault where it is no such address, or somebody else's */
function queryIn(pasted: string, state: string, { title }: Source): URLSearchParams {
  const query = URL.parse(pasted.trim())?.searchParams;
  if (query?.get('state') === state) return query;
  throw new Fault(
    'not-allowed',
    `That is not the address to which ${title} sent your browser: the right one has “state=” in it, and is good for this connection alone. Begin again, and copy the whole line.`,
  );
}

function codeIn(query: URLSearchParams, { title, id }: Source): string {
  const code = query.get('code');
  if (code) return code;
  const said = query.get('error');
  const why =
    said === null || said === 'access_denied'
      ? `${title} was not allowed to show Earshot anything. If that was not meant, begin again`
      : `${title} does not take the question as it stands: compare the app's settings there with \`npx earshot sources ${id}\`, and begin again`;
  throw new Fault('not-allowed', `${why}: \`npx earshot connect ${id}\`.`);
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}
