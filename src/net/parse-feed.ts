/** Feeds of every kind, whole or damaged, into the one shape: feedsmith reads, we mend before and choose after. */
import { type AnyFeed, ParseError, parseFeed as readFeed } from 'feedsmith';
import { hostOf, isHtml } from './classify.ts';
import { Fault } from './fault.ts';
import type { Feed } from './feed.ts';
import {
  alternateOf,
  atomEntry,
  isWorthReading,
  jsonItem,
  languageOf,
  looseTitle,
  rdfItem,
  resolve,
  rssItem,
  strictTitle,
} from './feed-items.ts';
import { hasEntityBomb, hasItems, isCutOff, pieces, rootOf, withoutJunk, withoutPrefix } from './mend-feed.ts';
import { parseJson } from './parse-json.ts';
import { type StatedRest, statedRestMs } from './rest.ts';

/**
 * RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, JSON Feed; addresses resolved, dates read, items that can be saved from a
 * damaged document saved. Throws a `garbled` fault and nothing else.
 * @param url where the text came from in the end: what its relative addresses start at.
 */
export function parseFeed(text: string, url: string): Feed {
  if (/^\s*\{/.test(text)) return ourFeed(readJsonFeed(text, url), url);
  if (text.trim() === '') throw noFeed(url, 'an empty answer');
  if (rootOf(text) === null) throw noFeed(url, isHtml(text) ? 'a web page' : 'something else');
  if (hasEntityBomb(text))
    throw new Fault('garbled', `The feed of ${hostOf(url)} is built to do harm, so Earshot did not read it.`);
  const clean = withoutJunk(text);
  const read = tryFeed(clean) ?? tryFeed(withoutPrefix(clean)) ?? salvaged(withoutPrefix(clean));
  if (read !== null) return ourFeed(read, url);
  if (!isCutOff(clean) && (!hasItems(clean) || saysNothing(clean))) return emptyFeed(clean);
  throw noFeed(url, 'a damaged feed');
}

function tryFeed(document: string | object): AnyFeed<string> | null {
  try {
    return readFeed<string>(document);
  } catch {
    return null;
  }
}

/** Sound XML in which feedsmith finds not one word that a feed could say. */
function saysNothing(document: string): boolean {
  try {
    return readFeed(document) === null;
  } catch (error) {
    return error instanceof ParseError;
  }
}

function readJsonFeed(text: string, url: string): AnyFeed<string> {
  try {
    const value = parseJson(text);
    const feed = typeof value === 'object' && value !== null ? tryFeed(value) : null;
    if (feed !== null) return feed;
  } catch {
    throw noFeed(url, 'a damaged feed');
  }
  throw noFeed(url, 'something else');
}

/** All complete items at once; where one of them spoils it, each by itself, so that one bad item costs one item. */
function salvaged(text: string): AnyFeed<string> | null {
  const { document, items } = pieces(text);
  if (items.length === 0) return null;
  const whole = tryFeed(document(items));
  return whole ?? tryFeed(document(items.filter((item) => tryFeed(document([item])) !== null)));
}

function ourFeed(read: AnyFeed<string>, url: string): Feed {
  const feed = shaped(read, url);
  return { ...feed, items: feed.items.filter(isWorthReading) };
}

function shaped(read: AnyFeed<string>, url: string): Feed {
  const { format } = read;
  if (format === 'json') {
    const { feed } = read;
    return {
      format,
      title: looseTitle(feed.title),
      siteUrl: resolve(feed.home_page_url, url),
      language: languageOf(feed.language),
      items: (feed.items ?? []).map((item) => jsonItem(item, url, feed)),
    };
  }
  if (format === 'atom') {
    const { feed } = read;
    const base = resolve(feed.xml?.base, url) ?? url;
    return {
      format,
      title: strictTitle(feed.title),
      siteUrl: resolve(alternateOf(feed.links), base),
      language: languageOf(feed.xml?.lang ?? feed.dc?.languages?.[0]),
      ...restOf(feed),
      items: (feed.entries ?? []).map((entry) => atomEntry(entry, base, feed)),
    };
  }
  const { feed } = read;
  const base = resolve(feed.xml?.base, url) ?? url;
  const head = { title: looseTitle(feed.title), siteUrl: resolve(feed.link, base) };
  const language = languageOf((format === 'rss' ? read.feed.language : undefined) ?? feed.dc?.languages?.[0]);
  const items =
    read.format === 'rss'
      ? (read.feed.items ?? []).map((item) => rssItem(item, base))
      : (read.feed.items ?? []).map((item) => rdfItem(item, base));
  return { format, ...head, language, ...restOf(feed), items };
}

function restOf(said: StatedRest): { restMs?: number } {
  const restMs = statedRestMs(said);
  return restMs === undefined ? {} : { restMs };
}

/** A feed that nobody has written anything into yet is a feed: quiet is not broken. */
function emptyFeed(text: string): Feed {
  const kind = rootOf(text);
  const format = kind === 'feed' ? 'atom' : kind === 'rdf' ? 'rdf' : 'rss';
  return { format, title: null, siteUrl: null, language: null, items: [] };
}

function noFeed(url: string, instead: string): Fault {
  const todo = instead === 'a damaged feed' ? 'Earshot looks again later.' : 'Give the address of its feed instead.';
  return new Fault('garbled', `${hostOf(url)} sent ${instead} where a feed was expected. ${todo}`);
}
