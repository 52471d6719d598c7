/** The account that a person means: `a12`, the one behind a mention or a case, a handle, a name or a profile's address. */
import { authorsCalled, type KnownAuthor, readAuthors } from '../store/authors.ts';
import { readMentions } from '../store/mention-rows.ts';
import type { Tx } from '../store/tables.ts';
import { findCase } from './work-case.ts';

/** All that the word may mean; none where nobody is called so. */
export async function findAuthors(tx: Tx, word: string): Promise<readonly KnownAuthor[]> {
  const [, letter, number] = /^([amc])(\d{1,15})$/i.exec(word.trim()) ?? [];
  const id = Number(number);
  if (letter === undefined) return authorsCalled(tx, word);
  if (letter.toLowerCase() === 'a') return readAuthors(tx, [id]);
  const mentionId = letter.toLowerCase() === 'm' ? id : (await findCase(tx, { id, of: 'case' }))?.leadMentionId;
  const [mention] = mentionId === undefined ? [] : await readMentions(tx, [mentionId]);
  const authorId = mention?.post.authorId ?? null;
  return authorId === null ? [] : readAuthors(tx, [authorId]);
}
