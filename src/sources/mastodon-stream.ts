/** Public posts under the brand's hashtags as they reach a Mastodon server that lets you in, over a line that stays open. */
import { z } from 'zod';
import { dayMs } from '../clock.ts';
import type { Gone } from '../mention.ts';
import { join } from '../net/join.ts';
import type { ServerEvent } from '../net/live.ts';
import { jsonIn } from '../text/json.ts';
import { hashtagsOf } from './mastodon.ts';
import { readStatuses, Status } from './mastodon-post.ts';
import { ask, meet, refused, type Server, secrets } from './mastodon-server.ts';
import { webAddress } from './options.ts';
import { changed } from './read-items.ts';
import { defineSource, nothingToCollect, type Page } from './source.ts';

/** The most that a server gives at once. */
const pageSize = 40;
/** So many posts of a break are caught up with; the twin finds the others. */
const lastPage = 25;
/** A deletion names a post by the server's own number, which is remembered of so many. */
const mostRemembered = 10_000;
/** Not one of so many posts could be read: it has changed. */
const enoughToTell = 20;

const Options = z.strictObject({
  instance: webAddress().describe('The Mastodon server where you have an account: MASTODON_TOKEN belongs to it.'),
  hashtags: z
    .array(z.string().regex(/^\s*#?[\p{L}\p{M}\p{N}_]+\s*$/u, 'should be one word, such as bluedoor'))
    .default([])
    .describe('Hashtags to listen to; made from the brand’s names where none is given.'),
});

const Timeline = z.array(z.unknown());
const Known = z.object({ id: z.string().min(1), uri: z.string().min(1) });

export const mastodonStream = defineSource({
  id: 'mastodon-stream',
  title: 'Mastodon live',
  kind: 'posts',
  suits: ['restaurant', 'shop', 'service', 'web-shop', 'software', 'other'],
  home: 'https://joinmastodon.org/servers',
  docs: 'https://docs.joinmastodon.org/methods/streaming/#hashtag',
  hears: 'hashtags, as people write',
  about:
    'Hears posts under your hashtags within seconds, on the Mastodon server where you have an account, while ' +
    '`npx earshot start` runs. Name it beside `mastodon`, which looks for what was said before.',
  access: 'own-account',
  keeps: 'everything',
  order: 'oldest-first',
  pace: [{ requests: 300, perSeconds: 300 }],
  cron: '*/5 * * * *',
  overlapMs: 0,
  quietAfterMs: 30 * dayMs,
  options: Options,
  example: { instance: 'https://mastodon.example', hashtags: ['bluedoor'] },
  secrets: { token: { ...secrets.token, optional: false } },
  twin: 'mastodon',

  looks: ({ instance, hashtags }, terms) =>
    hashtagsOf(hashtags, terms).map((hashtag) => {
      const at = { instance: instance.replace(/\/+$/, ''), hashtag, home: true };
      return { key: `${at.instance} #${hashtag}`, scope: 'place', at } as const;
    }),

  collect: nothingToCollect,

  async *listen({ at, secrets, position, live, http, signal }) {
    const server = await meet(http, at, secrets.token);
    const uris = new Map<string, string>();
    let newest = position;
    let isNew = true;
    let [read, unread] = [0, 0];
    const events = live.events(join(server.streaming ?? at.instance, '/api/v1/streaming/hashtag'), {
      query: { tag: at.hashtag },
      headers: { authorization: `Bearer ${secrets.token}` },
      refused: (answer, now) => refused(answer, now, server),
    });
    for await (const batch of events) {
      if (isNew && position !== undefined) {
        // Behind the open line, so that nothing falls between the two.
        for await (const page of missed(server, at.hashtag, position, signal)) {
          remember(uris, page.statuses);
          newest = later(newest, page.statuses);
          yield { ...page.read, capped: page.capped, ...(newest !== undefined && { position: newest }) };
        }
      }
      isNew = false;
      const { statuses, damaged } = statusesIn(batch);
      read += statuses.length;
      unread += damaged.length;
      if (read === 0 && unread >= enoughToTell) throw changed(damaged[0] ?? 'its posts');
      remember(uris, statuses);
      newest = later(newest, statuses);
      const { posts, unreadable } = readStatuses(statuses, server, `#${at.hashtag}`);
      const page = { posts, unreadable: [...unreadable, ...damaged], gone: deletedBy(batch, uris) };
      yield { ...page, ...(newest !== undefined && { position: newest }), ...(server.note && { note: server.note }) };
    }
    if (read === 0 && unread > 0) throw changed('not one of its posts could be read');
  },
});

interface Missed {
  readonly read: Pick<Page, 'posts' | 'unreadable'>;
  readonly statuses: readonly unknown[];
  readonly capped: boolean;
}

/** What came while nobody listened, the oldest first. */
async function* missed(server: Server, hashtag: string, after: string, signal: AbortSignal): AsyncGenerator<Missed> {
  const path = `/api/v1/timelines/tag/${encodeURIComponent(hashtag)}`;
  let minId = after;
  for (let page = 1; ; page += 1) {
    signal.throwIfAborted();
    const { body } = await ask(server, path, Timeline, { limit: pageSize, min_id: minId });
    const { posts, unreadable } = readStatuses(body, server, `#${hashtag}`);
    const next = later(minId, body) ?? minId;
    const capped = next !== minId && body.length >= pageSize && page === lastPage;
    yield { read: { posts, unreadable }, statuses: body, capped };
    if (next === minId || body.length < pageSize || capped) return;
    minId = next;
  }
}

/** One post that cannot be read must not end the line for all others. */
function statusesIn(batch: readonly ServerEvent[]) {
  const said = batch
    .filter(({ name }) => name === 'update' || name === 'status.update')
    .map(({ data }) => jsonIn(data));
  const statuses = said.filter((one) => Status.safeParse(one).success);
  const damaged = said.flatMap((one) => (statuses.includes(one) ? [] : ['a post in its stream is not as expected']));
  return { statuses, damaged };
}

const knownIn = (statuses: readonly unknown[]) => statuses.flatMap((status) => Known.safeParse(status).data ?? []);

/** Ids are numbers that grow, too long for a number: the longer one is the later one. */
function later(newest: string | undefined, statuses: readonly unknown[]): string | undefined {
  const isLater = (one: string, other: string) =>
    one.length === other.length ? one > other : one.length > other.length;
  return knownIn(statuses).reduce<string | undefined>(
    (latest, { id }) => (latest === undefined || isLater(id, latest) ? id : latest),
    newest,
  );
}

function remember(uris: Map<string, string>, statuses: readonly unknown[]): void {
  for (const { id, uri } of knownIn(statuses)) uris.set(id, uri);
  for (const id of uris.keys()) if (uris.size > mostRemembered) uris.delete(id);
}

/** Whose post was heard before this connection, the twin sees when it looks again. */
function deletedBy(batch: readonly ServerEvent[], uris: ReadonlyMap<string, string>): Gone[] {
  return batch.flatMap(({ name, data }) => {
    const uri = name === 'delete' ? uris.get(data.trim()) : undefined;
    return uri === undefined ? [] : [{ source: 'mastodon', externalId: uri }];
  });
}
