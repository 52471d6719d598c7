/** Posts on Tumblr under the brand's tags: Tumblr lets programs look for tags, not for words. */
import { z } from 'zod';
import { dayMs, hourMs } from '../clock.ts';
import { barePost, type Post } from '../mention.ts';
import { Fault } from '../net/fault.ts';
import type { RawAnswer } from '../net/http.ts';
import { join } from '../net/join.ts';
import { links, plainText } from '../text/plain.ts';
import { baseUrl } from './options.ts';
import { readItems } from './read-items.ts';
import { refusalIn } from './refusal.ts';
import { defineSource, type Look } from './source.ts';
import { webLinks } from './web-links.ts';

const home = 'https://api.tumblr.com';
/** The most that Tumblr gives at once. */
const pageSize = 20;
const lastPage = 10;

const Options = z.strictObject({
  tags: z
    .array(
      z
        .string()
        .trim()
        .regex(/^#?[^#,]+$/, 'should be one tag, such as blue door'),
    )
    .default([])
    .describe('Tags to read, without #; made from the brand’s names where none is given.'),
  baseUrl: baseUrl(home),
});

const secrets = {
  key: {
    env: 'TUMBLR_API_KEY',
    about:
      'Free. Open https://www.tumblr.com/oauth/apps, press “Register application”, fill in any name and website, and copy the “OAuth Consumer Key”.',
  },
} as const;

const text = z.string().nullish().catch(null);
/** A number, or its digits where a number could not hold them. */
const Id = z.union([z.int(), z.string().regex(/^\d+$/)]).transform(String);
/** What each type of post calls its words. */
const words = {
  title: text,
  body: text,
  caption: text,
  text,
  source: text,
  description: text,
  question: text,
  answer: text,
};
const Entry = z.object({
  id: Id,
  id_string: z.string().regex(/^\d+$/).nullish().catch(null),
  post_url: z.string(),
  blog_name: z.string().min(1),
  type: text,
  timestamp: z.int().positive().max(8_640_000_000_000).nullish().catch(null),
  featured_timestamp: z.int().positive().nullish().catch(null),
  summary: text,
  url: text,
  note_count: z.int().nullish().catch(null),
  reblogged_from_id: z.union([z.number(), z.string()]).nullish().catch(null),
  reblog: z.object({ comment: text }).nullish().catch(null),
  ...words,
});
type Entry = z.infer<typeof Entry>;
const Answer = z.object({ response: z.array(z.unknown()) });
const Refusal = z.object({ meta: z.object({ status: z.int() }) });

interface At {
  readonly tag: string;
}

export const tumblr = defineSource({
  id: 'tumblr',
  title: 'Tumblr',
  kind: 'posts',
  suits: ['restaurant', 'shop', 'web-shop', 'other'],
  home: 'https://www.tumblr.com',
  docs: 'https://www.tumblr.com/docs/en/api/v2#tagged-method',
  hears: 'posts under your tags',
  about: 'Reads the posts on Tumblr under your tags; it cannot be searched for words. It wants a free key.',
  access: 'free-key',
  keeps: 'everything',
  order: 'newest-first',
  pace: [
    { requests: 300, perSeconds: 60 },
    { requests: 1000, perSeconds: 3600 },
    { requests: 5000, perSeconds: 86_400 },
  ],
  cron: '*/15 * * * *',
  overlapMs: 2 * hourMs,
  quietAfterMs: 30 * dayMs,
  options: Options,
  example: { tags: ['blue door coffee'] },
  secrets,

  looks: ({ tags }, { names }): Look<At>[] =>
    [...new Set((tags.length > 0 ? tags : names).map((tag) => tag.replace(/^#/, '').trim().toLowerCase()))].map(
      (tag) => ({ key: `#${tag}`, scope: 'place', at: { tag } }),
    ),

  async *collect({ at: { tag }, options, secrets: { key }, since, http, signal }) {
    const seen = new Set<string>();
    let before: number | undefined;
    for (let page = 1; page <= lastPage; page += 1) {
      signal.throwIfAborted();
      const { body } = await http.json(join(options.baseUrl ?? home, 'v2/tagged'), Answer, {
        query: { tag, before, limit: pageSize, api_key: key ?? '' },
        refused,
      });
      const wordless: string[] = [];
      let oldest = before ?? Number.POSITIVE_INFINITY;
      const read = readItems(body.response, 'response', Entry, (entry) => {
        oldest = Math.min(oldest, entry.featured_timestamp ?? entry.timestamp ?? oldest);
        const post = toPost(entry, tag);
        if (post === null || seen.has(post.externalId)) return null;
        seen.add(post.externalId);
        if (post.text !== '' || post.title !== null) return post;
        wordless.push('a picture without a word');
        return null;
      });
      // Where the time goes back no further, the same page would come again.
      const goesOn = Number.isFinite(oldest) && oldest !== before && oldest * 1000 >= since;
      const more = body.response.length > 0 && goesOn;
      const unreadable = [...read.unreadable, ...wordless];
      yield { ...read, unreadable, capped: more && page === lastPage };
      if (!more) return;
      before = oldest;
    }
  },
});

/** Null for what was only passed on, without a word of one's own. */
function toPost(entry: Entry, tag: string): Post | null {
  const isPassedOn = entry.reblogged_from_id != null;
  const own = entry.reblog?.comment ?? '';
  if (isPassedOn && plainText(own).trim() === '') return null;
  const { body, caption, text: quote, source, description, question, answer } = entry;
  const html = isPassedOn
    ? own
    : [body, caption, quote, source, description, question, answer].filter(Boolean).join('\n<br><br>');
  const said = plainText(html) || plainText(entry.summary ?? '');
  const title = plainText(entry.title ?? '') || null;
  return barePost('tumblr', said, {
    externalId: entry.id_string ?? entry.id,
    url: webLinks([entry.post_url])[0] ?? null,
    author: {
      handle: entry.blog_name,
      name: null,
      url: `https://www.tumblr.com/${encodeURIComponent(entry.blog_name.toWellFormed())}`,
      followers: null,
    },
    title,
    publishedAt: entry.timestamp ? entry.timestamp * 1000 : null,
    // Likes, reblogs and answers are told as one figure.
    engagement: { likes: entry.note_count ?? null, reposts: null, replies: null, views: null },
    links: webLinks([entry.url, ...links(html)]),
    place: `#${tag}`,
  });
}

/** Errors are `{ meta: { status, msg }, … }`. */
function refused({ status, text: body }: RawAnswer): Fault | undefined {
  if (status !== 401 && status !== 403) return undefined;
  if (refusalIn(body, Refusal) === null) return undefined;
  return new Fault(
    'not-allowed',
    `Tumblr does not know the key in ${secrets.key.env}. Copy it again: \`npx earshot sources tumblr\` says how.`,
  );
}
