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
  since: z
    .object({
      answers: z.int().describe('Answers that went out, or may have.'),
      answersKept: z.int().describe('Of these: to posts that the back-up holds, so that they stand in it as sent.'),
      mails: z.int(),
      marks: z.int(),
      steps: z.int().describe('What people did with cases and praise.'),
    })
    .describe('What was done after the back-up was made, and is not in it; of the mails, daily ones are kept as sent.'),
});
export type RestoredFace = z.infer<typeof RestoredFace>;
