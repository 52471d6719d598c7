/** Waits on this computer for a browser that a platform sends back, and takes nobody else for it. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { html } from '../text/html.ts';
import { Fault } from './fault.ts';

/** What the browser brought along; `tell` puts a heading and a sentence into its window. */
export interface Came {
  readonly query: URLSearchParams;
  tell(heading: string, sentence: string): void;
}

export interface WayBack {
  /** Where the platform is to send the browser: with the port that was free. */
  readonly url: string;
  /** Settles with the first browser that brings our `state`. */
  readonly came: Promise<Came>;
  close(): Promise<void>;
}

/**
 * @param returnsTo `http://127.0.0.1/` takes any free port; an `https:` address is nobody's here: then nobody comes.
 * @throws Fault where the port is taken
 */
export async function wayBack(returnsTo: string, state: string): Promise<WayBack> {
  const url = new URL(returnsTo);
  const { promise: came, resolve } = Promise.withResolvers<Came>();
  if (url.protocol !== 'http:') return { url: returnsTo, came, close: async () => undefined };
  const visited = (request: IncomingMessage, response: ServerResponse) => {
    const asked = URL.parse(request.url ?? '/', returnsTo);
    if (request.method !== 'GET' || asked?.pathname !== url.pathname) return answer(response, 404, 'Nothing here.');
    if (asked.searchParams.get('state') !== state)
      return answer(
        response,
        400,
        'Not from Earshot',
        'This visit does not belong to the connection that is waited for.',
      );
    resolve({
      query: asked.searchParams,
      tell: (heading, sentence) => answer(response, 200, heading, sentence),
    });
  };
  const first = createServer(visited);
  const servers = [first];
  url.port = String(await listen(first, '127.0.0.1', Number(url.port)));
  if (url.hostname === 'localhost') {
    const second = createServer(visited);
    // Browsers try either; a computer without the one has the other.
    if (
      await listen(second, '::1', Number(url.port)).then(
        () => true,
        () => false,
      )
    )
      servers.push(second);
  }
  return {
    url: url.href,
    came,
    close: async () => {
      await Promise.all(servers.map(close));
    },
  };
}

function answer(response: ServerResponse, status: number, heading: string, sentence = ''): void {
  const page = html`<!DOCTYPE html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Earshot</title><body style="font:1.1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:4rem auto;padding:0 1rem"><h1>${heading}</h1><p>${sentence}</p></body></html>`;
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    connection: 'close',
  });
  response.end(page.source);
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) =>
      reject(
        new Fault(
          'unreachable',
          `Something else on this computer uses port ${port}, to which you would be sent back. Close it, and begin again.`,
          { cause },
        ),
      ),
    );
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}
