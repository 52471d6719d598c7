/** `earshot reply draft|send|sent`: words are kept, checked, agreed to by a person, sent once or copied by hand. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sendWith } from '../../src/cli/commands/reply-send.ts';
import { ReplyFace } from '../../src/face/reply.ts';
import { cliEdges } from '../support/edges.ts';
import { type Answering, type Loopback, loopback, type Route } from '../support/loopback.ts';
import { blueDoor, type Desk, desk, words } from './desk.ts';

const kind = 'You waited far too long, Tim. Your money went back today, and the next coffee is on me. Ana';
const uri = 'at://did:plc:tim/app.bsky.feed.post/3ktim';
const env = { BLUESKY_HANDLE: 'bluedoor.example', BLUESKY_APP_PASSWORD: 'abcd-efgh' };
const put = 'POST /xrpc/com.atproto.repo.putRecord';
const get = '/xrpc/com.atproto.repo.getRecord';
const own = 'at://did:plc:bluedoor/app.bsky.feed.post/3kours';
const notFound: Route = { status: 400, json: { error: 'RecordNotFound' } };

interface Counter {
  readonly here: Desk;
  readonly server: Loopback;
  /** How often it was written to. */
  written(): number;
  say(line: string | readonly string[], stdin?: string): ReturnType<Desk['earshot']>;
}

/** A complaint on Bluesky, c1, and a Bluesky that takes answers so. */
async function counter(takes: Route = { json: { uri: own, cid: 'x' } }): Promise<Counter> {
  const here = desk();
  const server = await loopback({
    '/xrpc/com.atproto.server.createSession': {
      json: { accessJwt: 'jwt', refreshJwt: 'ref', did: 'did:plc:bluedoor' },
    },
    '/xrpc/com.atproto.server.refreshSession': { status: 401, json: { error: 'ExpiredToken' } },
    '/xrpc/app.bsky.feed.getPosts': { json: { posts: [{ uri, cid: 'bafytim', record: {} }] } },
    [get]: notFound,
    [put]: takes,
  });
  here.settle([{ name: blueDoor, sources: { bluesky: { baseUrl: server.url } } }]);
  await here.hear({
    text: words.refund,
    source: 'bluesky',
    id: uri,
    url: 'https://bsky.example/tim/1',
    author: { handle: 'tim.example' },
  });
  return {
    here,
    server,
    written: () => server.requests.filter(({ path }) => path.endsWith('putRecord')).length,
    say: (line, stdin) => here.earshot(line, { env, columns: 80, ...(stdin !== undefined && { stdin }) }),
  };
}

const face = (out: string) => ReplyFace.parse(JSON.parse(out));
const yes = 'reply send c1 --yes --as Ana';

test('a draft is kept and checked at once; without words the kept one is shown', async () => {
  const { say } = await counter();
  expect((await say('reply draft c1')).out).toContain('Nobody has drafted an answer.');
  const kept = await say('reply draft c1', `${kind}\n`);
  expect(kept.code).toBe(0);
  expect(kept.out).toBe(
    `To tim.example on Bluesky\nhttps://bsky.example/tim/1\n\n  ${'You waited far too long, Tim. Your money went back today, and the next coffee'}\n  is on me. Ana\n`,
  );
  expect(kept.err).toContain('npx earshot reply send c1');
  const bad = await say(['reply', 'draft', 'c1', '--text', 'Unfortunately we were busy.']);
  expect(bad.out).toMatch(/1 thing to say differently\.[\s\S]*“Unfortunately”/);
  expect(face((await say('reply draft c1 --json')).out)).toMatchObject({
    ...{ case: 1, state: 'draft', sends: true, because: null, draftedBy: 'ana', agreedBy: null },
    findings: [{ rule: 'unfortunately' }],
  });
});

test('nothing is sent without a person’s yes', async () => {
  const { say, written } = await counter();
  await say('reply draft c1', kind);
  const scripted = await say('reply send c1', '');
  expect(scripted.code).toBe(2);
  expect(scripted.err).toMatch(/without a person’s yes/);
  const nobody = await say('reply send c1 --yes');
  expect(nobody.code).toBe(2);
  expect(nobody.err).toMatch(/Whose yes/);
  expect(written()).toBe(0);
});

