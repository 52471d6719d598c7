/** Lets a source answer a post at a loopback server through the real net door, and tells what came of it. */
import type { Post } from '../../src/mention.ts';
import { Fault, Uncertain } from '../../src/net/fault.ts';
import { createNet } from '../../src/net/net.ts';
import type { Answered, ReplyRequest, Secrets, Session, Source } from '../../src/sources/source.ts';
import { fakeClock } from './clock.ts';
import { type Loopback, loopback, type Routes } from './loopback.ts';

interface Asked {
  /** By the name of the secret in the source; absent are null. */
  readonly secrets?: Readonly<Record<string, string>>;
  readonly session?: Session;
  readonly text?: string;
  readonly key?: string;
  readonly server?: Loopback;
  /** How long the door waits for an answer. */
  readonly timeMs?: number;
}

/** `refused`: surely nothing stands there. `unknown`: it may. */
export interface Ended {
  readonly end: 'sent' | 'refused' | 'unknown';
  readonly answered: Answered | null;
  readonly fault: Fault | null;
  readonly requests: Loopback['requests'];
}

export const aKey = '0123456789abcdef0123456789abcdef';
export const agreedAt = Date.parse('2026-11-20T08:00:00Z');

/** @param optionsAt given the server's address, which stands in for the platform */
export async function replyWith<Options>(
  source: Source<Options, Secrets>,
  optionsAt: (url: string) => unknown,
  post: Post | ((url: string) => Post),
  routes: Routes | ((url: string) => Routes),
  asked: Asked = {},
): Promise<Ended> {
  return tried(source, optionsAt, post, routes, asked, async (request) => (await source.reply?.(request)) ?? null);
}

/** What `replied` says of the same answer: `sent`, or `refused` where it does not stand there. */
export async function repliedWith<Options>(
  source: Source<Options, Secrets>,
  optionsAt: (url: string) => unknown,
  post: Post | ((url: string) => Post),
  routes: Routes | ((url: string) => Routes),
  asked: Asked = {},
): Promise<Ended> {
  return tried(source, optionsAt, post, routes, asked, async (request) => (await source.replied?.(request)) ?? null);
}

/** In whose name it would answer. */
export async function speaksWith<Options>(
  source: Source<Options, Secrets>,
  optionsAt: (url: string) => unknown,
  post: Post | ((url: string) => Post),
  routes: Routes | ((url: string) => Routes),
  asked: Asked = {},
): Promise<string | null> {
  let name: string | null = null;
  await tried(source, optionsAt, post, routes, asked, async (request) => {
    name = (await source.speaksAs?.(request)) ?? null;
    return null;
  });
  return name;
}

async function tried<Options>(
  source: Source<Options, Secrets>,
  optionsAt: (url: string) => unknown,
  post: Post | ((url: string) => Post),
  routes: Routes | ((url: string) => Routes),
  { secrets: given = {}, session, text = 'Thank you, Ana. I am on it.', key = aKey, server: own, timeMs = 2000 }: Asked,
  ask: (request: ReplyRequest<Options, Secrets>) => Promise<Answered | null>,
): Promise<Ended> {
  const server = own ?? (await loopback());
  const limits = { timeMs };
  const net = createNet({ clock: fakeClock(), userAgent: 'Earshot/0', allowed: [server.host], limits });
  server.route(typeof routes === 'function' ? routes(server.url) : routes);
  const { signal } = new AbortController();
  const { http } = net.visit({ pace: source.pace, account: null, validators: {}, signal });
  const request = {
    ...{ text, key, agreedAt, http, signal },
    options: source.options.parse(optionsAt(server.url)),
    secrets: Object.fromEntries(Object.keys(source.secrets).map((name) => [name, given[name] ?? null])),
    session: session ?? null,
    post: typeof post === 'function' ? post(server.url) : post,
  };
  const { requests } = server;
  try {
    const answered = await ask(request);
    return { end: answered ? 'sent' : 'refused', answered, fault: null, requests };
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    return { end: fault instanceof Uncertain ? 'unknown' : 'refused', answered: null, fault, requests };
  } finally {
    await net.close();
  }
}
