/** Reads an answer's body that was not asked for: what a server says in place of opening its stream. */
import type { Readable } from 'node:stream';

/** At most so many bytes; what lies behind them is cut off. */
export async function bodyOf(stream: Readable, mostBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of stream as AsyncIterable<Uint8Array>) {
    parts.push(part);
    bytes += part.length;
    if (bytes >= mostBytes) break;
  }
  return Buffer.concat(parts).subarray(0, mostBytes);
}
