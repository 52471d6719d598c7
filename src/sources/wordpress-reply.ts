/** Answers below comments on the owner's own WordPress site, sent with an application password that no other site is told. */
import { z } from 'zod';
import { isThisMachine } from '../net/address.ts';
import { Fault } from '../net/fault.ts';
import type { RawAnswer } from '../net/http.ts';
import { plainText } from '../text/plain.ts';
import { nothingToAnswer, notTaken } from './answering.ts';
import { refusalIn } from './refusal.ts';
import { isSameText } from './same-words.ts';
import type { Answered, ReplyRequest, Secret, SpeakerRequest } from './source.ts';
import { webLinks } from './web-links.ts';
import { isHosted } from './wordpress-hosted.ts';
import { askSite, list, placeOf, Refusal, type Site } from './wordpress-site.ts';

interface Options {
  readonly answersAt?: string | undefined;
}
interface Keys {
  readonly user: Secret;
  readonly password: Secret;
  readonly [other: string]: Secret;
}
type Speaker = SpeakerRequest<Options, Keys>;
type Wish = ReplyRequest<Options, Keys>;

const words = z.string().nullish().catch(null);
const Id = z.union([z.int(), z.string().min(1)]).transform(String);
const Me = z.object({ id: Id, name: words });
const Comment = z.object({ id: Id, author: Id.nullish(), link: words, content: z.object({ rendered: z.string() }) });
const Written = z.object({ id: Id, link: words });

export async function answer(request: Wish): Promise<Answered> {
  const site = ownSite(request);
  const { post: thread, parent } = await placeBelow(site, request);
  const content = request.text.replaceAll('<', '&lt;');
  const json = { post: thread, ...(parent && { parent }), content };
  try {
    const refused = (one: RawAnswer, now: number) => answerRefused(one, now, site.address);
    const { id, link } = await askSite(site, 'comments', Written, { method: 'POST', json, writes: true, refused });
    return { externalId: `${placeOf(site.address)}#comment-${id}`, url: webLinks([link])[0] ?? null };
  } catch (fault) {
    // WordPress takes the same words of one person only once below one comment: they stand there.
    if (fault instanceof Fault && fault.cause === twice) return { externalId: null, url: request.post.url };
    throw fault;
  }
}

export async function stands(request: Wish): Promise<Answered | null> {
  const site = ownSite(request);
  const { post, parent } = await placeBelow(site, request);
  const me = await askSite(site, 'users/me', Me, { refused: (one) => notIn(one, site.address) });
  const query = { post, parent: parent ?? 0, per_page: 100, order: 'desc', _fields: 'id,author,link,content' };
  const { body } = await list(site, 'comments', query);
  const ours = body
    .flatMap((one) => Comment.safeParse(one).data ?? [])
    .find((one) => one.author === me.id && isSameText(plainText(one.content.rendered), request.text));
  return ours
    ? { externalId: `${placeOf(site.address)}#comment-${ours.id}`, url: webLinks([ours.link])[0] ?? null }
    : null;
}

export async function speaker(request: Speaker): Promise<string | null> {
  const site = ownSite(request);
  await list(site, 'comments', { per_page: 1, _fields: 'id' });
  const me = await askSite(site, 'users/me', Me, { refused: (one) => notIn(one, site.address) });
  return plainText(me.name ?? '') || null;
}

/** @throws Fault where the post stands on a site that is not the owner's, or that cannot be trusted with a password */
function ownSite({ options: { answersAt }, secrets: { user, password }, post, http }: Speaker): Site {
  if (answersAt === undefined || placeOf(answersAt) !== placeIn(post.externalId))
    throw notAllowed(
      'Earshot answers comments on your own site alone. If this one is yours, write its address behind `answersAt` in your config; else answer in your browser.',
    );
  if (isHosted(answersAt))
    throw notAllowed('Sites at wordpress.com take no answers from Earshot: answer in your browser.');
  if (!user || !password)
    throw notAllowed(
      'To answer on your site, Earshot wants WORDPRESS_USER and WORDPRESS_APP_PASSWORD: `npx earshot sources wordpress` says how to get them.',
    );
  const { protocol, hostname } = new URL(answersAt);
  if (protocol !== 'https:' && !isThisMachine(hostname))
    throw notAllowed(
      'Your password goes to your site only over https, else anybody on the way could read it: write `answersAt` with https://.',
    );
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  return { http, address: answersAt, authorization, door: null };
}

/** Below which comment of which post. Asking for it finds the site's door, too. */
async function placeBelow(site: Site, { post: { externalId } }: Speaker) {
  const [, kind = '', id = ''] = /#(post|comment)-(.+)$/.exec(externalId) ?? [];
  const query = { include: id, per_page: 1, _fields: kind === 'comment' ? 'id,post' : 'id' };
  const found = (await list(site, `${kind}s`, query)).body[0];
  const there = z.object({ id: Id, post: Id.optional() }).safeParse(found).data;
  if (there === undefined) throw nothingToAnswer(new URL(site.address).host);
  return kind === 'comment' ? { post: there.post ?? '', parent: there.id } : { post: there.id, parent: null };
}

const placeIn = (externalId: string) => externalId.replace(/#.*$/, '');
const notAllowed = (message: string) => new Fault('not-allowed', message);
/** The cause of a fault that says that these words stand there already. */
const twice = Symbol('twice');

/** Somebody who is not let in, in WordPress's own words. */
function notIn({ status, text }: RawAnswer, address: string): Fault | undefined {
  const code = status < 400 ? undefined : refusalIn(text, Refusal)?.code;
  if (code === undefined || (status !== 401 && status !== 403)) return undefined;
  const { host } = new URL(address);
  return status === 401
    ? notAllowed(
        `${host} does not take WORDPRESS_USER with WORDPRESS_APP_PASSWORD: make a new application password there, \`npx earshot sources wordpress\` says how.`,
      )
    : notAllowed(`${host} does not let this user answer comments. Give it the right there, or name another user.`);
}

/** Errors are `{ code, message, data: { status } }`. */
function answerRefused(one: RawAnswer, now: number, address: string): Fault | undefined {
  const code = one.status < 400 ? undefined : refusalIn(one.text, Refusal)?.code;
  if (code === undefined) return undefined;
  const { host } = new URL(address);
  if (code === 'comment_duplicate') return new Fault('garbled', 'These words stand there already.', { cause: twice });
  if (code === 'comment_flood')
    return new Fault('slow-down', `${host} wants some time between two comments.`, { retryAt: now + 60_000 });
  if (code === 'rest_comment_invalid_post_id' || one.status === 404) return nothingToAnswer(host);
  if (/closed|draft_post|trash_post/.test(code)) return notTaken(host, 'comments are closed there');
  if (/column_length/.test(code)) return notTaken(host, 'it is too long');
  const known = notIn(one, address);
  return (
    known ?? (one.status === 400 ? notTaken(host, 'there is something in it that the site does not allow') : known)
  );
}
