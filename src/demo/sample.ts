/** What a platform on loopback has to show: the shape of a post, and of the sample in `data/sample`. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

export const platformIds = [
  'feed',
  'alerts',
  'hacker-news',
  'bluesky',
  'mastodon',
  'reddit',
  'lemmy',
  'discourse',
  'stack-exchange',
  'app-store',
] as const;
export type PlatformId = (typeof platformIds)[number];

const count = z.int().nonnegative().optional();

export const PlatformPost = z.strictObject({
  platform: z.enum(platformIds),
  id: z
    .string()
    .min(1)
    .describe('The platform’s own id: digits for most; for Reddit with `t3_` (post) or `t1_` (comment) in front.'),
  agoHours: z.number().describe('Said so many hours before the platforms start; below 0: it comes while they run.'),
  place: z
    .string()
    .optional()
    .describe(
      'Feed: file name, which says its format (`x.xml` RSS, `x.atom`, `x.json`). Alert: its query. Reddit, Lemmy: the community. ' +
        'Discourse: the category. Stack Exchange: the site. App Store: the country.',
    ),
  replyTo: z.string().optional().describe('The id that it answers, on the same platform.'),
  author: z
    .strictObject({ handle: z.string().optional(), name: z.string().optional(), followers: count })
    .default({})
    .describe('The handle as the platform writes it: `ana.sky.example`, `ana@aire.example`.'),
  title: z.string().optional(),
  text: z.string(),
  language: z.string().default('en'),
  link: z.url().optional().describe('What it points to: an article’s address, a story’s link.'),
  rating: z.int().min(1).max(5).optional(),
  counts: z.strictObject({ likes: count, reposts: count, replies: count, views: count }).default({}),
  edit: z
    .strictObject({
      agoHours: z.number(),
      title: z.string().optional(),
      text: z.string().optional(),
      rating: z.int().min(1).max(5).optional(),
    })
    .optional()
    .describe('What it says from then on.'),
});
export type PlatformPost = z.input<typeof PlatformPost>;

export const kinds = [
  'complaint',
  'praise',
  'mention',
  'question',
  'news',
  'resolved',
  'rival',
  'own',
  'other',
] as const;

export const SamplePost = PlatformPost.extend({
  brand: z.string().optional().describe('Whose name is in it, be it in another sense.'),
  kind: z.enum(kinds).describe('What a person makes of it; `rival`: a complaint about somebody else.'),
  severity: z.int().min(1).max(4).optional().describe('Of a complaint: 1 a shrug, 4 somebody was or may be hurt.'),
});
export type SamplePost = z.output<typeof SamplePost>;

/**
 * The demo's posts, file by file in the order of their names.
 * @param folder `data/sample`
 * @throws Error with file and line where one does not parse.
 */
export function readSample(folder: string): readonly SamplePost[] {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .sort();
  return files.flatMap((name) =>
    readFileSync(join(folder, name), 'utf8')
      .split('\n')
      .flatMap((line, index) => (line.trim() === '' ? [] : [parseLine(line, `${name}, line ${index + 1}`)])),
  );
}

function parseLine(line: string, where: string): SamplePost {
  try {
    return SamplePost.parse(JSON.parse(line));
  } catch (cause) {
    throw new Error(`The sample does not read: ${where}.`, { cause });
  }
}

/** A post for a platform, without what the sample says about it. */
export function toPlatformPost({ brand: _, kind: __, severity: ___, ...post }: SamplePost): PlatformPost {
  return post;
}
