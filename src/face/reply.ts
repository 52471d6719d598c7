/** What `reply lint --json` and `reply allow --json` print: a list of these. Only ever added to. */
import { z } from 'zod';

export const ReplyFinding = z.object({
  rule: z.string().describe('What `reply allow` takes.'),
  evidence: z.string().describe('The words of the draft.'),
  at: z.tuple([z.int().min(0), z.int().min(0)]).describe('UTF-16 units of the draft.'),
  why: z.string(),
  rewrite: z
    .string()
    .describe('What to write instead, or how to go about it; examples are in the language of the draft.'),
  severity: z.enum(['never', 'careful']),
});
export type ReplyFinding = z.infer<typeof ReplyFinding>;

export const AllowedFinding = z.object({
  brand: z.string(),
  rule: z.string(),
  words: z.string().nullable().describe('Null: the rule as a whole.'),
  by: z.string(),
  at: z.iso.datetime(),
  why: z.string().nullable(),
});
export type AllowedFinding = z.infer<typeof AllowedFinding>;
