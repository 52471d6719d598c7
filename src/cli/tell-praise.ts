/** Praise in words: who said what, what they allowed, and what can be done next. */
import { excerpt } from '../digest/excerpt.ts';
import { titleOf } from '../digest/wording.ts';
import type { PraiseFace } from '../face/praise.ts';
import { sourceTitles } from '../sources/index.ts';
import { accountWords } from './author-given.ts';
import { clean, readingWidth, wrapped } from './format.ts';
import type { Telling } from './tell-mention.ts';

const longestQuote = 160;

/** Two to four lines. */
export function praiseLines(praise: PraiseFace, several: boolean, { terminal, paint, short }: Telling): string {
  const width = readingWidth(terminal);
  const { mention, who, source, saidAt, praised, text, quotable, brand } = praise;
  const parts = [
    who === null ? `somebody, ${clean(sourceTitles.get(source) ?? titleOf(source))}` : accountWords(who),
    short(Date.parse(saidAt)),
    praised > 1 ? `praised you ${praised} times` : null,
    several ? clean(brand) : null,
  ];
  const said = quotable
    ? `“${words(text)}”`
    : '(its place lets nobody keep the words, or they were taken away: never shown elsewhere)';
  const stands = standing(praise, short);
  return [
    underId(`m${mention}`, parts.filter((part) => part !== null).join(' · '), width),
    wrapped(said, width, '        '),
    ...(stands === '' ? [] : [paint.dim(wrapped(stands, width, '        '))]),
  ].join('\n');
}

/** An id in front, and what is too long goes on beside it. */
export function underId(id: string, text: string, width: number): string {
  return `  ${id.padEnd(6)}${wrapped(text, width, '        ').trimStart()}`;
}

const words = (text: string) =>
  excerpt(text, [], longestQuote)
    .map((piece) => clean(piece.text))
    .join('');

/** `may be shown: all of it, as Mira D., with a link; used: our website`. */
export function standing(
  { answer, asked, allowed, used, thankedAt, text }: PraiseFace,
  short: Telling['short'],
): string {
  const at = (moment: string) => short(Date.parse(moment));
  const place = (where: string | null) => (where === null ? '' : ` (${clean(where)})`);
  const parts = [
    answer === 'asked' && asked ? `asked ${at(asked.at)}${place(asked.where)}, no answer yet` : null,
    answer === 'no' ? 'said no' : null,
    allowed && `said yes ${at(allowed.at)}${place(allowed.where)}: ${mayBeShown(allowed, text)}`,
    used.length > 0 ? `used: ${used.map(({ where }) => clean(where)).join(', ')}` : null,
    thankedAt && `thanked ${at(thankedAt)}`,
  ];
  return parts.filter((part) => part !== null).join('; ');
}

function mayBeShown({ words: allowed, named, linked }: NonNullable<PraiseFace['allowed']>, text: string): string {
  if (allowed === null) return 'but the post no longer says so, ask again';
  const what = allowed === text.trim() ? 'all of it' : `“${words(allowed)}”`;
  return `${what}, ${named === null ? 'without a name' : `as ${clean(named)}`}${linked ? ', with a link' : ''}`;
}

/** What can be done next, as the words to type and why. */
export function nextForPraise({ mention, answer, used }: PraiseFace): readonly (readonly [string, string])[] {
  const act = (verb: string, why: string, more = '') => [`praise ${verb} m${mention}${more}`, why] as const;
  switch (answer) {
    case 'not-asked':
      return [
        act('ask', 'when you have asked for leave to quote it', ' --where mail'),
        act('thank', 'when you have thanked them'),
      ];
    case 'asked':
      return [
        act('yes', 'the words and the name that they allowed', ' --words "…" --named "…"'),
        act('no', 'when they would rather not'),
      ];
    case 'yes':
      return [
        [`praise export --format html --out praise.html`, 'all that may be shown'],
        act('used', 'where it stands now', ' --where "our website"'),
        act('no', 'when they take it back'),
      ];
    case 'no':
      return used.length > 0
        ? [act('undo', 'only if that was a slip: else take it down where it stands')]
        : [act('undo', 'if that was a slip')];
  }
}
