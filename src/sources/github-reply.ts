/** Answers on GitHub: comments below an issue, in the name of the account that the token belongs to. */
import { z } from 'zod';
import type { Post } from '../mention.ts';
import { Fault } from '../net/fault.ts';
import type { Ask, RawAnswer } from '../net/http.ts';
import { join } from '../net/join.ts';
import { noLonger } from './again.ts';
import { notTaken } from './answering.ts';
import { Entry, placeOf } from './github-post.ts';
import { refusalIn } from './refusal.ts';
import { isSameText } from './same-words.ts';
import type { Answered, ReplyRequest, Secrets } from './source.ts';

const pageSize = 100;
const lastPage = 10;

const User = z.object({ login: z.string().min(1) });
const Refusal = z.object({ message: z.string() });

type Request = Pick<ReplyRequest<unknown, Secrets>, 'post' | 'text' | 'agreedAt' | 'http' | 'signal'>;

/** Where and as whom. */
export interface Desk {
  readonly base: string;
  readonly headers: Readonly<Record<string, string>>;
}

export async function replyBelow(desk: Desk, request: Request): Promise<Answered> {
  const { body } = await asking(desk, request, commentsOf(request.post), Entry, {
    method: 'POST',
    json: { body: request.text },
    writes: true,
  });
  return { externalId: body.node_id ?? body.html_url, url: body.html_url };
}

/** Among the comments since it was agreed to. */
export async function repliedBelow(desk: Desk, request: Request): Promise<Answered | null> {
  const login = await speaker(desk, request);
  const since = new Date(request.agreedAt - 60_000).toISOString();
  for (let page = 1; page <= lastPage; page += 1) {
    request.signal.throwIfAborted();
    const query = { since, per_page: pageSize, page };
    const { body } = await asking(desk, request, commentsOf(request.post), z.array(z.unknown()), { query });
    for (const item of body) {
      const { data } = Entry.safeParse(item);
      if (data?.user?.login === login && isSameText(data.body ?? '', request.text))
        return { externalId: data.node_id ?? data.html_url, url: data.html_url };
    }
    if (body.length < pageSize) return null;
  }
  throw new Fault('gone', 'So many comments stand below this issue that your answer cannot be looked for there.');
}

export async function speaker(desk: Desk, request: Pick<Request, 'http'>): Promise<string> {
  return (await asking(desk, request, 'user', User, {})).body.login;
}

/** @throws Fault where its address names no issue */
function commentsOf({ url }: Post): string {
  const { place, number } = placeOf(url ?? '');
  if (number === '') throw new Fault('gone', 'The address of this post names no issue.');
  return `repos/${place}/issues/${number}/comments`;
}

async function asking<Body>(
  { base, headers }: Desk,
  { http }: Pick<Request, 'http'>,
  path: string,
  shape: z.ZodType<Body>,
  more: Ask,
) {
  return http.json(join(base, path), shape, { ...more, headers, refused });
}

const mayNot =
  'GitHub does not let the token in GITHUB_TOKEN answer there. It needs the permission “Issues: read and write”: `npx earshot sources github` says how.';

function refused({ status, text }: RawAnswer): Fault | undefined {
  const said = refusalIn(text, Refusal)?.message;
  if (said === undefined || status < 400 || status >= 500) return undefined;
  if (/rate limit|abuse detection/i.test(said)) return new Fault('slow-down', 'GitHub wants fewer questions.');
  if (/locked/i.test(said)) return notTaken('GitHub', 'the issue is locked, and nobody may answer there any more');
  if (status === 401 || status === 403) return new Fault('not-allowed', mayNot);
  if (status === 404 || status === 410) return noLonger();
  return status === 422 ? notTaken('GitHub', 'there is something in it that GitHub does not allow') : undefined;
}
