/** Who may come in: only this computer, only from the page itself, and only the owner among the users of this computer. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** What of a request decides; a header that is not there is undefined. */
export interface Knock {
  readonly method: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly fetchSite: string | undefined;
  readonly fetchMode: string | undefined;
}

/** `elsewhere`: this computer by another of its names, to be sent to the one we go by. */
export type Verdict = 'welcome' | 'elsewhere' | 'wrong-host' | 'wrong-origin';

/** The name that we go by: one only, since a cookie belongs to one name. */
export const hostName = '127.0.0.1';
const otherNames = ['localhost', '[::1]'];

/**
 * A page of the Web may point a name of its own at this computer (DNS rebinding): it is known by its Host. It may also
 * send forms here: they are known by Origin, and by Sec-Fetch-Site where the browser is new enough to send it.
 */
export function judge({ method, host, origin, fetchSite, fetchMode }: Knock, port: number): Verdict {
  const reads = method === 'GET' || method === 'HEAD';
  if (host !== `${hostName}:${port}`) {
    const isOurs = otherNames.some((name) => host === `${name}:${port}`);
    return isOurs && reads ? 'elsewhere' : 'wrong-host';
  }
  const fromUs = fetchSite === undefined || fetchSite === 'same-origin' || fetchSite === 'none';
  if (reads) return fromUs || fetchMode === 'navigate' ? 'welcome' : 'wrong-origin';
  return origin === `http://${hostName}:${port}` && fromUs ? 'welcome' : 'wrong-origin';
}

export interface Keys {
  /** In the address that lets a browser in; the same after each start. */
  readonly access: string;
  /** Of this database alone: a cookie goes to every port of this computer, also to another inbox. */
  readonly cookieName: string;
  /** What a browser has that was let in; the key of the address cannot be made from it, nor it from the key. */
  cookie(start: string): string;
  /** Names this start of the inbox. */
  readonly start: string;
  /** In each form; another one after each start. */
  readonly form: string;
  /** Proves to another Earshot of the same owner who serves this port, without giving the key away. */
  proof(port: number, nonce: string): string;
}

/** @param secret what only the owner's processes can read; several databases may share one. */
export function keysOf(secret: Buffer, database: string): Keys {
  const made = (what: string) => createHmac('sha256', secret).update(`inbox ${what}`).digest('base64url');
  return {
    access: made('access'),
    cookieName: `earshot-${made(`name ${database}`).slice(0, 12)}`,
    cookie: (start) => made(`cookie ${start}`),
    start: randomBytes(16).toString('base64url'),
    form: randomBytes(24).toString('base64url'),
    // With the port, so that nobody can pass on the proof of another one.
    proof: (port, nonce) => made(`proof ${port} ${nonce}`),
  };
}

/** Takes as long for a wrong one as for the right one. */
export function isSame(given: string | undefined, wanted: string): boolean {
  const digest = (text: string) => createHmac('sha256', 'same').update(text).digest();
  return given !== undefined && timingSafeEqual(digest(given), digest(wanted));
}
