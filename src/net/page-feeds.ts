/** The feeds that a web page announces. */
import { plainText } from '../text/plain.ts';
import { isHtml } from './classify.ts';

/** Plain JSON may be a JSON Feed, as it was announced at first, and much else. */
const feedType = /^application\/(?:rss\+xml|atom\+xml|feed\+json|rdf\+xml|json)\s*(?:;|$)/i;
const plainJson = /^application\/json/i;

/** Their whole addresses, what may be none behind the others, those of mere comments last; null where the text is no web page. */
export function feedsOfPage(text: string, url: string): string[] | null {
  if (!isHtml(text)) return null;
  const page = withoutComments(text);
  const base = URL.parse(attribute(tags(page, 'base')[0] ?? '', 'href'), url)?.href ?? url;
  const found = tags(page, 'link')
    .filter((tag) => /(?:^|\s)alternate(?:\s|$)/i.test(attribute(tag, 'rel')) && feedType.test(attribute(tag, 'type')))
    .map((tag) => ({
      url: URL.parse(attribute(tag, 'href'), base),
      title: attribute(tag, 'title'),
      type: attribute(tag, 'type'),
    }));
  const feeds = found.flatMap((feed) =>
    feed.url !== null && /^https?:$/.test(feed.url.protocol)
      ? [{ href: feed.url.href, rank: rankOf(feed.type, `${feed.title} ${feed.url.pathname}`) }]
      : [],
  );
  feeds.sort((a, b) => a.rank - b.rank);
  return [...new Set(feeds.map(({ href }) => href))];
}

function rankOf(type: string, about: string): number {
  if (/\bcomments?\b/i.test(about)) return 2;
  return plainJson.test(type) ? 1 : 0;
}

/** By hand, since a pattern would start over at every one of a million openings. */
function withoutComments(text: string): string {
  const [first = '', ...rest] = text.split('<!--');
  return (
    first + rest.map((part) => part.slice(part.indexOf('-->') + (part.includes('-->') ? 3 : part.length + 1))).join('')
  );
}

/** Their length is bounded so that a page of nothing but openings stays cheap. */
function tags(page: string, name: string): string[] {
  return page.match(new RegExp(`<${name}\\s[^<>]{0,4000}>`, 'gi')) ?? [];
}

function attribute(tag: string, name: string): string {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, 'i').exec(tag);
  return plainText(found?.[1] ?? found?.[2] ?? found?.[3] ?? '');
}
