/** What `report --json` prints: each figure with its range, its counts and whether they are enough. Only ever added to. */
import { z } from 'zod';

const time = z.iso.datetime();

export const FigureFace = z.object({
  value: z
    .number()
    .nullable()
    .describe('Null where there is nothing to tell it from. Shares are from 0 to 1, times milliseconds.'),
  low: z.number().nullable().describe('From here …'),
  high: z
    .number()
    .nullable()
    .describe('… to here the true figure lies 95 of 100 times; null where the counts allow no range.'),
  basis: z.record(z.string(), z.number()).describe('The counts that it rests on.'),
  state: z.enum(['ok', 'baseline forming']).describe('baseline forming: too few yet to be judged by.'),
});
export type FigureFace = z.infer<typeof FigureFace>;

export const AlarmFace = z.object({
  kind: z.enum(['fall', 'spike']).describe('fall: fewer kind words than usual; spike: more complaints.'),
  days: z.int().describe('In the last so many days.'),
  count: z.int(),
  usual: z.object({ value: z.number(), low: z.number(), high: z.number() }).describe('In as many days.'),
  before: z.object({ days: z.int(), count: z.int() }).describe('What it is compared with.'),
  chance: z.number().describe('That chance alone does this.'),
  topics: z.array(z.string()).describe('What most of them are about; empty where nothing stands out.'),
  places: z.array(z.string()).describe('Where most of the difference is.'),
  mentions: z.array(z.int()).describe('The newest of them.'),
});
export type AlarmFace = z.infer<typeof AlarmFace>;

export const AgainFace = z.object({
  kind: z.enum(['topic', 'cause']),
  subject: z.string(),
  times: z.int().describe('How many customers, within 14 days.'),
  since: time.describe('When the first of them spoke.'),
  mentions: z.array(z.int()).describe('The newest post of the last three.'),
});

export const MendedFace = z.object({
  what: z.string().describe('What was done.'),
  by: z.string(),
  at: time,
  state: z.enum(['watching', 'stayed away', 'back']).describe('back: somebody complained of it within 60 days.'),
  watchedUntil: time,
  back: z.array(z.int()).describe('The cases in which it came back.'),
});
export type MendedFace = z.infer<typeof MendedFace>;

const stretch = FigureFace.extend({ from: time, to: time });

export const BrandReport = z.object({
  brand: z.string(),
  alarms: z.array(AlarmFace),
  again: z.array(AgainFace).describe('Complaints that three customers or more have in common.'),
  wordOfMouth: z.object({
    balance: FigureFace.describe('Kind words of all kind words and complaints.'),
    praise: FigureFace.describe('Kind words; its state is that of the alarm for fewer of them.'),
    usualPraise: FigureFace.describe('In as many days, by those before.'),
    complaints: FigureFace,
    usualComplaints: FigureFace,
    heardDays: z.int().describe('For so long the same places have been heard: usual figures and alarms rest on them.'),
    notCounted: z
      .array(z.string())
      .describe('Places that were not heard all that time, or are not now; usual figures and alarms leave them out.'),
    halvingNoticedAfterDays: z
      .int()
      .nullable()
      .describe(
        'So soon half as much praise would be noticed, by the counts; null: not within a year, or not known yet.',
      ),
  }),
  complaintShare: FigureFace.extend({ overTime: z.array(stretch) }).describe('Complaints of all mentions.'),
  topics: z.array(
    FigureFace.extend({
      topic: z.string(),
      share: FigureFace.describe('Of all complaints.'),
      overTime: z.array(z.object({ from: time, to: time, complaints: z.int() })),
    }).describe('Complaints with that topic; the most first.'),
  ),
  answerTime: FigureFace.describe(
    'Open time until the first answer, the median; late ones without an answer count as the longest.',
  ),
  answeredInTime: FigureFace.describe('Of the complaints whose time to answer is over, or that were answered.'),
  wonBack: FigureFace.describe('Of the cases that were closed, how many customers are happy or were won back.'),
  causes: z.array(
    FigureFace.extend({
      cause: z.string(),
      cases: z.int(),
      mended: MendedFace.nullable(),
    }).describe('Its share of the cases of which the cause is known; the most first.'),
  ),
  mended: z.array(MendedFace.extend({ cause: z.string() })).describe('You said, we did.'),
  sideBySide: z.array(
    z.object({
      name: z.string(),
      own: z.boolean().describe('Ourselves; else a rival.'),
      stars: z.array(FigureFace.extend({ place: z.string(), scale: z.number() })),
      complaintShare: FigureFace,
      answerTime: FigureFace,
    }),
  ),
  industry: z
    .array(
      z.object({
        figure: z.string(),
        value: z.number(),
        source: z.string(),
        date: z.string(),
        ours: FigureFace.nullable(),
      }),
    )
    .describe('From `industry` in the config.'),
});
export type BrandReport = z.infer<typeof BrandReport>;

export const ReportFace = z.object({
  since: time,
  until: time,
  brands: z.array(BrandReport),
});
export type ReportFace = z.infer<typeof ReportFace>;
