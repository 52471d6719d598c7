/** How an owner's answer gets below a review: what is sent, what the platform's noes mean, and whether it stands there already. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { barePost, type Post } from '../../src/mention.ts';
import { appStoreConnect } from '../../src/sources/app-store-connect.ts';
import { ebay } from '../../src/sources/ebay.ts';
import { googleBusiness } from '../../src/sources/google-business.ts';
import { googlePlay } from '../../src/sources/google-play.ts';
import { trustpilot } from '../../src/sources/trustpilot.ts';
import { feedback, path as feedbackPath } from '../fixtures/ebay/fixture.ts';
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
type No = readonly [when: string, Reply | Answering, 'refused' | 'unknown', RegExp];
/** What no platform has in a form of its own: the door's general rules stand behind all of them. */
const trouble: readonly No[] = [
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

  test.each<No>([
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

describe('App Store Connect', () => {
  const post = review('app-store-connect', 'r1', { url: 'https://apps.apple.com/app/id123?see-all=reviews' });
  const options = (baseUrl: string) => ({ apps: ['123'], baseUrl });
  const answering = (reply: Routes[string]) =>
    replyWith(appStoreConnect, options, post, { 'POST /v1/customerReviewResponses': reply }, { session });
  const refusal = (status: number, code: string): Reply => ({
    status,
    json: { errors: [{ id: 'e', status: String(status), code, title: 'No', detail: 'said by Apple' }] },
  });

  test('the answer names its review and is put in the place of an earlier one', async () => {
    const { answered, requests } = await answering({
      status: 201,
      json: { data: { type: 'customerReviewResponses', id: 'resp-9', attributes: { state: 'PENDING_PUBLISH' } } },
    });
    expect(answered).toEqual({ externalId: 'resp-9', url: post.url });
    expect(requests).toHaveLength(1);
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual({
      data: {
        type: 'customerReviewResponses',
        attributes: { responseBody: words },
        relationships: { review: { data: { type: 'customerReviews', id: 'r1' } } },
      },
    });
    expect(requests[0]?.headers.authorization).toBe('Bearer t1');
    expect(appStoreConnect.repeatable).toBe(true);
  });

  test.each<No>([
    ['not let in', refusal(401, 'NOT_AUTHORIZED'), 'refused', /does not take your key/],
    ['without the right', refusal(403, 'FORBIDDEN_ERROR'), 'refused', /may not answer the reviews.+Customer Support/],
    ['asked for what is gone', refusal(404, 'NOT_FOUND'), 'refused', /taken away/],
    ['asked for what is no review', refusal(409, 'ENTITY_ERROR.RELATIONSHIP.INVALID'), 'refused', /taken away/],
    ['given too much', refusal(409, 'ENTITY_ERROR.ATTRIBUTE.INVALID.TOO_LONG'), 'refused', /too long/],
    ['given what it does not like', refusal(422, 'ENTITY_UNPROCESSABLE'), 'refused', /does not allow/],
    ['asked too often', refusal(429, 'RATE_LIMIT_EXCEEDED'), 'refused', /fewer questions this hour/],
    ['writing a receipt that nobody can read', { status: 201, json: { data: null } }, 'unknown', /changed/],
    ...trouble,
  ])('%s, Apple’s no is told as what it is', async (_, reply, end, sentence) => {
    const ended = await answering(reply);
    expect([ended.end, ended.fault?.message]).toEqual([end, expect.stringMatching(sentence)]);
  });

  test.each<[string, Reply, 'sent' | 'refused']>([
    ['and waits to be let through', { json: { data: response(words, 'PENDING_PUBLISH') } }, 'sent'],
    ['with other words', { json: { data: response('Thanks!', 'PUBLISHED') } }, 'refused'],
    ['not at all', refusal(404, 'NOT_FOUND'), 'refused'],
    ['not at all, said otherwise', { json: { data: null } }, 'refused'],
  ])('an answer stands there %s', async (_, reply, end) => {
    const routes = { '/v1/customerReviews/r1/response': reply };
    expect((await repliedWith(appStoreConnect, options, post, routes, { session })).end).toBe(end);
  });

  function response(responseBody: string, state: string) {
    return { type: 'customerReviewResponses', id: 'resp-9', attributes: { responseBody, state } };
  }
});

describe('Google Play', () => {
  const [stored] = fixture('google-play/page-1.json').reviews;
  const url = 'https://play.google.com/store/apps/details?id=com.example.bluedoor&reviewId=x';
  const post = review('google-play', 'gp:AOq/1', { url });
  const options = (baseUrl: string) => ({ packages: ['com.example.bluedoor'], baseUrl });
  const address = '/androidpublisher/v3/applications/com.example.bluedoor/reviews/gp%3AAOq%2F1';
  const answering = (reply: Routes[string]) =>
    replyWith(googlePlay, options, post, { [`POST ${address}:reply`]: reply }, { session });
  const refusal = (status: number, message: string): Reply => ({
    status,
    json: { error: { code: status, message, status: 'NO' } },
  });

  test('the answer is sent to its review', async () => {
    const { end, requests } = await answering({ json: { result: { replyText: words, lastEdited: { seconds: '1' } } } });
    expect([end, requests.length, requests[0]?.body]).toEqual(['sent', 1, JSON.stringify({ replyText: words })]);
    expect(requests[0]?.headers.authorization).toBe('Bearer t1');
  });

  test.each<No>([
    ['not let in', refusal(401, 'Request had invalid authentication credentials.'), 'refused', /GOOGLE_PLAY_KEY/],
    [
      'without the right',
      refusal(403, 'The caller does not have permission'),
      'refused',
      /answer the reviews of com\.example/,
    ],
    ['asked for what it forgot', refusal(404, 'Review not found.'), 'refused', /Look at it in the Play Console/],
    ['given too much', refusal(400, 'Reply text is too long.'), 'refused', /350 characters/],
    ['asked too often', refusal(429, 'Quota exceeded'), 'refused', /fewer questions this hour/],
    ['asked too often, said otherwise', refusal(403, 'Quota exceeded: rate limit'), 'refused', /fewer questions/],
    ...trouble,
  ])('%s, Google’s no is told as what it is', async (_, reply, end, sentence) => {
    const ended = await answering(reply);
    expect([ended.end, ended.fault?.message]).toEqual([end, expect.stringMatching(sentence)]);
  });

  test('whether it stands there, the review itself tells; of a forgotten one nobody knows', async () => {
    const [said] = stored.comments;
    const asked = (reply: Reply) => repliedWith(googlePlay, options, post, { [address]: reply }, { session });
    const comments = (text: string) => ({ json: { ...stored, comments: [said, { developerComment: { text } }] } });
    expect((await asked(comments(words))).answered).toEqual({ externalId: null, url });
    expect(await asked(comments('Thanks!'))).toMatchObject({ end: 'refused', fault: null });
    expect((await asked(refusal(404, 'Review not found.'))).fault?.kind).toBe('gone');
  });
});

describe('Trustpilot', () => {
  const post = review('trustpilot', 'a1');
  const keys = { key: 'k1', secret: 's1' };
  const businessUser = '5e3de1b45fb06f0001790b51';
  const options = (baseUrl: string) => ({ business: 'bluedoor.example', businessUser, baseUrl });
  const tokens = '/v1/oauth/oauth-business-users-for-applications/accesstoken';
  const answering = (reply: Routes[string], more: { secrets?: Record<string, string>; token?: Reply } = {}) =>
    replyWith(
      trustpilot,
      options,
      post,
      {
        [`POST ${tokens}`]: more.token ?? { json: { access_token: 'b1', expires_in: '360000' } },
        'POST /v1/private/reviews/a1/reply': reply,
      },
      { secrets: more.secrets ?? keys },
    );
  const refusal = (status: number): Reply => ({ status, json: { message: 'said by Trustpilot' } });

  test('with the secret it gets a token, and answers as the person that the config names', async () => {
    const { answered, requests } = await answering({ status: 201, body: '' });
    expect(answered).toEqual({ externalId: null, url: 'https://reviews.example/1' });
    const [token, sent] = requests;
    expect([token?.body, token?.headers.authorization]).toEqual([
      'grant_type=client_credentials',
      `Basic ${Buffer.from('k1:s1').toString('base64')}`,
    ]);
    expect(JSON.parse(sent?.body ?? '')).toEqual({ message: words, authorBusinessUserId: businessUser });
    expect(sent?.headers.authorization).toBe('Bearer b1');
  });

  test('without the secret nobody is asked, and it says what is wanted', async () => {
    const { fault, requests } = await answering('', { secrets: { key: 'k1' } });
    expect([fault?.message, requests]).toEqual([expect.stringMatching(/TRUSTPILOT_API_SECRET/), []]);
  });

  test('a secret that it does not take is told, and nothing is sent', async () => {
    const { fault, requests } = await answering('', { token: { status: 401, json: { error: 'invalid_client' } } });
    expect([fault?.message, requests.length]).toEqual([expect.stringMatching(/copy both again/), 1]);
  });

  test.each<No>([
    ['without the right', refusal(403), 'refused', /trustpilot\.businessUser/],
    ['asked for what is gone', refusal(404), 'refused', /taken away/],
    ['asked for a second answer', refusal(409), 'refused', /there is one already/],
    ['given what it does not like', refusal(422), 'refused', /does not allow/],
    ['asked too often', { status: 429, headers: { 'retry-after': '60' } }, 'refused', /slow down/],
    ...trouble,
  ])('%s, Trustpilot’s no is told as what it is', async (_, reply, end, sentence) => {
    const ended = await answering(reply);
    expect([ended.end, ended.fault?.message]).toEqual([end, expect.stringMatching(sentence)]);
  });

  test('whether it stands there, the review itself tells', async () => {
    const [stored] = fixture('trustpilot/reviews.json').reviews;
    const asked = (companyReply: object | null) =>
      repliedWith(
        trustpilot,
        options,
        post,
        { '/v1/reviews/a1': { json: { ...stored, companyReply } } },
        { secrets: keys },
      );
    expect((await asked({ text: words, createdAt: '2026-11-20T08:00:00Z' })).end).toBe('sent');
    expect((await asked({ text: 'Thanks!' })).end).toBe('refused');
    expect((await asked(null)).end).toBe('refused');
  });
});

describe('eBay', () => {
  const post = review('ebay', '2923');
  const options = (baseUrl: string) => ({ seller: 'blue-door-shop', baseUrl });
  const found = (more: object = {}): Reply => ({
    json: { feedbackEntries: [feedback('2923', more)], pagination: { total: 1 } },
  });
  const answering = (reply: Routes[string], one: Reply = found()) =>
    replyWith(
      ebay,
      options,
      post,
      { [feedbackPath]: one, 'POST /commerce/feedback/v1/respond_to_feedback': reply },
      { session },
    );
  const refusal = (status: number, errorId: number): Reply => ({
    status,
    json: { errors: [{ errorId, domain: 'API_FEEDBACK', category: 'REQUEST', message: 'said by eBay' }] },
  });

  test('the answer goes to whoever left the feedback', async () => {
    const { answered, requests } = await answering({ status: 200, body: '' });
    expect(answered).toEqual({ externalId: null, url: 'https://reviews.example/1' });
    expect(requests.map(({ method }) => method)).toEqual(['GET', 'POST']);
    expect(JSON.parse(requests[1]?.body ?? '')).toEqual({
      feedbackId: '2923',
      recipientUserId: 'ana_f',
      responseText: words,
      responseType: 'REPLY',
    });
  });

  test.each<No>([
    ['no longer connected', refusal(401, 1001), 'refused', /connect ebay/],
    [
      'connected for reading alone',
      refusal(403, 1100),
      'refused',
      /not answer it\. Connect again and agree to everything/,
    ],
    ['asked for what eBay wrote', refusal(403, 501031), 'refused', /eBay itself wrote/],
    ['asked for what is gone', refusal(400, 501026), 'refused', /taken away/],
    ['asked for a second answer', refusal(409, 501032), 'refused', /there is one already/],
    ['asked by somebody who may not', refusal(409, 501011), 'refused', /you may not answer/],
    ['given too much', refusal(400, 501013), 'refused', /500 characters/],
    ['given rude words', refusal(400, 501015), 'refused', /rude/],
    ['asked too often', refusal(429, 2001), 'refused', /fewer questions today/],
    ...trouble,
  ])('%s, eBay’s no is told as what it is', async (_, reply, end, sentence) => {
    const ended = await answering(reply);
    expect([ended.end, ended.fault?.message]).toEqual([end, expect.stringMatching(sentence)]);
  });

  test('feedback that is gone is not answered; nor is an answer sent to nobody', async () => {
    for (const none of [refusal(400, 501039), found({ providerUserDetail: null })]) {
      const { fault, requests } = await answering('', none);
      expect([fault?.kind, requests.length]).toEqual(['gone', 1]);
    }
  });

  test('whether it stands there, the feedback itself tells', async () => {
    const asked = (replyComment: object | null) =>
      repliedWith(ebay, options, post, { [feedbackPath]: found({ replyComment }) }, { session });
    expect((await asked({ commentText: words, state: 'ENTERED' })).end).toBe('sent');
    expect((await asked({ commentText: words, state: 'WITHDRAWN' })).end).toBe('refused');
    expect((await asked(null)).end).toBe('refused');
  });
});
