/** What public Telegram channels say, from the page that each of them shows to everybody. */
import { z } from 'zod';
import { dayMs, hourMs } from '../clock.ts';
import { barePost, type Post } from '../mention.ts';
import { isHtml } from '../net/classify.ts';
import { Fault } from '../net/fault.ts';
import { join } from '../net/join.ts';
import { mayRead } from '../net/robots.ts';
import { type Element, elementsOf, elementsWhere, hasClass, wordsOf } from '../text/elements.ts';
import { baseUrl } from './options.ts';
import { changed, readItems } from './read-items.ts';
import { defineSource, type Page } from './source.ts';
import { timeOf } from './values.ts';
import { webLinks } from './web-links.ts';

const home = 'https://t.me';
/** About 20 messages each; at one page in half a minute more would keep other channels waiting. */
const lastPage = 5;

/** Stored messages stand far apart, and each page takes half a minute: what is left comes with its next turn. */
const mostPagesAgain = 10;

const Channel = z
  .string()
  .transform((name) =>
    name
      .trim()
      .replace(/^(?:https?:\/\/)?(?:www\.)?t\.me\/(?:s\/)?|^@/i, '')
      .replace(/\/$/, ''),
  )
  .pipe(z.string().regex(/^[a-z]\w{3,31}$/i, 'should be the name of a public channel, such as leedsfood'));
const Options = z.strictObject({
  channels: z.array(Channel).min(1).describe('Public channels to read, each by its name: what stands behind t.me/.'),
  baseUrl: baseUrl(home),
});

/** `data-post` is `leedsfood/123`. */
const Message = z.object({ id: z.string().regex(/^\w+\/\d+$/), element: z.custom<Element>() });
type Message = z.infer<typeof Message>;

export const telegram = defineSource({
  id: 'telegram',
  title: 'Telegram channels',
  kind: 'posts',
  suits: ['web-shop', 'software', 'other'],
  home: 'https://telegram.org',
  docs: 'https://telegram.org/faq_channels',
  hears: 'the public channels you name',
  about:
    'Reads the messages of the public Telegram channels you name. It needs no account; groups and private channels stay closed.',
  access: 'open',
  keeps: 'everything',
  order: 'newest-first',
  pace: [{ requests: 1, perSeconds: 30 }],
  cron: '*/15 * * * *',
  overlapMs: 6 * hourMs,
  quietAfterMs: 14 * dayMs,
  options: Options,
  example: { channels: ['leedsfood'] },
  secrets: {},

  looks: ({ channels }) =>
    [...new Set(channels.map((name) => name.toLowerCase()))].map(
      (channel) => ({ key: `@${channel}`, scope: 'place', at: { channel } }) as const,
    ),

  async *collect({ at: { channel }, options, since, http, signal }) {
    const url = join(options.baseUrl ?? home, `s/${channel}`);
    if (!(await mayRead(http, url))) throw keptOut(channel);
    let before: number | undefined;
    for (let page = 1; page <= lastPage; page += 1) {
      signal.throwIfAborted();
      const answer = await http.text(url, { query: { before }, headers: { accept: 'text/html' } });
      if (!new URL(answer.url).pathname.toLowerCase().endsWith(`/s/${channel}`)) throw noPreview(channel);
      const shown = shownOn(answer.body);
      const { posts, unreadable } = readItems(shown.messages, 'message', Message, (message) =>
        toPost(message, shown.followers),
      );
      const old = posts.some((post) => post.publishedAt !== null && post.publishedAt < since);
      // A page that does not lead further back would be read for ever.
      const more = !old && shown.before !== null && shown.before < (before ?? Number.POSITIVE_INFINITY);
      yield { posts: posts.toReversed(), unreadable, capped: more && page === lastPage };
      before = shown.before ?? undefined;
      if (!more) return;
    }
  },

  async *recheck({ options, posts, http, signal }) {
    const byChannel = Map.groupBy(posts, ({ externalId }) => channelOf(externalId).toLowerCase());
    let patience = mostPagesAgain;
    for (const channel of new Set(options.channels.map((name) => name.toLowerCase()))) {
      const url = join(options.baseUrl ?? home, `s/${channel}`);
      let left = (byChannel.get(channel) ?? []).toSorted((a, b) => numberOf(b) - numberOf(a));
      if (left.length > 0 && !(await mayRead(http, url))) continue;
      for (; left[0] !== undefined && patience > 0; patience -= 1) {
        signal.throwIfAborted();
        const answer = await http.text(url, {
          query: { before: numberOf(left[0]) + 1 },
          headers: { accept: 'text/html' },
        });
        if (!new URL(answer.url).pathname.toLowerCase().endsWith(`/s/${channel}`)) break;
        const { page, oldest } = messagesAgain(answer.body, left);
        yield page;
        const [, ...others] = left;
        left = others.filter((post) => numberOf(post) < oldest);
      }
    }
  },
});

