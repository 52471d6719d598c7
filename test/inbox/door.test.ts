/** Who is let in, and what an attacker gets: other hosts, other pages, other users, and requests that are no forms of ours. */
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { type ServedInbox, servedEntry, startInbox } from '../../src/inbox/server.ts';
import { type AnInbox, anInbox, ask, formOf, post, visitor, words } from './an-inbox.ts';

/** An inbox with one complaint, an owner who was let in, and the form that answers it. */
async function guarded() {
  const inbox = await anInbox();
  const [id = 0] = await inbox.hear({});
  const owner = await visitor(inbox);
  const form = formOf(await owner.get(), /^I answered/);
  const untouched = async () => expect((await inbox.mention(id)).case?.state).toBe('new');
  return { inbox, port: inbox.port, owner, form, untouched };
}

describe('the address', () => {
  test.each(['evil.example', 'evil.example:PORT', '127.0.0.1', '127.0.0.1:1', '0.0.0.0:PORT'])(
    'a Host of %j is sent away, reading and writing (DNS rebinding)',
    async (name) => {
      const { port, owner, form, untouched } = await guarded();
      const host = name.replace('PORT', String(port));
      const read = await ask(port, { headers: { host, cookie: owner.cookie } });
      expect([read.status, words(read)]).toEqual([403, expect.stringContaining('not the address of this page')]);
      expect((await post(port, form.action, form.fields, { host, cookie: owner.cookie })).status).toBe(403);
      await untouched();
    },
  );

  test.each([
    '',
    'Host:\r\n',
    'Host: 127.0.0.1:PORT.evil.example\r\n',
    'Host: 127.0.0.1:PORT\r\nHost: evil.example\r\n',
    'Host: evil.example@127.0.0.1:PORT\r\n',
    'Host: 127.0.0.1:PORT, evil.example\r\n',
  ])('a request with %j gets nothing', async (line) => {
    const { port, owner } = await guarded();
    const raw = connect(port, '127.0.0.1');
    raw.write(`GET / HTTP/1.0\r\n${line.replaceAll('PORT', String(port))}Cookie: ${owner.cookie}\r\n\r\n`);
    const said = await text(raw);
    expect(said).toMatch(/^HTTP\/1\.1 40[03] /);
    expect(said).not.toContain('Blue Door');
  });

  test('this computer by its other names is shown the way', async () => {
    const { port } = await guarded();
    for (const name of ['localhost', '[::1]']) {
      const answer = await ask(port, { path: '/?needsYou=2', headers: { host: `${name}:${port}` } });
      expect([answer.status, answer.headers.location]).toEqual([302, `http://127.0.0.1:${port}/?needsYou=2`]);
    }
  });

  test('nobody else on the network can reach it', async () => {
    const { inbox } = await guarded();
    expect(new URL(inbox.served.url).hostname).toBe('127.0.0.1');
    await expect(fetch(`http://0.0.0.0:${inbox.port}/look.css`).then((answer) => answer.status)).resolves.toBe(403);
  });
});

describe('another page', () => {
  test.each([
    [{ origin: 'https://evil.example' }],
    [{ origin: 'null' }],
    [{ origin: '' }],
    [{ origin: 'http://localhost:PORT' }],
    [{ origin: 'http://127.0.0.1:1' }],
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
  ])('cannot press a button, even with token and cookie: %j', async (headers: Record<string, string>) => {
    const { port, owner, form, untouched } = await guarded();
    const sent = Object.fromEntries(
      Object.entries(headers).map(([key, value]) => [key, value.replace('PORT', String(port))]),
    );
    const answer = await post(port, form.action, form.fields, { cookie: owner.cookie, ...sent });
    expect([answer.status, words(answer)]).toEqual([403, expect.stringContaining('That came from another page')]);
    await untouched();
  });

  test('cannot load parts of it, nor show it in a frame', async () => {
    const { port, owner } = await guarded();
    const headers = { cookie: owner.cookie, 'sec-fetch-site': 'cross-site' };
    expect((await ask(port, { path: '/look.css', headers: { ...headers, 'sec-fetch-mode': 'no-cors' } })).status).toBe(
      403,
    );
    const linked = await ask(port, { headers: { ...headers, 'sec-fetch-mode': 'navigate' } });
    expect(linked.status).toBe(200);
    expect(linked.headers['content-security-policy']).toContain("frame-ancestors 'none'");
  });

  test('a form without its token, with an old one or another is refused', async () => {
    const { port, owner, form, untouched } = await guarded();
    const refused = async (fields: Record<string, string>) =>
      post(port, form.action, fields, { cookie: owner.cookie }).then(({ status }) => status);
    const { token: _token, ...without } = form.fields;
    expect(await refused(without)).toBe(400);
    expect(await refused({ ...form.fields, token: 'x'.repeat(32) })).toBe(403);
    expect(await refused({ ...form.fields, token: `${form.fields.token}x` })).toBe(403);
    await untouched();
  });
});

