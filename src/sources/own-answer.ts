/** What the business itself wrote under a review, where the platform shows it. */
import type { Post } from '../mention.ts';

/** As a part of a post; nothing where nobody answered. @param at milliseconds UTC */
export function ownAnswer(text: string | null | undefined, at: number | null): Pick<Post, 'answer'> {
  const words = text?.trim();
  return words ? { answer: { text: words, at } } : {};
}
