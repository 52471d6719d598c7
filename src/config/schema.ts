/** The one schema of the config file: types, defaults, editor completion, the option table and the error messages. */
import { z } from 'zod';
import { trades } from '../sources/source.ts';
import { durationMs } from './duration.ts';
import { unknownFields } from './templates.ts';

const words = z.array(z.string().min(1));
const list = words.default([]);

const Duration = z
  .string()
  .refine((text) => durationMs(text) !== null, { error: 'write a number and m, h, d or w, as in 90m, 2h, 30d' });
const LocalTime = z.string().regex(/^([01]?\d|2[0-3]):[0-5]\d$/, { error: 'write a time of day, as in "08:00"' });
const Zone = z.string().refine(isZone, { error: 'write a time zone as in Europe/London' });
const Mail = z.string().regex(/^(?:[^<>@\s]+@[^<>@\s]+|[^<>]*<[^<>@\s]+@[^<>@\s]+>)$/, {
  error: 'write a mail address, as in ana@bluedoor.example',
});

/** Most names stand in the list; only of others the formatter is asked, whose first call takes longer than all of the config. */
function isZone(zone: string): boolean {
  if (Intl.supportedValuesOf('timeZone').includes(zone)) return true;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }) !== null;
  } catch {
    return false;
  }
}

/** What any source takes beside its own options. */
export const SourceSettings = z.looseObject({
  cron: z.string().optional().describe('When to look, as a cron expression; each source has its own good default.'),
  off: z.boolean().optional().describe('true switches it off, false switches on one that is off by default.'),
  quietAfter: Duration.optional().describe('How long a silence is normal here.'),
  account: z
    .string()
    .regex(/^[A-Z0-9_]+$/, { error: 'write capitals, digits and _' })
    .optional()
    .describe('Which secrets to use: with SHOP, those that end in __SHOP.'),
});

const openingHours = 'write opening hours, as in "12:00-22:00"';
const openFromTo = z
  .string()
  .regex(/^([01]?\d|2[0-3]):[0-5]\d-([01]?\d|2[0-3]|24(?=:00)):[0-5]\d$/, { error: openingHours });

/** Keys are `closed`, a day (`mon`) or a range of days (`tue-sun`). */
export const Hours = z
  .object({
    closed: z
      .array(z.union([z.iso.date(), z.date().transform((d) => d.toISOString().slice(0, 10))]))
      .default([])
      .describe('Days on which we are closed; beside it stand days as in `tue-sun: "12:00-22:00"`.'),
  })
  .catchall(z.union([openFromTo, z.array(openFromTo)], { error: openingHours }))
  .superRefine(
    (hours, context) => {
      for (const key of Object.keys(hours)) {
        if (key !== 'closed' && !/^(mon|tue|wed|thu|fri|sat|sun)(-(mon|tue|wed|thu|fri|sat|sun))?$/.test(key)) {
          context.addIssue({
            code: 'custom',
            path: [key],
            message: 'is no day; write mon … sun, a range as in tue-sun, or closed',
          });
        }
      }
    },
    // Also where what stands behind the key is none.
    { when: ({ value }) => typeof value === 'object' && value !== null },
  );

const AnswerWithin = z.strictObject({
  critical: Duration.default('2h').describe('Somebody may be hurt, or a crowd is watching.'),
  high: Duration.default('1d').describe('Money, a threat to leave, or asked before without an answer.'),
  normal: Duration.default('2d').describe('An ordinary complaint.'),
  low: Duration.default('4d').describe('A grumble.'),
});

const SolveWithin = z.strictObject({
  critical: Duration.default('1d').describe('Somebody may be hurt, or a crowd is watching.'),
  high: Duration.default('5d').describe('Money, a threat to leave, or asked before without an answer.'),
  normal: Duration.default('10d').describe('An ordinary complaint.'),
  low: Duration.default('20d').describe('A grumble.'),
});

/** What the report can stand beside a figure of the industry. */
const industryFigures = ['complaint-share', 'kind-share', 'stars', 'answer-time', 'in-time', 'happy-again'] as const;

