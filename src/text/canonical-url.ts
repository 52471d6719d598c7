/** One spelling for all addresses of one page, so that copies of it are recognised. */

/** Say how a reader got there, not where he is. */
const tracking =
  /^(utm_.+|fbclid|gclid|dclid|msclkid|yclid|igshid|igsh|mc_cid|mc_eid|_hsenc|_hsmi|ref_src|ref_url|cmpid|ocid|ito|wt_mc|at_.+|ns_.+)$/i;

/**
 * http(s) becomes `https`, `www.`, `m.` and `mobile.` go, tracking parameters go and the others are sorted, slashes at the
 * end go. A fragment stays only where it names a thing of its own (`#comment-12`, `#/reviews/7`). Null where the address
 * names no page: not http(s), or the front page of a site.
 */
export function canonicalUrl(address: string): string | null {
  const url = URL.parse(address.trim());
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return null;
  const host = url.hostname.replace(/\.$/, '').replace(/^(?:(?:www|m|mobile)\.)+(?=[^.]+\.)/, '');
  const port = url.port === '' || url.port === '443' || url.port === '80' ? '' : `:${url.port}`;
  const path = url.pathname.replace(/\/{2,}/g, '/').replace(/\/+$/, '');
  const query = url.search === '' ? '' : lastingQuery(url);
  const fragment = namesAThing(url.hash) ? url.hash : '';
  if (path === '' && query === '' && fragment === '') return null;
  return `https://${host}${port}${path}${query === '' ? '' : `?${query}`}${fragment}`;
}

function lastingQuery({ searchParams }: URL): string {
  const parameters = [...searchParams].filter(([name]) => !tracking.test(name)).sort(byName);
  return new URLSearchParams(parameters).toString();
}

function byName([one]: readonly [string, string], [other]: readonly [string, string]): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Feeds of comments give every comment the article's address and tell them apart by the fragment alone. */
function namesAThing(hash: string): boolean {
  return !hash.startsWith('#:~:') && (/^#!?\//.test(hash) || /\d/.test(hash));
}