describe('another user of this computer', () => {
  test('sees nothing and does nothing without the key', async () => {
    const { port, inbox, owner, form, untouched } = await guarded();
    const [name = ''] = owner.cookie.split('=');
    const key = new URL(inbox.served.entry).searchParams.get('key');
    for (const cookie of ['', `${name}=`, `${name}=${'a'.repeat(43)}`, `${name}=${key}`]) {
      const read = await ask(port, { headers: { cookie } });
      expect([read.status, words(read)]).toEqual([403, expect.stringContaining('This browser is not let in yet')]);
      expect(read.body).not.toContain('Blue Door');
      const answer = await post(port, form.action, form.fields, { cookie });
      expect(answer.status).toBe(403);
    }
    expect((await ask(port, { path: '/?key=wrong' })).headers['set-cookie']).toBeUndefined();
    await untouched();
  });

  test('the key becomes a cookie that scripts cannot read, leaves the address, and holds after a new start', async () => {
    const { inbox, owner } = await guarded();
    const { pathname, search } = new URL(inbox.served.entry);
    const answer = await ask(inbox.port, { path: pathname + search });
    expect([answer.status, answer.headers.location]).toEqual([303, '/']);
    expect(String(answer.headers['set-cookie'])).toMatch(/; Path=\/; HttpOnly; SameSite=Lax$/);
    await inbox.served.close();
    const again = await startInbox(inbox.tools, { port: inbox.port, person: 'Ana' });
    try {
      expect((await owner.get()).status).toBe(200);
      expect(again.entry).toBe(inbox.served.entry);
    } finally {
      await again.close();
    }
  });

  test('who serves another port and is sent the cookie learns no key from it, and may keep it only for a while', async () => {
    const { inbox, owner, port } = await guarded();
    const key = new URL(inbox.served.entry).searchParams.get('key') ?? '';
    const value = owner.cookie.split('=')[1] ?? '';
    expect(value).not.toBe(key);
    expect((await ask(port, { path: `/?key=${value}` })).headers['set-cookie']).toBeUndefined();

    await inbox.served.close();
    const starts: ServedInbox[] = [];
    const anew = async () => {
      await starts.at(-1)?.close();
      starts.push(await startInbox(inbox.tools, { port, person: 'Ana' }));
    };
    const open = async (cookie: string) => {
      const { status, headers } = await ask(port, { headers: { cookie } });
      return { status, cookie: String(headers['set-cookie'] ?? '').split(';')[0] ?? '' };
    };
    try {
      // Nobody came while these ran.
      for (const _ of [1, 2, 3]) await anew();
      const renewed = await open(owner.cookie);
      expect(renewed).toEqual({ status: 200, cookie: expect.stringMatching(/^earshot-[\w-]{12}=[\w-]{43}$/) });
      expect(renewed.cookie).not.toBe(owner.cookie);
      // A second tab, opened together with the first.
      expect((await open(owner.cookie)).status).toBe(200);
      expect(await open(renewed.cookie)).toEqual({ status: 200, cookie: '' });
      await anew();
      expect((await open(owner.cookie)).status).toBe(403);
      expect((await open(renewed.cookie)).status).toBe(200);
    } finally {
      await starts.at(-1)?.close();
    }
  });

  test('two inboxes on this computer do not take each other’s cookie away, also with one EARSHOT_KEY', async () => {
    const one = await anInbox({}, { EARSHOT_KEY: 'shared' });
    const other = await anInbox({}, { EARSHOT_KEY: 'shared' });
    const [mine, theirs] = [await visitor(one), await visitor(other)];
    expect(mine.cookie.split('=')[0]).not.toBe(theirs.cookie.split('=')[0]);
    const both = { cookie: `${mine.cookie}; ${theirs.cookie}` };
    for (const { port } of [one, other]) expect((await ask(port, { headers: both })).status).toBe(200);
    expect((await ask(one.port, { headers: { cookie: theirs.cookie } })).status).toBe(403);
  });

  test('a browser goes to and fro between two inboxes over one database', async () => {
    const { inbox, owner } = await guarded();
    const second = await startInbox(inbox.tools, { port: 0, person: 'Ana' });
    try {
      let { cookie } = owner;
      for (const port of [Number(new URL(second.url).port), inbox.port, Number(new URL(second.url).port)]) {
        const { status, headers } = await ask(port, { headers: { cookie } });
        expect(status).toBe(200);
        cookie = String(headers['set-cookie']).split(';')[0] ?? '';
      }
    } finally {
      await second.close();
    }
  });

  test('who took the port is told apart from the owner’s own Earshot, and never shown the key', async () => {
    const { inbox } = await guarded();
    await expect(startInbox(inbox.tools, { port: inbox.port, person: 'Ana' })).rejects.toThrow(
      `Something else on this computer uses port ${inbox.port}.`,
    );
    expect(await servedEntry(inbox.tools, inbox.port)).toBe(inbox.served.entry);
    const stranger = await anInbox();
    expect(await servedEntry(inbox.tools, stranger.port)).toBeNull();
    expect(await servedEntry(inbox.tools, 1)).toBeNull();
  });
});

