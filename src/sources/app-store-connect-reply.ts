/** The developer's answer to a review in the App Store: each review has one, and a new one takes its place. */
import { z } from 'zod';
import type { Fault } from '../net/fault.ts';
import type { RawAnswer } from '../net/http.ts';
import { noLongerThere, nullWhereGone } from './again.ts';
import { type Asking, nothingToAnswer, notTaken } from './answering.ts';
import { Refusal } from './app-store-connect-access.ts';
import { refusalIn } from './refusal.ts';
import { isSameText } from './same-words.ts';
import type { Answered, ReplyRequest, Secrets } from './source.ts';

type Wish = Pick<ReplyRequest<unknown, Secrets>, 'post' | 'text'>;

const Response = z.object({
  id: z.string(),
  attributes: z.object({ responseBody: z.string().nullish().catch(null) }),
});

export async function answer(ask: Asking, { post, text }: Wish): Promise<Answered> {
  const review = { data: { type: 'customerReviews', id: post.externalId } };
  const data = { type: 'customerReviewResponses', attributes: { responseBody: text }, relationships: { review } };
  const { data: there } = await ask('v1/customerReviewResponses', z.object({ data: z.object({ id: z.string() }) }), {
    method: 'POST',
    json: { data },
    writes: true,
    refused,
  });
  return { externalId: there.id, url: post.url };
}

/** One that Apple has yet to let through is there, too. */
export async function stands(ask: Asking, { post, text }: Wish): Promise<Answered | null> {
  const path = `v1/customerReviews/${encodeURIComponent(post.externalId)}/response`;
  const shape = z.object({ data: Response.nullable() });
  const found = await nullWhereGone(ask(path, shape, { refused: (one) => noLongerThere(one, Refusal) }));
  if (!found?.data || !isSameText(found.data.attributes.responseBody ?? '', text)) return null;
  return { externalId: found.data.id, url: post.url };
}

/** Words that do not suit it come as a conflict. */
function refused(one: RawAnswer): Fault | undefined {
  const code = refusalIn(one.text, Refusal)?.errors[0]?.code ?? '';
  if (noLongerThere(one, Refusal) || (one.status === 409 && /RELATIONSHIP|NOT_FOUND/.test(code)))
    return nothingToAnswer('App Store Connect');
  if (one.status !== 409 && one.status !== 422 && one.status !== 400) return undefined;
  const why = /TOO_LONG/.test(code) ? 'it is too long' : 'there is something in it that Apple does not allow';
  return code === '' ? undefined : notTaken('App Store Connect', why);
}
