/** How an owner's answer gets below a comment on the own WordPress site: whom the password is told, and what WordPress makes of it. */
import { expect, test } from 'vitest';
import { barePost, type Post } from '../../src/mention.ts';
import { wordpress } from '../../src/sources/wordpress.ts';
import type { Answering, Reply, Routes } from '../support/loopback.ts';
import { repliedWith, replyWith, speaksWith } from '../support/reply-source.ts';

const words = 'Thank you, Ana. I am on it.';
const secrets = { user: 'mira', password: 'abcd efgh ijkl' };
const place = (url: string) => new URL(url).host;
const comment = (url: string, more: Partial<Post> = {}): Post =>
  barePost('wordpress', 'Slow.', { externalId: `${place(url)}#comment-12`, threadId: `${place(url)}#post-3`, ...more });
const options = (url: string) => ({ sites: [url], answersAt: url });
const list = '/wp-json/wp/v2/comments';
const there: Routes = {
  [list]: ({ query }) => ({ json: query.get('include') === '12' ? [{ id: 12, post: 3 }] : [] }),
  '/wp-json/wp/v2/users/me': { json: { id: 7, name: 'Mira &amp; Co' } },
};
const answering = (reply: Routes[string], asked: Parameters<typeof replyWith>[4] = {}, more: Routes = {}) =>
  replyWith(wordpress, options, comment, { ...there, [`POST ${list}`]: reply, ...more }, { secrets, ...asked });
const refusal = (status: number, code: string): Reply => ({
  status,
  json: { code, message: 'said by WordPress', data: { status } },
});

test('the answer stands below its comment, in the name of whose password it is', async () => {
  const { answered, requests } = await answering(
    { status: 201, json: { id: 99, link: 'https://blog.example/a/#comment-99', status: 'approved' } },
    { text: 'Thank you <3' },
  );
  expect(answered).toEqual({
    externalId: expect.stringMatching(/^127\.0\.0\.1:\d+#comment-99$/),
    url: 'https://blog.example/a/#comment-99',
  });
  const sent = requests.at(-1);
  expect(JSON.parse(sent?.body ?? '')).toEqual({ post: '3', parent: '12', content: 'Thank you &lt;3' });
  expect(sent?.headers.authorization).toBe(`Basic ${Buffer.from('mira:abcd efgh ijkl').toString('base64')}`);
});

test('a site without pretty addresses is answered at the door that it has', async () => {
  const { end, requests } = await answering(
    '',
    {},
    {
      [list]: refusal(404, 'rest_no_route'),
      '/wp-json/*': { status: 404, body: '<html>nothing</html>' },
      '/': ({ query, method }) =>
        method === 'POST'
          ? { status: 201, json: { id: 99 } }
          : query.has('rest_route')
            ? { json: [{ id: 12, post: 3 }] }
            : { headers: { 'content-type': 'text/html' }, body: '<html></html>' },
    },
  );
  expect([end, requests.at(-1)?.query.get('rest_route')]).toEqual(['sent', '/wp/v2/comments']);
});

test('the same words once more stand there already', async () => {
  const { answered } = await answering(refusal(409, 'comment_duplicate'));
  expect(answered).toEqual({ externalId: null, url: null });
});

const hangsUp: Answering = (_, response) => {
  response.destroy();
  return null;
};
test.each<[string, Reply | Answering, 'refused' | 'unknown', RegExp]>([
  ['does not take the password', refusal(401, 'incorrect_password'), 'refused', /new application password/],
  ['does not let that user', refusal(403, 'rest_cannot_create'), 'refused', /does not let this user answer/],
  ['has closed the comments', refusal(403, 'rest_comment_closed'), 'refused', /comments are closed/],
  ['has no such post any more', refusal(403, 'rest_comment_invalid_post_id'), 'refused', /taken away/],
  ['finds it too long', refusal(400, 'comment_content_column_length'), 'refused', /too long/],
  ['does not like the words', refusal(400, 'rest_comment_content_invalid'), 'refused', /does not allow/],
  ['wants a pause', refusal(429, 'comment_flood'), 'refused', /some time between two comments/],
  ['wants a pause, as it was said before', refusal(400, 'comment_flood'), 'refused', /some time/],
  ['breaks down', { status: 500, body: 'oops' }, 'unknown', /having trouble/],
  ['hangs up', hangsUp, 'unknown', /./],
])('where the site %s, that is told', async (_, reply, end, sentence) => {
  const ended = await answering(reply);
  expect([ended.end, ended.fault?.message]).toEqual([end, expect.stringMatching(sentence)]);
});

test('a comment that was deleted is not answered', async () => {
  const { fault, requests } = await answering('', {}, { [list]: { json: [] } });
  expect([fault?.kind, requests.filter(({ method }) => method === 'POST')]).toEqual(['gone', []]);
});

test.each<[string, (url: string) => unknown, Parameters<typeof replyWith>[4], RegExp]>([
  [
    'another site',
    (url) => ({ sites: [url, 'https://paper.example'], answersAt: 'https://paper.example' }),
    {},
    /your own site alone/,
  ],
  ['a site that is not named as one’s own', (url) => ({ sites: [url] }), {}, /your own site alone/],
  ['nobody’s own name', options, { secrets: { user: 'mira' } }, /WORDPRESS_APP_PASSWORD/],
])('the password is not told to %s', async (_, given, asked, sentence) => {
  const { fault, requests } = await replyWith(wordpress, given, comment, there, { secrets, ...asked });
  expect([fault?.message, requests]).toEqual([expect.stringMatching(sentence), []]);
});

test('nor does it go where anybody could read it on the way, nor to wordpress.com', async () => {
  const at = (site: string) =>
    replyWith(wordpress, () => options(site), comment(site), there, { secrets }).then(({ fault }) => fault?.message);
  expect(await at('http://blog.example')).toMatch(/only over https/);
  expect(await at('https://bluedoor.wordpress.com')).toMatch(/in your browser/);
  expect(wordpress.options.safeParse({ sites: ['https://a.example'], answersAt: 'https://b.example' }).success).toBe(
    false,
  );
});

test('whether it stands there, the comments below it tell; another’s same words are another’s', async () => {
  const answer = (author: number, rendered: string) => ({
    id: 99,
    author,
    link: 'https://blog.example/a/#comment-99',
    content: { rendered },
  });
  const asked = (below: readonly object[]) =>
    repliedWith(
      wordpress,
      options,
      comment,
      {
        ...there,
        [list]: ({ query }) => ({ json: query.has('include') ? [{ id: 12, post: 3 }] : below }),
      },
      { secrets },
    );
  const found = await asked([answer(7, `<p>Thank you, Ana.<br />\nI am on it.</p>`)]);
  expect(found.answered?.url).toBe('https://blog.example/a/#comment-99');
  expect(Object.fromEntries(found.requests.at(-1)?.query ?? [])).toMatchObject({ parent: '12', post: '3' });
  expect((await asked([answer(8, words), answer(7, 'Thanks!')])).end).toBe('refused');
});

test('it says in whose name it answers', async () => {
  expect(await speaksWith(wordpress, options, comment, there, { secrets })).toBe('Mira & Co');
});
