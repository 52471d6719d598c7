/** What an answer promises by a day, so that it can become a task. */
import type { Day } from '../text/day.ts';
import { spokenDay } from '../text/spoken-day.ts';
import { type Draft, readDraft } from './draft.ts';
import { datedPromises } from './lint.ts';
import type { Rulebook } from './rules.ts';

export interface PromiseRead extends Day {
  /** The sentence that promises. */
  readonly words: string;
}

/** Where and when the answer is given. */
export interface Given {
  /** The customer's, where it is known: the answer's own words say more. */
  readonly language: string | null;
  readonly now: number;
  readonly timezone: string;
}

/** @returns also sentences that promise by a day of which nobody can be certain (“next week”). */
export function promisesIn(
  text: string,
  { language, now, timezone }: Given,
  book: Rulebook,
): { readonly promises: readonly PromiseRead[]; readonly unread: readonly string[] } {
  const draft = readDraft(text, language, book);
  const spoken = draft.languages.find((one) => one !== null) ?? language;
  const promises: PromiseRead[] = [];
  const unread: string[] = [];
  for (const { sentence, days } of datedPromises(draft)) {
    const words = wordsOf(draft, sentence);
    const day = days.map((one) => spokenDay(wordsOf(draft, one), spoken, now, timezone)).find((one) => one !== null);
    if (day) promises.push({ words, ...day });
    else unread.push(words);
  }
  return { promises, unread };
}

function wordsOf({ text, tokens }: Draft, sentence: number): string {
  const own = tokens.filter((token) => token.sentence === sentence);
  const [first, last] = [own[0], own.at(-1)];
  if (!first || !last) return '';
  // Tokens end before the marks behind them.
  const [end = ''] = /^[^\s\p{L}\p{N}]*/u.exec(text.slice(last.end)) ?? [];
  return (text.slice(first.start, last.end) + end).replaceAll(/\s+/gu, ' ').trim();
}
