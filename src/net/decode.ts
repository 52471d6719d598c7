/** Bytes to text, whatever the web says or fails to say about their encoding. */
import { gunzipSync } from 'node:zlib';

/**
 * A byte order mark wins over the header's charset, that over what the document declares, that over a guess (UTF-8, else
 * windows-1252). Never throws: bytes that fit nothing become U+FFFD. The mark itself is dropped.
 */
export function decodeText(bytes: Uint8Array, contentType = ''): string {
  const label = markOf(bytes) ?? declaredOf(bytes, contentType);
  const decoder = label === null ? null : decoderOf(label);
  if (decoder === null || decoder.encoding === 'utf-8') return utf8OrWestern(bytes);
  // Much that calls itself Latin is UTF-8; valid UTF-8 with accents in it is hardly ever anything else.
  return (decoder.encoding === 'windows-1252' && strictUtf8(bytes)) || decoder.decode(bytes);
}

/** JSON is UTF-8 by its standard, whatever the header says (RFC 8259 §8.1); a UTF-16 mark is believed all the same. */
export function decodeJsonText(bytes: Uint8Array): string {
  return (decoderOf(markOf(bytes) ?? 'utf-8') ?? new TextDecoder()).decode(bytes);
}

/** Some servers send a zipped file without saying so. @param maxBytes after unzipping; null where it is more or damaged. */
export function unzipped(bytes: Uint8Array, maxBytes: number): Uint8Array | null {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: maxBytes });
  } catch {
    return null;
  }
}

function markOf(bytes: Uint8Array): string | null {
  const [a, b, c, d] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  // Without a mark, the zeros around the `<` that every document starts with tell.
  if (a === 0x3c && b === 0 && c !== 0 && d === 0) return 'utf-16le';
  if (a === 0 && b === 0x3c && c === 0 && d !== 0) return 'utf-16be';
  return null;
}

function declaredOf(bytes: Uint8Array, contentType: string): string | null {
  const header = /charset\s*=\s*["']?([\w.:-]+)/i.exec(contentType)?.[1];
  if (header !== undefined && decoderOf(header) !== null) return header;
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 2048));
  const inside = /<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)|<meta[^>]*\scharset\s*=\s*["']?([\w.:-]+)/i.exec(start);
  const named = inside?.[1] ?? inside?.[2] ?? null;
  // A document that could be read this far is not in the two-byte encoding that it claims.
  return named !== null && /^utf-?16/i.test(named) ? null : named;
}

function decoderOf(label: string): InstanceType<typeof TextDecoder> | null {
  try {
    return new TextDecoder(label);
  } catch {
    return null;
  }
}

function strictUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** A stray byte in UTF-8 stays a U+FFFD; a text in which stray bytes outnumber real accents never was UTF-8. */
function utf8OrWestern(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes);
  if (!text.includes('\uFFFD')) return text;
  const strange = text.match(/\uFFFD/g)?.length ?? 0;
  const accents = text.match(/[\u0080-\uFFFC]/g)?.length ?? 0;
  return strange > accents ? new TextDecoder('windows-1252').decode(bytes) : text;
}
