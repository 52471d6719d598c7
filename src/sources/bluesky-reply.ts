/** Answers on Bluesky: a record of our own, whose name follows from the answer, so that it is the same however often it is put there. */
import { z } from 'zod';
import { Fault } from '../net/fault.ts';
import type { RawAnswer } from '../net/http.ts';
import { join } from '../net/join.ts';
import { noLonger } from './again.ts';
import { notTaken } from './answering.ts';
import { bearer, refused } from './bluesky-access.ts';
import { refusalIn } from './refusal.ts';
import type { Answered, ReplyRequest, Secrets } from './source.ts';

const collection = 'app.bsky.feed.post';

const Ref = z.object({ uri: z.string(), cid: z.string() });
const Parents = z.object({
  posts: z.array(
    Ref.extend({
      record: z.object({ reply: z.object({ root: Ref }).nullish().catch(null) }),
      viewer: z.object({ replyDisabled: z.boolean().nullish() }).nullish().catch(null),
    }),
  ),
});
const Put = z.object({ uri: z.string() });
const Refusal = z.object({ error: z.string() });

type Request = ReplyRequest<unknown, Secrets>;

/** A second time nothing changes there: it is the same record. */
export async function replyOn(request: Request, base: string): Promise<Answered> {
  const { http, post, text, agreedAt } = request;
  const { token, did } = whoIs(request);
  const headers = bearer(token);
  const query = { uris: [post.externalId] };
  const asked = { query, headers, refused: (answer: RawAnswer, now: number) => refused(answer, now, true) };
  const { body } = await http.json(join(base, '/xrpc/app.bsky.feed.getPosts'), Parents, asked);
  const [parent] = body.posts;
  if (!parent) throw noLonger();
  if (parent.viewer?.replyDisabled) throw notTaken('Bluesky', 'its author lets only some people answer, not you');
  const { uri, cid } = parent;
  const links = facetsOf(request);
  const record = {
    $type: collection,
    text,
    createdAt: new Date(agreedAt).toISOString(),
    reply: { root: parent.record.reply?.root ?? { uri, cid }, parent: { uri, cid } },
    ...(links.length > 0 && { facets: links }),
  };
  const put = await http.json(join(base, '/xrpc/com.atproto.repo.putRecord'), Put, {
    method: 'POST',
    json: { repo: did, collection, rkey: nameOf(request), record },
    headers,
    writes: true,
    refused: refusedToWrite,
  });
  return answered(put.body.uri, request);
}

/** Asks our own account for the record; what is there is there at once. */
export async function repliedOn(request: Request, base: string): Promise<Answered | null> {
  const { token, did } = whoIs(request);
  try {
    const { body } = await request.http.json(join(base, '/xrpc/com.atproto.repo.getRecord'), Put, {
      query: { repo: did, collection, rkey: nameOf(request) },
      headers: bearer(token),
      refused: (answer, now) => notFound(answer) ?? refused(answer, now, true),
    });
    return answered(body.uri, request);
  } catch (fault) {
    if (fault instanceof Fault && fault.cause === notThere) return null;
    throw fault;
  }
}

const notThere = Symbol('not there');

function notFound({ status, text }: RawAnswer): Fault | undefined {
  if (status !== 400 && status !== 404) return undefined;
  const error = refusalIn(text, Refusal)?.error;
  return error === 'RecordNotFound' ? new Fault('gone', 'It does not stand there.', { cause: notThere }) : undefined;
}

function refusedToWrite(answer: RawAnswer, now: number): Fault | undefined {
  const fault = refused(answer, now, true);
  const words = fault?.kind === 'garbled' || answer.status === 413 || answer.status === 422;
  return words ? notTaken('Bluesky', 'it takes 300 characters at most') : fault;
}

function answered(uri: string, request: Request): Answered {
  return { externalId: uri, url: `https://bsky.app/profile/${whoIs(request).did}/post/${uri.split('/').at(-1)}` };
}

function whoIs({ session }: Request): { readonly token: string; readonly did: string } {
  const did = session?.extra?.did;
  if (!session || !did)
    throw new Fault('not-allowed', 'Bluesky wants an app password for this: `npx earshot sources bluesky` says how.');
  return { token: session.token, did };
}

const digits = '234567abcdefghijklmnopqrstuvwxyz';

/** A TID, as Bluesky names posts: when it was agreed to, told apart from others of that moment by its key. */
export function nameOf({ key, agreedAt }: Pick<Request, 'key' | 'agreedAt'>): string {
  const part = (from: number, most: number) => Number.parseInt(key.slice(from, from + 8), 16) % most;
  let number = (BigInt(agreedAt * 1000 + part(0, 1000)) << 10n) | BigInt(part(8, 1024));
  let name = '';
  for (let place = 0; place < 13; place += 1) {
    name = `${digits[Number(number & 31n)]}${name}`;
    number >>= 5n;
  }
  return name;
}

/** What is a link there: addresses, and the name of the one who is answered. Places count bytes. */
function facetsOf({ text, post }: Request) {
  const links = [...text.matchAll(/https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]’”]/gu)].map(({ 0: uri, index }) =>
    facet(text, index, uri, { $type: 'app.bsky.richtext.facet#link', uri }),
  );
  const did = post.externalId.split('/')[2] ?? '';
  const name = post.author.handle === null ? null : `@${post.author.handle}`;
  const at = name === null ? -1 : text.toLowerCase().indexOf(name.toLowerCase());
  if (name === null || at < 0 || !did.startsWith('did:')) return links;
  return [...links, facet(text, at, name, { $type: 'app.bsky.richtext.facet#mention', did })];
}

function facet(text: string, at: number, words: string, feature: object) {
  const byteStart = Buffer.byteLength(text.slice(0, at));
  return { index: { byteStart, byteEnd: byteStart + Buffer.byteLength(words) }, features: [feature] };
}
