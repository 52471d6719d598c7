/** The one account that a person named on the command line; where several may be meant, they are told apart. */
import { whoSaid } from '../digest/item.ts';
import { titleOf } from '../digest/wording.ts';
import { findAuthors } from '../jobs/find-author.ts';
import type { Tools } from '../jobs/tools.ts';
import { sourceTitles } from '../sources/index.ts';
import type { KnownAuthor } from '../store/authors.ts';
import { clean } from './format.ts';
import { Misuse } from './trouble.ts';

/** `Ana Diaz (ana@mastodon.example), Mastodon`. */
export function accountWords(author: Omit<KnownAuthor, 'id'>): string {
  const { handle, name } = author;
  const who = whoSaid({ author: { handle, name, url: author.url, followers: null } });
  return `${clean(who)}, ${clean(sourceTitles.get(author.source) ?? titleOf(author.source))}`;
}

const mostTold = 12;

/** @throws Misuse where nobody or more than one is called so */
export async function authorGiven(tools: Tools, word: string): Promise<KnownAuthor> {
  if (word.trim() === '')
    throw new Misuse(
      `Who is it? Name an account (ana@mastodon.example), somebody's name, what they said (m17), or a12 as in ${tools.earshot} regulars.`,
    );
  const found = await tools.store.read('an account', (tx) => findAuthors(tx, word));
  const [only, ...others] = found;
  const said = clean(word);
  if (only === undefined)
    throw new Misuse(
      `Nobody here is called ${said}. Name an account (ana@mastodon.example), somebody's name, what they said (m17), or a12 as in ${tools.earshot} regulars.`,
    );
  if (others.length === 0) return only;
  const lines = found.slice(0, mostTold).map((one) => `  a${one.id}  ${accountWords(one)}`);
  const more = found.length > mostTold ? [`  and ${found.length - mostTold} more`] : [];
  throw new Misuse(
    `${found.length} accounts are called ${said}. Which one? Name it by its number:\n${[...lines, ...more].join('\n')}`,
  );
}
