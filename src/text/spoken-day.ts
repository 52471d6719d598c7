/** Days as people write them, in seven languages: “by Friday”, “3 December”, “innerhalb von 48 Stunden”. Pure. */
import { Temporal } from 'temporal-polyfill';
import { type Day, dayOf } from './day.ts';
import { readLanguages } from './language.ts';

type Language = (typeof readLanguages)[number];

interface Names {
  /** Where the day is counted from today; the longest first. */
  readonly away: readonly (readonly [words: string, days: number])[];
  /** What stands before a length of time that begins now. */
  readonly within: string;
  readonly units: { readonly hour: string; readonly day: string; readonly week: string; readonly month: string };
  readonly numbers: readonly string[];
}

const names: Readonly<Record<Language, Names>> = {
  en: {
    away: [['day after tomorrow', 2], ['tomorrow', 1], ['today', 0], ['tonight', 0], ['this evening', 0], ['this afternoon', 0]],
    within: 'within|in|next',
    units: { hour: 'hours?', day: '(?:working |business )?days?', week: 'weeks?', month: 'months?' },
    numbers: ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'],
  },
  es: {
    away: [['pasado manana', 2], ['manana', 1], ['hoy', 0], ['esta tarde', 0], ['esta noche', 0]],
    within: 'en|dentro de|antes de|plazo de',
    units: { hour: 'horas?', day: 'dias?', week: 'semanas?', month: 'mes(?:es)?' },
    numbers: ['un|una', 'dos', 'tres', 'cuatro', 'cinco', 'seis', 'siete', 'ocho', 'nueve', 'diez', 'once', 'doce'],
  },
  de: {
    away: [['ubermorgen', 2], ['morgen', 1], ['heute', 0]],
    within: 'in|binnen|innerhalb von|innerhalb',
    units: { hour: 'stunden?', day: '(?:werk)?tag(?:e|en)?', week: 'wochen?', month: 'monat(?:e|en|s)?' },
    numbers: ['ein|eine|einem|einer|eines', 'zwei|zweier', 'drei|dreier', 'vier', 'funf', 'sechs', 'sieben', 'acht', 'neun', 'zehn', 'elf', 'zwolf'],
  },
  fr: {
    away: [['apres demain', 2], ['demain', 1], ['aujourd hui', 0], ['ce soir', 0], ['cet apres midi', 0]],
    within: 'dans|sous|d ici|en',
    units: { hour: 'heures?|h', day: 'jours?', week: 'semaines?', month: 'mois' },
    numbers: ['un|une', 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit', 'neuf', 'dix', 'onze', 'douze'],
  },
  it: {
    away: [['dopodomani', 2], ['domani', 1], ['oggi', 0], ['stasera', 0]],
    within: 'entro|in|tra|fra',
    units: { hour: 'or[ae]', day: 'giorn[oi]', week: 'settiman[ae]', month: 'mes[ei]' },
    numbers: ['un|una|uno', 'due', 'tre', 'quattro', 'cinque', 'sei', 'sette', 'otto', 'nove', 'dieci', 'undici', 'dodici'],
  },
  pt: {
    away: [['depois de amanha', 2], ['amanha', 1], ['hoje', 0]],
    within: 'em|dentro de|daqui a|prazo de|ate',
    units: { hour: 'horas?|h', day: 'dias?', week: 'semanas?', month: 'mes(?:es)?' },
    numbers: ['um|uma', 'dois|duas', 'tres', 'quatro', 'cinco', 'seis', 'sete', 'oito', 'nove', 'dez', 'onze', 'doze'],
  },
  nl: {
    away: [['overmorgen', 2], ['morgen', 1], ['vandaag', 0], ['vanavond', 0], ['vanmiddag', 0]],
    within: 'binnen|over|in',
    units: { hour: 'uur|uren', day: '(?:werk)?dag(?:en)?', week: 'we(?:ek|ken)', month: 'maand(?:en)?' },
    numbers: ['een', 'twee', 'drie', 'vier', 'vijf', 'zes', 'zeven', 'acht', 'negen', 'tien', 'elf', 'twaalf'],
  },
}; // biome-ignore format: a table

/** “por la mañana”, “am Morgen”: a part of a day, and no day. */
const mornings = /\b(?:(?:por|de|esta|la) (?:la )?manana|(?:guten|am|jeden|heute) morgen|goede morgen)\b/gu;

/**
 * The first day that the words name, from now on; null where they name none that is certain (“12/3” in English, “next
 * week”). Milliseconds UTC. @param timezone IANA
 */
export function spokenDay(words: string, language: string | null, now: number, timezone: string): Day | null {
  const text = plain(words);
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timezone);
  const read = readLanguages.filter((one) => one === language);
  const spoken = read.length > 0 ? read : readLanguages;
  const date = today.toPlainDate();
  for (const one of spoken) {
    const found =
      dated(text, one, date) ?? calendar(text, one, date) ?? counted(text, one, today) ?? weekday(text, one, date);
    if (found) return found instanceof Temporal.ZonedDateTime ? untilMoment(found) : dayOf(found, timezone);
  }
  return null;
}

function untilMoment(at: Temporal.ZonedDateTime): Day {
  return { fromAt: at.startOfDay().epochMilliseconds, dueAt: at.epochMilliseconds };
}

