/** What an answer promises by a day is read as a task; what it promises without one, or what is no promise, is none. */
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { promisesIn } from '../../src/replies/promises.ts';
import { loadRulebook } from '../../src/replies/rules.ts';

const book = loadRulebook();
const given = { language: null, now: Date.parse('2026-11-20T10:00:00Z'), timezone: 'Europe/London' };
const read = (text: string, language: string | null = null) => {
  const { promises, unread } = promisesIn(text, { ...given, language }, book);
  const day = (at: number) =>
    Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO('UTC').toPlainDate().toString();
  return { promises: promises.map(({ words, dueAt }) => [words, day(dueAt)]), unread };
};

test('the sentence and its day', () => {
  expect(read('You waited far too long, Tim. I will call you on Friday. Ana')).toEqual({
    promises: [['I will call you on Friday.', '2026-11-27']],
    unread: [],
  });
});

test('the day may stand in the sentence behind it', () => {
  expect(read('I will call you. You hear from me by 3 December, Tim.').promises).toEqual([
    ['I will call you.', '2026-12-03'],
    ...read('You hear from me by 3 December, Tim.').promises,
  ]);
});

test.each([
  ['es', 'Sentimos mucho la espera. Le llamaremos el viernes para contarle qué ha pasado.', '2026-11-27'],
  ['de', 'Das war zu lang. Wir werden Sie bis Freitag anrufen und erzählen, was war.', '2026-11-27'],
  ['fr', 'C’était bien trop long. Nous vous rappellerons vendredi pour tout vous expliquer.', '2026-11-27'],
  ['it', 'È stato troppo tempo. La richiameremo venerdì per raccontarle che cosa è successo.', '2026-11-27'],
  ['pt', 'Foi tempo de mais. Vamos ligar-lhe na sexta-feira para lhe contar o que se passou.', '2026-11-27'],
  ['nl', 'Dat duurde veel te lang. We zullen u vrijdag bellen en vertellen wat er is gebeurd.', '2026-11-27'],
])('in %s', (language, text, day) => {
  expect(read(text, language).promises.map(([, due]) => due)).toEqual([day]);
});

test('a day of which nobody is certain is told, not guessed', () => {
  expect(read('We will send you a new one next week.')).toEqual({
    promises: [],
    unread: ['We will send you a new one next week.'],
  });
});

test.each([
  'Your money went back today, and the next coffee is on me.',
  'We will look into it as soon as possible.',
  'We look forward to seeing you again on Friday.',
  'You wrote: “We will call you on Friday.” That was wrong of us.',
])('no task: %s', (text) => {
  expect(read(text)).toEqual({ promises: [], unread: [] });
});
