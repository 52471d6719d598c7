/** How an owner's answer gets below a review: what is sent, what the platform's noes mean, and whether it stands there already. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { barePost, type Post } from '../../src/mention.ts';
import { googleBusiness } from '../../src/sources/google-business.ts';
import { places, reviewsOf } from '../fixtures/google-business/fixture.ts';
import type { Answering, Reply, Routes } from '../support/loopback.ts';
import { repliedWith, replyWith } from '../support/reply-source.ts';

const fixture = (name: string) => JSON.parse(readFileSync(join(import.meta.dirname, '../fixtures', name), 'utf8'));
const session = { token: 't1', until: Date.parse('2026-11-20T09:00:00Z') };
const words = 'Thank you, Ana. I am on it.';
const review = (source: string, externalId: string, more: Partial<Post> = {}) =>
  barePost(source, 'Slow.', { externalId, url: 'https://reviews.example/1', ...more });
const hangsUp: Answering = (_, response) => {
  response.destroy();
  return null;
};
/** What no platform has in a form of its own: the door's general rules stand behind all of them. */
const trouble: readonly [string, Reply | Answering, 'refused' | 'unknown', RegExp][] = [
  ['in trouble', { status: 500, body: 'oops' }, 'unknown', /having trouble/],
  ['gone in the middle', hangsUp, 'unknown', /./],
];

describe('Google Business Profile', () => {
  const [stored] = fixture('google-business/page-1.json').reviews;
  const post = review('google-business', stored.reviewId, { place: 'Blue Door Kiosk' });
  const address = `${reviewsOf(22)}/${stored.reviewId}`;
  const options = (baseUrl: string) => ({ baseUrl });
  const answering = (reply: Routes[string], routes: Routes = {}) =>
    replyWith(
      googleBusiness,
      options,
      post,
      { ...places, [address]: { json: stored }, [`PUT ${address}/reply`]: reply, ...routes },
      { session },
    );
  const refusal = (status: number, message: string): Reply => ({
    status,
    json: { error: { code: status, message, status: 'NO' } },
  });

  test('the answer is put below the review at the place that has its name, and replaces what stood there', async () => {
    const { answered, requests } = await answering({ json: { comment: words, updateTime: '2026-11-20T08:00:00Z' } });
    expect(answered).toEqual({ externalId: null, url: 'https://reviews.example/1' });
    expect(
      requests.some(({ path }) => path.startsWith(reviewsOf(21))),
      'other places are left alone',
    ).toBe(false);
    const { method, path, body, headers } = requests.at(-1) ?? {};
    expect([method, path, body]).toEqual(['PUT', `${address}/reply`, JSON.stringify({ comment: words })]);
    expect(headers?.authorization).toBe('Bearer t1');
    expect(googleBusiness.repeatable).toBe(true);
  });

  test.each<[string, Reply | Answering, 'refused' | 'unknown', RegExp]>([
    ['no longer connected', refusal(401, 'invalid authentication credentials'), 'refused', /makes a new one/],
    [
      'without the right',
      refusal(403, 'The caller does not have permission'),
      'refused',
      /may not answer these reviews/,
    ],
    ['asked too often', refusal(429, 'Quota exceeded for edits per minute'), 'refused', /slow down/],
    ['given too much', refusal(400, 'Request contains an invalid argument.'), 'refused', /too long/],
    [
      'asked for what was deleted a moment ago',
      refusal(404, 'Requested entity was not found.'),
      'refused',
      /taken away/,
    ],
    ...trouble,
  ])('%s, Google’s no is told as what it is', async (_, reply, end, sentence) => {
    const ended = await answering(reply);
    expect([ended.end, ended.fault?.message]).toEqual([end, expect.stringMatching(sentence)]);
  });

  test('what is nowhere to be found any more is not answered', async () => {
    const { end, fault, requests } = await answering('{}', { [address]: refusal(404, 'not found') });
    expect([end, fault?.kind, requests.filter(({ method }) => method === 'PUT')]).toEqual(['refused', 'gone', []]);
  });

  test.each<[string, object | null, 'sent' | 'refused']>([
    ['with the same words', { comment: 'Thank you, Ana.\nI am on it.', state: 'APPROVED' }, 'sent'],
    [
      'with the same words and Google’s translation of them',
      { comment: `(Translated by Google) Danke.\n\n(Original)\n${words}` },
      'sent',
    ],
    ['that Google turned down', { comment: words, state: 'REJECTED' }, 'refused'],
    ['with other words', { comment: 'Thanks!' }, 'refused'],
    ['not at all', null, 'refused'],
  ])('an answer stands there %s', async (_, reviewReply, end) => {
    const routes = { ...places, [address]: { json: { ...stored, reviewReply } } };
    expect((await repliedWith(googleBusiness, options, post, routes, { session })).end).toBe(end);
  });
});
