/** What `earshot assess` reads and prints, one JSON object a line. */
import { z } from 'zod';
import { FindingsFace, RatingFace } from './mention.ts';

export const AssessLine = z.object({
  text: z.string(),
  title: z.string().nullish(),
  rating: RatingFace.nullish(),
  language: z.string().nullish(),
  brand: z
    .object({ name: z.string().min(1), aliases: z.array(z.string()).optional(), about: z.string().optional() })
    .nullish(),
});
export type AssessLine = z.infer<typeof AssessLine>;

export const AssessAnswer = z.union([FindingsFace, z.object({ error: z.string() })]);
