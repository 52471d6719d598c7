/** What `sources --json` prints: a list of places, each as `sources <id> --json` prints it alone; and a place that cannot be read. Only ever added to. */
import { z } from 'zod';

export const SourceFace = z.object({
  id: z.string().describe('As it is typed, and as it stands in the config.'),
  title: z.string().describe('As people call the platform.'),
  kind: z.enum(['posts', 'reviews', 'articles']),
  suits: z
    .array(z.enum(['restaurant', 'shop', 'service', 'web-shop', 'software', 'other']))
    .describe('Kinds of business that `init` offers it to.'),
  home: z.string().describe('Where a person would look.'),
  docs: z.string().describe('The document that it was written from.'),
  hears: z.string(),
  about: z.string(),
  access: z.enum(['open', 'free-key', 'own-account', 'paid']),
  keeps: z
    .union([z.enum(['everything', 'id-only']), z.object({ textForHours: z.number() })])
    .describe('What its terms let Earshot keep.'),
  order: z.enum(['newest-first', 'oldest-first', 'unordered']).describe('How its posts come.'),
  pace: z
    .array(z.object({ requests: z.int(), perSeconds: z.number() }))
    .describe('How often each of its hosts is asked at most; all of them hold.'),
  cron: z.string().describe('When it is looked at, unless the config says otherwise.'),
  offByDefault: z.string().nullable().describe('Why it waits for `off: false` in the config; null where it does not.'),
  secrets: z.array(
    z.object({
      env: z.string().describe('Its name in earshot.env.'),
      about: z.string().describe('What it is and where to get it.'),
      optional: z.boolean(),
    }),
  ),
  steps: z.array(z.string()).describe('How to get its secrets, in order.'),
  example: z.unknown().describe('Options for the config that work.'),
  group: z.string().nullable().describe('What it has in common with others.'),
  inConfig: z.boolean(),
  state: z
    .enum(['fresh', 'quiet', 'limited', 'blind', 'never-worked'])
    .nullable()
    .describe('As in `status --json`, of its place that stands worst; null where nobody has looked yet.'),
  sentence: z.string().nullable().describe('The same in words for its owner; null where it is not in the config.'),
});
export type SourceFace = z.infer<typeof SourceFace>;

export const ElsewhereFace = z.object({
  id: z.string(),
  title: z.string().describe('As people call the place.'),
  suits: z.array(z.string()).describe('Kinds of business that are talked about there.'),
  why: z.string().describe('Why no program may read it on its own.'),
  instead: z.array(z.string()).describe('What to do in its place, in order.'),
});
export type ElsewhereFace = z.infer<typeof ElsewhereFace>;
