/** Opens a stream of server-sent events, and takes it apart as the HTML standard says (§9.2, "Server-sent events"). */
import type { Readable } from 'node:stream';
import axios from 'axios';
import { bodyOf } from './body-of.ts';
import { endlessRedirects, faultOfError, fellSilent, tooBig, tooSlow } from './broken.ts';
import type { Connect } from './connect.ts';
import type { Door, ServerEvent } from './live.ts';
import { redirectOf } from './redirect.ts';
import { type Incoming, type Limits, type Outgoing, plainHeaders, wayOut } from './request.ts';
import { watchSilence } from './silence.ts';

interface Way {
  readonly connect: Connect;
  readonly limits: Limits;
  readonly proxy: string | null;
}

/** What the server said in place of a stream is returned. @throws Fault, or the signal's reason */
export async function openEvents(first: Outgoing, way: Way): Promise<Door<ServerEvent> | Incoming> {
  const late = new AbortController();
  let isOpen = false;
  AbortSignal.timeout(way.limits.timeMs).addEventListener('abort', () => isOpen || late.abort(), { once: true });
  const signal = AbortSignal.any([first.signal, late.signal]);
  let outgoing = first;
  try {
    for (let hop = 0; hop <= way.limits.redirects; hop += 1) {
      const { answer, body } = await ask({ ...outgoing, signal }, way);
      const next = redirectOf(answer, outgoing);
      if (
        next === null &&
        answer.status === 200 &&
        /^text\/event-stream\b/i.test(answer.headers['content-type'] ?? '')
      ) {
        isOpen = true;
        return { flow: flowOf(body, outgoing.url.host, first.signal, way.limits), close: () => void body.destroy() };
      }
      if (next === null) return { ...answer, body: await bodyOf(body, way.limits.bodyBytes) };
      body.destroy();
      outgoing = next;
    }
  } catch (error) {
    first.signal.throwIfAborted();
    if (late.signal.aborted) throw tooSlow(outgoing.url.host, way.limits.timeMs);
    throw faultOfError(error, outgoing.url.host);
  }
  throw endlessRedirects(first.url.host);
}

async function ask({ url, headers, signal }: Outgoing, { connect, proxy }: Way) {
  connect.check(url);
  const answer = await axios.request<Readable>({
    ...wayOut(connect, proxy),
    url: url.href,
    headers: { ...headers },
    signal,
    maxRedirects: 0,
    responseType: 'stream',
    validateStatus: () => true,
  });
  const incoming: Incoming = {
    status: answer.status,
    url,
    headers: plainHeaders(answer.headers),
    body: new Uint8Array(),
  };
  return { answer: incoming, body: answer.data };
}

async function* flowOf(body: Readable, host: string, signal: AbortSignal, { silentMs, messageBytes }: Limits) {
  const stop = () => body.destroy();
  const silence = watchSilence(
    silentMs,
    () => undefined,
    () => body.destroy(fellSilent(host, silentMs)),
  );
  signal.addEventListener('abort', stop, { once: true });
  const read = eventReader(messageBytes);
  const parts = (body as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
  try {
    yield [];
    for (;;) {
      const part = await silence.during(parts.next());
      if (part.done) break;
      silence.broken();
      const events = read(part.value);
      if (events === null) throw tooBig(host, messageBytes);
      yield events;
    }
  } catch (error) {
    signal.throwIfAborted();
    if (!isCut(error)) throw faultOfError(error, host);
  } finally {
    silence.end();
    signal.removeEventListener('abort', stop);
  }
  signal.throwIfAborted();
}

/** Without a farewell it has ended all the same: a connection may be cut. */
const isCut = (error: unknown) =>
  error instanceof Error &&
  ('code' in error
    ? /^(?:ECONNRESET|ERR_STREAM_PREMATURE_CLOSE|ERR_BAD_RESPONSE)$/.test(String(error.code))
    : error.message === 'aborted');

/** Given the bytes as they come, the events that are whole now; null where one grows beyond all measure. */
export function eventReader(mostBytes: number): (bytes: Uint8Array) => ServerEvent[] | null {
  const decoder = new TextDecoder();
  let rest = '';
  let name = '';
  let data: string[] = [];
  let size = 0;
  return (bytes) => {
    const events: ServerEvent[] = [];
    const text = rest + decoder.decode(bytes, { stream: true });
    // A carriage return at the end may be half of a line's end.
    const lines = text.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === '') {
        if (data.length > 0) events.push({ name: name || 'message', data: data.join('\n') });
        [name, data, size] = ['', [], 0];
        continue;
      }
      const [, field = '', value = ''] = /^([^:]*)(?:: ?(.*))?$/su.exec(line) ?? [];
      if (field === 'event') name = value;
      if (field === 'data') data.push(value);
      size += line.length;
    }
    return size + rest.length > mostBytes ? null : events;
  };
}
