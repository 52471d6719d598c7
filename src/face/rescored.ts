/** What `rescore --json` prints. Only ever added to. */
import { z } from 'zod';

export const RescoredFace = z.object({
  judged: z.int().describe('Mentions that were judged once more.'),
  setAside: z.int().describe('Of them, those that are no longer about you.'),
  cameIn: z.int().describe('Mentions that are about you now and were not before.'),
  changed: z.int().describe('Those that are a complaint now and were none, or the other way round, or are unsure now.'),
});
export type RescoredFace = z.infer<typeof RescoredFace>;
