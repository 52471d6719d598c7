/** What `backup --json` and `restore --json` print. Only ever added to. */
import { z } from 'zod';

export const BackUpFace = z.object({
  path: z.string(),
  bytes: z.int(),
  posts: z.int(),
  cases: z.int(),
});
export type BackUpFace = z.infer<typeof BackUpFace>;

export const RestoredFace = z.object({
  posts: z.int().describe('That the back-up holds.'),
  cases: z.int(),
  newestAt: z.iso.datetime().nullable().describe('When the last of them came in.'),
  kept: z.string().nullable().describe('Where the database from before lies now; null where there was none.'),
  erased: z.int().describe('Posts that were left out, since their authors asked to be erased.'),
  wishesKnown: z
    .boolean()
    .describe('False: the database from before could not be read, so nobody knows who was erased since the back-up.'),
});
export type RestoredFace = z.infer<typeof RestoredFace>;
