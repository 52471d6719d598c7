/** The numbers of signs: which place a word, a pair of words or a thing that has a name stands for. */

/** Signs share this many places; two of one place are taken for the same. */
export const places = 2 ** 18;

/** By name and by what stands behind it; both come from our own lists alone, so these maps stay small. */
const namedPlaces = new Map<string, Map<string | number, number>>();

export function named(name: string, which: string | number = ''): number {
  const known = namedPlaces.get(name);
  const before = known?.get(which);
  if (before !== undefined) return before;
  const place = placeOf(hashOf(which === '' ? `\u0001${name}` : `\u0001${name} ${which}`));
  namedPlaces.set(name, (known ?? new Map<string | number, number>()).set(which, place));
  return place;
}

/** FNV-1a over UTF-16 units, 32 bits. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash;
}

/** Of two words, one so many words before the other. */
export function mix(one: number, other: number, distance: number): number {
  return Math.imul(one ^ ((other << 13) | (other >>> 19)) ^ distance, 0x9e3779b1);
}

export function placeOf(hash: number): number {
  const folded = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (folded ^ (folded >>> 13)) & (places - 1);
}
