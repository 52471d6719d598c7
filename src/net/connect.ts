/** The one way out: looks up a host, checks every address, connects to a checked one. HTTP, sockets and webhooks share it. */
import { promises as dns } from 'node:dns';
import { type ClientRequestArgs, Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { Duplex } from 'node:stream';
import { isPublicAddress } from './address.ts';
import { privateAddress } from './broken.ts';

/** All addresses of a host name. */
export type Lookup = (host: string) => Promise<readonly string[]>;

export interface Connect {
  readonly httpAgent: HttpAgent;
  readonly httpsAgent: HttpsAgent;
  /** Throws the fault for an address that may not be reached; names are checked once they are looked up. */
  check(url: URL): void;
  /** For what is not HTTP: how Node shall look the host up, so that it gets checked addresses only; undefined for a written-out one that passed. */
  lookupFor(host: string, port: number): Promise<LookupFunction | undefined>;
  close(): void;
}

/** @param allowed `host` or `host:port` that the config itself names: only these may be private or loopback. */
export function createConnect(allowed: readonly string[], lookup: Lookup = lookUp): Connect {
  const named = new Set(allowed.map((host) => host.toLowerCase()));
  const isNamed = (host: string, port: string) => named.has(bracketed(host)) || named.has(`${bracketed(host)}:${port}`);

  const check = (host: string, port: string): boolean => {
    const free = isNamed(host, port);
    // `localhost` is caught by name as well, since behind a proxy nobody looks it up here.
    const closed = isIP(host) === 0 ? /(?:^|\.)localhost\.?$/i.test(host) : !isPublicAddress(host);
    if (closed && !free) throw privateAddress(bracketed(host));
    return free;
  };

  /** Node's own connect never asks for addresses of its own: it gets those that passed, and nothing between can change. */
  const lookUpChecked = async (options: ClientRequestArgs): Promise<LookupFunction | undefined> => {
    const host = options.host ?? '';
    const free = check(host, String(options.port ?? options.defaultPort ?? ''));
    if (isIP(host) !== 0) return undefined;
    const addresses = (await lookup(host)).filter((address) => free || isPublicAddress(address));
    const [first] = addresses;
    if (first === undefined) throw privateAddress(host);
    return (_host, { all }, done) => {
      if (all)
        done(
          null,
          addresses.map((address) => ({ address, family: isIP(address) })),
        );
      else done(null, first, isIP(first));
    };
  };

  const httpAgent = new CheckedHttpAgent(lookUpChecked);
  const httpsAgent = new CheckedHttpsAgent(lookUpChecked);
  return {
    httpAgent,
    httpsAgent,
    check: (url) => {
      check(unbracketed(url.hostname), url.port || (url.protocol === 'https:' ? '443' : '80'));
    },
    lookupFor: (host, port) => lookUpChecked({ host: unbracketed(host), port }),
    close: () => {
      httpAgent.destroy();
      httpsAgent.destroy();
    },
  };
}

async function lookUp(host: string): Promise<string[]> {
  return (await dns.lookup(host, { all: true })).map(({ address }) => address);
}

type LookUpChecked = (options: ClientRequestArgs) => Promise<LookupFunction | undefined>;
type Done = (error: Error | null, stream: Duplex) => void;

class CheckedHttpAgent extends HttpAgent {
  readonly #lookUp: LookUpChecked;

  constructor(lookUp: LookUpChecked) {
    super({ keepAlive: true });
    this.#lookUp = lookUp;
  }

  override createConnection(options: ClientRequestArgs, done?: Done): undefined {
    hand(this.#lookUp(options), (lookup) => super.createConnection({ ...options, lookup }), done);
  }
}

class CheckedHttpsAgent extends HttpsAgent {
  readonly #lookUp: LookUpChecked;

  constructor(lookUp: LookUpChecked) {
    super({ keepAlive: true });
    this.#lookUp = lookUp;
  }

  override createConnection(options: ClientRequestArgs, done?: Done): undefined {
    hand(this.#lookUp(options), (lookup) => super.createConnection({ ...options, lookup }), done);
  }
}

type Open = (lookup: LookupFunction | undefined) => Duplex | null | undefined;

function hand(checked: Promise<LookupFunction | undefined>, open: Open, done: Done | undefined): void {
  // Node's callback wants a stream also beside an error and never looks at it.
  const fail = (error: unknown) =>
    done?.(error instanceof Error ? error : new Error(String(error)), undefined as never);
  checked
    .then((lookup) => {
      const stream = open(lookup);
      if (stream) done?.(null, stream);
    })
    .catch(fail);
}

function bracketed(host: string): string {
  return isIP(host) === 6 ? `[${host}]` : host.toLowerCase();
}

function unbracketed(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}
