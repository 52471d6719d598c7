/** Reads the language that a post declares. */

/** ISO 639-1 of `pt-BR` or `EN`; null where the tag has no such code (`nan`) or is none. */
export function declaredLanguage(tag: string | null | undefined): string | null {
  return /^([a-z]{2})(?:$|[-_])/i.exec(tag ?? '')?.[1]?.toLowerCase() ?? null;
}

let codes: ReadonlyMap<string, string> | null = null;

/** ISO 639-1 of a language's English name, `Portuguese`; null where it has no such code. */
export function languageNamed(name: string | null | undefined): string | null {
  codes ??= namedCodes();
  return codes.get(name?.trim().toLowerCase() ?? '') ?? null;
}

function namedCodes(): ReadonlyMap<string, string> {
  const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  const pairs = letters.flatMap((one) => letters.map((two) => one + two));
  // A code that was replaced (`iw`) has its successor's name, and comes later or not at all.
  const named = pairs.flatMap((code): [string, string][] => {
    const name = names.of(code);
    return name === undefined || Intl.getCanonicalLocales(code)[0] !== code ? [] : [[name.toLowerCase(), code]];
  });
  return new Map(named);
}
