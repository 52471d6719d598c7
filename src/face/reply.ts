/** What `reply … --json` prints: lists of findings, or an answer as it stands. Only ever added to. */
import { z } from 'zod';

export const ReplyFinding = z.object({
  rule: z.string().describe('What `reply allow` takes.'),
  evidence: z.string().describe('The words of the draft.'),
  at: z.tuple([z.int().min(0), z.int().min(0)]).describe('UTF-16 units of the draft.'),
  why: z.string(),
  rewrite: z
    .string()
    .describe('What to write instead, or how to go about it; examples are in the language of the draft.'),
  severity: z.enum(['never', 'careful']),
});
export type ReplyFinding = z.infer<typeof ReplyFinding>;

export const AllowedFinding = z.object({
  brand: z.string(),
  rule: z.string(),
  words: z.string().nullable().describe('Null: the rule as a whole.'),
  by: z.string(),
  at: z.iso.datetime(),
  why: z.string().nullable(),
});
export type AllowedFinding = z.infer<typeof AllowedFinding>;

const time = z.iso.datetime();

/** An answer as `reply draft|send|sent --json` prints it. */
export const ReplyFace = z.object({
  case: z.int().nullable().describe('Null where what it answers is in no case.'),
  mention: z.int().describe('What it answers.'),
  brand: z.string(),
  state: z
    .enum(['none', 'draft', 'sending', 'sent', 'unknown', 'refused'])
    .describe('unknown: it may stand there, nobody knows; refused: nothing stands there; none: nobody drafted one.'),
  text: z.string().nullable(),
  place: z.string().describe('Where it stands or shall stand, as people call it.'),
  link: z.string().nullable().describe('What it answers, on the web.'),
  sends: z.boolean().describe('Earshot sends it itself; else a person copies it there.'),
  because: z.string().nullable().describe('Why Earshot does not send it itself.'),
  account: z
    .string()
    .nullable()
    .describe('In whose name it stands there; null where nobody has asked, or it is not told.'),
  findings: z.array(ReplyFinding),
  promises: z
    .array(z.object({ words: z.string(), from: time, due: time }))
    .describe('What it promises, as tasks of the case.'),
  draftedBy: z.string().nullable(),
  agreedBy: z.string().nullable().describe('Whose yes it was.'),
  agreedAt: time.nullable(),
  anyway: z.string().nullable().describe('Why it went out though the check found something.'),
  sentAt: time.nullable(),
  url: z.string().nullable().describe('Where it stands now.'),
  trouble: z.string().nullable().describe('Why it was not sent, or why nobody knows.'),
});
export type ReplyFace = z.infer<typeof ReplyFace>;
