/** A post as `file`, `earshot import` and `earshot add` take it: one JSON object a line, or CSV with these names as columns. */
import { z } from 'zod';
import { RatingFace } from './mention.ts';

export const ImportLine = z.object({
  id: z
    .union([z.string().min(1), z.number().transform(String)])
    .describe('The post’s own id; the same id again is the same post.'),
  url: z.string().nullish(),
  author: z
    .object({
      handle: z.string().nullish(),
      name: z.string().nullish(),
      url: z.string().nullish(),
      followers: z.int().nonnegative().nullish(),
    })
    .nullish(),
  title: z.string().nullish(),
  text: z.string(),
  language: z.string().nullish(),
  rating: RatingFace.nullish(),
  publishedAt: z.union([z.iso.datetime({ offset: true }), z.iso.date()]).nullish(),
  brand: z
    .string()
    .nullish()
    .describe('Only `import`: the brand of yours that it is about, whether or not it is named in the post.'),
  source: z.string().nullish().describe('Where it was said: a source’s id or any name of a place.'),
});
export type ImportLine = z.infer<typeof ImportLine>;
