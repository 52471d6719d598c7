/** Every public post on Bluesky as it is written, over one open line for all brands; what names none of them is passed over. */
import { z } from 'zod';
import { dayMs } from '../clock.ts';
import type { Gone, Post } from '../mention.ts';
import { Fault } from '../net/fault.ts';
import { join } from '../net/join.ts';
import type { Live } from '../net/live.ts';
import { jsonIn } from '../text/json.ts';
import { type Asking, askAgain, postsAtOnce, publicHome, withFollowers } from './bluesky.ts';
import { namedIn, postWritten, readPosts } from './bluesky-post.ts';
import { baseUrl, webAddress } from './options.ts';
import { changed } from './read-items.ts';
import { defineSource, type Gap, nothingToCollect, type Page } from './source.ts';

const home = 'https://jetstream2.us-east.bsky.network';
const collection = 'app.bsky.feed.post';

/** The stream's own clock counts microseconds. */
const ms = 1_000;
const second = 1_000 * ms;
/** Its servers differ by this much: what was heard before a break is asked for again from so far back. */
const overlap = 5 * second;
/** All of Bluesky is never silent for so long: where it goes on later than asked for, it no longer has what lies between. */
const longestSilence = 60 * second;
/** Bluesky needs this long until it can say who wrote a post; what it cannot show after the second wait was taken down. */
const waits = [5 * second, 60 * second] as const;
/** Not one of so many events could be read: it has changed. */
const enoughToTell = 100;

const Options = z.strictObject({
  baseUrl: baseUrl(home),
  publicUrl: webAddress()
    .optional()
    .describe(`Where to ask who wrote a post, instead of ${publicHome}; \`baseUrl\` where only that is given.`),
});

/** Kinds that we do not know are let pass. */
const Event = z.object({
  did: z.string().min(1),
  time_us: z.int().positive(),
  kind: z.string(),
  commit: z
    .object({ operation: z.string(), collection: z.string(), rkey: z.string().min(1), record: z.unknown() })
    .partial({ record: true })
    .optional(),
  account: z.object({ active: z.boolean() }).optional(),
});
type Event = z.infer<typeof Event>;

export const blueskyJetstream = defineSource({
  id: 'bluesky-jetstream',
  title: 'Bluesky live',
  kind: 'posts',
  suits: ['restaurant', 'shop', 'service', 'web-shop', 'software', 'other'],
  home: 'https://bsky.app',
  docs: 'https://github.com/bluesky-social/jetstream',
  hears: 'public posts, as they are written',
  about:
    'Hears every public post on Bluesky within seconds, while `npx earshot start` runs; it needs no account and fetches ' +
    'some gigabytes a day. Name it beside `bluesky`, which looks for what was said before.',
  access: 'open',
  keeps: 'everything',
  order: 'oldest-first',
  pace: [{ requests: 3000, perSeconds: 300 }],
  cron: '*/5 * * * *',
  overlapMs: overlap / ms,
  quietAfterMs: 14 * dayMs,
  options: Options,
  example: {},
  secrets: {},
  twin: 'bluesky',

  looks: () => [{ key: 'stream', scope: 'place', at: {} }],

  collect: nothingToCollect,

  async *listen({ options, position, wanted, live, http, signal }) {
    const from = position === undefined ? null : Number(position);
    const base = options.publicUrl ?? options.baseUrl ?? publicHome;
    const desk = { http, base, token: null, signal };
    const hits = waitingHits();
    let latest = from;
    let [read, unreadable] = [0, 0];
    for await (const texts of connected(live, options.baseUrl ?? home, from)) {
      const batch = readBatch(texts, wanted);
      read += batch.events;
      unreadable += batch.unreadable.length;
      if (read === 0 && unreadable >= enoughToTell) throw changed(batch.unreadable[0] ?? 'its events');
      for (const hit of batch.hits) hits.add(hit);
      for (const gone of batch.gone) hits.forget(gone);
      const gap = read === batch.events ? gapBefore(batch.earliest, from) : undefined;
      latest = Math.max(latest ?? 0, batch.latest ?? 0) || null;
      // A mere sign of life says that nothing more is to be waited for just now.
      const now = texts.length === 0 ? Number.POSITIVE_INFINITY : (latest ?? 0);
      const { posts, unreadable: unshown } = await hits.shown(desk, now);
      const { gone, passedOver } = batch;
      const until = Math.min(latest ?? 0, hits.heldAt() - 1);
      yield {
        ...{ posts, gone, passedOver, unreadable: [...batch.unreadable, ...unshown] },
        ...(gap && { gap }),
        ...(until > 0 && { position: String(Math.max(until, from ?? 0)) }),
      };
    }
    if (read === 0 && unreadable > 0) throw changed('not one of its events could be read');
    const { posts, unreadable: unshown } = await hits.shown(desk, Number.POSITIVE_INFINITY);
    const until = Math.min(latest ?? 0, hits.heldAt() - 1);
    if (until > 0) yield { posts, unreadable: unshown, position: String(Math.max(until, from ?? 0)) };
  },
});

