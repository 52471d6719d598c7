/** The id that a brand has where the config gives it none. */

/** `Blue Door Café` → `blue-door-cafe`. Letters outside a–z stay as they are, so that no name is left without an id. */
export function slug(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
}
