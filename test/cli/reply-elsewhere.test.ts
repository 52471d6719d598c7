/** `earshot reply` where an account has to be connected, or a password given, before an answer can be sent. */
import { expect, test } from 'vitest';
import { loopback } from '../support/loopback.ts';
import { blueDoor, desk, words } from './desk.ts';

const kind = 'You waited far too long, Tim. Your money went back today, and the next coffee is on me. Ana';

test.each<[string, object, Record<string, string>]>([
  ['ebay', { seller: 'blue-door-shop' }, { EBAY_CLIENT_ID: 'a', EBAY_CLIENT_SECRET: 'b', EBAY_RUNAME: 'c' }],
  ['google-business', {}, { GOOGLE_BUSINESS_CLIENT_ID: 'a', GOOGLE_BUSINESS_CLIENT_SECRET: 'b' }],
  // Its app may read by itself, and answers as nobody.
  ['reddit-api', { off: false, subreddits: ['leeds'] }, { REDDIT_CLIENT_ID: 'a', REDDIT_CLIENT_SECRET: 'b' }],
])(
  '%s: as long as nobody is connected, the answer is copied by hand, and it says how to connect',
  async (id, given, env) => {
    const here = desk();
    here.settle([{ name: blueDoor, sources: { [id]: given } }]);
    await here.hear({ text: words.refund, source: id, id: 't1_1', url: 'https://place.example/1' });
    await here.earshot('reply draft c1', { env, stdin: kind });
    const { out, err } = await here.earshot('reply send c1 --yes --as Ana', { env, columns: 80 });
    expect(`${out}${err}`).toContain(`npx earshot connect ${id}`);
    expect(`${out}${err}`).toContain('https://place.example/1');
  },
);

test('connect tells what is heard without, and what connecting is for', async () => {
  const here = desk();
  here.settle([{ name: blueDoor, sources: { 'reddit-api': { off: false, subreddits: ['leeds'] } } }]);
  const env = { REDDIT_CLIENT_ID: 'a', REDDIT_CLIENT_SECRET: 'b' };
  const { out } = await here.earshot('connect', { env, columns: 80 });
  expect(out).toMatch(/reddit-api\s+is heard without; connect it to answer there/);
  expect(out).toMatch(/ebay\s+is not in your config/);
});

test('wordpress: below a comment on the own site, as the user whose password it is', async () => {
  const here = desk();
  const list = '/wp-json/wp/v2/comments';
  const server = await loopback({
    [list]: { json: [{ id: 12, post: 3 }] },
    [`POST ${list}`]: { status: 201, json: { id: 99, link: 'https://blog.example/#comment-99' } },
    '/wp-json/wp/v2/users/me': { json: { id: 7, name: 'Ana of Blue Door' } },
  });
  here.settle([{ name: blueDoor, sources: { wordpress: { sites: [server.url], answersAt: server.url } } }]);
  const id = `${server.host}#comment-12`;
  await here.hear({ text: words.refund, source: 'wordpress', id, url: 'https://blog.example/#comment-12' });
  const env = { WORDPRESS_USER: 'ana', WORDPRESS_APP_PASSWORD: 'abcd efgh' };
  const say = (line: string, stdin = '') => here.earshot(line, { env, columns: 80, stdin });
  await here.earshot('reply draft c1', { stdin: kind });
  expect((await here.earshot('reply send c1 --yes --as Ana')).err).toContain('WORDPRESS_APP_PASSWORD');
  const { code, out } = await say('reply send c1 --yes --as Ana');
  expect([code, out]).toEqual([0, expect.stringContaining('https://blog.example/#comment-99')]);
  const sent = server.requests.filter(({ method }) => method === 'POST');
  expect(sent.map(({ body }) => JSON.parse(body).content)).toEqual([kind]);
});
