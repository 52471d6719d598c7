/** Tells the language of a text from its commonest words, and from its letters where those are not enough. */
import { isAscii, withoutAccents } from './letters.ts';
import { others } from './other-languages.ts';
import { common, customers } from './our-languages.ts';
import { bindPieces, type Pieces } from './pieces.ts';
import { words } from './words.ts';

export interface Language {
  /** ISO 639-1; null where the text gives too little (emoji, links, a word or two nobody declared). */
  readonly language: string | null;
  /** What decided. */
  readonly by: 'words' | 'letters' | 'declared' | 'nothing';
}

/** The languages whose words we read ourselves. */
export const readLanguages = ['en', 'es', 'de', 'fr', 'it', 'pt', 'nl'] as const;

/** Words that stand in most texts of one of the seven, without accents and with what an apostrophe parts as words of their own. */
export const commonWords: ReadonlySet<string> = new Set(
  withoutAccents(Object.values(common).join(' ')).split(/[\s']+/u),
);

/** By language: its words, the seven first. */
const lists: readonly (readonly [language: string, words: string])[] = [
  ...readLanguages.map((name) => [name, `${common[name]} ${customers[name]}`] as const),
  ...Object.entries(others),
];
const known = lists.map(([language]) => language);
const ours = readLanguages.length;

/** Letters that hardly stand in any language but these. */
const telling = (
  [
    ['ñ¿¡', 'es gl'],
    ['ßäö', 'de'],
    ['œêùâîû', 'fr'],
    ['ãõ', 'pt'],
    ['ìò', 'it ca'],
    ['åäö', 'sv fi et'],
    ['åæø', 'da no'],
    ['þð', 'is'],
    ['ąęłśźż', 'pl'],
    ['ěřů', 'cs'],
    ['ľĺŕ', 'sk'],
    ['čšž', 'cs sk hr sr sl lt lv'],
    ['ćđ', 'hr sr'],
    ['őű', 'hu'],
    ['țţășā', 'ro'],
    ['ğış', 'tr'],
    ['āēģķļņ', 'lv'],
    ['ėįųū', 'lt'],
    ['ơưạảấầẩẫậắằặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđ', 'vi'],
  ] as const
).map(([letters, languages]) => ({ letters, places: languages.split(' ').map((name) => known.indexOf(name)) }));
const anyTelling = new RegExp(`[${telling.map(({ letters }) => letters).join('')}]`, 'giu');

/** A word of one language only counts 1. */
const letterWeight = 0.8;
const declaredWeight = 0.6;
/** So many times as much as the next. */
const clearly = 1.3;
/** A language that we do not read has so much more than any that we do. */
const clearlyOther = 1.5;
/** A language that two words of a hundred speak for is only quoted. */
const leastShare = 0.08;

/** What a word says, and for which languages. */
interface Vote {
  readonly weight: number;
  readonly places: readonly number[];
}

const votes = countVotes();

/**
 * A word that several of the seven share counts less for each of them; for another language no more than for those, so that only
 * words of its own lift it above them.
 */
function countVotes(): ReadonlyMap<string, Vote> {
  const places = new Map<string, Set<number>>();
  for (const [place, [, list]] of lists.entries())
    for (const word of list.split(/\s+/u)) places.set(word, (places.get(word) ?? new Set()).add(place));
  const found = new Map<string, Vote>();
  for (const [word, of] of places) {
    const sharing = [...of].filter((place) => place < ours).length;
    found.set(word, { weight: 1 / Math.max(1, sharing) ** 1.5, places: [...of] });
  }
  // Many leave accents out.
  for (const [word, vote] of [...found]) {
    const bare = withoutAccents(word);
    if (bare.length > 2 && !found.has(bare)) found.set(bare, vote);
  }
  return found;
}

const scripts: readonly (readonly [RegExp, string])[] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/gu, 'ja'],
  [/\p{Script=Hangul}/gu, 'ko'],
  [/\p{Script=Han}/gu, 'zh'],
  [/\p{Script=Thai}/gu, 'th'],
  [/\p{Script=Hebrew}/gu, 'he'],
  [/\p{Script=Greek}/gu, 'el'],
  [/\p{Script=Arabic}/gu, 'ar'],
  [/\p{Script=Devanagari}/gu, 'hi'],
  [/\p{Script=Bengali}/gu, 'bn'],
  [/\p{Script=Tamil}/gu, 'ta'],
  [/\p{Script=Telugu}/gu, 'te'],
  [/\p{Script=Georgian}/gu, 'ka'],
  [/\p{Script=Armenian}/gu, 'hy'],
];
/** Letters and endings by which languages of one script are told apart. */
const written: readonly (readonly [RegExp, string])[] = [
  [/[іїєґ](?!.*ў)/isu, 'uk'],
  [/[ђћљњј](?!.*ѓ)/isu, 'sr'],
  [/ў/iu, 'be'],
  [/[ыэё]/iu, 'ru'],
  [/[ٹڈڑےں]/u, 'ur'],
  [/[پچژگی]/u, 'fa'],
  [/[ळ]|आहे/u, 'mr'],
  [/छ(?=[\s।.!?]|$)|हरू/u, 'ne'],
];

