/** How an answer gets to where it shall stand: sent by a source in the owner's name, or copied there by hand. */
import { missingToSend } from '../config/secrets.ts';
import { placeName } from '../digest/place-name.ts';
import { loadSources } from '../sources/index.ts';
import type { Source } from '../sources/source.ts';
import type { MentionRow } from '../store/mention-rows.ts';
import { readSession } from '../store/sessions.ts';
import { readPosts, type StoredPost } from '../store/stored-posts.ts';
import type { Account } from './access.ts';
import { titlesOf } from './source-titles.ts';
import type { Tools } from './tools.ts';

interface Place {
  /** What is answered. */
  readonly post: StoredPost;
  /** As people call where it stands. */
  readonly title: string;
}

export interface SendingWay extends Place {
  readonly by: 'earshot';
  readonly source: Source;
  readonly account: Account;
}

export interface CopyingWay extends Place {
  readonly by: 'hand';
  /** Why Earshot does not send it, and what would let it, as a sentence. */
  readonly why: string;
}

export type ReplyWay = SendingWay | CopyingWay;

/** The first place that takes answers from Earshot, else the first one. */
export async function replyWay(tools: Tools, mention: MentionRow): Promise<ReplyWay> {
  const ids = mention.places.map(({ postId }) => postId);
  const posts = await tools.store.read('what is answered', (tx) => readPosts(tx, ids));
  const ways: ReplyWay[] = [];
  for (const post of posts) ways.push(await wayTo(tools, mention, post));
  const way = ways.find(({ by }) => by === 'earshot') ?? ways[0];
  if (!way) throw new Error(`mention ${mention.id} stands nowhere`);
  return way;
}

async function wayTo(tools: Tools, { brand }: MentionRow, post: StoredPost): Promise<ReplyWay> {
  const title = placeName(post, titlesOf(tools));
  const byHand = (why: string): CopyingWay => ({ by: 'hand', post, title, why });
  if (post.goneAt !== null) return byHand(`It is not to be seen on ${title} any more.`);
  // A stream's twin need not stand in the config.
  const source = tools.sources.find(({ id }) => id === post.source) ?? (await loadSources([post.source]))[0];
  if (!source?.reply) return byHand(`Earshot cannot write on ${title} itself.`);
  const account = accountOf(tools, brand.id, source);
  if (!account) return byHand(`Earshot can write on ${title} once \`${source.id}\` stands in your config.`);
  const missing = missingToSend(source, account.account, tools.env);
  if (missing.length > 0) {
    const told = `\`${tools.earshot} sources ${source.id}\` says where to get ${missing.length === 1 ? 'it' : 'them'}`;
    return byHand(`Earshot can write on ${title} once it knows ${missing.join(' and ')}; ${told}.`);
  }
  if (!(await isLetIn(tools, source, account)))
    return byHand(
      `Earshot can write on ${title} once your account is connected: \`${tools.earshot} connect ${source.id}\`.`,
    );
  return { by: 'earshot', source, account, post, title };
}

/** As the brand listens there; a stream's posts are answered through its twin, which may not stand in the config. */
function accountOf({ brands }: Tools, brandId: string, source: Source): Account | null {
  const setting = brands.get(brandId)?.sources.get(source.id);
  if (setting) return { account: setting.account, options: setting.options };
  const { success, data } = source.options.safeParse({});
  return success ? { account: null, options: data } : null;
}

/** An account that is agreed to in the browser has to be connected, and not taken back; a key in its place only hears. */
async function isLetIn({ store, sessionKey }: Tools, source: Source, { account }: Account): Promise<boolean> {
  const { connect } = source;
  if (!connect) return true;
  const kept = await store.read('a connection', (tx) => readSession(tx, { source: source.id, account }, sessionKey()));
  if (kept === null || kept.endedAt !== undefined) return false;
  // What such a key made is nobody's account, and is not renewed but made anew.
  return connect.inPlace === undefined || kept.refresh !== undefined;
}