const channelOf = (id: string) => id.replace(/\/.*$/, '');
const numberOf = ({ externalId }: { readonly externalId: string }) => Number(externalId.replace(/^.*\//, ''));

/** A page shows all that is left between its oldest message and the one it was asked for: gaps are what was deleted. */
function messagesAgain(html: string, asked: readonly Post[]): { readonly page: Page; readonly oldest: number } {
  const shown = shownOn(html);
  const read = readItems(shown.messages, 'message', Message, (message) => toPost(message, shown.followers));
  const ids = shown.messages.flatMap(({ id }) => (id === undefined ? [] : [id]));
  const there = new Set(ids.map((id) => id.toLowerCase()));
  const oldest = Math.min(...ids.map((externalId) => numberOf({ externalId })));
  const gone = asked.filter((post) => numberOf(post) > oldest && !there.has(post.externalId.toLowerCase()));
  return { page: { ...read, gone: read.unreadable.length > 0 ? [] : gone }, oldest };
}

interface Shown {
  readonly messages: readonly { readonly id: string | undefined; readonly element: Element }[];
  /** Of the channel. */
  readonly followers: number | null;
  /** Where older ones begin; null on the oldest page. */
  readonly before: number | null;
}

function shownOn(html: string): Shown {
  if (!isHtml(html)) throw changed('it is no web page');
  const page = elementsOf(html);
  const messages = [...elementsWhere(page, is('tgme_widget_message'))];
  const header = first(page, (one) => /(?:^|\s)tgme_(?:channel_info|header)/.test(one.attributes.get('class') ?? ''));
  if (messages.length === 0 && header === undefined) throw changed('there is no channel in it');
  const counters = [...elementsWhere(page, is('tgme_channel_info_counter'))];
  const members = counters.find((one) => /subscriber|member/i.test(wordsOf(one)));
  const older = first(page, (one) => one.attributes.get('rel') === 'prev' || one.attributes.has('data-before'));
  const given =
    older?.attributes.get('data-before') ?? /[?&]before=(\d+)/.exec(older?.attributes.get('href') ?? '')?.[1];
  return {
    messages: messages.map((element) => ({ id: element.attributes.get('data-post'), element })),
    followers: members ? countOf(wordsIn(members, 'counter_value')) : null,
    before: /^\d+$/.test(given ?? '') ? Number(given) : null,
  };
}

const is = (name: string) => (element: Element) => hasClass(element, name);
const first = (root: Element, wanted: (element: Element) => boolean) => [...elementsWhere(root, wanted)][0];
const wordsIn = (root: Element, name: string) => {
  const found = first(root, is(name));
  return found ? wordsOf(found) : '';
};

function toPost({ id, element }: Message, followers: number | null): Post | null {
  const [channel = ''] = id.split('/');
  // The message that is answered stands in front, in part: those are not this author's words.
  const [text] = elementsWhere(element, is('tgme_widget_message_text'), (one) => !is('tgme_widget_message_reply')(one));
  if (text === undefined || wordsOf(text) === '') return null;
  const date = first(element, (one) => one.name === 'time' && one.attributes.has('datetime'));
  const preview = first(element, is('tgme_widget_message_link_preview'));
  const addresses = [...elementsWhere(text, (one) => one.name === 'a'), ...(preview ? [preview] : [])];
  const url = `${home}/${id}`;
  return barePost('telegram', wordsOf(text), {
    externalId: id,
    url,
    author: {
      handle: channel,
      name: wordsIn(element, 'tgme_widget_message_owner_name') || null,
      url: `${home}/${channel}`,
      followers,
    },
    publishedAt: timeOf(date?.attributes.get('datetime')),
    engagement: {
      likes: null,
      reposts: null,
      replies: null,
      views: countOf(wordsIn(element, 'tgme_widget_message_views')),
    },
    links: webLinks(addresses.map((one) => one.attributes.get('href'))),
    origin: messageAt(first(element, is('tgme_widget_message_forwarded_from'))) ?? url,
    parentId: messageAt(first(element, is('tgme_widget_message_reply')))?.slice(home.length + 1) ?? null,
    place: `@${channel}`,
  });
}

/** The address of another message that the element, or a link in it, leads to. */
function messageAt(element: Element | undefined): string | null {
  if (element === undefined) return null;
  const link = [element, ...elementsWhere(element, ({ name }) => name === 'a')].map((one) =>
    one.attributes.get('href'),
  );
  const [, id] = link.map((href) => /^https:\/\/t\.me\/(?:s\/)?(\w+\/\d+)/.exec(href ?? '')).find(Boolean) ?? [];
  return id === undefined ? null : `${home}/${id}`;
}

/** `4.4K`, `2.38M`, `812`, `1 204`. */
function countOf(text: string): number | null {
  const [, figure = '', unit = ''] = /^([\d\s.]+)([KM]?)/i.exec(text.trim()) ?? [];
  const number = Number(figure.replaceAll(/\s/g, '')) * ({ k: 1e3, m: 1e6 }[unit.toLowerCase()] ?? 1);
  return figure.trim() === '' || !Number.isFinite(number) ? null : Math.round(number);
}

function noPreview(channel: string): Fault {
  return new Fault(
    'gone',
    `Telegram shows no messages of “${channel}” to the public: it is a group, has switched its preview off, or is spelt differently. Mend \`telegram.channels\`.`,
  );
}

function keptOut(channel: string): Fault {
  return new Fault(
    'not-allowed',
    `Telegram asks programs to keep away from the page of “${channel}”. Take it out of \`telegram.channels\`.`,
  );
}
