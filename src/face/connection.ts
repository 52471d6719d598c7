/** What `connect --json` prints: a list of the accounts that the config wants connected. Only ever added to. */
import { z } from 'zod';

export const ConnectionFace = z.object({
  source: z.string(),
  title: z.string().describe('As people call the platform.'),
  account: z.string().nullable().describe('Which of several; null where the config names none.'),
  state: z.enum(['missing', 'good', 'ended']).describe('ended: it ran out, or was taken back there.'),
  until: z.iso.datetime().nullable().describe('When it ends; null where Earshot renews it by itself.'),
});
export type ConnectionFace = z.infer<typeof ConnectionFace>;
