/** What `praise … --json` prints: who praises you and what they allowed, and the testimonials that may be shown. Only ever added to. */
import { z } from 'zod';
import { AccountFace } from './regular.ts';

const time = z.iso.datetime();

export const PraiseFace = z.object({
  mention: z.int().describe('Typed as m17: the most telling of what they said.'),
  brand: z.string(),
  who: AccountFace.nullable().describe('Null where nobody knows.'),
  source: z.string(),
  url: z.string().nullable(),
  saidAt: time,
  text: z.string().describe('What they said; empty where its platform lets nobody keep it.'),
  quotable: z.boolean().describe('False: its words may not be kept, or were taken away, so nothing is ever exported.'),
  praised: z.int().describe('How often they have praised you.'),
  answer: z.enum(['not-asked', 'asked', 'yes', 'no']),
  asked: z.object({ at: time, where: z.string().nullable() }).nullable(),
  allowed: z
    .object({
      at: time,
      where: z.string().nullable().describe('Where they said yes.'),
      words: z.string().nullable().describe('The exact words allowed; null where they no longer stand so in the post.'),
      named: z.string().nullable().describe('The name that may stand below; null: none.'),
      linked: z.boolean(),
    })
    .nullable(),
  used: z.array(z.object({ at: time, where: z.string() })),
  thankedAt: time.nullable(),
  events: z.array(
    z.object({
      kind: z.string(),
      at: time,
      by: z.string(),
      where: z.string().nullable(),
      why: z.string().nullable(),
    }),
  ),
});
export type PraiseFace = z.infer<typeof PraiseFace>;

export const TestimonialFace = z.object({
  mention: z.int(),
  brand: z.string(),
  words: z.string().describe('Exactly what was allowed.'),
  language: z.string().nullable(),
  name: z.string().nullable().describe('As allowed; null: without a name.'),
  url: z.string().nullable().describe('Null where the post may not be linked.'),
  place: z.string().nullable().describe('Where it was said; null where the post may not be linked.'),
  saidAt: time,
  allowedAt: time,
});
export type TestimonialFace = z.infer<typeof TestimonialFace>;
