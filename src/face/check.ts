/** What `check --json` prints: all that is wrong, and what is as it should be. Only ever added to. */
import { z } from 'zod';

export const CheckFace = z.object({
  path: z.string().describe('Of the config.'),
  problems: z.array(
    z.object({
      path: z.string().describe('Where: brands[0].sources.bluesky; empty where it is no setting’s.'),
      line: z.int().nullable().describe('In the config; null where it is no line’s.'),
      sentence: z.string().describe('What is wrong, and what to do.'),
      level: z.enum(['error', 'warning']).describe('error: it has to be mended first; warning: the rest goes on.'),
    }),
  ),
  good: z.array(z.string()).describe('What is as it should be, a sentence each.'),
  sends: z
    .object({
      to: z.string(),
      headers: z.record(z.string(), z.string()),
      body: z.unknown(),
    })
    .nullable()
    .describe('An example of what a second opinion is sent, whole; null where none is asked for.'),
});
export type CheckFace = z.infer<typeof CheckFace>;