test('with a yes it goes out, the clock stops and the words stay with the case', async () => {
  const { say, written } = await counter();
  await say('reply draft c1', kind);
  const sent = await say(yes);
  expect(sent.code).toBe(0);
  expect(sent.out).toBe(
    'Your answer stands on Bluesky. https://bsky.app/profile/did:plc:bluedoor/post/3kours\nc1 · answered · their turn · Ana’s\n',
  );
  expect(written()).toBe(1);
  expect((await say('case history c1')).out).toContain(`Ana answered (Bluesky): ${kind}`.slice(0, 50));
  const again = await say(yes);
  expect([again.code, written()]).toEqual([2, 1]);
  expect(face((await say('reply draft c1 --json')).out)).toMatchObject({
    state: 'sent',
    agreedBy: 'Ana',
    url: expect.stringContaining('3kours'),
  });
  await say('reply draft c1', 'One more word from Ana: it was my mistake, Tim, not yours.');
  expect((await say(yes)).code).toBe(0);
  expect(written()).toBe(2);
});

test('what should never be said stays here, until it is let pass or sent anyway with a reason that is kept', async () => {
  const { say, written } = await counter();
  await say('reply draft c1', 'Unfortunately we were busy, Tim. Your money is back. Ana');
  const no = await say(yes);
  expect(no.code).toBe(1);
  expect(no.err).toMatch(/should never be said/);
  expect(written()).toBe(0);
  expect(await say([...yes.split(' '), '--anyway', 'he asked for it'])).toMatchObject({ code: 0 });
  expect(face((await say('reply draft c1 --json')).out)).toMatchObject({ anyway: 'he asked for it', state: 'sent' });
});

test('a refusal is told, the draft is kept, and nothing is done to the case', async () => {
  const { say } = await counter({ status: 401, json: { error: 'AuthMissing', message: 'no' } });
  await say('reply draft c1', kind);
  const no = await say(yes);
  expect(no.code).toBe(1);
  expect(no.err).toMatch(/app password[\s\S]*Nothing stands there; the draft is kept\./);
  expect(face((await say('reply draft c1 --json')).out)).toMatchObject({
    state: 'refused',
    trouble: expect.any(String),
  });
  expect((await say('case show c1')).out).toMatch(/^c1 · new/);
});

test('taken and lost on the way back: it is found there, and not sent twice', async () => {
  let stands = false;
  const lost: Answering = (_, response) => {
    stands = true;
    response.destroy();
    return null;
  };
  const { say, server, written } = await counter(lost);
  server.route({ [get]: () => (stands ? { json: { uri: own } } : { status: 400, json: { error: 'RecordNotFound' } }) });
  await say('reply draft c1', kind);
  expect(await say(yes)).toMatchObject({ code: 0, out: expect.stringContaining('Your answer stands on Bluesky') });
  expect(written()).toBe(1);
});

test('nobody knows: it says so, keeps the words, and looks before it tries again', async () => {
  let stands = false;
  const { say, server, written } = await counter({ status: 502, body: 'Bad gateway' });
  server.route({ [get]: { status: 500, json: {} } });
  await say('reply draft c1', kind);
  const lost = await say(yes);
  expect(lost.code).toBe(1);
  expect(lost.err).toMatch(
    /Nobody knows\s+whether your answer arrived\.[\s\S]*looks there first; nothing is sent twice/,
  );
  const redraft = await say('reply draft c1', 'Something else, Tim.');
  expect(redraft.code).toBe(1);
  expect(redraft.err).toMatch(/Nobody knows yet/);
  server.route({ [get]: () => (stands ? { json: { uri: own } } : { status: 400, json: { error: 'RecordNotFound' } }) });
  stands = true;
  expect((await say(yes)).code).toBe(0);
  expect(written()).toBe(1);
});

test('a terminal is asked, and no is no', async () => {
  const { say, here, written } = await counter();
  await say('reply draft c1', kind);
  const sit = async (answer: 'y' | 'n') => {
    const edges = cliEdges({ env: { ...env, EARSHOT_CONFIG: here.config }, clock: here.clock, person: 'Ana' });
    const asker = { text: never, secret: never, choose: never, key: async () => answer } as never;
    return { code: await sendWith(edges, {}, 'c1', asker), ...edges.said };
  };
  const no = await sit('n');
  expect([no.code, written()]).toEqual([1, 0]);
  expect(no.err).toMatch(/Nothing was sent; the draft is kept/);
  expect(no.out).toMatch(/^To tim\.example on Bluesky, as @bluedoor\.example\n/);
  expect((await sit('y')).code).toBe(0);
  expect(written()).toBe(1);
});

