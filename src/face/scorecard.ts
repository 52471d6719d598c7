/** What `scorecard --json` prints: how right the flags were, by what people said of them. Only ever added to. */
import { z } from 'zod';

const score = z.object({
  right: z.int().describe('Flagged, and somebody answered it or marked it as a complaint.'),
  wrong: z.int().describe('Flagged, and somebody said that it is no complaint, or not about the brand.'),
  undecided: z.int().describe('Flagged, and nobody has said anything yet; counts neither way.'),
  missed: z.int().describe('A complaint that was not flagged: marked so, or put in by hand where Earshot listens.'),
  share: z
    .object({ value: z.number(), low: z.number(), high: z.number() })
    .nullable()
    .describe('right / (right + wrong), with its 95 % range (Wilson); null below 20 that were decided on.'),
  found: z
    .object({ value: z.number(), low: z.number(), high: z.number() })
    .nullable()
    .describe(
      'right / (right + missed), with its 95 % range: of the complaints that people know of, how many were flagged; null below 20 of them.',
    ),
});

export const ScorecardFace = score.extend({
  brands: z.array(z.string()),
  since: z.iso.datetime().nullable().describe('Mentions that came in from then on; null: all.'),
  leftToYou: z
    .object({ complaints: z.int(), others: z.int() })
    .describe('What Earshot was unsure of and a person decided.'),
  sources: z.array(score.extend({ source: z.string() })).describe('By place, the most decided first.'),
  topics: z.array(score.extend({ topic: z.string() })).describe('By topic; a mention may have several, or none.'),
});
export type ScorecardFace = z.infer<typeof ScorecardFace>;