const Industry = z
  .strictObject({
    figure: z
      .enum(industryFigures)
      .describe('complaint-share, kind-share, stars, answer-time, in-time or happy-again.'),
    value: z
      .union([z.number(), z.string()])
      .describe('As it is told: 12% for a share, 4.2 for stars, 6h or 2d for a time.'),
    source: z.string().min(1).describe('Who says so.'),
    date: z
      .union([z.iso.date(), z.date().transform((d) => d.toISOString().slice(0, 10))], {
        error: 'write a day, as in 2026-11-01',
      })
      .describe('Of when it is.'),
  })
  .superRefine(({ figure, value }, context) => {
    if (industryValue(figure, value) !== null) return;
    const message =
      figure === 'stars'
        ? 'write a number, as in 4.2'
        : figure === 'answer-time'
          ? 'write a time, as in 6h'
          : 'write a share, as in 12%';
    context.addIssue({ code: 'custom', path: ['value'], message });
  });

/** Shares from 0 to 1, times in milliseconds, stars as they are; null where it is not such a value. */
export function industryValue(figure: (typeof industryFigures)[number], value: number | string): number | null {
  if (figure === 'answer-time') return typeof value === 'string' ? durationMs(value) : null;
  const [, number = '', percent] = /^(\d+(?:[.,]\d+)?)\s*(%?)$/.exec(`${value}`.trim()) ?? [];
  if (number === '') return null;
  const plain = Number(number.replace(',', '.'));
  if (figure === 'stars') return percent ? null : plain;
  const share = percent ? plain / 100 : plain;
  return share <= 1 ? share : null;
}

export const BrandShape = z.strictObject({
  name: z.string().min(1).describe('What the business is called.'),
  id: z
    .string()
    .regex(/^[\p{Ll}\p{Lo}\p{N}][\p{Ll}\p{Lo}\p{N}-]*$/u, { error: 'write small letters, digits and -' })
    .optional()
    .describe(
      'What the database knows it by; made from the name when first seen, and then kept. Set it before you rename.',
    ),
  aliases: list.describe('What else people call it.'),
  about: z
    .string()
    .optional()
    .describe('What it is and where, in a few words: helps to tell it from others of that name.'),
  trade: z
    .enum(trades)
    .optional()
    .describe(
      'What kind of business it is: after a week of silence the daily mail names places where people talk of such.',
    ),
  handles: list.describe('Own accounts; their posts are set aside.'),
  domains: list.describe('Own web addresses; links to them are mentions.'),
  exclude: list.describe('Posts in which the name stands only in one of these phrases are set aside.'),
  query: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Which posts are about it, in place of its names: `"blue door" near/5 (coffee OR cake*) NOT paint`. `exclude` and `require` then apply to what it finds; places are still searched for names and aliases.',
    ),
  require: list.describe('At least one of these must stand near the name; for names that are ordinary words.'),
  caseSensitive: z.boolean().default(false).describe('The name counts only with exactly these capitals.'),
  rivals: list.describe('Names of others in the same trade: a complaint about them is none about us.'),
  topics: z
    .record(
      z.string().regex(/^[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*$/u, {
        error: 'name a topic in one word, as in parking or card-reader',
      }),
      z.string().min(1),
    )
    .default({})
    .describe(
      'Topics of your own, each with the words that tell of it, written as a query: `parking: parking OR "car park"`. They stand beside delivery, refund, staff and the like.',
    ),
  hours: Hours.optional().describe('Where they differ from the ones below.'),
  answerWithin: AnswerWithin.optional().describe('Where it differs from the one below.'),
  solveWithin: SolveWithin.optional().describe('Where it differs from the one below.'),
  sources: z
    .record(z.string(), z.union([SourceSettings, z.null()]))
    .default({})
    .describe('Where to listen: a source’s id, then its options.'),
});