/** Some servers refuse what they no longer have, in place of giving what they have: then it goes on with now. */
async function* connected(live: Live, base: string, from: number | null) {
  const asked = (cursor?: number) => ({
    query: { wantedCollections: collection, maxMessageSizeBytes: 1_000_000, cursor },
    refused: ({ status, text }: { readonly status: number; readonly text: string }) =>
      status === 400 && text.includes(tooOld)
        ? new Fault('gone', 'It no longer has that.', { cause: tooOld })
        : undefined,
  });
  const address = join(base, '/subscribe');
  try {
    yield* live.messages(address, asked(from === null ? undefined : Math.max(1, from - overlap)));
  } catch (fault) {
    if (!(fault instanceof Fault && fault.cause === tooOld)) throw fault;
    yield* live.messages(address, asked());
  }
}

const tooOld = 'CursorTooOld';

interface Hit {
  readonly post: Post;
  readonly at: number;
}

interface Batch {
  readonly events: number;
  readonly earliest: number | null;
  readonly latest: number | null;
  readonly hits: readonly Hit[];
  readonly gone: readonly Gone[];
  readonly passedOver: number;
  readonly unreadable: readonly string[];
}

function readBatch(texts: readonly string[], wanted: (post: Post) => boolean): Batch {
  const hits: Hit[] = [];
  const gone: Gone[] = [];
  const unreadable: string[] = [];
  let [events, passedOver] = [0, 0];
  let [earliest, latest] = [Number.POSITIVE_INFINITY, 0];
  for (const text of texts) {
    const event = Event.safeParse(jsonIn(text)).data;
    if (event === undefined) {
      unreadable.push('an event is not as expected');
      continue;
    }
    events += 1;
    earliest = Math.min(earliest, event.time_us);
    latest = Math.max(latest, event.time_us);
    const left = goneBy(event);
    if (left) gone.push(left);
    if (event.commit?.collection !== collection || event.commit.operation === 'delete') continue;
    const { rkey, record } = event.commit;
    const post = postWritten(uriOf(event.did, rkey), event.did, record);
    if (post === null) unreadable.push('a post is not as expected');
    else if (wanted(post)) hits.push({ post, at: event.time_us });
    else passedOver += 1;
  }
  const any = events > 0;
  return { events, earliest: any ? earliest : null, latest: any ? latest : null, hits, gone, passedOver, unreadable };
}

const uriOf = (did: string, rkey: string) => `at://${did}/${collection}/${rkey}`;

/** An account that is no longer shown takes all its posts with it. */
function goneBy({ did, commit, account }: Event): Gone | null {
  if (account?.active === false) return { source: 'bluesky', externalId: `at://${did}/`, all: true };
  if (commit?.operation !== 'delete' || commit.collection !== collection) return null;
  return { source: 'bluesky', externalId: uriOf(did, commit.rkey) };
}

function gapBefore(earliest: number | null, from: number | null): Gap | undefined {
  if (earliest === null || from === null || earliest <= from + longestSilence) return undefined;
  return { from: Math.floor(from / ms), to: Math.floor(earliest / ms) };
}

/** Posts that name somebody, until Bluesky says who wrote them. */
function waitingHits() {
  const waiting = new Map<string, Hit & { readonly tries: number }>();
  const followers = new Map<string, number | null>();
  return {
    add: ({ post, at }: Hit) => void waiting.set(post.externalId, { post, at, tries: 0 }),
    forget: ({ externalId, all }: Gone) => {
      if (!all) waiting.delete(externalId);
      else for (const id of waiting.keys()) if (id.startsWith(externalId)) waiting.delete(id);
    },
    /** When the oldest was written that still waits: from there the stream must be heard again. */
    heldAt: () => [...waiting.values()].reduce((least, { at }) => Math.min(least, at), Number.POSITIVE_INFINITY),
    /** Those that Bluesky shows by now. @param now of the stream's clock; infinite where nothing more comes for the moment */
    shown: async (desk: Asking, now: number): Promise<Pick<Page, 'posts'> & { unreadable: readonly string[] }> => {
      const due = [...waiting.values()].filter(({ at, tries }) => now >= at + (waits[tries] ?? 0));
      const posts: Post[] = [];
      const unreadable: string[] = [];
      for (let at = 0; at < due.length; at += postsAtOnce) {
        const asked = due.slice(at, at + postsAtOnce);
        const items = await askAgain(
          desk,
          asked.map(({ post }) => post),
        );
        const known = new Set(namedIn(items).map(({ uri }) => uri));
        const read = readPosts(items);
        posts.push(...(await withFollowers(read.posts, followers, desk)));
        unreadable.push(...read.unreadable);
        for (const hit of asked) {
          // Only the stream's own time can say that it was waited for long enough.
          const tries = hit.tries + (Number.isFinite(now) ? 1 : 0);
          if (known.has(hit.post.externalId) || tries === waits.length) waiting.delete(hit.post.externalId);
          else waiting.set(hit.post.externalId, { ...hit, tries });
        }
      }
      if (followers.size > mostFollowers) followers.clear();
      return { posts, unreadable };
    },
  };
}

const mostFollowers = 10_000;
