/** What `regulars --json` prints: a list of people, the most pressing first. Only ever added to. */
import { z } from 'zod';

const time = z.iso.datetime();

export const AccountFace = z.object({
  id: z.int().describe('Typed as a12.'),
  source: z.string(),
  handle: z.string().nullable(),
  name: z.string().nullable(),
  url: z.string().nullable(),
});
export type AccountFace = z.infer<typeof AccountFace>;

export const RegularFace = z.object({
  brand: z.string(),
  accounts: z.array(AccountFace).describe('Of one customer, the oldest first; more than one where you joined them.'),
  said: z.object({
    mentions: z.int(),
    praise: z.int(),
    complaints: z.int(),
    since: time.describe('When they first spoke of you.'),
  }),
  signs: z
    .array(
      z.object({
        kind: z
          .enum(['turned', 'third-complaint', 'gone-quiet', 'helper', 'regular'])
          .describe('turned: praised you before, complains now; gone-quiet: praised you twice, silent for 90 days.'),
        why: z.string(),
        since: time,
        mentions: z.array(z.int()).describe('The posts that say so, oldest first.'),
      }),
    )
    .describe('What is worth knowing of them, the most pressing first.'),
  posts: z
    .array(z.object({ mention: z.int(), source: z.string(), url: z.string().nullable(), saidAt: time }))
    .describe('All that the signs name, oldest first.'),
  case: z.int().nullable().describe('The case of theirs that is open.'),
  next: z.object({ say: z.string(), command: z.string() }),
});
export type RegularFace = z.infer<typeof RegularFace>;