export const ConfigShape = z.strictObject({
  store: z.string().default('data/earshot.db').describe('The database: a file, which is made when it is not there.'),
  timezone: Zone.optional().describe('Where the business is; the computer’s own where it is not given.'),
  firstLook: Duration.default('30d').describe('How far the first look at a place goes back.'),
  contact: z
    .string()
    .optional()
    .describe('A mail or web address that we show to the platforms we ask, as good guests do.'),
  proxy: z.url().optional().describe('An HTTP proxy for everything that goes out.'),
  brands: z.array(BrandShape).min(1, { error: 'name at least one brand' }).describe('The businesses to listen for.'),
  people: z
    .array(
      z.strictObject({
        name: z.string().min(1).describe('As in `--as`.'),
        mail: Mail.optional().describe('Where that person reads mail: they are told there of what goes on to them.'),
        escalateTo: z.string().optional().describe('Who takes over when nobody answers in time.'),
      }),
    )
    .default([])
    .describe('Who works the cases.'),
  hours: Hours.optional().describe(
    'When the business is open; clocks run only then. Always open where it is not given.',
  ),
  answerWithin: AnswerWithin.prefault({}).describe(
    'How soon a complaint should have an answer; 1d is one day on which we are open.',
  ),
  solveWithin: SolveWithin.prefault({}).describe(
    'How soon what went wrong should be fixed; days on which it is the customer’s turn, or that it was put off, do not count.',
  ),
  templates: z
    .array(
      z.strictObject({
        name: z.string().min(1).describe('As in `--template`.'),
        text: z
          .string()
          .min(1)
          .superRefine((text, context) => {
            const message = unknownFields(text);
            if (message !== null) context.addIssue({ code: 'custom', message });
          })
          .describe('What it says; {name}, {brand}, {place}, {post} and {signature} are filled in.'),
        language: z
          .string()
          .regex(/^[a-z]{2}$/, { error: 'write two small letters, as in en' })
          .optional()
          .describe('Which language it is in, as in en.'),
      }),
    )
    .default([])
    .describe('Beginnings of answers, for `reply draft --template`.'),
  closeSilentAfter: z
    .union([z.literal(0), z.literal('0'), Duration], { error: 'write a number and h, d or w, as in 30d; 0 is never' })
    .default('30d')
    .describe(
      'A customer who was answered, asked back twice and wrote no more is taken for silent after this; 0 is never.',
    ),
  industry: z
    .array(Industry)
    .default([])
    .describe('Figures of your trade that you keep: the report shows them beside yours, with source and date.'),
  digest: z
    .strictObject({
      to: z
        .array(
          z.strictObject({
            address: Mail.describe('Who gets it.'),
            at: LocalTime.default('08:00').describe('When, on their own clock.'),
            timezone: Zone.optional().describe('Where they are; `timezone` above where it is not given.'),
          }),
        )
        .default([])
        .describe('One a person.'),
    })
    .prefault({})
    .describe('Who gets the daily mail, and when.'),
  mail: z
    .strictObject({
      host: z.string().min(1).describe('The server that takes outgoing mail.'),
      port: z.int().min(1).max(65535).default(587).describe('587, or 465 with tls.'),
      security: z
        .enum(['starttls', 'tls', 'none'])
        .optional()
        .describe('tls on port 465, else starttls; none only for this computer.'),
      from: Mail.describe('Whom the mail is from.'),
    })
    .optional()
    .describe('The mail server that sends it; user and password: EARSHOT_SMTP_USER, EARSHOT_SMTP_PASSWORD.'),
  inbox: z
    .strictObject({
      port: z
        .int()
        .min(1024, { error: 'write a number from 1024 to 65535' })
        .max(65535, { error: 'write a number from 1024 to 65535' })
        .default(4747)
        .describe('Its port on this computer, the only one it is shown to.'),
      off: z.boolean().default(false).describe('true: `earshot start` does not serve it.'),
    })
    .prefault({})
    .describe('The page on which complaints are answered.'),
  secondOpinion: z
    .strictObject({
      url: z
        .url({ protocol: /^https?$/, error: 'write a web address, as in http://127.0.0.1:11434/v1' })
        .describe('Its address, as in http://127.0.0.1:11434/v1; a key stands in EARSHOT_SECOND_OPINION_KEY.'),
      model: z.string().min(1).max(200).describe('Which of its models is asked.'),
      callsPerDay: z
        .int()
        .min(1, { error: 'write a number from 1 on, or off: true' })
        .default(200)
        .describe('It is asked no more often than this in 24 hours.'),
      moneyPerMonth: z
        .strictObject({
          most: z.number().min(0).describe('It is not asked once this would be spent, until the next month.'),
          currency: z.string().min(1).max(10).describe('As in EUR.'),
          perMillionTokensIn: z.number().min(0).describe('Its price for a million tokens of questions.'),
          perMillionTokensOut: z.number().min(0).describe('Its price for a million tokens of answers.'),
        })
        .optional()
        .describe('What it may cost in a calendar month, by the prices that you name; no limit where it is not given.'),
      off: z.boolean().default(false).describe('true: nothing is sent; `earshot check` shows what would be.'),
    })
    .optional()
    .describe(
      'A server with a language model (any that speaks as OpenAI’s does: Ollama, llama.cpp, a hosted one) that is asked about what is still unsure: it is sent the words of such posts. Nobody is asked where it is not given.',
    ),
});

export type ConfigOutput = z.output<typeof ConfigShape>;
export type Hours = z.output<typeof Hours>;
export type AnswerWithin = z.output<typeof AnswerWithin>;
