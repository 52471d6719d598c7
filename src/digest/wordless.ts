/** What stands where the words of a post would, when they are not here. */
import type { MentionFace } from '../face/mention.ts';
import { onOneLine } from '../text/clean.ts';
import type { Titles } from './place-name.ts';

/**
 * “Words not kept: Yelp does not allow it. Open the post to read them.”; null where the words are here, or there never
 * were any. @param howToRead where the post has an address
 */
export function sayWordless(
  { words, source, url }: MentionFace,
  titles: Titles,
  howToRead = 'Open the post to read them.',
): string | null {
  if (words === 'kept') return null;
  if (words === 'taken-away') return 'Its words are gone: it was taken away.';
  const platform = onOneLine(titles.get(source) ?? source);
  return `Words not kept: ${platform} does not allow it. ${url === null ? `Look for them at ${platform}.` : howToRead}`;
}
