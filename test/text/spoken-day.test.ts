/** Days as people promise them, read from Friday 20 November 2026, 10:00 in London. */
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { readLanguages } from '../../src/text/language.ts';
import { spokenDay } from '../../src/text/spoken-day.ts';

const zone = 'Europe/London';
const now = Date.parse('2026-11-20T10:00:00Z');
const dayOf = (words: string, language: string | null) => {
  const day = spokenDay(words, language, now, zone);
  return day && Temporal.Instant.fromEpochMilliseconds(day.dueAt).toZonedDateTimeISO(zone).toPlainDate().toString();
};

test.each<[string, string, string | null]>([
  ['en', 'I will call you on Friday.', '2026-11-27'],
  ['en', 'Your money will be back by 3 December.', '2026-12-03'],
  ['en', 'You will hear from me by December 3rd, 2027.', '2027-12-03'],
  ['en', 'I will write to you by the 3rd of December', '2026-12-03'],
  ['en', 'We will send it by the 2nd.', '2026-12-02'],
  ['en', 'I will ring you tomorrow morning', '2026-11-21'],
  ['en', 'I will ring you the day after tomorrow', '2026-11-22'],
  ['en', 'We will refund it within 48 hours.', '2026-11-22'],
  ['en', 'We will refund it within the next three working days.', '2026-11-23'],
  ['en', 'It will be there on 2026-12-01', '2026-12-01'],
  ['en', 'It will be there by 25/12', '2026-12-25'],
  ['en', 'It will be there by 3/12', null],
  ['en', 'I will call you next week', null],
  ['en', 'I will call you soon, you may count on it', null],
  ['es', 'Le llamaremos mañana por la mañana', '2026-11-21'],
  ['es', 'Le llamaremos por la mañana', null],
  ['es', 'Recibirá el dinero antes del 3 de diciembre de 2026', '2026-12-03'],
  ['es', 'Le escribiremos el miércoles', '2026-11-25'],
  ['es', 'Lo arreglaremos en 24 horas', '2026-11-21'],
  ['es', 'Lo tendrá el día 5', '2026-12-05'],
  ['de', 'Wir rufen Sie bis Freitag an', '2026-11-27'],
  ['de', 'Das Geld ist bis zum 3. Dezember bei Ihnen', '2026-12-03'],
  ['de', 'Das Geld ist bis 3.12. bei Ihnen', '2026-12-03'],
  ['de', 'Ich rufe Sie übermorgen an', '2026-11-22'],
  ['de', 'Ich rufe Sie am Morgen an', null],
  ['de', 'Wir melden uns innerhalb von zwei Werktagen', '2026-11-22'],
  ['fr', 'Nous vous rappellerons demain après-midi', '2026-11-21'],
  ['fr', 'Vous serez remboursé d’ici le 3 décembre', '2026-12-03'],
  ['fr', 'Je vous appelle jeudi', '2026-11-26'],
  ['fr', 'Vous recevrez une réponse sous 48 heures', '2026-11-22'],
  ['it', 'La richiameremo entro venerdì', '2026-11-27'],
  ['it', 'Riceverà il rimborso entro il 3 dicembre', '2026-12-03'],
  ['it', 'Le scriveremo dopodomani', '2026-11-22'],
  ['it', 'Sarà rimborsata entro tre giorni', '2026-11-23'],
  ['pt', 'Ligamos-lhe na segunda-feira', '2026-11-23'],
  ['pt', 'Vamos ligar na quinta', '2026-11-26'],
  ['pt', 'Receberá o dinheiro até 3 de dezembro', '2026-12-03'],
  ['pt', 'Respondemos em até 2 dias', '2026-11-22'],
  ['nl', 'We bellen u morgen', '2026-11-21'],
  ['nl', 'Het geld staat uiterlijk 3 december op uw rekening', '2026-12-03'],
  ['nl', 'U hoort binnen twee werkdagen van ons', '2026-11-22'],
  ['nl', 'We komen maandag langs', '2026-11-23'],
])('%s: %s → %s', (language, words, day) => {
  expect(dayOf(words, language)).toBe(day);
});

test('a date that is past this year is meant for the next one', () => {
  expect(dayOf('by 3 March', 'en')).toBe('2027-03-03');
});

test('a day ends with its last minute, where the business is, also in a night that is longer', () => {
  const before = Date.parse('2026-10-24T10:00:00Z');
  const day = spokenDay('tomorrow', 'en', before, zone);
  expect(day).toEqual({ fromAt: Date.parse('2026-10-24T23:00:00Z'), dueAt: Date.parse('2026-10-25T23:59:00Z') });
});

test('hours are hours', () => {
  expect(spokenDay('within 3 hours', 'en', now, zone)).toEqual({
    fromAt: Date.parse('2026-11-20T00:00:00Z'),
    dueAt: Date.parse('2026-11-20T13:00:00Z'),
  });
});

test('whatever is written, no day lies behind, none ends before it begins, and nothing breaks', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 8 }),
    fc.constantFrom(
      '3',
      '31',
      '2',
      'February',
      'mañana',
      'in',
      'zwei',
      'Tagen',
      '.',
      '/',
      '12',
      'the',
      '3rd',
      'jeudi',
      '-',
    ),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), fc.constantFrom(null, ...readLanguages), (pieces, language) => {
      const day = spokenDay(pieces.join(' '), language, now, zone);
      if (day) expect(day.fromAt).toBeLessThan(day.dueAt);
    }),
  );
});