/** Addresses, names of accounts and hashtags say nothing about the language. */
const noise = /https?:\/\/\S+|www\.\S+|[@#][\p{L}\p{N}_.-]+/giu;
const judgedLength = 1000;

/**
 * The language of a text; `declared` (ISO 639-1, or `en-GB`) decides only where the text itself leaves doubt.
 * Pieces of words are looked at only where whole ones do not tell.
 */
export function detectLanguage(text: string, declared: string | null): Language {
  const head = text.length > judgedLength ? text.slice(0, judgedLength) : text;
  const cleaned = /[@#]|:\/\/|www\./.test(head) ? head.replaceAll(noise, ' ') : head;
  return languageOf(
    words(cleaned).map((word) => word.text),
    cleaned,
    declared,
  );
}

/** Of the text at hand, by place in `known`: making room for them anew took a fifth of the time. */
const scores = new Float64Array(known.length);

/** The same for a text whose words (as `words` gives them) are at hand; `text` is looked at for its letters. */
export function languageOf(said: readonly string[], text: string, declared: string | null): Language {
  const told = declared?.slice(0, 2).toLowerCase() ?? null;
  if (!said.some(hasLetter)) return { language: null, by: 'nothing' };
  scores.fill(0);
  const add = (place: number, weight: number) => {
    scores[place] = (scores[place] ?? 0) + weight;
  };
  if (told !== null && known.includes(told)) add(known.indexOf(told), declaredWeight);
  for (const word of said) {
    const vote = votes.get(word);
    if (vote) for (let at = 0; at < vote.places.length; at++) add(vote.places[at] ?? 0, vote.weight);
  }
  const plain = isAscii(text);
  const letters = plain ? [] : [...new Set(text.slice(0, judgedLength).toLowerCase().match(anyTelling))];
  for (const each of letters.length === 0 ? [] : telling)
    if (letters.some((one) => each.letters.includes(one))) for (const place of each.places) add(place, letterWeight);
  const { best, next } = topTwo(scores, 0, ours);
  const { best: other } = topTwo(scores, ours, known.length);
  const least = said.length * leastShare;
  if (other.score >= best.score + clearlyOther && other.score >= least)
    return { language: known[other.place] ?? null, by: 'words' };
  const doubted = other.score > best.score || best.score < next.score * clearly;
  if (!doubted && best.score >= 1 && best.score >= least) return { language: known[best.place] ?? null, by: 'words' };
  return (plain ? null : byScript(text)) ?? byPieces(said, told, scores);
}

const hasLetter = (word: string) => /\p{L}/u.test(word);

/** Among the places `from` up to but without `to`. */
function topTwo(scores: Float64Array, from: number, to: number) {
  const best = { place: from, score: -Infinity };
  const next = { place: from, score: -Infinity };
  for (let place = from; place < to; place++) {
    const score = scores[place] ?? 0;
    if (score > best.score) {
      next.place = best.place;
      next.score = best.score;
      best.place = place;
      best.score = score;
    } else if (score > next.score) {
      next.place = place;
      next.score = score;
    }
  }
  return { best, next };
}

function byScript(whole: string): Language | null {
  const text = whole.slice(0, judgedLength).replaceAll(noise, ' ');
  const special = written.find(([letters]) => letters.test(text));
  if (special) return { language: special[1], by: 'letters' };
  for (const [script, language] of scripts) {
    if ((text.match(script)?.length ?? 0) * 3 > text.replaceAll(/\P{L}/gu, '').length)
      return { language, by: 'letters' };
  }
  return null;
}

/** Made when it is first needed: of most posts the words tell. */
let pieces: Pieces | undefined;
const mostWords = 100;
const fewestPieces = 4;
/** In log-odds: most posts are in English, hardly any in another than the seven; and what whole words say. */
const english = 5;
const seven = 1;
const byWord = 2;
/** So sure. */
const certain = 0.75;

function byPieces(said: readonly string[], told: string | null, scores: Float64Array): Language {
  pieces ??= bindPieces(lists.map(([, list]) => list));
  const odds = scores.map((score, place) => byWord * score + (place === 0 ? english : place < ours ? seven : 0));
  const found = pieces(said.slice(0, mostWords).filter(hasLetter), odds);
  const { best } = topTwo(odds, 0, odds.length);
  const sure = 1 / odds.reduce((sum, each) => sum + Math.exp(each - best.score), 0);
  if (found >= fewestPieces && sure >= certain) return { language: known[best.place] ?? null, by: 'letters' };
  return told === null ? { language: null, by: 'nothing' } : { language: told, by: 'declared' };
}
