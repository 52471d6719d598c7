/** `earshot connect`: through the browser and back, against an authorization server on loopback with the real error forms. */

import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { z } from 'zod';
import { connectWith, type Paste } from '../../src/cli/commands/connect.ts';
import { run } from '../../src/cli/run.ts';
import type { Edges } from '../../src/edges.ts';
import { ConnectionFace } from '../../src/face/connection.ts';
import { fakeClock } from '../support/clock.ts';
import { cliEdges } from '../support/edges.ts';
import { type Loopback, loopback, type Received, type Reply, type Route } from '../support/loopback.ts';

const hour = 3_600_000;
const env = { GOOGLE_BUSINESS_CLIENT_ID: 'id.example', GOOGLE_BUSINESS_CLIENT_SECRET: 'the-secret' };
const granted = (token: string, more: object = {}): Reply => ({
  json: {
    access_token: token,
    refresh_token: `renews-${token}`,
    expires_in: 3599,
    scope: 'https://www.googleapis.com/auth/business.manage',
    token_type: 'Bearer',
    ...more,
  },
});
const refusal = (status: number, error: string): Reply => ({
  status,
  json: { error, error_description: 'Token has been expired or revoked.' },
});
const formOf = ({ body }: Received) => Object.fromEntries(new URLSearchParams(body));
const agreeing = ({ query }: Received): Reply => ({
  status: 302,
  headers: { location: `${query.get('redirect_uri')}?state=${query.get('state')}&code=4%2F0abc&scope=x` },
});

/** A browser: goes where it is sent, and gives what it shows in the end. */
async function browse(address: string): Promise<string> {
  const answer = await fetch(address, { redirect: 'follow' });
  return answer.text();
}

interface Given {
  readonly token?: Route;
  readonly agree?: Route;
  readonly env?: Edges['env'];
  readonly visits?: (address: string) => Promise<unknown>;
}

/** A folder with a config that listens with the account, and a platform that agrees unless told otherwise. */
async function house(given: Given = {}) {
  const server = await loopback({
    '/o/oauth2/v2/auth': given.agree ?? agreeing,
    'POST /token': given.token ?? granted('first'),
    '/v1/accounts': { json: { accounts: [{ name: 'accounts/1' }] } },
    '/v1/accounts/1/locations': { json: { locations: [{ name: 'locations/2', title: 'Blue Door' }] } },
    '/v4/accounts/1/locations/2/reviews': '{}',
  });
  const folder = mkdtempSync(join(tmpdir(), 'earshot-connect-'));
  const config = `store: earshot.db\ntimezone: UTC\nbrands:\n  - name: Blue Door\n    sources:\n      google-business: { baseUrl: ${server.url} }\n`;
  writeFileSync(join(folder, 'earshot.yaml'), config);
  const clock = fakeClock();
  const shown: string[] = [];
  const edges = (more: Partial<Edges> = {}) =>
    cliEdges({
      cwd: folder,
      clock,
      env: given.env ?? env,
      open: async (address) => {
        shown.push(String(await (given.visits ?? browse)(address)));
      },
      ...more,
    });
  const earshot = async (...words: string[]) => {
    const used = edges({ argv: [...words, '--config', 'earshot.yaml'] });
    return { code: await run(used), ...used.said };
  };
  const connect = async (paste: Paste, more: Partial<Edges> = {}) => {
    const used = edges(more);
    try {
      const code = await connectWith(used, { config: 'earshot.yaml' }, 'google-business', paste);
      return { code, ...used.said, error: null };
    } catch (error) {
      return { code: 1, ...used.said, error: error instanceof Error ? error.message : String(error) };
    }
  };
  const looked = async () => {
    const { out } = await earshot('collect', '--json');
    return (JSON.parse(out) as { runs: { outcome: string; fault: { kind: string; message: string } | null }[] })
      .runs[0];
  };
  return { server, folder, clock, shown, earshot, connect, looked };
}

const tokensAsked = ({ requests }: Loopback) => requests.filter(({ path }) => path === '/token').map(formOf);

