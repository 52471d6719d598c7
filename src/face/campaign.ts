/** What `campaign --json` prints: whether now is the time for a campaign. Only ever added to. */
import { z } from 'zod';
import { AlarmFace } from './report.ts';

export const CampaignFace = z.object({
  brands: z.array(z.string()),
  go: z.boolean(),
  reasons: z
    .array(
      z.object({
        kind: z.string().describe('deaf, hurt, answers, check-backs, spike, fall, again; more may come.'),
        sentence: z.string(),
        count: z.int().nullable().describe('How many wait, where it is that.'),
      }),
    )
    .describe('Why not, the gravest first.'),
  first: z.int().nullable().describe('The case to begin with.'),
  waiting: z.array(
    z.object({
      case: z.int(),
      wants: z.enum(['answer', 'check-back']),
      since: z.iso.datetime(),
      late: z.boolean(),
    }),
  ),
  alarms: z.array(AlarmFace.extend({ brand: z.string() })),
});
export type CampaignFace = z.infer<typeof CampaignFace>;
