/** A case as `case … --json` prints it. Only ever added to. */
import { z } from 'zod';
import { caseHints, caseStates, urgencies } from '../mention.ts';
import { MentionFace } from './mention.ts';

const time = z.iso.datetime();

export const CaseFace = z.object({
  id: z.int().describe('Typed as c4.'),
  brand: z.string(),
  state: z.enum(caseStates),
  urgency: z.enum(urgencies),
  owner: z.string().nullable(),
  openedAt: time,
  dueAt: time.nullable(),
  snoozedUntil: time.nullable(),
  closedAt: time.nullable(),
  mention: z.int().describe('The mention that opened it.'),
  mentions: z.array(z.int()).describe('All that the customer said, and others in the same words; that one first.'),
  accounts: z.int().describe('How many accounts say it in the same words; 1: nobody but the customer.'),
  promises: z
    .array(
      z.object({
        words: z.string(),
        from: time.describe('From then on it is a task.'),
        due: time,
        by: z.string(),
        keptAt: time.nullable(),
        keptBy: z.string().nullable(),
      }),
    )
    .describe('What the customer was promised by a day, due first.'),
  turn: z.enum(['ours', 'theirs', 'later', 'nobody']).describe('later: put off; nobody: closed.'),
  cause: z.string().nullable().describe('What was behind it, in your own words.'),
  exposure: z
    .object({ low: z.int().nullable(), high: z.int().nullable(), because: z.string() })
    .describe('How many people have seen it; null where nobody knows.'),
  hint: z
    .enum(caseHints)
    .nullable()
    .describe(
      '`resolved`: the customer says that it was put right, and has not complained since. Only people close it.',
    ),
  priority: z.array(z.string()).describe('Why it stands where it does.'),
  customer: z
    .object({
      mentions: z.int(),
      praise: z.int(),
      complaints: z.int().describe('In the last 60 days.'),
      since: time.nullable().describe('When they first spoke of you.'),
    })
    .describe('What the same customer has said of you so far, this included; zeros where nobody knows who it is.'),
  clock: z.object({
    oursMs: z.int().describe('Open time in which it was our turn, milliseconds.'),
    answeredAfterMs: z.int().nullable().describe('So much of it had gone at our first answer.'),
    solveDueAt: time.nullable().describe('When it should be solved; null while it is not our turn.'),
  }),
});
export type CaseFace = z.infer<typeof CaseFace>;

/** One thing that happened to a case, as `case history --json` prints it. */
export const CaseEventFace = z.object({
  kind: z.string().describe('found, answered, snooze, fix, happy …; more may come.'),
  at: time,
  by: z.string().describe('A person’s name, or earshot.'),
  why: z.string().nullable(),
  words: z.string().nullable(),
  where: z.string().nullable(),
  until: time.nullable().describe('The end of a snooze, or the day to ask back.'),
  cause: z.string().nullable(),
  proof: z.string().nullable(),
  to: z.string().nullable().describe('Whose it is from this on.'),
  otherCase: z.int().nullable().describe('The one that was joined or split off.'),
  mentions: z.array(z.int()).describe('Those that came or went with it.'),
});
export type CaseEventFace = z.infer<typeof CaseEventFace>;

/** A case as `case show --json` prints it: with its mentions and events in full, and what its first mention says. */
export const CaseInFull = CaseFace.extend({
  caseId: z.int().describe('The same as `id`.'),
  mentionId: z
    .int()
    .nullable()
    .describe('The mention whose fields stand here beside the case’s own: the first of `posts`.'),
  posts: z.array(MentionFace).describe('All that the customer said, the one that opened it first.'),
  events: z.array(CaseEventFace),
}).describe(
  'A case. `id`, `urgency` and all else that both have are the case’s; beside them stand the other fields of its first mention (`text`, `author` …), as before there were cases here. Read mentions in `posts`.',
);
export type CaseInFull = z.infer<typeof CaseInFull>;
