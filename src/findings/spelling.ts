/** Spells the pieces of texts as words, and numbers the words: by that number everybody keeps what they know of one. */
import { isAscii, withoutAccents } from '../text/letters.ts';

/** A word of texts. */
export interface Word {
  /** Lower case without accents; `<us>`, `<them>`, `<account>`, `<link>` for what stands there. */
  readonly text: string;
  /** The same in every text: what `perWord` goes by. -1 where so many others came before it that it has none. */
  readonly number: number;
}

type Piece = 'word' | 'link' | 'account' | 'emoji' | 'smiley' | 'stop' | 'pause';

function kindOf(piece: string): Piece {
  const code = piece.charCodeAt(0);
  if ((code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a)) {
    return piece.includes('://') || /^www\./i.test(piece) ? 'link' : 'word';
  }
  if (code >= 0x30 && code <= 0x39) return 'word';
  if (code === 0x40) return 'account';
  if (piece.length > 1 && /^[:;<]/.test(piece)) return 'smiley';
  if (/^[.!?…。！？\n]/u.test(piece)) return 'stop';
  if (/^[,:;–—()，、]/u.test(piece)) return 'pause';
  return /^[\p{L}\p{N}]/u.test(piece) ? 'word' : 'emoji';
}

interface Spelled {
  readonly kind: Piece;
  /** A word in lower case. */
  readonly lower: string;
  /** Its tokens; a stop or a pause is none. */
  readonly words: readonly Word[];
  readonly loud: boolean;
}

/** The same few thousand words stand in most posts, so each is taken apart once. */
const spelled = new Map<string, Spelled>();
const mostSpelled = 50_000;
const longestSpelled = 30;

/** How a piece of a text is read. */
export function spell(piece: string): Spelled {
  const known = spelled.get(piece);
  if (known) return known;
  const made = takeApart(piece);
  if (spelled.size < mostSpelled && piece.length <= longestSpelled) spelled.set(piece, made);
  return made;
}

function takeApart(piece: string): Spelled {
  const kind = kindOf(piece);
  if (kind !== 'word') return { kind, lower: piece, words: tokenOf(kind, piece).map(wordOf), loud: false };
  const lower = piece.toLowerCase();
  const word = lower.includes('’') || lower.includes('ʼ') ? lower.replaceAll(/[’ʼ]/g, "'") : lower;
  return { kind, lower: word, words: saidBy(word).map(wordOf), loud: piece.length > 2 && isLoud(piece) };
}

function tokenOf(kind: Exclude<Piece, 'word'>, piece: string): readonly string[] {
  if (kind === 'emoji') return [piece];
  if (kind === 'smiley') return [smileyOf(piece)];
  return kind === 'link' ? ['<link>'] : kind === 'account' ? ['<account>'] : [];
}

/** Eyes, a tear and one mouth: `:-)))` is `:)`. */
function smileyOf(piece: string): string {
  return piece
    .replaceAll(/[-^]/g, '')
    .replace(/([)(])\1+$/, '$1')
    .replace('p', 'P')
    .replaceAll('’', "'");
}

const numbered = new Map<string, Word>();
const mostNumbered = 30_000;

/** The word of that text. */
export function wordOf(text: string): Word {
  const known = numbered.get(text);
  if (known) return known;
  const fits = numbered.size < mostNumbered && text.length <= longestSpelled;
  const made = { text, number: fits ? numbered.size : -1 };
  if (fits) numbered.set(text, made);
  return made;
}

/** Works something out once a word: the same few thousand stand in most posts. */
export function perWord<Known extends object>(workOut: (text: string) => Known): (token: Word) => Known {
  const known: (Known | undefined)[] = [];
  return ({ text, number }) => {
    if (number < 0) return workOut(text);
    // Made longer at once it stays a plain array; a number far behind its end would make a slow one of it.
    if (number >= known.length) known.length = Math.min(2 * number + 1, mostNumbered);
    known[number] ??= workOut(text);
    return known[number];
  };
}

function isLoud(word: string): boolean {
  return word === word.toUpperCase() && word !== word.toLowerCase() && /^\p{L}/u.test(word);
}

const endings: Readonly<Record<string, string>> = {
  "'re": 'are',
  "'ve": 'have',
  "'ll": 'will',
  "'m": 'am',
  "'d": 'would',
};

/** What is two words though it is written as one. */
const contracted = new Map<string, readonly string[]>(
  Object.entries({
    cannot: 'can not', cant: 'can not', "can't": 'can not', wont: 'will not', "won't": 'will not', "shan't": 'shall not',
    "ain't": 'is not', aint: 'is not', im: 'i am', ive: 'i have', youre: 'you are', theyre: 'they are',
    theyve: 'they have', thats: 'that is', whats: 'what is', wheres: 'where is', hows: 'how is', "let's": 'let us',
    gonna: 'going to', wanna: 'want to', dunno: 'do not know',
  }).map(([written, said]) => [written, said.split(' ')]),
); // biome-ignore format: a table
for (const verb of 'is are was were do does did has have had could would should must need'.split(' ')) {
  for (const written of [`${verb}nt`, `${verb}n't`]) contracted.set(written, [verb, 'not']);
}
for (const head of 'it that what where how he she there here who when why'.split(' ')) {
  contracted.set(`${head}'s`, [head, 'is']);
}

/** Contractions as the words they stand for; an elided article (l', d', qu') is a word of its own, a possessive's is none. */
function saidBy(word: string): readonly string[] {
  const said = contracted.get(word);
  if (said) return said;
  const cut = word.indexOf("'");
  if (cut < 0) return [bare(word)];
  const head = bare(word.slice(0, cut));
  const rest = word.slice(cut);
  return rest === "'s" ? [head] : [head, endings[rest] ?? bare(rest.slice(1))];
}

function bare(word: string): string {
  return isAscii(word) ? word : withoutAccents(word).replaceAll('ß', 'ss').normalize('NFC');
}
