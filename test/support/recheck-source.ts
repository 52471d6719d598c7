/** Lets a source look at stored posts again, at a loopback server through the real net door. */
import type { Post } from '../../src/mention.ts';
import { createNet } from '../../src/net/net.ts';
import type { Page, Secrets, Session, Source } from '../../src/sources/source.ts';
import { fakeClock } from './clock.ts';
import { loopback, type Routes } from './loopback.ts';
import { fullPurse } from './read-source.ts';

interface Asked {
  /** By the name of the secret in the source; absent are null. */
  readonly secrets?: Readonly<Record<string, string>>;
  readonly session?: Session;
}

/** @param optionsAt given the server's address, which stands in for the platform */
export async function recheckSource<Options>(
  source: Source<Options, Secrets>,
  optionsAt: (url: string) => unknown,
  posts: readonly Post[] | ((url: string) => readonly Post[]),
  routes: Routes | ((url: string) => Routes),
  { secrets: given = {}, session }: Asked = {},
) {
  const server = await loopback();
  const net = createNet({ clock: fakeClock(), userAgent: 'Earshot/0', allowed: [server.host] });
  server.route(typeof routes === 'function' ? routes(server.url) : routes);
  const { signal } = new AbortController();
  const { http } = net.visit({ pace: source.pace, account: null, validators: {}, signal });
  const options = source.options.parse(optionsAt(server.url));
  const secrets = Object.fromEntries(Object.keys(source.secrets).map((name) => [name, given[name] ?? null]));
  const asked = typeof posts === 'function' ? posts(server.url) : posts;
  const pages: Page[] = [];
  try {
    const told =
      source.recheck?.({ options, secrets, session: session ?? null, posts: asked, http, purse: fullPurse, signal }) ??
      [];
    for await (const page of told) pages.push(page);
  } finally {
    await net.close();
  }
  return {
    posts: pages.flatMap((page) => page.posts),
    gone: pages.flatMap((page) => page.gone ?? []).map((one) => one.externalId),
    requests: server.requests,
  };
}
