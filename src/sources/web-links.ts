/** The addresses that a post carries: those of them that a browser can open. */

/** Whole http and https addresses, in order, without repeats; a post may link to anything, `javascript:` too. */
export function webLinks(addresses: readonly (string | null | undefined)[]): readonly string[] {
  return [...new Set(addresses.filter((address) => /^https?:\/\//i.test(address ?? '')))].filter(
    (address): address is string => URL.canParse(address ?? ''),
  );
}

/**
 * Addresses in Markdown or in bare text, also in brackets; a bracket that closes more than was opened is not
 * part of them, nor a full stop.
 */
export function linksWithin(markdown: string): readonly string[] {
  return [...markdown.matchAll(/https?:\/\/[^\s<>[\]"`|\\]+/giu)].map(([found]) => {
    let open = 0;
    let end = 0;
    while (end < found.length && open >= 0) {
      if (found[end] === '(') open += 1;
      if (found[end] === ')') open -= 1;
      if (open >= 0) end += 1;
    }
    while (/[.,;:!?*_'’]/u.test(found[end - 1] ?? '')) end -= 1;
    return found.slice(0, end);
  });
}
