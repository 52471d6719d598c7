/** What `rating --json` prints: a list of the overall figures that stand now. Only ever added to. */
import { z } from 'zod';

const count = z.int().nullable().describe('Of how many ratings; null where the place does not tell.');

export const RatingFace = z.object({
  brand: z.string().nullable().describe('Null where the config names one brand only.'),
  place: z.string(),
  value: z.number(),
  scale: z.number().describe('The best there is.'),
  count,
  before: z
    .object({
      value: z.number(),
      count,
      at: z.int().describe('When it was last seen, in milliseconds since 1970, UTC.'),
    })
    .nullable()
    .describe('The figure that stood when the last month ended; null where there was none, or on another scale.'),
});
export type RatingFace = z.infer<typeof RatingFace>;
