/** Reads the one review that a web address shows, where the page marks it for programs and lets them read it. */
import type { Post } from '../mention.ts';
import { Fault } from '../net/fault.ts';
import { page } from '../sources/page.ts';
import { canonicalUrl } from '../text/canonical-url.ts';
import type { Tools } from './tools.ts';

export type ReadLink =
  | { readonly post: Post; readonly why: null }
  /** Why it has to be typed in, without a full stop, as the end of a sentence. */
  | { readonly post: null; readonly why: string };

/** Asks the site once, its robots.txt first; keeps nothing. */
export async function readLink(tools: Tools, url: string): Promise<ReadLink> {
  const net = await tools.net();
  const { http } = net.visit({
    source: page.id,
    pace: page.pace,
    account: null,
    validators: {},
    signal: tools.signal,
  });
  const request = {
    at: { url },
    terms: { names: [], handles: [], domains: [] },
    options: { urls: [url] },
    secrets: {},
  };
  try {
    const posts: Post[] = [];
    for await (const found of page.collect({ ...request, session: null, since: 0, http, signal: tools.signal }))
      posts.push(...found.posts);
    const post = meantBy(url, posts);
    if (post) return { post, why: null };
    return {
      post: null,
      why: posts.length === 0 ? said.garbled : `it shows ${posts.length} reviews, and does not say which one is meant`,
    };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { post: null, why: said[error.kind] };
  }
}

const said: Readonly<Record<Fault['kind'], string>> = {
  'not-allowed': 'it does not let programs read it',
  blocked: 'it turns programs away',
  'slow-down': 'it wants to be asked more slowly',
  gone: 'there is nothing at that address',
  unreachable: 'it cannot be reached now',
  garbled: 'it marks no review for programs',
};

/** The only one, or the one whose own address it is. */
function meantBy(url: string, posts: readonly Post[]): Post | undefined {
  if (posts.length === 1) return posts[0];
  const address = canonicalUrl(url);
  const own = posts.filter((post) => post.url !== null && address !== null && canonicalUrl(post.url) === address);
  // All may have the address of the page in place of one of their own.
  return own.length === 1 ? own[0] : undefined;
}
