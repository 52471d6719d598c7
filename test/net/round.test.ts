/** A host that gives no answer costs one look its patience, and no other look of the same round. */
import { describe, expect, test } from 'vitest';
import { createRound } from '../../src/net/round.ts';
import { imapServer } from '../support/imap-server.ts';
import { loopback } from '../support/loopback.ts';
import { anything, visitOf } from './visit-of.ts';

/** Visits through one door, as the looks of one round are. */
function visitsOf({ net }: ReturnType<typeof visitOf>) {
  const round = createRound();
  return (source: string) =>
    net.visit({ source, pace: [], account: null, validators: {}, signal: new AbortController().signal, round });
}

describe('a host that hangs', () => {
  test('is asked three times in all, whoever waits for it; the next round asks again', async () => {
    const server = await loopback({ '/*': () => null });
    // Long enough that on a busy machine each question has reached the server before it is given up.
    const door = visitOf({ limits: { timeMs: 400 } });
    const looks = visitsOf(door);
    const asked = ['a', 'b', 'c'].map((path) => looks('feed').http.json(`${server.url}/${path}`, anything));
    const silent = { kind: 'unreachable', message: `${server.host} did not finish its answer within 1 second.` };
    const unasked = {
      kind: 'unreachable',
      message: 'Not asked: another address of the same site did not answer in time. Earshot tries again by itself.',
    };
    const [first, ...others] = await Promise.allSettled(asked);
    expect(first).toMatchObject({ reason: silent });
    for (const one of others) expect(one).toMatchObject({ reason: unasked });
    await expect(looks('feed').http.json(`${server.url}/d`, anything)).rejects.toMatchObject(unasked);
    expect(server.requests).toHaveLength(3);

    server.route({ '/a': { json: {} } });
    await expect(visitsOf(door)('feed').http.json(`${server.url}/a`, anything)).resolves.toBeDefined();
  });

  test('holds up no other host, and no look that is alone', async () => {
    const silent = await loopback({ '/*': () => null });
    const well = await loopback({ '/': { json: {} } });
    const door = visitOf({ limits: { timeMs: 60 } });
    const looks = visitsOf(door);
    await expect(looks('feed').http.json(silent.url, anything)).rejects.toThrow('did not finish');
    await expect(looks('feed').http.json(well.url, anything)).resolves.toBeDefined();
    await expect(door.http.json(silent.url, anything)).rejects.toThrow('did not finish');
  });
});

test('a host that answers, however badly, is asked for each place', async () => {
  const server = await loopback({ '/a': { status: 500 }, '/b': 'no JSON', '/c': { status: 404 }, '/d': { json: {} } });
  const looks = visitsOf(visitOf());
  for (const path of ['a', 'b', 'c'])
    await expect(looks('feed').http.json(`${server.url}/${path}`, anything)).rejects.toThrow(server.host);
  await expect(looks('feed').http.json(`${server.url}/d`, anything)).resolves.toBeDefined();
});

test('a mail server that says nothing costs its other folders nothing', async () => {
  const server = await imapServer({ greeting: null });
  const allowed = [`127.0.0.1:${server.port}`];
  const looks = visitsOf(visitOf({ allowed, mailLimits: { connectMs: 100, stepMs: 1000 } }));
  const at = { host: '127.0.0.1', port: server.port, security: 'none', user: 'rig', password: 'rig-secret' } as const;
  const read = async (folder: string) => {
    const wish = { after: null, since: 0, most: 1 };
    for await (const _batch of looks('mailbox').mail.read({ ...at, folder }, wish))
      throw new Error('it did say something');
  };
  const silent = `127.0.0.1, port ${server.port}, did not answer in time.`;
  await expect(read('Earshot')).rejects.toThrow(silent);
  const asked = server.calls();
  await expect(read('Contact')).rejects.toThrow(silent);
  expect(server.calls()).toBe(asked);
});
