/** A Mastodon hashtag as long as a test wants it, newest first, forty a page, in the documented form. */
import type { Received, Reply, Routes } from '../support/loopback.ts';

export interface Status {
  /** Digits; a greater one is newer. */
  readonly id: number;
  readonly text: string;
  /** ISO. */
  readonly at: string;
  readonly author?: string;
  readonly editedAt?: string;
}

/** Statuses with the brand's name, one every `stepMs` back from `newest`, by default every minute; numbered down from `first + count - 1`. */
export function statuses(
  count: number,
  { first = 1000, newest = '2026-11-20T07:59:00Z', text = 'Blue Door Coffee lost my order', stepMs = 60_000 } = {},
): Status[] {
  return Array.from({ length: count }, (_, index) => ({
    id: first + count - 1 - index,
    text: `${text} ${first + count - 1 - index}`,
    at: new Date(Date.parse(newest) - index * stepMs).toISOString(),
    author: `guest${first + count - 1 - index}`,
  }));
}

/**
 * What a server answers for `#leedsfood` under the prefix.
 * @param shown asked anew for each page. @param instead an answer in place of a page (1 is the first); undefined: the page.
 */
export function hashtag(
  shown: () => readonly Status[],
  instead: (page: number, request: Received) => Reply | string | undefined = () => undefined,
): Routes {
  const timeline = (request: Received): Reply | string => {
    const all = shown();
    const below = Number(request.query.get('max_id') ?? Number.POSITIVE_INFINITY);
    const rest = all.filter(({ id }) => id < below);
    const page = 1 + Math.ceil((all.length - rest.length) / 40);
    const other = instead(page, request);
    if (other !== undefined) return other;
    const list = rest.slice(0, 40);
    const last = list.at(-1)?.id;
    const link: Record<string, string> =
      last === undefined ? {} : { link: `<http://${request.headers.host}${request.path}?max_id=${last}>; rel="next"` };
    return { json: list.map(toStatus), headers: link };
  };
  return { '/api/v2/instance': '{}', '/api/v1/timelines/tag/leedsfood': timeline };
}

function toStatus({ id, text, at, author = 'ana', editedAt }: Status) {
  return {
    id: String(id),
    uri: `https://aire.example/users/${author}/statuses/${id}`,
    url: `https://aire.example/@${author}/${id}`,
    created_at: at,
    edited_at: editedAt ?? null,
    content: `<p>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</p>`,
    visibility: 'public',
    account: { acct: author, url: `https://aire.example/@${author}` },
  };
}

/** The entry of a config that reads it. */
export const reading = (url: string) => ({ mastodon: { instances: [url], hashtags: ['leedsfood'] } });
