/** What feedsmith found in each kind of feed, as our own items: which field wins where several say the same. */
import type { AtomFeed, AtomNs, DcNs, DcTermsNs, JsonFeed, MediaNs, RdfFeed, RssFeed } from 'feedsmith';
import { plainText } from '../text/plain.ts';
import type { FeedItem } from './feed.ts';
import { parseFeedDate } from './feed-date.ts';

export function rssItem(item: RssFeed.Item<string>, base: string): FeedItem {
  const here = resolve(item.xml?.base, base) ?? base;
  const guid = item.guid?.value ?? null;
  const permalink = guid !== null && item.guid?.isPermaLink !== false && /^https?:\/\//i.test(guid) ? guid : undefined;
  const [author] = item.authors ?? [];
  return {
    id: guid ?? item.atom?.id ?? null,
    url: resolve(item.link ?? alternateOf(item.atom?.links) ?? permalink, here),
    title: looseTitle(item.title ?? item.dc?.titles?.[0]),
    ...contentOf(item.content?.encoded ?? item.description ?? item.atom?.summary?.value ?? mediaText(item.media), true),
    ...authorOf(author?.name ?? item.dc?.creators?.[0] ?? item.itunes?.author ?? author?.email, author?.link, here),
    ...publisherOf(item.source, here),
    ...datesOf(item, item.pubDate ?? item.atom?.published, item.atom?.updated),
    language: languageOf(item.xml?.lang ?? item.dc?.languages?.[0]),
    categories: namesOf([...(item.categories ?? []).map(({ name }) => name), ...(item.dc?.subjects ?? [])]),
  };
}

export function rdfItem(item: RdfFeed.Item<string>, base: string): FeedItem {
  const here = resolve(item.xml?.base, base) ?? base;
  return {
    id: item.rdf?.about ?? item.dc?.identifiers?.[0] ?? null,
    url: resolve(item.link ?? item.rdf?.about, here),
    title: looseTitle(item.title ?? item.dc?.titles?.[0]),
    ...contentOf(item.content?.encoded ?? item.description ?? item.dc?.descriptions?.[0], true),
    ...authorOf(item.dc?.creators?.[0], undefined, here),
    ...datesOf(item, item.atom?.published, item.atom?.updated),
    language: languageOf(item.xml?.lang ?? item.dc?.languages?.[0]),
    categories: namesOf(item.dc?.subjects ?? []),
  };
}

export function atomEntry(entry: AtomFeed.Entry<string>, base: string, feed: AtomFeed.Feed<string>): FeedItem {
  const here = resolve(entry.xml?.base, base) ?? base;
  const body = entry.content?.value === undefined ? entry.summary : entry.content;
  const html = /html/i.test(body?.type ?? '');
  const [author] = entry.authors ?? entry.source?.authors ?? feed.authors ?? [];
  return {
    id: entry.id ?? null,
    url: resolve(alternateOf(entry.links) ?? entry.content?.src, here),
    title: strictTitle(entry.title),
    ...contentOf(bodyText(body) ?? mediaText(entry.media), html),
    ...authorOf(author?.name ?? entry.dc?.creators?.[0] ?? author?.email, author?.uri, here),
    ...datesOf(entry, entry.published, entry.updated),
    language: languageOf(body?.xml?.lang ?? entry.xml?.lang ?? entry.dc?.languages?.[0]),
    categories: namesOf((entry.categories ?? []).map(({ label, term }) => label ?? term)),
  };
}

export function jsonItem(item: JsonFeed.Item<string>, base: string, feed: JsonFeed.Feed<string>): FeedItem {
  const [author] = item.authors ?? feed.authors ?? [];
  const html = item.content_html !== undefined;
  return {
    id: item.id ?? null,
    url: resolve(item.url ?? item.external_url, base),
    title: oneLine(item.title),
    ...contentOf(item.content_html ?? item.content_text ?? item.summary, html),
    ...authorOf(author?.name, author?.url, base),
    ...datesOf({}, item.date_published, item.date_modified),
    language: languageOf(item.language),
    categories: namesOf(item.tags ?? []),
  };
}

