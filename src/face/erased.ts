/** What `erase --json` prints. Only ever added to. */
import { z } from 'zod';
import { AccountFace } from './regular.ts';

export const ErasedFace = z.object({
  erased: z.boolean().describe('False: nothing was changed, this is what would go.'),
  accounts: z.array(AccountFace).describe('Of one customer: the one named, and those joined to it.'),
  posts: z.int(),
  mentions: z.int(),
  cases: z.int().describe('That go with their last post.'),
  blanked: z.int().describe('Cases that stay for what others said, without the words written down on them.'),
  allowed: z.int().describe('What was let pass in answers in words of theirs, and is no longer.'),
  mails: z.int().describe('Mails in the folder `outbox` that name or quote them; each goes whole.'),
  mailsLeft: z.array(z.string()).describe('Files of those that could not be removed, by path.'),
  namedBy: z.int().describe('Posts of others that name them; those stay.'),
  wiped: z
    .boolean()
    .nullable()
    .describe('Whether unused parts of the file are overwritten, too; false: the next command tries again.'),
});
export type ErasedFace = z.infer<typeof ErasedFace>;