describe('what is no form of ours', () => {
  const urlencoded = 'application/x-www-form-urlencoded';
  const sent = async ({ port }: AnInbox, cookie: string, type: string, body: string) =>
    ask(port, {
      method: 'POST',
      path: '/act',
      body,
      headers: {
        cookie,
        'content-type': type,
        origin: `http://127.0.0.1:${port}`,
        'content-length': String(Buffer.byteLength(body)),
      },
    });

  test.each([
    [urlencoded, ''],
    [urlencoded, 'token=x'],
    [urlencoded, '%00%ff=%&&&==;'],
    ['application/json', '{"do":"answered"}'],
    ['text/plain', 'do=answered'],
    ['multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="do"\r\n\r\nanswered\r\n--x--'],
    ['', 'do=answered'],
  ])('%s with %j is told so', async (type, body) => {
    const { inbox, owner, untouched } = await guarded();
    const answer = await sent(inbox, owner.cookie, type, body);
    expect([answer.status, words(answer)]).toEqual([400, expect.stringContaining('not one of this page’s forms')]);
    await untouched();
  });

  test.each<Record<string, string>>([
    { do: 'erase' },
    { mention: '-1' },
    { mention: '1e3' },
    { mention: '9'.repeat(40) },
    { case: 'x' },
    { seen: '' },
    { list: '__proto__' },
    { at: '1.5' },
    { needsYou: '0' },
    { more: '1' },
  ])('a field that is not as the page made it: %j', async (change) => {
    const { port, owner, form, untouched } = await guarded();
    expect((await post(port, form.action, { ...form.fields, ...change }, { cookie: owner.cookie })).status).toBe(400);
    await untouched();
  });

  test('is read no further than a form is long, also when its length is not told', async () => {
    const { inbox, owner, form, untouched } = await guarded();
    const long = new URLSearchParams({ ...form.fields, token: 'x'.repeat(1_000_000) }).toString();
    expect((await sent(inbox, owner.cookie, urlencoded, long)).status).toBe(413);
    const raw = connect(inbox.port, '127.0.0.1');
    raw.write(
      `POST /act HTTP/1.1\r\nHost: 127.0.0.1:${inbox.port}\r\nOrigin: http://127.0.0.1:${inbox.port}\r\nCookie: ${owner.cookie}\r\nContent-Type: ${urlencoded}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n2000\r\n${'x'.repeat(0x2000)}\r\n0\r\n\r\n`,
    );
    expect(await text(raw)).toMatch(/^HTTP\/1\.1 413 /);
    await untouched();
  });

  test.each([
    ['GET', '/admin', 404, 'There is no such page'],
    ['GET', '/../../etc/passwd', 404, 'There is no such page'],
    ['POST', '/', 405, 'cannot be done here'],
    ['DELETE', '/act', 405, 'cannot be done here'],
    ['GET', '/act', 405, 'cannot be done here'],
    ['OPTIONS', '/', 405, 'cannot be done here'],
  ])('%s %s is told in a sentence', async (method, path, status, sentence) => {
    const { port, owner } = await guarded();
    const origin = `http://127.0.0.1:${port}`;
    const answer = await ask(port, { method, path, headers: { cookie: owner.cookie, origin } });
    expect([answer.status, words(answer)]).toEqual([status, expect.stringContaining(sentence)]);
  });
});

test('what goes wrong inside is told in a sentence, without where or why', async () => {
  const { inbox, owner } = await guarded();
  const file = new Database(inbox.tools.store.path);
  file.exec('drop table marks');
  file.close();
  const answer = await owner.get();
  expect([answer.status, words(answer)]).toEqual([500, expect.stringContaining('a mistake of Earshot’s own')]);
});

test('every answer is kept nowhere, sniffed nowhere, and loads nothing from elsewhere', async () => {
  const { port, owner } = await guarded();
  for (const path of ['/', '/look.css', '/icon.svg', '/admin', '/?key=x']) {
    const { headers } = await ask(port, { path, headers: { cookie: owner.cookie } });
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'x-frame-options': 'DENY',
      'content-security-policy':
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    });
    expect(headers).not.toHaveProperty('strict-transport-security');
  }
});
