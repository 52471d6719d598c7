/** What queries ask of a post, each worked out when it is first asked. */
import type { Post, Rating } from '../../mention.ts';
import { detectLanguage } from '../../text/language.ts';
import { readAddress } from '../addresses.ts';
import { fold } from '../fold.ts';
import { handleKey, handleKeys } from '../handles.ts';
import { type Between, wordsBetween } from './near.ts';
import type { Needles, Stands } from './needles.ts';
import type { WordsTerm } from './query.ts';

export interface Reader {
  readonly stands: Stands;
  readonly rating: Rating | null;
  /** Small letters. */
  readonly source: string;
  between(field: 'title' | 'text'): Between;
  /** As the words tell, else as declared; null where neither does. */
  language(): string | null;
  /** Whether the post stands on this site, a part of it, or a path of it. */
  isAt(site: string): boolean;
  /** Whether its account is called so, with or without its server. */
  isBy(term: WordsTerm): boolean;
}

/** Beyond this nothing is looked for: the store cuts there too. */
const longestText = 100_000;

export function readerOf(post: Post, needles: Needles, wantsAuthors: boolean): Reader {
  const stands: Stands = new Map();
  const texts = { title: cut(post.title ?? ''), text: cut(post.text) };
  needles.find(texts.title, 'title', stands);
  needles.find(texts.text, 'text', stands);
  if (wantsAuthors) needles.find(cut(post.author.name ?? ''), 'author', stands);
  const counted = new Map<string, Between>();
  let language: string | null | undefined;
  return {
    stands,
    rating: post.rating,
    source: post.source.toLowerCase(),
    between: (field) => {
      const between = counted.get(field) ?? wordsBetween(texts[field]);
      counted.set(field, between);
      return between;
    },
    language: () => {
      if (language === undefined)
        language = detectLanguage(`${texts.title} ${texts.text}`.trim(), post.language).language ?? declared(post);
      return language;
    },
    isAt: (site) => standsAt(post.url, site),
    isBy: (term) => isBy(post, term),
  };
}

const cut = (text: string) => (text.length > longestText ? text.slice(0, longestText) : text);

const declared = ({ language }: Post) => language?.slice(0, 2).toLowerCase() ?? null;

function standsAt(url: string | null, site: string): boolean {
  const [at, asked] = [url === null ? null : readAddress(url), readAddress(site)];
  if (!at || !asked) return false;
  const host = at.host === asked.host || at.host.endsWith(`.${asked.host}`);
  if (!host || asked.path === '') return host;
  const path = at.path.toLowerCase();
  return path.startsWith(asked.path) && /^(?:$|[/?#])/.test(path.slice(asked.path.length));
}

function isBy({ author }: Post, { words, begins }: WordsTerm): boolean {
  const wanted = fold(handleKey(words)).text;
  const keys = handleKeys(author.handle ?? author.url ?? '').map((key) => fold(key).text);
  return keys.some((key) => key === wanted || (begins && key.startsWith(wanted)));
}
