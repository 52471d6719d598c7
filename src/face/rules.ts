/** What `earshot rules … --json` prints. Only ever added to. */
import { z } from 'zod';

const time = z.iso.datetime();
const term = z.string().describe('As it is written in the query or the config, a phrase without its quotation marks.');
const at = z.tuple([z.int(), z.int()]).nullable();
const post = {
  source: z.string(),
  externalId: z.string(),
  url: z.string().nullable(),
  title: z.string().nullable(),
  text: z.string(),
  publishedAt: time.nullable(),
};
const because = z.array(
  z.object({
    term,
    at: at.describe('Start and end in UTF-16 units of `text`; null where it stands elsewhere or is not words.'),
  }),
);

export const RuleAnswer = z.object({ matches: z.boolean(), because });

export const RuleTests = z.array(
  z.object({
    brand: z.string(),
    posts: z.int().describe('Stored posts that were looked at.'),
    matches: z.int(),
    newest: z.array(z.object({ ...post, because })).describe('At most 100, the newest first.'),
  }),
);

const moved = z.object({
  mention: z.int().nullable().describe('Typed as m17; null where it is none yet.'),
  case: z.int().nullable(),
  ...post,
  complaint: z.enum(['complaint', 'unsure', 'none']),
  why: z.string().nullable().describe('Why it would be left out; null where it comes in.'),
});

export const RuleDiffs = z.array(
  z.object({
    brand: z.string(),
    adds: z.array(moved).describe('What would come in, complaints first.'),
    hides: z.array(moved).describe('What would be left out, complaints first.'),
    stays: z.int().describe('What would be left out, had nobody marked it or worked on it.'),
  }),
);

export const RuleExplanations = z.object({
  mention: z.int(),
  brands: z.array(
    z.object({
      brand: z.string(),
      verdict: z.string().describe('`mention`, or why the post is set aside.'),
      certain: z.boolean().describe('Whatever the rules say: it stands in a place that is the brand’s own.'),
      found: z.array(z.object({ term, in: z.string().describe('The field of the post.'), at })),
      query: z
        .object({ matches: z.boolean(), because, whyNot: z.array(z.string()) })
        .nullable()
        .describe('Null where the brand has no query.'),
    }),
  ),
});
export type RuleAnswer = z.infer<typeof RuleAnswer>;
export type RuleTests = z.infer<typeof RuleTests>;
export type RuleDiffs = z.infer<typeof RuleDiffs>;
export type RuleExplanations = z.infer<typeof RuleExplanations>;
