/** What a public answer tells of a customer that nobody else need know. */
import { plainWords } from '../text/fingerprint.ts';
import { type Draft, type Found, marksOf, overlaps, sentenceAt } from './draft.ts';
import { isWithin, type Span } from './quoted.ts';
import type { Rulebook } from './rules.ts';
import { mailAddress, phoneNumbers } from './ways.ts';

/** The customer, as far as the public knows them. */
export interface Customer {
  readonly names: readonly string[];
  readonly said: readonly string[];
}

const iban = /\b[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){2,7}(?: ?[A-Z\d]{1,3})?\b/gu;
const cardRun = /(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)/gu;
const enoughDigits = /\d{4,}/;

export function personalData(
  draft: Draft,
  book: Rulebook,
  customer: Customer | null,
  ownDomains: readonly string[],
): readonly Span[] {
  const { text } = draft;
  const said = customer?.said.join('\n') ?? '';
  const numbers = marksOf(draft, 'private')
    .map(({ at }) => at)
    .filter(([start, end]) => {
      const digits = enoughDigits.exec(text.slice(start, end))?.[0];
      // What the customer has made public is known already.
      return digits !== undefined && !said.includes(digits);
    });
  const mails = spansOf(text, mailAddress).filter((at) => {
    const domain =
      text
        .slice(...at)
        .split('@')[1]
        ?.toLowerCase() ?? '';
    return !ownDomains.some((own) => domain === own || domain.endsWith(`.${own}`)) && !isOurs(draft, at, said);
  });
  const secret = [...spansOf(text, iban), ...spansOf(text, cardRun).filter((at) => isCard(text.slice(...at)))];
  const phones = phoneNumbers(text).filter(
    (at) => !secret.some((one) => overlaps(one, at)) && !isOurs(draft, at, said),
  );
  const told = marksOf(draft, 'private-anyway').map(({ at }) => at);
  return apart([...secret, ...mails, ...phones, ...numbers, ...told, ...unknownName(text, book, customer)]);
}

/** An address or number is ours where we invite by it, or sign with it; the customer's where we wrote to it. */
function isOurs(draft: Draft, at: Span, said: string): boolean {
  const digits = draft.text.slice(...at).replaceAll(/\s/g, '');
  if (isWithin(draft.quoted, at) || said.replaceAll(/\s/g, '').includes(digits)) return false;
  const sentence = sentenceAt(draft, at[0]);
  const before = (found: Found) => found.sentence === sentence && found.at[0] < at[0];
  const nearest = (mark: 'ours' | 'theirs') =>
    Math.max(
      -1,
      ...marksOf(draft, mark)
        .filter(before)
        .map((found) => found.at[0]),
    );
  const [ours, theirs] = [nearest('ours'), nearest('theirs')];
  if (ours !== theirs) return ours > theirs;
  if (theirs >= 0) return false;
  const after = draft.text.slice(at[1]).trim();
  return after.length < 60 || draft.tokens.filter((token) => token.sentence === sentence).length <= 8;
}

/** A greeting stands so far at the front. */
const greetingLength = 60;

/** Addressed by a name that they do not write under. */
function unknownName(text: string, book: Rulebook, customer: Customer | null): readonly Span[] {
  if (!customer || customer.names.length === 0) return [];
  const greeting = [...text.slice(0, greetingLength).matchAll(/(\p{L}+)\.?\s+(?=(\p{Lu}[\p{L}'’-]+))/gu)];
  const titled = greeting.find(([, title = '']) => book.titles.has(plainWords(title).join('')));
  if (!titled) return [];
  const [before, , name = ''] = titled;
  const known = new Set(plainWords([...customer.names, ...customer.said].join(' ')));
  const joined = customer.names.join(' ').toLowerCase();
  if (plainWords(name).every((word) => known.has(word) || joined.includes(word))) return [];
  const start = titled.index + before.length;
  return [[start, start + name.length]];
}

/** The check digit of payment cards (ISO/IEC 7812-1, Luhn). */
function isCard(run: string): boolean {
  const digits = [...run.replaceAll(/\D/g, '')].reverse().map(Number);
  const sum = digits.reduce(
    (total, digit, at) => total + (at % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2),
    0,
  );
  return sum % 10 === 0;
}

function spansOf(text: string, pattern: RegExp): readonly Span[] {
  return [...text.matchAll(pattern)].map(({ index, 0: found }): Span => [index, index + found.length]);
}

/** The first of those that lie over each other. */
function apart(spans: readonly Span[]): readonly Span[] {
  return spans.filter((span, at) => !spans.slice(0, at).some((earlier) => overlaps(earlier, span)));
}
