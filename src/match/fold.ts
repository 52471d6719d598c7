/** Brings text into the one form that terms are compared in, and remembers where each letter came from. */

export interface Folded {
  readonly text: string;
  /** Original start and end (UTF-16 units) of what stands at a place of the folded text. */
  start(place: number): number;
  end(place: number): number;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the whole of ASCII is meant
const ascii = /^[\u0000-\u007f]*$/;
/** Accents, tone marks, joiners and what else is drawn over or not at all. */
const marks = /[\p{Script=Inherited}\p{Default_Ignorable_Code_Point}]/gu;
const kana = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** Letters that Unicode does not take apart, as people without them on their keyboard write them. */
const apart: Readonly<Record<string, string>> = {
  ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ł: 'l', ħ: 'h', ı: 'i', ŋ: 'n',
  '’': "'", '‘': "'", ʼ: "'", '＇': "'", '`': "'", '´': "'",
  '\u2010': '-', '\u2011': '-', '\u2012': '-', '\u2013': '-', '\u2014': '-', '\u2212': '-',
}; // biome-ignore format: a table

const folds = new Map<string, string>();

function foldLetter(letter: string): string {
  const known = folds.get(letter);
  if (known !== undefined) return known;
  const form = kana.test(letter) ? 'NFKC' : 'NFKD'; // taken apart, か and が would be the same
  const bare = letter.normalize(form).toLowerCase().replaceAll(marks, '').normalize('NFC');
  const folded = apart[letter] ?? (/^\s+$/u.test(bare) ? ' ' : [...bare].map((each) => apart[each] ?? each).join(''));
  if (folds.size < 20_000) folds.set(letter, folded);
  return folded;
}

const same: Pick<Folded, 'start' | 'end'> = { start: (place) => place, end: (place) => place + 1 };

/** Without case, accents, ligatures, letter styles and invisible characters. Linear in the text's length. */
export function fold(original: string): Folded {
  if (ascii.test(original)) return { text: original.toLowerCase(), ...same };
  const known = lately.find((each) => each.original === original);
  if (known) return known.folded;
  const folded = foldLetters(original);
  if (lately.unshift({ original, folded }) > mostLately) lately.pop();
  return folded;
}

/** A post's title and text are folded to look for brands, and again for each brand's rivals. */
const lately: { readonly original: string; readonly folded: Folded }[] = [];
const mostLately = 2;

/** A space, a digit or an ASCII letter. */
function isPlain(code: number): boolean {
  return code === 0x20 || (code >= 0x30 && code <= 0x39) || ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a);
}

function foldLetters(original: string): Folded {
  let text = '';
  const starts: number[] = [];
  const ends: number[] = [];
  for (let at = 0; at < original.length; ) {
    const code = original.charCodeAt(at);
    const letter = code < 128 ? original.charAt(at) : String.fromCodePoint(original.codePointAt(at) ?? code);
    const folded = isPlain(code) ? letter.toLowerCase() : foldLetter(letter);
    const after = at + letter.length;
    if (folded === '' && ends.length > 0) ends[ends.length - 1] = after;
    for (let unit = 0; unit < folded.length; unit++) {
      starts.push(at);
      ends.push(after);
    }
    text += folded;
    at = after;
  }
  return {
    text,
    start: (place) => starts[place] ?? original.length,
    end: (place) => ends[place] ?? original.length,
  };
}