test('the browser is sent there and back; what was agreed to lets the next look in and lies encrypted', async () => {
  const { server, folder, shown, earshot, looked } = await house();
  const { code, out, err } = await earshot('connect', 'google-business');
  expect([code, out]).toEqual([
    0,
    expect.stringContaining('✓ Google Business Profile: connected; Earshot renews it by itself.'),
  ]);
  expect(err).toContain('collect --source google-business');
  await vi.waitFor(() => expect(shown[0]).toMatch(/Google Business Profile is connected.+close this window/s));

  const [agreed] = server.requests;
  const asked = Object.fromEntries(agreed?.query ?? []);
  expect(asked).toMatchObject({
    response_type: 'code',
    client_id: 'id.example',
    scope: 'https://www.googleapis.com/auth/business.manage',
    access_type: 'offline',
    prompt: 'consent',
    code_challenge_method: 'S256',
    redirect_uri: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/$/),
  });
  const [form] = tokensAsked(server);
  expect(form).toMatchObject({
    grant_type: 'authorization_code',
    code: '4/0abc',
    client_secret: 'the-secret',
    redirect_uri: asked.redirect_uri,
  });
  expect(
    createHash('sha256')
      .update(form?.code_verifier ?? '')
      .digest('base64url'),
  ).toBe(asked.code_challenge);

  expect(await looked()).toMatchObject({ outcome: 'complete', fault: null });
  expect(server.requests.at(-1)?.headers.authorization).toBe('Bearer first');
  const kept = readdirSync(folder)
    .filter((file) => file.startsWith('earshot.db') && !file.endsWith('.key'))
    .map((file) => readFileSync(join(folder, file), 'latin1'));
  for (const bytes of kept) expect(bytes).not.toMatch(/renews-first|the-secret/);
});

test('before the app is made, it says what is missing and how to get it, and asks nobody', async () => {
  const { server, earshot } = await house({ env: {} });
  const { code, err } = await earshot('connect', 'google-business');
  expect(code).toBe(1);
  expect(err).toMatch(/GOOGLE_BUSINESS_CLIENT_ID.+GOOGLE_BUSINESS_CLIENT_SECRET.+1\. Ask Google for access/s);
  expect(server.requests).toEqual([]);
});

test.each<[string, Given, RegExp]>([
  [
    'the owner says no',
    {
      agree: ({ query }) => ({
        status: 302,
        headers: { location: `${query.get('redirect_uri')}?error=access_denied&state=${query.get('state')}` },
      }),
    },
    /was not allowed to show Earshot anything/,
  ],
  [
    'the question is not taken',
    {
      agree: ({ query }) => ({
        status: 302,
        headers: { location: `${query.get('redirect_uri')}?error=invalid_scope&state=${query.get('state')}` },
      }),
    },
    /does not take the question as it stands/,
  ],
  ['the code came too late', { token: refusal(400, 'invalid_grant') }, /takes it once\. Begin again/],
  ['the secret is another', { token: refusal(401, 'invalid_client') }, /does not know the app.+its secret/],
  ['a box was left empty', { token: granted('a', { scope: 'openid' }) }, /tick every one/],
  ['no token comes', { token: { json: { surprise: true } } }, /changed its answers/],
])('where %s, both windows say so and nothing is kept', async (_, given, words) => {
  const { shown, earshot, looked } = await house(given);
  const { code, err } = await earshot('connect', 'google-business');
  expect(code).toBe(1);
  expect(err.replaceAll(/\s+/g, ' ')).toMatch(words);
  await vi.waitFor(() => expect(shown[0]).toContain('That did not work'));
  expect((await looked())?.fault?.message).toContain('is not connected yet: `npx earshot connect google-business`');
});

test('a visitor without our state is nobody: it is turned away, and the right one still comes', async () => {
  const statuses: number[] = [];
  const { earshot } = await house({
    visits: async (address) => {
      const back = new URL(address).searchParams.get('redirect_uri') ?? '';
      for (const path of ['?code=stolen&state=guess', '?code=stolen', 'favicon.ico'])
        statuses.push((await fetch(back + path)).status);
      return browse(address);
    },
  });
  expect((await earshot('connect', 'google-business')).code).toBe(0);
  expect(statuses).toEqual([400, 400, 404]);
});

test('only this computer can come back: the door stands open on loopback alone, and closes behind', async () => {
  let back = '';
  const { earshot } = await house({
    visits: (address) => {
      back = new URL(address).searchParams.get('redirect_uri') ?? '';
      return browse(address);
    },
  });
  await earshot('connect', 'google-business');
  expect(back).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  await expect(fetch(back)).rejects.toThrow('fetch failed');
});

test('where the browser is elsewhere, its address is pasted; another one is not taken', async () => {
  let address = '';
  const { connect, server } = await house({
    visits: async (at) => {
      address = at;
      return '';
    },
  });
  const ended = (state: string | null) => `http://127.0.0.1:1/?state=${state}&code=pasted`;
  const pasting =
    (line: (state: string | null) => string): Paste =>
    async () => {
      await new Promise((resolve) => setImmediate(resolve));
      return line(new URL(address).searchParams.get('state'));
    };
  expect((await connect(pasting(() => ended('another')))).error).toMatch(/copy the whole line/);
  expect((await connect(pasting(() => 'hello'))).error).toMatch(/copy the whole line/);
  expect(tokensAsked(server)).toEqual([]);
  expect((await connect(pasting((state) => `  ${ended(state)}\n`))).code).toBe(0);
  expect(tokensAsked(server)).toMatchObject([{ code: 'pasted' }]);
});

