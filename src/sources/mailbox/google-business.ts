/** Takes the mail that Google Business Profile sends about one review apart. */
import type { Rating } from '../../mention.ts';
import type { Mail } from '../../net/mail.ts';
import { starsIn } from './stars.ts';

export const googleBusinessSender = 'businessprofile-noreply@google.com';

export interface BusinessReview {
  readonly reviewer: string;
  /** Shortened by Google where it is long; may be empty. */
  readonly words: string;
  readonly rating: Rating | null;
  readonly url: string | null;
}

const button = /^Read review\b/i;
const end = /^Reply to review\b/i;
/** Google shortens what is long; looking for its marks takes the square of the length. */
const longestText = 20_000;

/**
 * Null where the mail has another form (several reviews in one mail, another language, an account's own news): it is then
 * taken whole. The form is the one that public programs read; no recorded mail was at hand: a line `Read review` with its
 * address, the reviewer's name, the review, a line `Reply to review`.
 */
export function businessReview({ text }: Pick<Mail, 'text'>): BusinessReview | null {
  const lines = (text ?? '')
    .slice(0, longestText)
    .replaceAll('\r\n', '\n')
    .split('\n')
    .map((line) => line.trim());
  const from = lines.findIndex((line) => button.test(line));
  const to = lines.findIndex((line, at) => at > from && end.test(line));
  if (from === -1 || to === -1) return null;
  const within = lines.slice(from, to);
  const address = /https?:\/\/[^\s<>()]+/.exec(within.join('\n'))?.[0] ?? null;
  const said = within.slice(1).filter((line) => !/^[<(]?https?:\/\/\S+$/.test(line));
  const first = said.findIndex((line) => line !== '');
  const reviewer = said[first];
  if (reviewer === undefined || reviewer.length > 100) return null;
  const words = said
    .slice(first + 1)
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
  return { reviewer, words: asWritten(words), rating: starsIn([lines.slice(0, from).join('\n')]), url: address };
}

/** Google puts its translation first and the reviewer's own words behind; both marks must stand there. */
function asWritten(words: string): string {
  const behind = /\(Translated by Google\)[\s\S]*?\n\s*\(Original\)\s*([\s\S]+)$/i.exec(words)?.[1];
  const before = /^([\s\S]+?)\n\s*\(Translated by Google\)[\s\S]*$/i.exec(words)?.[1];
  return (behind ?? before ?? words).trim();
}
