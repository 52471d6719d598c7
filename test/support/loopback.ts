/** A tiny web server on 127.0.0.1 for all suites: routes to answers, a log of what was asked, closed when the test ends. */
import { createServer, type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { WebSocketServer } from 'ws';

export interface Received {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Path and query as they came. */
  readonly target: string;
  /** Names are lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Uint8Array;
  /** Sent as application/json in place of `body`. */
  readonly json?: unknown;
  /** To whoever asks for a WebSocket: these texts, and then a farewell. */
  readonly frames?: readonly string[];
}

/** A string is a 200 with that body; null means that the function wrote to the raw response itself. */
export type Answering = (
  request: Received,
  response: ServerResponse,
) => Reply | string | null | Promise<Reply | string | null>;
type One = string | Reply | Answering;
/** A list is given in turn, one for each request; its last one stays. */
export type Route = One | readonly One[];
/** By `/path`, `/path/*` (prefix) or `POST /path`; the more exact one wins. Everything else is a 404. */
export type Routes = Readonly<Record<string, Route>>;

export interface Loopback {
  /** `http://127.0.0.1:PORT`, without a slash at its end. */
  readonly url: string;
  /** `127.0.0.1:PORT`, as the net door's `allowed` wants it. */
  readonly host: string;
  readonly port: number;
  readonly requests: readonly Received[];
  /** Adds routes or replaces them, for answers that need the server's own address. */
  route(more: Routes): void;
  close(): Promise<void>;
}

/** Starts a server on a free port. Called inside a test it closes by itself; from a `beforeAll`, close it in `afterAll`. */
export async function loopback(routes: Routes = {}): Promise<Loopback> {
  const table = new Map<string, Route>(Object.entries(routes));
  const turns = new Map<string, number>();
  const requests: Received[] = [];
  const server = createServer((request, response) => {
    void answer(request, response).catch((cause: unknown) => {
      response.destroy(cause instanceof Error ? cause : undefined);
    });
  });
  server.keepAliveTimeout = 1;
  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    void (async () => {
      const reply = await replyTo(await receive(request), null);
      if (reply?.frames === undefined) return refuse(socket, reply ?? { status: 404, body: 'nothing here' });
      sockets.handleUpgrade(request, socket, head, (open) => {
        for (const frame of reply.frames ?? []) open.send(frame);
        open.close(1000);
      });
    })();
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const reply = await replyTo(await receive(request), response);
    if (reply !== null) write(response, reply);
  }

  async function replyTo(received: Received, response: ServerResponse | null): Promise<Reply | null> {
    requests.push(received);
    const key = routeOf(table, received);
    if (key === null) return { status: 404, body: 'nothing here' };
    const reply = nextOf(table.get(key) ?? '', turns, key);
    const given = typeof reply === 'function' ? await reply(received, response as ServerResponse) : reply;
    return typeof given === 'string' ? { body: given } : given;
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  closeWithTest(close);
  return {
    url: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    port,
    requests,
    route: (more) => {
      for (const [key, route] of Object.entries(more)) table.set(key, route);
    },
    close,
  };
}

function closeWithTest(close: () => Promise<void>): void {
  try {
    onTestFinished(close);
  } catch {
    // Outside a test: the caller closes; the server is unref'd and holds nothing open.
  }
}

async function receive(request: IncomingMessage): Promise<Received> {
  const target = request.url ?? '/';
  const url = new URL(target, 'http://loopback.example');
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
  return {
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    target,
    headers,
    body: await text(request),
  };
}

function routeOf(table: ReadonlyMap<string, Route>, { method, path }: Received): string | null {
  for (const exact of [`${method} ${path}`, path]) if (table.has(exact)) return exact;
  const prefixes = [...table.keys()]
    .filter((key) => key.endsWith('*'))
    .filter((key) => path.startsWith(key.slice(0, -1)) || `${method} ${path}`.startsWith(key.slice(0, -1)))
    .sort((a, b) => b.length - a.length);
  return prefixes[0] ?? null;
}

function nextOf(route: Route, turns: Map<string, number>, key: string): One {
  if (!isList(route)) return route;
  const turn = turns.get(key) ?? 0;
  turns.set(key, turn + 1);
  return route[Math.min(turn, route.length - 1)] ?? '';
}

function isList(route: Route): route is readonly One[] {
  return Array.isArray(route);
}

function refuse(socket: Duplex, { status = 200, headers = {}, body, json }: Reply): void {
  const said = json === undefined ? (body ?? '') : JSON.stringify(json);
  const lines = Object.entries({ ...headers, 'content-length': String(Buffer.byteLength(said)), connection: 'close' });
  socket.write(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
  );
  socket.end(said);
}

function write(response: ServerResponse, { status = 200, headers = {}, body, json }: Reply): void {
  const type = json === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' };
  const all = Object.entries({ ...type, ...headers }).map(([name, value]): [string, string | string[]] => [
    name,
    typeof value === 'string' ? value : [...value],
  ]);
  response.writeHead(status, Object.fromEntries(all));
  response.end(json === undefined ? (body ?? '') : JSON.stringify(json));
}
