/** Lets a source read a loopback server through the real net door, look by look, and tells all that came of it. */
import type { Terms } from '../../src/brand.ts';
import type { PlaceRating, Post } from '../../src/mention.ts';
import { Fault } from '../../src/net/fault.ts';
import type { Http } from '../../src/net/http.ts';
import type { Live } from '../../src/net/live.ts';
import type { MailDoor } from '../../src/net/mail.ts';
import { createNet } from '../../src/net/net.ts';
import { parseMail } from '../../src/net/parse-mail.ts';
import type { Look, Page, Purse, Secrets, Session, Source } from '../../src/sources/source.ts';
import type { Validators } from '../../src/watch.ts';
import { fakeClock } from './clock.ts';
import { type Loopback, loopback, type Received, type Routes } from './loopback.ts';
import { blueDoor } from './source-fixture.ts';

export interface Reading {
  /** Given the address that stands in for the platform, which carries the prefix. */
  options(url: string): unknown;
  routes(url: string): Routes;
  /** Put before every route's path and behind the server's address, as a shared test server would: `/reddit`. */
  readonly prefix?: string;
  /** To be read again under the same address; by default each reading starts its own. */
  readonly server?: Loopback;
  readonly terms?: Terms;
  readonly secrets?: Readonly<Record<string, string>>;
  /** For a source that costs; by default one that never gets empty. */
  readonly purse?: Purse;
  /** What an earlier sign-in gave, and still lasts. */
  readonly session?: Session;
  /** ISO time; by default thirty days before the tests' now, 2026-11-20. */
  readonly since?: string;
  readonly position?: string;
  /** Somebody sees what comes: figures that may be shown and not kept are asked for. */
  readonly watched?: boolean;
  /** What an earlier reading ended with: then only what is new is asked for. */
  readonly validators?: Validators;
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** The folder that a mailbox holds, the oldest first. */
  readonly mails?: readonly string[];
  /** Called with each page, before the source is asked for another one, with what was requested so far. */
  afterPage?(stop: () => void, requests: readonly Received[]): void;
}

/** Pays everything. */
export const fullPurse: Purse = {
  left: async () => Number.POSITIVE_INFINITY,
  spend: async (_, ask) => (await ask()).answer,
};

export interface Read {
  readonly looks: readonly Look<unknown>[];
  readonly pages: readonly Page[];
  readonly posts: readonly Post[];
  readonly unreadable: readonly string[];
  readonly ratings: readonly PlaceRating[];
  readonly notes: readonly string[];
  /** One look's fault does not stop the next look; what is no Fault is thrown. */
  readonly faults: readonly Fault[];
  /** What came to the server. */
  readonly requests: readonly Received[];
  /** What was asked of the door, which may have been meant for elsewhere. */
  readonly asked: readonly string[];
  readonly validators: Validators;
  readonly url: string;
}

/** Reads every look that the options ask for. */
export async function readSource(source: Source, reading: Reading): Promise<Read> {
  const { prefix = '', terms = blueDoor, since = '2026-10-21T00:00:00Z', position, watched = false } = reading;
  const server = reading.server ?? (await loopback());
  const url = server.url + prefix;
  server.route(behind(prefix, reading.routes(url)));
  const clock = fakeClock();
  const net = createNet({ clock, userAgent: 'Earshot/0 (+https://earshot.example)', allowed: [server.host] });
  const stop = new AbortController();
  const asked: string[] = [];
  const visit = net.visit({
    pace: source.pace,
    account: null,
    validators: reading.validators ?? {},
    signal: stop.signal,
  });
  const http = remembering(visit.http, asked);
  const live = rememberingLive(visit.live, asked);

  const options = source.options.parse(reading.options(url));
  const secrets = secretsOf(source.secrets, reading.secrets ?? {});
  const signal = stop.signal;
  const purse = reading.purse ?? fullPurse;
  const looks = source.looks(options, terms);
  const pages: Page[] = [];
  const faults: Fault[] = [];
  let session: Session | null = reading.session ?? null;
  try {
    session ??= (await source.signIn?.({ options, secrets, session: null, now: clock.now(), http, signal })) ?? null;
    for (const { at } of looks) {
      if (signal.aborted) break;
      const request = { at, terms, options, secrets, session, since: Date.parse(since), http, signal, watched };
      const more = { ...(position === undefined ? {} : { position }), files: filesOf(reading.files ?? {}) };
      const mail = mailOf(reading.mails ?? []);
      try {
        // Whoever listens is told all, so that what it reads is seen whole.
        const wanted = () => true;
        const heard =
          source.listen?.({ ...request, ...more, live, wanted }) ??
          source.collect({ ...request, ...more, mail, purse });
        for await (const page of heard) {
          pages.push(page);
          reading.afterPage?.(() => stop.abort(), server.requests);
        }
      } catch (cause) {
        if (!(cause instanceof Fault)) throw cause;
        faults.push(cause);
      }
    }
  } catch (cause) {
    if (cause instanceof Fault) faults.push(cause);
    else if (!signal.aborted) throw cause;
  } finally {
    await net.close();
  }
  return {
    looks,
    pages,
    posts: pages.flatMap((page) => page.posts),
    unreadable: pages.flatMap((page) => page.unreadable ?? []),
    ratings: pages.flatMap((page) => page.ratings ?? []),
    notes: pages.flatMap((page) => page.note ?? []),
    faults,
    requests: server.requests,
    validators: visit.validators(),
    asked,
    url,
  };
}

function behind(prefix: string, routes: Routes): Routes {
  return Object.fromEntries(
    Object.entries(routes).map(([key, route]) => [key.replace(/^([A-Z]+ )?/, `$1${prefix}`), route]),
  );
}

function remembering(http: Http, asked: string[]): Http {
  const note = (url: string) => {
    asked.push(url);
    return url;
  };
  return {
    json: (url, shape, ask) => http.json(note(url), shape, ask),
    text: (url, ask) => http.text(note(url), ask),
    feed: (url, ask) => http.feed(note(url), ask),
    feedOrPage: (url, ask) => http.feedOrPage(note(url), ask),
  };
}

function rememberingLive(live: Live, asked: string[]): Live {
  const note = (url: string) => {
    asked.push(url);
    return url;
  };
  return {
    messages: (url, ask) => live.messages(note(url), ask),
    events: (url, ask) => live.events(note(url), ask),
  };
}

function secretsOf(wanted: Secrets, given: Readonly<Record<string, string>>): Record<string, string | null> {
  return Object.fromEntries(Object.keys(wanted).map((name) => [name, given[name] ?? null]));
}

function filesOf(files: Readonly<Record<string, string | Uint8Array>>) {
  return {
    read: async (path: string): Promise<Uint8Array> => {
      const found = files[path];
      if (found === undefined) throw Object.assign(new Error(`ENOENT: no such file, ${path}`), { code: 'ENOENT' });
      return typeof found === 'string' ? new TextEncoder().encode(found) : found;
    },
  };
}

/** A folder that holds these mails, as the net door would give it; the protocol itself is tested in test/net/imap.test.ts. */
function mailOf(raws: readonly string[]): MailDoor {
  return {
    read: async function* (_folder, { after, most }) {
      const wanted = raws.slice(after?.uid ?? 0).slice(0, most);
      const mails = await Promise.all(wanted.map((raw) => parseMail(Buffer.from(raw), null)));
      const left = raws.length - (after?.uid ?? 0) - wanted.length;
      yield { mails, unreadable: [], mark: { validity: '1', uid: raws.length - left }, left };
    },
  };
}
