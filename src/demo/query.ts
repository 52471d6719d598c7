/** The search that most platforms share: words and "phrases", all of which must stand; -word must not; OR between groups. */

/** Whether a text has what the query asks for; case never matters, `*` stands for anything. */
export type Matcher = (text: string) => boolean;

/** @param words `prefix-last`: the last word may be the beginning of one, as Algolia takes it where nobody says otherwise. */
export function matcherOf(query: string, words: 'whole' | 'prefix-last' = 'whole'): Matcher {
  const groups = query
    .split(/\s+OR\s+/)
    .map((group) =>
      [...group.matchAll(/(-?)"([^"]*)"|(-?)(\S+)/g)].map(toTerm).filter((term) => term.words.length > 0),
    );
  const last = words === 'prefix-last' ? groups.at(-1)?.at(-1) : undefined;
  return (text) => {
    const line = bare(text);
    return groups.some((group) =>
      group.every((term) => line.includes(` ${term.words}${term === last && !term.quoted ? '' : ' '}`) !== term.not),
    );
  };
}

interface Term {
  readonly words: string;
  readonly not: boolean;
  readonly quoted: boolean;
}

function toTerm([, notPhrase, phrase, notWord, word]: RegExpExecArray): Term {
  const quoted = phrase !== undefined;
  return { words: bare(phrase ?? word ?? '').trim(), not: (quoted ? notPhrase : notWord) === '-', quoted };
}

/** Lower case, one space around each run of letters and digits. */
function bare(text: string): string {
  return ` ${
    text
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu)
      ?.join(' ') ?? ''
  } `;
}
