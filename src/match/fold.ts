/** Brings text into the one form that terms are compared in, and remembers where each letter came from. */
import { isAscii } from '../text/letters.ts';

export interface Folded {
  readonly text: string;
  /** Original start and end (UTF-16 units) of what stands at a place of the folded text. */
  start(place: number): number;
  end(place: number): number;
}

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

const itself = (place: number) => place;
const behind = (place: number) => place + 1;

/** Without case, accents, ligatures, letter styles and invisible characters. Linear in the text's length. */
export function fold(original: string): Folded {
  if (isAscii(original)) return { text: original.toLowerCase(), start: itself, end: behind };
  const known = lately.find((each) => each.original === original);
  if (known) return known.folded;
  const folded = foldLetters(original);
  if (lately.unshift({ original, folded }) > mostLately) lately.pop();
  return folded;
}

/** A post's title and text are folded to look for brands, and again for each brand's rivals. */
const lately: { readonly original: string; readonly folded: Folded }[] = [];
const mostLately = 2;

/** All but what folds to itself, as most of a text does. */
const changing = /[^ a-z0-9]/gu;

/** A letter that is not one unit before and one after. */
interface Shift {
  readonly at: number;
  readonly after: number;
  readonly units: number;
}

function foldLetters(original: string): Folded {
  const shifts: Shift[] = [];
  const text = original.replaceAll(changing, (letter, at: number) => {
    const folded = foldLetter(letter);
    if (letter.length !== 1 || folded.length !== 1)
      shifts.push({ at, after: at + letter.length, units: folded.length });
    return folded;
  });
  if (shifts.length === 0) return { text, start: itself, end: behind };
  shifts.push({ at: original.length, after: original.length, units: 0 });
  const { starts, ends } = placesOf(shifts, text.length);
  return {
    text,
    start: (place) => starts[place] ?? original.length,
    end: (place) => ends[place] ?? original.length,
  };
}

function placesOf(shifts: readonly Shift[], length: number) {
  const starts = new Array<number>(length);
  const ends = new Array<number>(length);
  let place = 0;
  let from = 0;
  for (const { at, after, units } of shifts) {
    for (; from < at; from++) {
      starts[place] = from;
      ends[place++] = from + 1;
    }
    // What is not drawn belongs to the letter before it.
    if (units === 0 && place > 0) ends[place - 1] = after;
    starts.fill(at, place, place + units);
    ends.fill(after, place, place + units);
    place += units;
    from = after;
  }
  return { starts, ends };
}
