/** Keeps, of the addresses that a post carries, those that a browser can open. */

/** Whole http and https addresses, in order, without repeats; a post may link to anything, `javascript:` too. */
export function webLinks(addresses: readonly (string | null | undefined)[]): readonly string[] {
  return [...new Set(addresses.filter((address) => /^https?:\/\//i.test(address ?? '')))].filter(
    (address): address is string => URL.canParse(address ?? ''),
  );
}
