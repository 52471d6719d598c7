/** Answers in a Discourse forum, as the account that the API key was made for. */
import { z } from 'zod';
import type { Post } from '../mention.ts';
import { Fault } from '../net/fault.ts';
import type { Ask, RawAnswer } from '../net/http.ts';
import { join } from '../net/join.ts';
import { plainText } from '../text/plain.ts';
import { nothingToAnswer, notTaken } from './answering.ts';
import { idOf, nameOf } from './discourse-post.ts';
import { refusalIn } from './refusal.ts';
import { isSameText } from './same-words.ts';
import type { Answered, ReplyRequest, Secrets } from './source.ts';
import { timeOf } from './values.ts';

/** 50 posts each: further back nobody looks for an answer of minutes ago. */
const lastPage = 10;

const Written = z.object({
  id: z.union([z.int(), z.string().min(1)]).transform(String),
  topic_id: z.int(),
  topic_slug: z.string().nullish(),
  post_number: z.int().nullish(),
});
/** Where newcomers' posts are looked over first, it waits and has no number yet. */
const Sent = z.union([Written, z.object({ post: Written }), z.object({ action: z.literal('enqueued') })]);
const Own = Written.extend({ username: z.string(), cooked: z.string(), created_at: z.string() });
const Latest = z.object({ latest_posts: z.array(z.unknown()) });
const Refusal = z.object({ errors: z.array(z.string()).optional(), error_type: z.string().optional() });

type Request = Pick<ReplyRequest<unknown, Secrets>, 'post' | 'text' | 'agreedAt' | 'http' | 'signal'>;

/** Whom the key opens which forum for. */
export interface Member {
  readonly forum: string;
  readonly key: string;
  readonly username: string;
}

export async function replyIn(member: Member, request: Request): Promise<Answered> {
  const { topic, number } = standsAt(request.post);
  const { body } = await asking(member, request, 'posts.json', Sent, {
    method: 'POST',
    json: { topic_id: topic, raw: request.text, ...(number > 1 && { reply_to_post_number: number }) },
    writes: true,
  });
  if ('action' in body) return { externalId: null, url: null };
  return standing(member, 'post' in body ? body.post : body);
}

/** Among the newest posts of the forum, back to when it was agreed to. */
export async function repliedIn(member: Member, request: Request): Promise<Answered | null> {
  const { topic } = standsAt(request.post);
  let before: number | undefined;
  for (let page = 1; page <= lastPage; page += 1) {
    request.signal.throwIfAborted();
    const { body } = await asking(member, request, 'posts.json', Latest, { query: { before } });
    const posts = body.latest_posts.flatMap((item) => Own.safeParse(item).data ?? []);
    const ours = posts.find(
      (one) => one.topic_id === topic && isBy(one, member) && isSameText(plainText(one.cooked), request.text),
    );
    if (ours) return standing(member, ours);
    const times = posts.map(({ created_at }) => timeOf(created_at) ?? Number.POSITIVE_INFINITY);
    const oldest = Math.min(...posts.map(({ id }) => Number(id)));
    if (posts.length === 0 || oldest === before || Math.min(...times) < request.agreedAt - 60_000) return null;
    before = oldest;
  }
  const message = `So much is written in the forum ${nameOf(member.forum)} that your answer cannot be looked for there.`;
  throw new Fault('gone', message);
}

const isBy = ({ username }: z.infer<typeof Own>, member: Member) =>
  username.toLowerCase() === member.username.toLowerCase();

function standing({ forum }: Member, { id, topic_id, topic_slug, post_number }: z.infer<typeof Written>): Answered {
  return { externalId: idOf(forum, id), url: join(forum, `t/${topic_slug || '-'}/${topic_id}/${post_number ?? ''}`) };
}

/** By the address of the post: the topic's number, and the post's within it. @throws Fault where it tells neither */
function standsAt({ url }: Post): { readonly topic: number; readonly number: number } {
  const [, topic = '', number = '1'] = /\/t\/[^/]+\/(\d+)(?:\/(\d+))?$/.exec(url ?? '') ?? [];
  if (topic === '') throw new Fault('gone', 'The address of this post does not say where it stands.');
  return { topic: Number(topic), number: Number(number) };
}

async function asking<Body>(
  { forum, key, username }: Member,
  { http }: Request,
  path: string,
  shape: z.ZodType<Body>,
  more: Ask,
) {
  return http.json(join(forum, path), shape, {
    ...more,
    headers: { 'Api-Key': key, 'Api-Username': username },
    refused: (answer) => refused(answer, forum),
  });
}

function refused({ status, text }: RawAnswer, forum: string): Fault | undefined {
  const name = nameOf(forum);
  const error = refusalIn(text, Refusal);
  if (status === 422) return notTaken(`The forum ${name}`, 'it may be too short, or too like your last one');
  if ((status === 403 && error) || status === 401)
    return new Fault(
      'not-allowed',
      `The forum ${name} does not let the key in DISCOURSE_API_KEY answer there. Ask its administrators for one that may also write.`,
    );
  if (status === 404 && error) return nothingToAnswer(`The forum ${name}`);
  return undefined;
}
