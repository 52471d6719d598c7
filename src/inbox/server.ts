/** Serves the inbox on this computer alone, and says where. */
import { randomBytes } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import { forgetInbox, noteInbox } from '../jobs/inbox-address.ts';
import type { Tools } from '../jobs/tools.ts';
import { hostName, isSame, type Keys, keysOf } from './door.ts';
import type { Setting } from './routes.ts';

export interface InboxOptions {
  /** 0: any free one. */
  readonly port: number;
  /** Who sits there, for marks and case events. */
  readonly person: string;
}

export interface ServedInbox {
  /** `http://127.0.0.1:4747/`; opens for a browser that was let in before. */
  readonly url: string;
  /** The same with the key that lets a browser in: for the owner's eyes, not for a log. */
  readonly entry: string;
  close(): Promise<void>;
}

/** The port is taken, or may not be used. */
export class InboxTrouble extends Error {
  override readonly name = 'InboxTrouble';
  readonly kind: 'taken' | 'refused';

  constructor(kind: 'taken' | 'refused', port: number, options?: ErrorOptions) {
    const what =
      kind === 'taken'
        ? `Something else on this computer uses port ${port}.`
        : `This computer does not let Earshot serve a page on port ${port}.`;
    // Where one is refused, those beside it mostly are, too.
    const other = (kind === 'taken' ? 1 : 1000) + (port < 60_000 ? port : 4747);
    super(
      `${what} Name another one: \`npx earshot inbox --port ${other}\`, or \`inbox: { port: ${other} }\` in the config.`,
      options,
    );
    this.kind = kind;
  }
}

/** Serves until `close`; what is pressed meanwhile is done through the jobs. @throws InboxTrouble */
export async function startInbox(tools: Tools, { port, person }: InboxOptions): Promise<ServedInbox> {
  const keys = keysOf(tools.sessionKey(), tools.config.store);
  let answer: RequestListener = (_incoming, outgoing) => void outgoing.writeHead(503).end();
  const open = () => createServer((incoming, outgoing) => answer(incoming, outgoing));
  const first = open();
  const servers = [first];
  const chosen = await listen(first, hostName, port);
  try {
    // Both, so that nobody else on this computer can answer to its other name.
    const second = open();
    await listen(second, '::1', chosen);
    servers.push(second);
  } catch (error) {
    if (!isWithoutIpv6(error)) {
      await close(first);
      throw error;
    }
  }
  answer = whenAsked({ tools, person, keys, port: chosen });
  const url = addressAt(chosen);
  await noteInbox(tools, url);
  return {
    url,
    entry: entryAt(chosen, keys),
    close: async () => {
      await Promise.all(servers.map(close));
      await forgetInbox(tools, url);
    },
  };
}

/** A daemon whose page nobody opens holds 7 MB less without it. */
function whenAsked(setting: Setting): RequestListener {
  let page: Promise<RequestListener> | null = null;
  const load = async (): Promise<RequestListener> => {
    const [{ getRequestListener }, { routes }] = await Promise.all([
      import('@hono/node-server'),
      import('./routes.ts'),
    ]);
    const { fetch } = routes(setting);
    return getRequestListener((request, env) => fetch(request, env));
  };
  return async (incoming, outgoing) => {
    page ??= load();
    (await page)(incoming, outgoing);
  };
}

/** Another daemon may be loading its page just then, on a slow computer. */
const proofMs = 10_000;

/**
 * The address that lets a browser in where the owner's own Earshot serves that port already; null where it is somebody
 * else, who is not shown the key.
 */
export async function servedEntry(tools: Tools, port: number): Promise<string | null> {
  const keys = keysOf(tools.sessionKey(), tools.config.store);
  const nonce = randomBytes(16).toString('base64url');
  try {
    const answer = await fetch(`${addressAt(port)}proof?nonce=${nonce}`, {
      redirect: 'error',
      signal: AbortSignal.any([tools.signal, AbortSignal.timeout(proofMs)]),
    });
    return isSame((await answer.text()).slice(0, 100), keys.proof(port, nonce)) ? entryAt(port, keys) : null;
  } catch {
    return null;
  }
}

const addressAt = (port: number) => `http://${hostName}:${port}/`;
const entryAt = (port: number, keys: Keys) => `${addressAt(port)}?key=${keys.access}`;

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const kind = error.code === 'EADDRINUSE' ? 'taken' : error.code === 'EACCES' ? 'refused' : null;
      reject(kind === null ? error : new InboxTrouble(kind, port, { cause: error }));
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function isWithoutIpv6(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(String(error.code));
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    // A browser keeps its connection open for the next press.
    server.closeAllConnections();
  });
}
