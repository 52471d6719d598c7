/**
 * Takes review mails apart by what the owner says of their form. No platform documents its mails (Yelp, Trustpilot,
 * TripAdvisor, Booking, the delivery platforms), and each changes them at will: so the owner names the words that stand
 * before a thing, as they see them in the mail.
 */
import { z } from 'zod';
import type { Rating } from '../../mention.ts';
import type { Mail } from '../../net/mail.ts';
import type { Sender } from './sender.ts';
import { starsIn } from './stars.ts';
import { wholeWordsOf } from './words.ts';

const label = () => z.string().trim().min(1).max(100);

export const MailForm = z.strictObject({
  from: label().describe('Whose mails have this form: an address, or the part of it behind the @.'),
  subject: label().optional().describe('Words that stand in the subject of those that are reviews.'),
  who: label().optional().describe('The words before the reviewer’s name, such as “Guest:”.'),
  stars: label().optional().describe('The words before the stars, such as “Score:”.'),
  outOf: z.int().min(2).max(100).optional().describe('How many stars there are at most, where it is not 5.'),
  after: label().optional().describe('The line before the review’s own words.'),
  before: label().optional().describe('The line behind them.'),
});
export type MailForm = z.infer<typeof MailForm>;

export interface FormedReview {
  readonly reviewer: string | null;
  readonly rating: Rating | null;
  /** Null where the mail lacks the lines that the form names: then it is taken whole. */
  readonly words: string | null;
}

/** What the first form that fits gives; null where none does, or the sender is not proven. */
export function formedReview(mail: Mail, sender: Sender, forms: readonly MailForm[]): FormedReview | null {
  if (!sender.proven) return null;
  const form = forms.find((one) => fits(one, mail, sender));
  if (form === undefined) return null;
  const lines = wholeWordsOf(mail)
    .split('\n')
    .map((line) => line.trim());
  const stars = form.stars === undefined ? null : behind(lines, form.stars);
  return {
    reviewer: form.who === undefined ? null : (behind(lines, form.who)?.slice(0, 100) ?? null),
    rating: stars === null ? null : ratingOf(stars, form.outOf),
    words: between(lines, form.after, form.before),
  };
}

function fits({ from, subject }: MailForm, mail: Mail, sender: Sender): boolean {
  const wanted = folded(from).replace(/^@/, '');
  const address = folded(sender.address ?? '');
  const isFrom = wanted.includes('@') ? address === wanted : address.endsWith(`@${wanted}`) || sender.domain === wanted;
  return isFrom && (subject === undefined || folded(mail.subject ?? '').includes(folded(subject)));
}

/** What stands behind a label, on its line or alone on the next one. */
function behind(lines: readonly string[], label: string): string | null {
  const at = lines.findIndex((line) => folded(line).startsWith(folded(label)));
  if (at === -1) return null;
  const rest = (lines[at] ?? '').slice(label.length).replace(/^[\s:–-]+/, '');
  return rest || (lines.slice(at + 1).find((line) => line !== '') ?? null);
}

function between(lines: readonly string[], after: string | undefined, before: string | undefined): string | null {
  if (after === undefined) return null;
  const from = lines.findIndex((line) => folded(line).startsWith(folded(after)));
  if (from === -1) return null;
  const end =
    before === undefined ? -1 : lines.findIndex((line, at) => at > from && folded(line).startsWith(folded(before)));
  if (before !== undefined && end === -1) return null;
  const first = (lines[from] ?? '').slice(after.length).replace(/^[\s:–-]+/, '');
  const words = [first, ...lines.slice(from + 1, end === -1 ? undefined : end)].join('\n');
  return words.replaceAll(/\n{3,}/g, '\n\n').trim() || null;
}

function ratingOf(text: string, outOf: number | undefined): Rating | null {
  const figure = /^(\d{1,3}(?:[.,]\d{1,2})?)(?:\s?\/\s?(\d{1,3}))?(?![\d.,])/.exec(text);
  if (figure === null) return starsIn([text], outOf === 10 ? 10 : 5);
  const value = Number((figure[1] ?? '').replace(',', '.'));
  const scale = Number(figure[2] ?? outOf ?? 5);
  return scale >= 2 && value <= scale ? { value, scale } : null;
}

const folded = (text: string) => text.toLowerCase();