/** `2026-12-03`, `3.12.`, `3/12/2026`; which number is the month in English only where it cannot be the day. */
function dated(text: string, language: Language, today: Temporal.PlainDate): Temporal.PlainDate | null {
  const iso = /(?<![\d-])(\d{4})-(\d{1,2})-(\d{1,2})(?![\d-])/.exec(text);
  if (iso) return dateOf(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const found = /(?<![\d./])(\d{1,2})([./])(\d{1,2})(?:\2(\d{4}|\d{2})?)?(?![\d/]|\.\d)/.exec(text);
  if (!found) return null;
  const [, first = '', mark, second = '', year] = found;
  if (mark === '.' && !(language === 'de' || year)) return null;
  const [one, other] = [Number(first), Number(second)];
  if (language === 'en' && one <= 12 && other <= 12 && one !== other) return null;
  const [day, month] = language === 'en' && other > 12 ? [other, one] : [one, other];
  return onDay(day, month, year === undefined ? null : Number(year.length === 2 ? `20${year}` : year), today);
}

/** `3 December`, `December 3rd`, `3 de diciembre de 2026`, `the 3rd`. */
function calendar(text: string, language: Language, today: Temporal.PlainDate): Temporal.PlainDate | null {
  const months = monthsOf(language);
  const any = [...months.keys()].join('|');
  const ordinal = '(\\d{1,2})(?:st|nd|rd|th|er|º|ª|o)?\\.?';
  const before = new RegExp(`\\b${ordinal} (?:of |de |del )?(${any})\\b\\.?(?:,? (?:de |del )?(\\d{4}))?`, 'u').exec(
    text,
  );
  if (before)
    return onDay(Number(before[1]), months.get(before[2] ?? '') ?? 0, before[3] ? Number(before[3]) : null, today);
  const after = new RegExp(`\\b(${any})\\.? (?:the )?${ordinal}(?![\\d:])(?:,? (\\d{4}))?`, 'u').exec(text);
  if (after && language === 'en')
    return onDay(Number(after[2]), months.get(after[1] ?? '') ?? 0, after[3] ? Number(after[3]) : null, today);
  const alone = language === 'en' ? /\bthe (\d{1,2})(?:st|nd|rd|th)\b/.exec(text) : /\bdia (\d{1,2})\b/.exec(text);
  return alone ? nextOfMonth(Number(alone[1]), today) : null;
}

/** `tomorrow`, `within 48 hours`, `in zwei Tagen`. */
function counted(
  text: string,
  language: Language,
  now: Temporal.ZonedDateTime,
): Temporal.PlainDate | Temporal.ZonedDateTime | null {
  const { away, within, units, numbers } = names[language];
  const bare = text.replaceAll(mornings, ' ');
  for (const [words, days] of away)
    if (new RegExp(`\\b${words}\\b`, 'u').test(bare)) return now.toPlainDate().add({ days });
  const count = ['\\d{1,3}', ...numbers].join('|');
  for (const [unit, word] of Object.entries(units)) {
    const found = new RegExp(`\\b(?:${within}) (?:(?!${count})[\\p{L}]+ ){0,2}(${count}) (?:${word})\\b`, 'u').exec(
      bare,
    );
    if (!found) continue;
    const said = found[1] ?? '';
    const at = numbers.findIndex((one) => one.split('|').includes(said));
    const many = at >= 0 ? at + 1 : Number(said);
    if (unit === 'hour') return now.add({ hours: many });
    return now
      .toPlainDate()
      .add(unit === 'day' ? { days: many } : unit === 'week' ? { weeks: many } : { months: many });
  }
  return null;
}

/** The next one, never today itself. */
function weekday(text: string, language: Language, today: Temporal.PlainDate): Temporal.PlainDate | null {
  const at = weekdaysOf(language).findIndex((name) => new RegExp(`\\b(?:${name})\\b`, 'u').test(text));
  return at < 0 ? null : today.add({ days: (at + 1 - today.dayOfWeek + 7) % 7 || 7 });
}

function onDay(day: number, month: number, year: number | null, today: Temporal.PlainDate): Temporal.PlainDate | null {
  const date = dateOf(year ?? today.year, month, day);
  if (!date || year !== null || Temporal.PlainDate.compare(date, today) >= 0) return date;
  return dateOf(today.year + 1, month, day);
}

function nextOfMonth(day: number, today: Temporal.PlainDate): Temporal.PlainDate | null {
  for (let months = 0; months < 12; months += 1) {
    const { year, month } = today.add({ months });
    const date = dateOf(year, month, day);
    if (date && Temporal.PlainDate.compare(date, today) >= 0) return date;
  }
  return null;
}

function dateOf(year: number, month: number, day: number): Temporal.PlainDate | null {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' });
  } catch {
    return null;
  }
}

/** Names of months, long and short, with their number. */
function monthsOf(language: Language): ReadonlyMap<string, number> {
  const months = Array.from({ length: 12 }, (_, at) => new Date(Date.UTC(2026, at, 15)));
  const named = (month: 'long' | 'short') => {
    const format = new Intl.DateTimeFormat(language, { month, timeZone: 'UTC' });
    return months.map((date, at) => [plain(format.format(date)).replaceAll('.', ''), at + 1] as const);
  };
  return new Map([...named('short'), ...named('long')].toSorted(([one], [other]) => other.length - one.length));
}

/** From Monday on; in Portuguese `segunda` is as good as `segunda-feira`. */
function weekdaysOf(language: Language): readonly string[] {
  const format = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' });
  const days = Array.from({ length: 7 }, (_, at) => plain(format.format(new Date(Date.UTC(2026, 5, 1 + at)))));
  return days.map((name) => (name.includes(' ') ? `${name}|${name.split(' ')[0]}` : name));
}

/** In small letters without accents; hyphens and apostrophes are blanks, but for those in numbers. */
function plain(words: string): string {
  return words
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/(?<!\d)[-–'’](?!\d)|[-–'’](?!\d)/gu, ' ')
    .replaceAll(/\s+/gu, ' ');
}
