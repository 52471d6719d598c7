/** Puts a path behind a base address without losing the base's own path. */

/** `join('http://127.0.0.1:4000/reddit/', '/search.rss')` is `http://127.0.0.1:4000/reddit/search.rss`. */
export function join(baseUrl: string, path: string): string {
  return `${baseUrl.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`;
}
