/** The platforms of the demo and of the journey tests: servers on loopback that answer as the real ones are documented to. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { alertsPlatform } from './platforms/alerts.ts';
import { appStorePlatform } from './platforms/app-store.ts';
import { blueskyPlatform } from './platforms/bluesky.ts';
import { discoursePlatform } from './platforms/discourse.ts';
import { feedPlatform } from './platforms/feed.ts';
import { hackerNewsPlatform } from './platforms/hacker-news.ts';
import { lemmyPlatform } from './platforms/lemmy.ts';
import { mastodonPlatforms } from './platforms/mastodon.ts';
import { blocked, type Platform, type Reply } from './platforms/platform.ts';
import { redditPlatform } from './platforms/reddit.ts';
import { stackExchangePlatform } from './platforms/stack-exchange.ts';
import type { PlatformId, PlatformPost } from './sample.ts';
import { timelineOf } from './timeline.ts';

const all: readonly Platform[] = [
  feedPlatform,
  alertsPlatform,
  hackerNewsPlatform,
  blueskyPlatform,
  ...mastodonPlatforms,
  redditPlatform,
  lemmyPlatform,
  discoursePlatform,
  stackExchangePlatform,
  appStorePlatform,
];

export interface PlatformsSetting {
  readonly posts: readonly PlatformPost[];
  /** Milliseconds UTC. What it says at the start is what `agoHours` counts from; posts and edits appear as it goes on. */
  now(): number;
  /** Of the first server; 0 (usual) is any free one. */
  readonly port?: number;
  /** These send everybody away with a page that says "blocked". */
  readonly refusing?: readonly PlatformId[];
}

/** A question that came, and how it was answered. */
export interface Asked {
  /** The platform's prefix, null where there is no such platform. */
  readonly platform: string | null;
  readonly method: string;
  /** Path and query, prefix included. */
  readonly target: string;
  readonly userAgent: string | null;
  readonly status: number;
}

export interface Platforms {
  /** `http://127.0.0.1:PORT`: all platforms under their prefixes (`/bluesky`, `/mastodon-a`, `/feed/…`). */
  readonly baseUrl: string;
  /**
   * A platform's own address with its prefix, on a port of its own: pace, silence and blocks of one host stay its own, as
   * with real ones.
   */
  urlOf(prefix: string): string;
  requests(): readonly Asked[];
  close(): Promise<void>;
}

/** Starts on 127.0.0.1 one server for all, and one for each. */
export async function startPlatforms(setting: PlatformsSetting): Promise<Platforms> {
  const requests: Asked[] = [];
  const reply = replying(setting);
  const receive = (request: IncomingMessage, response: ServerResponse) => {
    answer(request, response, reply, requests).catch((cause: unknown) => {
      response.destroy(cause instanceof Error ? cause : undefined);
    });
  };
  const open = async (port: number) => {
    const server = createServer(receive);
    await listening(server, port);
    return server;
  };
  const first = await open(setting.port ?? 0);
  const own = new Map(await Promise.all(all.map(async ({ prefix }) => [prefix, await open(0)] as const)));
  return {
    baseUrl: addressOf(first),
    urlOf: (prefix) => `${addressOf(own.get(prefix) ?? first)}/${prefix}`,
    requests: () => [...requests],
    close: async () => {
      await Promise.all([first, ...own.values()].map(closed));
    },
  };
}

interface Question {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

type Replying = (question: Question) => { readonly platform: string | null; readonly reply: Reply };

function replying({ posts, now, refusing = [] }: PlatformsSetting): Replying {
  const timeline = timelineOf(posts, now());
  const counts = new Map<string, number>();
  return ({ method, target, headers, body }) => {
    const url = new URL(target, `http://${headers.host ?? '127.0.0.1'}`);
    const [, prefix = ''] = url.pathname.split('/');
    const platform = all.find((one) => one.prefix === prefix);
    if (platform === undefined) return { platform: null, reply: { status: 404, body: 'no such platform' } };
    if (refusing.includes(platform.holds)) return { platform: prefix, reply: blocked() };
    const asked = counts.get(prefix) ?? 0;
    counts.set(prefix, asked + 1);
    const reply = platform.answer({
      method,
      path: decodeURIComponent(url.pathname.slice(prefix.length + 1)),
      query: url.searchParams,
      headers,
      body,
      base: `${url.origin}/${prefix}`,
      posts: timeline(platform.holds, now()),
      now: now(),
      asked,
    });
    return { platform: prefix, reply };
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, replyTo: Replying, requests: Asked[]) {
  const { method = 'GET', url: target = '/' } = request;
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
  const { platform, reply } = replyTo({ method, target, headers, body: await text(request) });
  const { status = 200 } = reply;
  requests.push({ platform, method, target, userAgent: headers['user-agent'] ?? null, status });
  response.writeHead(status, { ...reply.headers, ...(reply.gzip ? { 'content-encoding': 'gzip' } : {}) });
  response.end(reply.gzip ? gzipSync(reply.body) : reply.body);
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
}

function addressOf(server: Server): string {
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
