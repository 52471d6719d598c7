/** One question to one address, redirects included: axios within limits of time, size and trust. */
import axios, { type AxiosProxyConfig } from 'axios';
import { endlessRedirects, faultOfError, tooBig, tooSlow } from './broken.ts';
import type { Connect } from './connect.ts';
import { redirectOf } from './redirect.ts';

export interface Limits {
  /** The whole request, redirects and body included. */
  readonly timeMs: number;
  /** After decompression. */
  readonly bodyBytes: number;
  readonly redirects: number;
  /** One message of a stream. */
  readonly messageBytes: number;
  /** A stream that says nothing for so long, not even that it is still there, is given up. */
  readonly silentMs: number;
}

/** reviews.md §2: 20 s, 4 MB after decompression, 5 redirects. Streams give a sign of life twice a minute or more often. */
export const usualLimits: Limits = {
  timeMs: 20_000,
  bodyBytes: 4_000_000,
  redirects: 5,
  messageBytes: 1_000_000,
  silentMs: 90_000,
};

export interface Outgoing {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: URL;
  /** Names are lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly signal: AbortSignal;
  /** Goes nowhere but to its own address. */
  readonly stays?: boolean;
}

export interface Incoming {
  readonly status: number;
  readonly url: URL;
  /** Where redirects that hold for good led, up to the first that does not; absent where the first address still holds. */
  readonly movedTo?: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Throws faults of kind `unreachable`, `garbled` and `not-allowed`, and the signal's reason when it is aborted. */
export type Send = (outgoing: Outgoing) => Promise<Incoming>;

/** @param proxy `http://user:password@host:port`; names are then looked up by the proxy, written-out addresses still checked. */
export function createSend(connect: Connect, limits: Limits, proxy: string | null): Send {
  const way = wayOut(connect, proxy);

  const once = async (outgoing: Outgoing, signal: AbortSignal): Promise<Incoming> => {
    connect.check(outgoing.url);
    const answer = await axios.request<Uint8Array>({
      ...way,
      url: outgoing.url.href,
      method: outgoing.method,
      headers: { ...outgoing.headers },
      data: outgoing.body ?? undefined,
      signal,
      maxRedirects: 0,
      maxContentLength: limits.bodyBytes,
      responseType: 'arraybuffer',
      transformRequest: [],
      transformResponse: [],
      validateStatus: () => true,
    });
    return {
      status: answer.status,
      url: outgoing.url,
      headers: plainHeaders(answer.headers),
      body: answer.data,
    };
  };

  return async (first) => {
    const timer = AbortSignal.timeout(limits.timeMs);
    const signal = AbortSignal.any([first.signal, timer]);
    let outgoing = first;
    let forGood = true;
    let movedTo: URL | null = null;
    try {
      for (let hop = 0; hop <= limits.redirects; hop += 1) {
        const answer = await once(outgoing, signal);
        const next = outgoing.stays ? null : redirectOf(answer, outgoing);
        if (next === null) return movedTo === null ? answer : { ...answer, movedTo };
        forGood &&= answer.status === 301 || answer.status === 308;
        if (forGood) movedTo = next.url;
        outgoing = next;
      }
    } catch (error) {
      first.signal.throwIfAborted();
      const { host } = outgoing.url;
      if (timer.aborted) throw tooSlow(host, limits.timeMs);
      if (isTooBig(error)) throw tooBig(host, limits.bodyBytes);
      throw faultOfError(error, host);
    }
    throw endlessRedirects(first.url.host);
  };
}

/** What axios must be told so that it reaches nothing but checked addresses. */
export function wayOut({ httpAgent, httpsAgent }: Connect, proxy: string | null) {
  return proxy === null ? { httpAgent, httpsAgent, proxy: false as const } : { proxy: proxyOf(proxy) };
}

function proxyOf(proxy: string): AxiosProxyConfig {
  const { protocol, hostname, port, username, password } = new URL(proxy);
  const auth = { username: decodeURIComponent(username), password: decodeURIComponent(password) };
  return {
    protocol: protocol.slice(0, -1),
    host: hostname,
    port: Number(port || (protocol === 'https:' ? 443 : 80)),
    ...(username === '' ? {} : { auth }),
  };
}

function isTooBig(error: unknown): boolean {
  return axios.isAxiosError(error) && error.message.startsWith('maxContentLength');
}

/** Names are lower case, what comes several times is one. */
export function plainHeaders(headers: object): Record<string, string> {
  const list = Object.entries(headers).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(
    list.map(([name, value]) => [name.toLowerCase(), Array.isArray(value) ? value.join(', ') : String(value)]),
  );
}
