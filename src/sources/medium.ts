/** Stories on Medium under tags and by writers that matter, from the feeds that it gives of each. */
import { z } from 'zod';
import { dayMs, hourMs } from '../clock.ts';
import { barePost, type Post } from '../mention.ts';
import type { FeedItem } from '../net/feed.ts';
import { join } from '../net/join.ts';
import { links, plainText } from '../text/plain.ts';
import { baseUrl } from './options.ts';
import { readItems } from './read-items.ts';
import { defineSource, type Look } from './source.ts';
import { webLinks } from './web-links.ts';

const home = 'https://medium.com';

const Options = z
  .strictObject({
    tags: z
      .array(z.string().trim().min(1))
      .default([])
      .describe('Tags to read, such as your name, as Medium writes them: blue-door.'),
    writers: z
      .array(
        z
          .string()
          .trim()
          .regex(/^@?[\w.-]+$/, 'should be a writer such as @ana, or a publication’s name in its address'),
      )
      .default([])
      .describe('Writers (@ana) and publications (the last part of their address) whose stories are read.'),
    baseUrl: baseUrl(home),
  })
  .refine(({ tags, writers }) => tags.length + writers.length > 0, {
    error: 'should name what to hear: tags or writers',
  });

const idOf = (item: FeedItem) => /\/p\/([\da-f]+)\/?$/.exec(item.id ?? '')?.[1];
const Story = z.custom<FeedItem>().refine((item) => idOf(item) !== undefined, { error: 'its guid is not as expected' });

interface At {
  /** Behind `/feed/`. */
  readonly path: string;
}

export const medium = defineSource({
  id: 'medium',
  title: 'Medium',
  kind: 'articles',
  suits: ['software', 'web-shop', 'other'],
  home,
  docs: 'https://help.medium.com/hc/en-us/articles/214874118-Using-RSS-feeds-of-profiles-publications-and-topics',
  hears: 'stories under your tags',
  about:
    'Reads the newest stories on Medium under the tags that you name, of which it gives the beginnings, and those of writers that you name. It needs no account.',
  access: 'open',
  keeps: 'everything',
  order: 'newest-first',
  // Medium names no figure; its edge is quick to turn programs away.
  pace: [{ requests: 6, perSeconds: 60 }],
  cron: '40 * * * *',
  overlapMs: 24 * hourMs,
  quietAfterMs: 30 * dayMs,
  options: Options,
  example: { tags: ['blue-door-coffee'], writers: ['@ana'] },
  secrets: {},

  looks({ tags, writers }): Look<At>[] {
    const paths = [
      ...tags
        .map(tagOf)
        .filter(Boolean)
        .map((tag) => `tag/${tag}`),
      ...writers,
    ];
    return [...new Set(paths)].map((path) => ({ key: path, scope: 'place', at: { path } }));
  },

  async *collect({ at: { path }, options, since, http, signal }) {
    signal.throwIfAborted();
    const answer = await http.feed(
      join(options.baseUrl ?? home, `feed/${path.split('/').map(encodeURIComponent).join('/')}`),
    );
    const read = readItems(answer?.body.items ?? [], 'item', Story, (item) => toPost(item, path));
    // Ten or so, and no second page.
    const capped = read.posts.length > 0 && read.posts.every(({ publishedAt }) => (publishedAt ?? since) > since);
    yield { ...read, capped };
  },
});

/** `Blue Door Café` is tagged `blue-door-cafe`. */
function tagOf(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');
}

function toPost(item: FeedItem, path: string): Post {
  const html = item.content ?? '';
  // Behind the question mark stands which feed it came from.
  const url = webLinks([item.url?.replace(/\?source=.*$/, '')])[0] ?? null;
  return barePost('medium', plainText(html), {
    externalId: idOf(item) ?? '',
    url,
    author: { handle: null, name: item.authorName, url: null, followers: null },
    title: item.title,
    publishedAt: item.publishedAt,
    editedAt: null,
    links: webLinks(links(html)),
    place: path.startsWith('tag/') ? `#${path.slice('tag/'.length)}` : path,
  });
}
