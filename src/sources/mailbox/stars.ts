/** Reads a rating out of words, as review mails write it in seven languages; null where none is surely meant. */
import type { Rating } from '../../mention.ts';

const star = '(?:stars?|Sterne?n?|étoiles?|estrellas?|stell[ae]|ster(?:ren)?|estrelas?)';
/** Says by itself that a scale follows, or only beside stars: `page 2 of 5` is no rating. */
const outOf = '(?:out of|sur|su)';
const within = '(?:out of|of|von|sur|de un total de|de los|de|su|van de|van|op|em)';
const figure = String.raw`(\d{1,2}(?:[.,]\d{1,2})?)`;
const cue =
  '(?:ratings?|rated|score|stars|bewertung|sterne|note|évaluation|calificación|valoración|puntuación|valutazione|voto|punteggio|beoordeling|waardering|cijfer|avaliação|classificação|pontuação)';
/** What has stars of its own (`a 5-star hotel`), and what is everybody's opinion (`average 4.5`). */
const starred =
  '[ -]+(?:hotels?|h[ôo]tels?|resorts?|restaurants?|restaurantes?|ristoranti?|michelin|chefs?|luxury|luxus|service|quality|treatment|general)';
const average =
  /(?<!\p{L})(?:average|durchschnitt\p{L}*|moyenne|promedio|media|medio|gemiddelde?|média)[\p{L}\s:–-]{0,25}$/iu;

const numberWords: Readonly<Record<string, number>> = {
  ...{ one: 1, two: 2, three: 3, four: 4, five: 5, ein: 1, einen: 1, zwei: 2, drei: 3, vier: 4, fünf: 5 },
  ...{ une: 1, deux: 2, trois: 3, quatre: 4, cinq: 5, una: 1, dos: 2, tres: 3, cuatro: 4, cinco: 5 },
  ...{ due: 2, tre: 3, quattro: 4, cinque: 5, één: 1, twee: 2, drie: 3, vijf: 5, uma: 1, duas: 2, três: 3, quatro: 4 },
};
const numberWord = Object.keys(numberWords).join('|');

interface Form {
  readonly of: RegExp;
  read(found: RegExpExecArray): Rating | null;
}

const numberOf = (text: string | undefined) =>
  numberWords[text?.toLowerCase() ?? ''] ?? Number((text ?? '').replace(',', '.'));

/** From the surest to the least sure. A bare `2/10` may be a day, so that it wants a word beside it. */
const forms: readonly Form[] = [
  {
    of: /([★⭐✭🌟]\uFE0F?){1,10}([☆✩]\uFE0F?){0,10}/gu,
    read: ([all]) => {
      const full = [...all].filter((sign) => /[★⭐✭🌟]/u.test(sign)).length;
      const empty = [...all].filter((sign) => /[☆✩]/u.test(sign)).length;
      return ratingOf(full, empty > 0 ? full + empty : 5);
    },
  },
  {
    of: new RegExp(
      String.raw`(?<![\p{L}\d.,/])${figure}\s{0,3}(?:(?:${star}\s{0,3}${within}|${outOf})\s{0,3}(5|10)|${within}\s{0,3}(5|10)\s{0,3}${star})(?![\p{L}\d])`,
      'giu',
    ),
    read: (found) => ratingOf(numberOf(found[1]), Number(found[2] ?? found[3])),
  },
  {
    of: new RegExp(
      String.raw`(?<![\p{L}\d.,/])(?:${figure}|(${numberWord}))[\s-]{0,2}${star}(?!\p{L})(?!${starred})`,
      'giu',
    ),
    read: (found) => ratingOf(numberOf(found[1] ?? found[2]), 5),
  },
  {
    of: new RegExp(String.raw`(?<![\p{L}\d.,/])${figure}\s?/\s?5(?![\p{L}\d/.-]|,\d)`, 'gu'),
    read: (found) => ratingOf(numberOf(found[1]), 5),
  },
  {
    of: new RegExp(
      String.raw`(?<!\p{L})${cue}\s?[:=–-]?\s{0,3}${figure}(?:\s?(?:/|${within})\s?(5|10))?(?=[^\S\n]*(?:[\n|·•;)]|$))`,
      'giu',
    ),
    read: (found) => ratingOf(numberOf(found[1]), found[2] === undefined ? null : Number(found[2])),
  },
];

const longestText = 20_000;

/**
 * @param texts the first in which a form stands decides; forms are tried in each from the surest on
 * @param scale where nothing tells it and the value could be either: 5, or 10 for places known to count so
 */
export function starsIn(texts: readonly string[], scale: 5 | 10 = 5): Rating | null {
  for (const whole of texts) {
    const text = whole.slice(0, longestText);
    for (const form of forms) {
      for (const found of text.matchAll(form.of)) {
        const before = text.slice(Math.max(0, found.index - 40), found.index);
        if (average.test(before)) continue;
        const rating = form.read(found);
        if (rating !== null) return withScale(rating, scale);
      }
    }
  }
  return null;
}

/** `scale` null: nothing tells it. */
function ratingOf(value: number, scale: number | null): Rating | null {
  if (!Number.isFinite(value) || value < 0 || value > (scale ?? 10)) return null;
  return { value, scale: scale ?? 0 };
}

function withScale({ value, scale }: Rating, usual: 5 | 10): Rating {
  return { value, scale: scale || (value > 5 ? 10 : usual) };
}
