/** Turns the items of one answer into a page: the posts that parse, and what was wrong with the others. */
import type { z } from 'zod';
import type { Post } from '../mention.ts';
import { Fault } from '../net/fault.ts';

export interface ReadItems {
  readonly posts: readonly Post[];
  /** `entry.3: id is missing`, without a word of the post itself. */
  readonly unreadable: readonly string[];
}

/**
 * Reads each item by itself, so that one bad item does not cost the page.
 * @param where the list's place in the answer, for the message: `feed.entry`.
 * @param toPost null leaves the item out without a word (an advert, the app's own entry).
 * @throws Fault `garbled` where there are items and not one of them parses: the platform has changed.
 */
export function readItems<Item>(
  items: readonly unknown[],
  where: string,
  shape: z.ZodType<Item>,
  toPost: (item: Item) => Post | null,
): ReadItems {
  const posts: Post[] = [];
  const unreadable: string[] = [];
  for (const [index, item] of items.entries()) {
    const read = shape.safeParse(item);
    if (read.success) {
      const post = toPost(read.data);
      if (post?.externalId.trim() === '') unreadable.push(`${where}.${index}: its id is empty`);
      else if (post) posts.push(post);
    } else unreadable.push(`${where}.${index}: ${wrong(read.error)}`);
  }
  if (items.length > 0 && unreadable.length === items.length) throw changed(unreadable[0] ?? where);
  return { posts, unreadable };
}

/** The platform answered, but in a form that we do not know. */
export function changed(what: string): Fault {
  return new Fault(
    'garbled',
    `The answer has changed its form and could not be read (${what}). A newer Earshot may know it; please report it.`,
  );
}

function wrong(error: z.ZodError): string {
  const issue = error.issues[0];
  const at = issue?.path.join('.') || 'the item';
  const missing = issue?.code === 'invalid_type' && /undefined/.test(issue.message);
  return missing ? `${at} is missing` : `${at} is not as expected`;
}
