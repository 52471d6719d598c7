/** A mention as `--json`, export and scripts see it. Only ever added to. */
import { z } from 'zod';
import { caseHints, caseStates } from '../mention.ts';

const time = z.iso.datetime();
const probability = z.number().min(0).max(1);

export const RatingFace = z.object({ value: z.number(), scale: z.number() });

export const ReasonFace = z.object({
  of: z.string().describe('Which finding it speaks for.'),
  rule: z.string(),
  evidence: z.string().nullable().describe('The words themselves; null where the reason is not words (a star rating).'),
  at: z
    .tuple([z.int(), z.int()])
    .nullable()
    .describe('Start and end in UTF-16 units of `text`; null where it stands elsewhere.'),
  weight: z.number(),
  in: z.enum(['text', 'title', 'url', 'link', 'author', 'rating']).describe('Where the evidence stands.'),
});

export const FindingsFace = z.object({
  language: z.string().nullable(),
  relevance: z.object({ verdict: z.enum(['about', 'unsure', 'other']), probability }).nullable(),
  sentiment: z.object({
    label: z.enum(['positive', 'neutral', 'negative', 'mixed', 'unknown']),
    score: z.number().min(-1).max(1).nullable(),
  }),
  complaint: z.object({ verdict: z.enum(['complaint', 'unsure', 'none']), probability }),
  severity: z.number().min(0).max(4),
  urgency: z.enum(['low', 'normal', 'high', 'critical']),
  topics: z.array(z.string()),
  praise: z
    .boolean()
    .describe('Kind words of a customer: no advert, giveaway, news or list, and nothing in them that went wrong.'),
  resolved: z
    .boolean()
    .describe(
      'It says that what went wrong with you was put right; not surely a complaint, and not counted as praise.',
    ),
  reasons: z.array(ReasonFace),
});

export const PlaceFace = z.object({
  source: z.string(),
  externalId: z.string(),
  url: z.string().nullable(),
  publishedAt: time.nullable(),
});

export const MentionFace = z.object({
  id: z.int().describe('Typed as m17.'),
  brand: z.string(),
  source: z.string(),
  externalId: z.string(),
  url: z.string().nullable(),
  place: z
    .string()
    .nullable()
    .describe('Where on the platform, as people there call it: `r/coffee`, `jp`, `#bluedoor`; of a feed its title.'),
  places: z.array(PlaceFace).describe('Every post that this mention stands for, the first one first.'),
  author: z.object({
    handle: z.string().nullable(),
    name: z.string().nullable(),
    url: z.string().nullable(),
    followers: z.int().nullable(),
  }),
  title: z.string().nullable(),
  text: z.string(),
  words: z
    .enum(['kept', 'not-kept', 'taken-away'])
    .describe(
      'Whether title, text and author are here. `not-kept`: the platform lets nobody keep them, or no longer; they can be read at `url`. `taken-away`: the platform no longer shows the post.',
    ),
  publishedAt: time.nullable(),
  firstSeenAt: time,
  rating: RatingFace.nullable(),
  searchRank: z
    .object({ rank: z.int().describe('1 is the first.'), words: z.string().describe('What was searched for.') })
    .nullable()
    .describe(
      'At which place a search engine showed it to those who searched for you; null where it was not found so.',
    ),
  answer: z
    .object({ text: z.string(), at: time.nullable() })
    .nullable()
    .describe('What you yourself answered there, as the platform shows it; null also where it does not tell.'),
  engagement: z.object({
    likes: z.int().nullable(),
    reposts: z.int().nullable(),
    replies: z.int().nullable(),
    views: z.int().nullable(),
  }),
  ...FindingsFace.shape,
  relevance: FindingsFace.shape.relevance.unwrap(),
  accounts: z
    .int()
    .describe('How many accounts say it in the same words, within days of each other: one case. 1: nobody else.'),
  case: z
    .object({
      id: z.int().describe('Typed as c4.'),
      state: z.enum(caseStates),
      owner: z.string().nullable(),
      dueAt: time.nullable(),
      snoozedUntil: time.nullable(),
      promise: z
        .object({ words: z.string(), from: time, due: time })
        .nullable()
        .describe('What the customer was promised by a day and is due first; null where nothing is.'),
      hint: z
        .enum(caseHints)
        .nullable()
        .describe('`resolved`: its customer says that it was put right, and has not complained since.'),
    })
    .nullable(),
});

export type MentionFace = z.infer<typeof MentionFace>;
