/** Reads the language that a post declares. */

/** ISO 639-1 of `pt-BR` or `EN`; null where the tag has no such code (`nan`) or is none. */
export function declaredLanguage(tag: string | null | undefined): string | null {
  return /^([a-z]{2})(?:$|[-_])/i.exec(tag ?? '')?.[1]?.toLowerCase() ?? null;
}
