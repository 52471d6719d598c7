/** The developer's answer to a review on Google Play: each review has one, and a new one takes its place. */
import { z } from 'zod';
import { Fault } from '../net/fault.ts';
import type { RawAnswer } from '../net/http.ts';
import { noLongerThere } from './again.ts';
import { type Asking, notTaken } from './answering.ts';
import { Refusal } from './google-play-access.ts';
import { refusalIn } from './refusal.ts';
import type { Answered, ReplyRequest, Secrets } from './source.ts';

/** Counted apart from what is read. */
const budget = { of: 'replies', pace: [{ requests: 2000, perSeconds: 86_400 }] } as const;

type Wish = Pick<ReplyRequest<unknown, Secrets>, 'post' | 'text'>;

export async function answer(ask: Asking, { post, text }: Wish): Promise<Answered> {
  await ask(`${encodeURIComponent(post.externalId)}:reply`, z.looseObject({}), {
    method: 'POST',
    json: { replyText: text },
    writes: true,
    budget,
    refused: (one) => forgotten(one) ?? tooMuch(one),
  });
  return { externalId: null, url: post.url };
}

/** Google forgets reviews after some days: one that it does not know may be there all the same. */
export function forgotten(one: RawAnswer): Fault | undefined {
  if (!noLongerThere(one, Refusal)) return undefined;
  return new Fault(
    'gone',
    'Google Play no longer gives programs this review, since it is older than some days, or it was taken away. Look at it in the Play Console.',
  );
}

function tooMuch({ status, text }: RawAnswer): Fault | undefined {
  if (status !== 400 || refusalIn(text, Refusal) === null) return undefined;
  return notTaken(
    'Google Play',
    'it is longer than about 350 characters, or there is something in it that Google does not allow',
  );
}
