/** What `status --json` prints: the queue in numbers, how every place fares, and the last mails. Only ever added to. */
import { z } from 'zod';
import { troubleKinds } from '../watch.ts';

const time = z.iso.datetime().nullable();

export const StatusFace = z.object({
  queue: z.object({
    flagged: z.int().describe('Complaints that need somebody.'),
    overdue: z.int().describe('Of the cases, how many are past their time.'),
    unsure: z.int(),
    mentions: z.int().describe('All that are kept and not set aside.'),
  }),
  places: z.array(
    z.object({
      watch: z.string().describe('As in `collect --json`.'),
      source: z.string(),
      brands: z.array(z.string()),
      state: z
        .enum(['fresh', 'quiet', 'limited', 'blind', 'never-worked'])
        .describe('Heard lately; nothing new for longer than is normal; slowed down; could not look; never could yet.'),
      sentence: z.string().describe('The same in words for its owner.'),
      fix: z
        .enum(['retry', 'wait', 'tell', 'key', 'config', 'source'])
        .nullable()
        .describe('What must be done about its fault.'),
      lastGoodAt: time.describe('When the last complete look ended.'),
      lastNewAt: time.describe('When the newest post was said.'),
      lastTriedAt: time,
      listeningSince: time.describe('Of a stream: since when it is heard without a break; null where it is not.'),
      gap: z
        .object({ from: time, to: time })
        .nullable()
        .describe('Of a stream: what was said in between it cannot give any more; told for a week.'),
      connectionEndsAt: time.describe('When its owner has to connect it again; told from a week before.'),
      fault: z.object({ kind: z.enum(troubleKinds), message: z.string(), since: time, retryAt: time }).nullable(),
    }),
  ),
  leftBehind: z
    .array(z.object({ brand: z.string(), id: z.string(), openCases: z.int() }))
    .describe('Open cases of brands that the config does not name any more: `id` under the new name takes them along.'),
  judge: z.string().describe('Version of judges, rules and knowledge.'),
  precise: z
    .union([
      z.object({ version: z.string() }),
      z.object({ trouble: z.string().describe('Why the fast judge judges alone, and what to do.') }),
    ])
    .nullable()
    .describe('The precise judge, for what the fast one doubts; null where EARSHOT_JUDGE=fast does without.'),
  mails: z
    .array(
      z.object({
        ...{ recipient: z.string(), forDay: z.string(), sentAt: time, trouble: z.string().nullable() },
        nextTryAt: time.describe('Where it waits; null where it went out or was given up.'),
      }),
    )
    .describe('The last one of each recipient.'),
  spending: z
    .array(
      z.object({
        source: z.string(),
        account: z.string().nullable(),
        spent: z.number().describe('In this calendar month.'),
        most: z.number().describe('More is not spent in a month.'),
        currency: z.string(),
      }),
    )
    .describe('Of the places that cost.'),
  secondOpinion: z
    .object({
      host: z.string(),
      model: z.string(),
      off: z.boolean().describe('It is in the config, and nothing is sent.'),
      calls: z.int().describe('In the last 24 hours.'),
      callsPerDay: z.int(),
      money: z
        .object({ spent: z.number(), most: z.number(), currency: z.string() })
        .nullable()
        .describe('In this calendar month, by the prices of the config; null where it names none.'),
      trouble: z
        .object({ sentence: z.string(), at: time, askedAgainAt: time })
        .nullable()
        .describe('Why the last question had no answer.'),
    })
    .nullable()
    .describe('Null where none is asked for.'),
});
export type StatusFace = z.infer<typeof StatusFace>;