/** An item that has nothing to read and nothing to open says nothing. */
export function isWorthReading({ id, url, title, content }: FeedItem): boolean {
  return id !== null || url !== null || title !== null || content !== null;
}

export function alternateOf(links: readonly { href?: string; rel?: string; type?: string }[] = []): string | undefined {
  const alternates = links.filter(({ href, rel }) => href !== undefined && (rel === undefined || rel === 'alternate'));
  return (alternates.find(({ type }) => type === undefined || /html/i.test(type)) ?? alternates[0])?.href;
}

/** Null where it is no http address, so that no `javascript:` comes through. */
export function resolve(href: string | undefined, base: string): string | null {
  const url = href === undefined ? null : URL.parse(href.trim(), base);
  return url !== null && /^https?:$/.test(url.protocol) ? url.href : null;
}

/** ISO 639, the part before the region: `en-gb` is `en`. */
export function languageOf(tag: string | undefined): string | null {
  return /^([a-z]{2,3})(?:[-_]|$)/i.exec(tag?.trim() ?? '')?.[1]?.toLowerCase() ?? null;
}

/** Atom says what its title is; in RSS nobody knows, so only entities and the tags that titles really carry are read as HTML. */
export function looseTitle(title: string | undefined): string | null {
  const html = /&(?:#\w+|[a-z]\w+);|<\/?(?:a|b|i|u|br|em|strong|span|sup|sub|font|small|mark|code|p)\b[^<>]*>/i;
  return oneLine(title !== undefined && html.test(title) ? plainText(title) : title);
}

export function strictTitle(title: AtomFeed.Text | undefined): string | null {
  return oneLine(title !== undefined && /html/i.test(title.type ?? '') ? plainText(title.value) : title?.value);
}

function oneLine(text: string | undefined): string | null {
  return text?.replace(/\s+/g, ' ').trim() || null;
}

function contentOf(content: string | undefined, html: boolean): Pick<FeedItem, 'content' | 'contentIsHtml'> {
  return content === undefined || content === ''
    ? { content: null, contentIsHtml: false }
    : { content, contentIsHtml: html };
}

/** Atom 0.3 and binary types of Atom 1.0 come in base64; pictures and the like are no text. */
function bodyText(body: AtomFeed.Content | undefined): string | undefined {
  if (/^(?:image|audio|video|application\/(?!xhtml|xml|[\w.-]+\+xml))/i.test(body?.type ?? '')) return undefined;
  return body?.value;
}

function mediaText(media: MediaNs.ItemOrFeed | undefined): string | undefined {
  return media?.description?.value ?? media?.groups?.[0]?.description?.value;
}

function authorOf(name: string | undefined, url: string | undefined, base: string) {
  return { authorName: oneLine(name), authorUrl: resolve(url, base) };
}

function publisherOf(source: RssFeed.Source | undefined, base: string): Pick<FeedItem, 'publisher'> {
  const name = oneLine(source?.title);
  return name === null ? {} : { publisher: { name, url: resolve(source?.url, base) } };
}

interface OtherDates {
  readonly dc?: DcNs.ItemOrFeed<string>;
  readonly dcterms?: DcTermsNs.ItemOrFeed<string>;
  readonly atom?: AtomNs.Entry<string>;
}

function datesOf({ dc, dcterms }: OtherDates, published: string | undefined, updated: string | undefined) {
  const others = [dcterms?.issued?.[0], dcterms?.created?.[0], dc?.dates?.[0], dcterms?.dates?.[0]];
  return {
    publishedAt: firstDate([published, ...others]),
    updatedAt: firstDate([updated, dcterms?.modified?.[0]]),
  };
}

function firstDate(dates: readonly (string | undefined)[]): number | null {
  return dates.map(parseFeedDate).find((at) => at !== null) ?? null;
}

function namesOf(names: readonly (string | undefined)[]): string[] {
  return [...new Set(names.map((name) => name?.trim() ?? '').filter((name) => name !== ''))];
}
