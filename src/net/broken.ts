/** What a connection that failed means: every error below HTTP becomes a fault in the owner's words. */
import { Fault, Unasked } from './fault.ts';

/** @param error anything that axios, Node's sockets or our own connect threw; a Fault among its causes is the answer. */
export function faultOfError(error: unknown, host: string): Fault {
  for (const cause of causesOf(error)) {
    if (cause instanceof Fault) return cause;
    const fault = faultOfCode(codeOf(cause), host);
    if (fault !== null) return fault;
  }
  return new Fault('unreachable', `The connection to ${host} broke off.`, { cause: codeOf(error) });
}

/** The whole request took longer than the limit. */
export function tooSlow(host: string, limitMs: number): Fault {
  const seconds = Math.max(1, Math.round(limitMs / 1000));
  return new Fault(
    'unreachable',
    `${host} did not finish its answer within ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`,
    { cause: outOfTime },
  );
}

/** No code: a request that took too long did reach the host. */
const outOfTime = Symbol('out of time');

/** The host itself is silent, whatever it is asked for: a question that was answered badly says nothing of the next. */
export function isSilence({ kind, cause }: Fault): boolean {
  if (kind !== 'unreachable') return false;
  const code = typeof cause === 'string' ? cause : '';
  return cause === outOfTime || [unknown, refusing, outOfReach, mute].some((one) => one.test(code));
}

/** What the host's silence means for a question that was not asked for it: true of this one, too, and no more than that. */
export function unaskedAfter(silence: Fault): Fault {
  if (silence.cause !== outOfTime) return silence;
  return new Unasked(
    'unreachable',
    'Not asked: another address of the same site did not answer in time. Earshot tries again by itself.',
  );
}

/** The connection was not even made, so nothing of what was to be said went out. */
export function neverLeft({ kind, cause }: Fault): boolean {
  const code = typeof cause === 'string' ? cause : '';
  return kind === 'not-allowed' || [unknown, refusing, certificate].some((one) => one.test(code));
}

export function tooBig(host: string, limitBytes: number): Fault {
  const size = limitBytes >= 1_000_000 ? `${Math.round(limitBytes / 1_000_000)} MB` : `${limitBytes} bytes`;
  return new Fault('garbled', `${host} sent more than the ${size} that Earshot reads at most.`);
}

/** An open door through which nothing came, not even a sign of life. */
export function fellSilent(host: string, forMs: number): Fault {
  const seconds = Math.max(1, Math.round(forMs / 1000));
  return new Fault('unreachable', `${host} said nothing more for ${seconds} seconds, so the connection was given up.`);
}

export function endlessRedirects(host: string): Fault {
  return new Fault(
    'garbled',
    `${host} keeps sending Earshot from one address to the next. Check its address in your config.`,
  );
}

/** A redirect without an address. */
export function leadsNowhere(host: string): Fault {
  return new Fault(
    'garbled',
    `${host} says that what was here has moved, but not where to. Check its address in your config.`,
  );
}

/** A redirect to a file, or to what is no address at all. */
export function leadsOffTheWeb(host: string): Fault {
  const message = `${host} sends Earshot on to somewhere that is no address on the web. Check its address in your config.`;
  return new Fault('garbled', message);
}

export function privateAddress(host: string): Fault {
  const message = `${host} is in a private network, where answers from outside may not send Earshot. If you mean it, name it in your config.`;
  return new Fault('not-allowed', message);
}

const unknown = /^(?:ENOTFOUND|EAI_AGAIN|EAI_NODATA)$/;
const refusing = /^ECONNREFUSED$/;
const outOfReach = /^(?:ETIMEDOUT|ECONNABORTED|EHOSTUNREACH|ENETUNREACH)$/;
/** imapflow's own codes for a mailbox that says nothing. */
export const mute = /^(?:CONNECT_TIMEOUT|GREETING_TIMEOUT|UPGRADE_TIMEOUT|ETIMEOUT)$/;
const certificate = /^(?:CERT_|ERR_TLS_CERT|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_(?:GET|VERIFY))/;
const damaged = /^(?:Z_|ERR_BROTLI|ERR__ZSTD|HPE_)/;

/** Only the code is kept as the cause: axios' own errors carry the request with all its keys, which must reach no log. */
function faultOfCode(code: string, host: string): Fault | null {
  if (unknown.test(code))
    return new Fault('unreachable', `${host} could not be found. Is the address right, and are you online?`, {
      cause: code,
    });
  if (refusing.test(code))
    return new Fault('unreachable', `${host} does not take connections at the moment.`, { cause: code });
  if (outOfReach.test(code)) return new Fault('unreachable', `${host} could not be reached.`, { cause: code });
  if (damaged.test(code))
    return new Fault('garbled', `${host} sent an answer that is damaged and cannot be read.`, { cause: code });
  if (certificate.test(code))
    return new Fault('unreachable', `${host} could not prove that it is the real one: its certificate is not valid.`, {
      cause: code,
    });
  return null;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** The error, what caused it, what caused that; the parts of an AggregateError after it. */
function* causesOf(error: unknown): Generator<unknown> {
  const waiting = [error];
  for (let depth = 0; depth < 20 && waiting.length > 0; depth += 1) {
    const next = waiting.shift();
    yield next;
    if (!(next instanceof Error)) continue;
    if (next instanceof AggregateError) waiting.push(...next.errors);
    if (next.cause !== undefined) waiting.push(next.cause);
  }
}
