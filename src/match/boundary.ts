/** Where a word begins and ends, in scripts with and without spaces. */

/** Kinds of letters that make one word with their like only; between `unspaced` letters any place may be a boundary. */
const nothing = 0;
const letter = 1;
const katakana = 2;
const unspaced = 3;
const hangul = 4;

const unknown = 255;
/** By UTF-16 unit. */
const kinds = new Uint8Array(0x10000).fill(unknown);

/** NaN, before and behind the text, is nothing. */
function kindOf(code: number): number {
  const known = kinds[code] ?? nothing;
  if (known !== unknown) return known;
  const kind = judge(String.fromCharCode(code), code);
  kinds[code] = kind;
  return kind;
}

function judge(unit: string, code: number): number {
  if (code >= 0xd840 && code <= 0xd88d) return unspaced;
  if (/[\p{Script=Katakana}ー]/u.test(unit)) return katakana;
  if (
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u.test(unit)
  ) {
    return unspaced;
  }
  if (/\p{Script=Hangul}/u.test(unit)) return hangul;
  return /[\p{L}\p{N}\p{M}]/u.test(unit) ? letter : nothing;
}

/** What Korean writes on to a name without a space. */
const particles =
  /^(?:은|는|이|가|을|를|에|의|도|만|로|으로|와|과|랑|이랑|에서|에게|한테|께서|까지|부터|보다|처럼|마다|라고|이라고|이다|입니다|에서는|에는|에도|만의)$/u;
/** What French and Italian write before a name without a space. */
const elisions = /(?:^|[^a-z])(?:l|d|j|m|n|s|t|c|qu|un|dell|all|nell|sull|dall|quell|jusqu|lorsqu)$/;

/** Whether a word of `folded` text may begin at `place`. */
export function beginsAt(text: string, place: number): boolean {
  const own = kindOf(text.charCodeAt(place));
  if (own === nothing) return false;
  if (place === 0) return true;
  const before = text.charCodeAt(place - 1);
  if (before === 0x27) {
    const head = text.slice(Math.max(0, place - 10), place - 1);
    return !/[\p{L}\p{N}]$/u.test(head) || elisions.test(head);
  }
  const kind = kindOf(before);
  return kind !== own || own === unspaced;
}

/** Whether a word of `folded` text may end before `place`. A Korean particle or what follows an apostrophe is no part of the word. */
export function endsAt(text: string, place: number): boolean {
  if (place >= text.length) return true;
  const own = kindOf(text.charCodeAt(place - 1));
  const next = kindOf(text.charCodeAt(place));
  if (own !== next || own === unspaced || own === nothing) return true;
  if (own !== hangul) return false;
  let end = place;
  while (end < text.length && end - place < 5 && kindOf(text.charCodeAt(end)) === hangul) end++;
  return particles.test(text.slice(place, end));
}

/** Whether this UTF-16 unit belongs to a word. */
export function isWordUnit(code: number): boolean {
  return kindOf(code) !== nothing;
}