const never = () => Promise.reject(new Error('not asked for'));

test('where Earshot cannot write, the words and the place to put them are shown, and `reply sent` closes the turn', async () => {
  const here = desk();
  await here.hear({ text: words.refund, source: 'forum', url: 'https://forum.example/7' });
  await here.earshot('reply draft c1', { stdin: kind });
  const copy = await here.earshot('reply send c1', { columns: 80 });
  expect(copy.code).toBe(1);
  expect(copy.out).toBe(`${kind}\n`);
  expect(copy.err).toMatch(
    /cannot write on [\s\S]*https:\/\/forum\.example\/7[\s\S]*reply sent c1[\s\S]*case answered c1/,
  );
  const sent = await here.earshot('reply sent c1 --as Ana');
  expect(sent.code).toBe(0);
  expect(sent.out).toMatch(/c1 · answered · their turn/);
  expect((await here.earshot('case history c1')).out).toContain('Ana answered');
});

test('without its password the account is named, and how to get it', async () => {
  const { here } = await counter();
  await here.earshot('reply draft c1', { stdin: kind });
  const copy = await here.earshot('reply send c1', { columns: 80 });
  expect(copy.err.replaceAll(/\s+/g, ' ')).toContain(
    'Earshot can write on Bluesky once it knows BLUESKY_HANDLE and BLUESKY_APP_PASSWORD; `npx earshot sources bluesky` says where to get them.',
  );
});

test('templates are filled in; what is not known is told, and never stands in the answer', async () => {
  const here = desk();
  const templates = [
    { name: 'sorry', text: 'Dear {name}, thank you for telling {brand} on {place}. {signature}' },
    { name: 'plain', text: 'Thank you for telling us. {signature}', language: 'en' },
  ];
  here.settle([blueDoor], { templates });
  await here.hear({ text: words.refund, author: { handle: 'tim', name: 'Tim P.' } });
  await here.hear({ text: words.cold });
  expect((await here.earshot('reply draft c1')).err).toContain('--template sorry');
  const filled = await here.earshot('reply draft c1 --template sorry --as Ana --json');
  expect(face(filled.out).text).toMatch(/^Dear Tim P\., thank you for telling Blue Door Coffee on .*\. Ana$/);
  const unknown = await here.earshot('reply draft c2 --template sorry');
  expect(unknown.code).toBe(2);
  expect(unknown.err).toContain('Nothing is known here for {name} (the customer’s name).');
  expect((await here.earshot('reply draft c1 --template sory')).err).toContain('Did you mean sorry?');
  here.settle([blueDoor], { templates: [{ name: 'bad', text: 'Dear {nmae}' }] });
  const wrong = await here.earshot('reply draft c1');
  expect(wrong.code).toBe(1);
  expect(wrong.err).toMatch(/line \d+, templates\[0\]\.text: \{nmae\} cannot be filled in; there are \{name\}/);
});

test('words come from one place, and a file that is not there is told', async () => {
  const { say, here } = await counter();
  writeFileSync(join(here.folder, 'answer.txt'), kind);
  expect((await say('reply draft c1 --file answer.txt')).code).toBe(0);
  expect(await say('reply draft c1 --file none.txt')).toMatchObject({
    code: 2,
    err: expect.stringContaining('none.txt'),
  });
  expect((await say(['reply', 'draft', 'c1', '--file', 'a', '--text', 'b'])).code).toBe(2);
  expect((await say('reply send c9 --yes --as Ana')).code).toBe(2);
});

test('our own answer, found again on the platform, is nobody’s mention', async () => {
  const { say, server } = await counter();
  await say('reply draft c1', kind);
  await say(yes);
  const view = {
    uri: own,
    author: { did: 'did:plc:bluedoor', handle: 'somebody.example' },
    record: { text: `${kind} Unfortunately cold coffee at Blue Door Coffee.`, createdAt: '2026-11-20T08:00:00Z' },
    indexedAt: '2026-11-20T08:00:00Z',
  };
  server.route({ '/xrpc/app.bsky.feed.searchPosts': { json: { posts: [view] } } });
  const { out } = await say('collect --json');
  expect(JSON.parse(out).runs).toMatchObject([{ seen: 1, fresh: 0, setAside: { 'own-post': 1 } }]);
});
