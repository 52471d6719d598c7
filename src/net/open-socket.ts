/** Opens a WebSocket through the one way out, within limits of time and size, and reads no faster than it is asked to. */
import { type Duplex, finished } from 'node:stream';
import { createWebSocketStream, WebSocket } from 'ws';
import { bodyOf } from './body-of.ts';
import { faultOfError, fellSilent, tooBig, tooSlow } from './broken.ts';
import type { Connect } from './connect.ts';
import { Fault } from './fault.ts';
import type { Door } from './live.ts';
import type { Incoming, Limits, Outgoing } from './request.ts';
import { watchSilence } from './silence.ts';

/** So many texts wait at most for whoever reads; then the server has to. */
const mostWaiting = 500;

/** What the server said in place of opening is returned. @throws Fault, or the signal's reason */
export async function openSocket(
  outgoing: Outgoing,
  { connect, limits, proxy }: { readonly connect: Connect; readonly limits: Limits; readonly proxy: string | null },
): Promise<Door<string> | Incoming> {
  const { url, headers, signal } = outgoing;
  if (proxy !== null) throw notThroughProxy(url.host);
  signal.throwIfAborted();
  connect.check(url);
  const socket = new WebSocket(url.href.replace(/^http/, 'ws'), {
    agent: url.protocol === 'https:' ? connect.httpsAgent : connect.httpAgent,
    headers,
    handshakeTimeout: limits.timeMs,
    maxPayload: limits.messageBytes,
    perMessageDeflate: false,
  });
  const texts = createWebSocketStream(socket, { readableObjectMode: true, readableHighWaterMark: mostWaiting });
  // Whoever waits hears of it by `finished`; nobody may be waiting just now.
  texts.on('error', () => undefined);
  const stop = () => texts.destroy(signal.reason instanceof Error ? signal.reason : new Error('stopped'));
  const close = () => {
    signal.removeEventListener('abort', stop);
    socket.terminate();
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    const refused = await answerTo(socket, texts, url, limits);
    if (refused === null) return { flow: flowOf(socket, texts, { url, signal, limits }), close };
    close();
    return refused;
  } catch (error) {
    close();
    signal.throwIfAborted();
    throw socketFault(error, url.host, limits);
  }
}

/** Null where it opens. */
function answerTo(socket: WebSocket, texts: Duplex, url: URL, limits: Limits): Promise<Incoming | null> {
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(null));
    socket.once('unexpected-response', (_request, response) => {
      const headers = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
      bodyOf(response, limits.bodyBytes).then(
        (body) => resolve({ status: response.statusCode ?? 0, url, headers: Object.fromEntries(headers), body }),
        reject,
      );
    });
    finished(texts, { writable: false }, (error) => reject(error ?? new Error('closed')));
  });
}

interface Flowing {
  readonly url: URL;
  readonly signal: AbortSignal;
  readonly limits: Limits;
}

async function* flowOf(socket: WebSocket, texts: Duplex, { url, signal, limits }: Flowing) {
  let ended = false;
  let trouble: Error | null = null;
  let wake: () => void = () => undefined;
  const silence = watchSilence(
    limits.silentMs,
    () => socket.ping(),
    () => texts.destroy(fellSilent(url.host, limits.silentMs)),
  );
  const woken = () => {
    silence.broken();
    wake();
  };
  finished(texts, { writable: false }, (error) => {
    ended = true;
    // Without a farewell it has ended all the same: a connection may be cut.
    trouble = error && !/premature/i.test(error.message) ? error : null;
    wake();
  });
  texts.on('readable', woken);
  socket.on('ping', woken).on('pong', woken);
  try {
    yield [];
    for (;;) {
      signal.throwIfAborted();
      const next = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const list = takeAll(texts);
      if (list.length > 0) {
        yield list;
        continue;
      }
      if (trouble !== null) throw socketFault(trouble, url.host, limits);
      if (ended) return;
      await silence.during(next);
      if (!ended && texts.readableLength === 0) yield [];
    }
  } finally {
    silence.end();
  }
}

function takeAll(texts: Duplex): string[] {
  const list: string[] = [];
  for (let text: unknown = texts.read(); text !== null; text = texts.read()) {
    // Nobody has asked for anything but texts.
    if (typeof text === 'string') list.push(text);
    if (list.length === mostWaiting) break;
  }
  return list;
}

function socketFault(error: unknown, host: string, limits: Limits): Fault {
  if (error instanceof Error) {
    if ('code' in error && error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH') return tooBig(host, limits.messageBytes);
    if (/handshake has timed out/.test(error.message)) return tooSlow(host, limits.timeMs);
    if ('code' in error && String(error.code).startsWith('WS_ERR')) return noStream(host);
    if (/Sec-WebSocket|Upgrade header|subprotocol/.test(error.message)) return noStream(host);
  }
  return faultOfError(error, host);
}

/** It answered, but with nothing that could be listened to. */
export function noStream(host: string): Fault {
  const message = `${host} answers, but not in a way that Earshot can listen to. Check its address in your config.`;
  return new Fault('garbled', message);
}

function notThroughProxy(host: string): Fault {
  const message = `Earshot cannot listen to ${host} through a proxy. Take it out of your config; what is looked for now and then is heard all the same.`;
  return new Fault('not-allowed', message);
}
