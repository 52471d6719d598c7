/** The feeds that a web page announces. */
import { type Element, elementsOf, elementsWhere } from '../text/elements.ts';
import { isHtml } from './classify.ts';

/** Plain JSON may be a JSON Feed, as it was announced at first, and much else. */
const feedType = /^application\/(?:rss\+xml|atom\+xml|feed\+json|rdf\+xml|json)\s*(?:;|$)/i;
const plainJson = /^application\/json/i;

/** Their whole addresses, what may be none behind the others, those of mere comments last; null where the text is no web page. */
export function feedsOfPage(text: string, url: string): string[] | null {
  if (!isHtml(text)) return null;
  const page = elementsOf(text);
  const [first] = elementsWhere(page, ({ name }) => name === 'base');
  const base = first ? (URL.parse(said(first, 'href'), url)?.href ?? url) : url;
  const feeds = [...elementsWhere(page, isFeed)].flatMap((link) => {
    const address = URL.parse(said(link, 'href'), base);
    if (address === null || !/^https?:$/.test(address.protocol)) return [];
    return [{ href: address.href, rank: rankOf(said(link, 'type'), `${said(link, 'title')} ${address.pathname}`) }];
  });
  feeds.sort((a, b) => a.rank - b.rank);
  return [...new Set(feeds.map(({ href }) => href))];
}

function isFeed(element: Element): boolean {
  if (element.name !== 'link') return false;
  return /(?:^|\s)alternate(?:\s|$)/i.test(said(element, 'rel')) && feedType.test(said(element, 'type'));
}

function rankOf(type: string, about: string): number {
  if (/\bcomments?\b/i.test(about)) return 2;
  return plainJson.test(type) ? 1 : 0;
}

const said = ({ attributes }: Element, name: string): string => attributes.get(name)?.trim() ?? '';