test('Ctrl+C ends the waiting, and closes the door', async () => {
  const stop = new AbortController();
  const { connect } = await house({ visits: async () => stop.abort(new Error('asked to stop')) });
  expect((await connect(null, { signal: stop.signal })).error).toBe('asked to stop');
});

test('it is renewed before it ends, and a refresh token that changes is kept', async () => {
  const { server, clock, earshot, looked } = await house({
    token: [granted('first'), granted('second', { refresh_token: undefined }), granted('third')],
  });
  await earshot('connect', 'google-business');
  clock.advance(2 * hour);
  expect((await looked())?.fault).toBeNull();
  clock.advance(2 * hour);
  expect((await looked())?.fault).toBeNull();
  expect(tokensAsked(server).slice(1)).toMatchObject([
    { grant_type: 'refresh_token', refresh_token: 'renews-first' },
    // None came with the second: then the first one still holds.
    { grant_type: 'refresh_token', refresh_token: 'renews-first' },
  ]);
  clock.advance(2 * hour);
  await looked();
  expect(tokensAsked(server).at(-1)).toMatchObject({ refresh_token: 'renews-third' });
});

test('taken back at the platform: told as that in collect, status, check and connect, and not asked again', async () => {
  const { server, clock, earshot, looked } = await house({ token: [granted('first'), refusal(400, 'invalid_grant')] });
  await earshot('connect', 'google-business');
  expect((await earshot('check')).out).toContain('Google Business Profile is connected');
  clock.advance(2 * hour);
  const told = /Your connection with Google Business Profile has ended.+npx earshot connect google-business/s;
  expect((await looked())?.fault).toMatchObject({ kind: 'not-allowed', message: expect.stringMatching(told) });
  const asked = server.requests.length;
  expect((await looked())?.fault?.message).toMatch(told);
  expect(server.requests).toHaveLength(asked);
  const status = (await earshot('status')).out.replaceAll(/\s+/g, ' ');
  expect(status).toMatch(/could not look yet: your account there.+has ended/);
  const check = await earshot('check');
  expect([check.code, check.out.replaceAll(/\s+/g, ' ')]).toEqual([
    1,
    expect.stringMatching(/is connected no more.+connect google-business/),
  ]);
  expect((await earshot('connect')).out).toMatch(/google-business\s+the connection has ended \(today 10:00\)/);

  server.route({ 'POST /token': granted('anew') });
  expect((await earshot('connect', 'google-business')).code).toBe(0);
  expect((await looked())?.outcome).toBe('complete');
});

test('a platform in trouble, or an app whose secret was changed, ends no connection', async () => {
  const { server, clock, earshot, looked } = await house({
    token: [granted('first'), refusal(401, 'invalid_client'), { status: 503 }, granted('second')],
  });
  await earshot('connect', 'google-business');
  clock.advance(2 * hour);
  expect((await looked())?.fault?.message).toMatch(/does not know the app/);
  expect((await looked())?.fault?.kind).toBe('unreachable');
  expect((await looked())?.fault).toBeNull();
  expect(server.requests.at(-1)?.headers.authorization).toBe('Bearer second');
});

test('--forget leaves nothing behind, and says where to take it back there', async () => {
  const { earshot, looked } = await house();
  await earshot('connect', 'google-business');
  expect((await earshot('connect', 'google-business', '--forget')).out).toMatch(
    /has forgotten.+myaccount\.google\.com\/connections/s,
  );
  expect((await looked())?.fault?.message).toContain('is not connected yet');
  expect((await earshot('connect', 'google-business', '--forget')).out).toMatch(/nothing to forget/);
});

test('what cannot be connected is said to be so, and what is meant is guessed', async () => {
  const { earshot } = await house();
  const bluesky = await earshot('connect', 'bluesky');
  expect([bluesky.code, bluesky.err]).toEqual([2, expect.stringContaining('Bluesky wants no connection')]);
  expect((await earshot('connect', 'google-busines')).err).toContain('Did you mean google-business?');
  expect((await earshot('connect', 'google-business', '--account', 'SHOP')).err).toContain('account: SHOP');
});

test('all connections on a line each, also as JSON', async () => {
  const { earshot } = await house();
  expect((await earshot('connect')).out).toMatch(/google-business\s+not connected yet/);
  await earshot('connect', 'google-business');
  const told = JSON.parse((await earshot('connect', '--json')).out);
  expect(z.array(ConnectionFace).parse(told)).toEqual(told);
  expect(told).toEqual([
    { source: 'google-business', title: 'Google Business Profile', account: null, state: 'good', until: null },
  ]);
});
