/** The business's answer to a review on Trustpilot, sent with the secret that belongs to the key. */
import { z } from 'zod';
import { Fault } from '../net/fault.ts';
import type { RawAnswer } from '../net/http.ts';
import { join } from '../net/join.ts';
import { nothingToAnswer, notTaken } from './answering.ts';
import { refusalIn } from './refusal.ts';
import type { Answered, ReplyRequest, Secret, SecretValues } from './source.ts';

interface Options {
  readonly businessUser?: string | undefined;
}
interface Keys {
  readonly key: Secret;
  readonly secret: Secret;
  readonly [other: string]: Secret;
}

const Granted = z.object({ access_token: z.string().min(1) });
const Refusal = z.object({});

/** @param home Trustpilot's address, or what stands in for it */
export async function answer(home: string, request: ReplyRequest<Options, Keys>): Promise<Answered> {
  const { options, secrets, post, text, http } = request;
  const url = join(home, `v1/private/reviews/${encodeURIComponent(post.externalId)}/reply`);
  const token = await tokenFor(home, secrets, http);
  // Its receipt is not verified against a live answer: that it is one says enough.
  await http.text(url, {
    method: 'POST',
    json: { message: text, ...(options.businessUser && { authorBusinessUserId: options.businessUser }) },
    headers: { authorization: `Bearer ${token}` },
    writes: true,
    refused: (one) => refused(one, options),
  });
  return { externalId: null, url: post.url };
}

async function tokenFor(home: string, { key, secret }: SecretValues<Keys>, http: ReplyRequest<Options, Keys>['http']) {
  if (!secret)
    throw new Fault(
      'not-allowed',
      'To answer on Trustpilot, Earshot wants TRUSTPILOT_API_SECRET as well: `npx earshot sources trustpilot` says where it stands.',
    );
  const { body } = await http.json(join(home, 'v1/oauth/oauth-business-users-for-applications/accesstoken'), Granted, {
    method: 'POST',
    form: { grant_type: 'client_credentials' },
    headers: { authorization: `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}` },
    refused: ({ status, text }) =>
      (status === 400 || status === 401) && refusalIn(text, Refusal)
        ? new Fault(
            'not-allowed',
            'Trustpilot does not take TRUSTPILOT_API_KEY with TRUSTPILOT_API_SECRET: copy both again.',
          )
        : undefined,
  });
  return body.access_token;
}

function refused({ status, text }: RawAnswer, { businessUser }: Options): Fault | undefined {
  if (status < 400 || refusalIn(text, Refusal) === null) return undefined;
  if (status === 404) return nothingToAnswer('Trustpilot');
  if (status === 409) return notTaken('Trustpilot', 'there is one already, and each review has one');
  if (status === 401 || status === 403 || (status === 400 && !businessUser))
    return new Fault(
      'not-allowed',
      businessUser
        ? 'Trustpilot does not let this person answer: compare `trustpilot.businessUser` in your config, and whether your plan includes answers through its API.'
        : 'Trustpilot wants to know who answers: write `businessUser` into your config, `npx earshot sources trustpilot` says where to get it.',
    );
  if (status === 400 || status === 422)
    return notTaken('Trustpilot', 'it is too long, or there is something in it that Trustpilot does not allow');
  return undefined;
}
