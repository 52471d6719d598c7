/** From the config and earshot.env to a mail server that takes it: the real program, a real server, one mail for each. */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { mailServer, testPassword } from '../digest/mail-server.ts';
import { program } from '../journey/house.ts';
import { type House, house, owner } from './house.ts';

const bin = fileURLToPath(new URL('../../src/earshot.js', import.meta.url));
const certificate = fileURLToPath(new URL('../fixtures/mail/test-certificate.pem', import.meta.url));
const trusting = { TZ: 'Europe/London', NODE_EXTRA_CA_CERTS: certificate };
const partner = 'partner@bluedoor.example';

/** Two people who get a mail, by way of the server at that port. */
function shopAt(port: number): House {
  const shop = house(
    { file: { path: 'none.jsonl' } },
    {
      mail: { host: 'localhost', port, from: 'Earshot <earshot@bluedoor.example>' },
      digest: {
        to: [
          { address: owner, at: '08:00' },
          { address: partner, at: '08:00' },
        ],
      },
    },
  );
  onTestFinished(() => shop.remove());
  writeFileSync(join(shop.folder, 'none.jsonl'), '');
  const env = `EARSHOT_SMTP_USER=${owner}\nEARSHOT_SMTP_PASSWORD=${testPassword}\n`;
  writeFileSync(join(shop.folder, 'earshot.env'), env, { mode: 0o600 });
  return shop;
}

test('`digest` sends one mail to each, encrypted and signed in; said again, it sends none', async () => {
  await using server = await mailServer();
  const shop = shopAt(server.port);
  const digest = () => program(['--config', shop.config, 'digest'], shop.folder, trusting);
  expect(await digest()).toMatchObject({ code: 0, out: '2 digests went out.\n' });
  expect(server.taken).toMatchObject([
    { to: owner, secure: true, user: owner, mail: expect.stringContaining('Message-ID: <') },
    { to: partner, secure: true, user: owner },
  ]);
  expect(await digest()).toMatchObject({ code: 0, out: expect.stringContaining('has gone out already') });
  expect(server.taken).toHaveLength(2);
});

test('killed when the server had taken a mail and not yet said so, the next pass sends the other one alone', async () => {
  const taken: string[] = [];
  let die = (): void => undefined;
  await using server = await mailServer({
    async onData(stream, session, done) {
      await text(stream);
      taken.push(session.envelope.rcptTo.map(({ address }) => address).join());
      if (taken.length === 1) die();
      else done();
    },
  });
  const shop = shopAt(server.port);
  const argv = [bin, 'start', '--once', '--config', shop.config];
  const env = { PATH: process.env.PATH, HOME: shop.folder, EARSHOT_JUDGE: 'fast', ...trusting };
  const first = spawn(process.execPath, argv, { cwd: shop.folder, env, stdio: 'ignore' });
  die = () => void first.kill('SIGKILL');
  onTestFinished(die);
  expect(await new Promise((resolve) => first.on('close', (_, signal) => resolve(signal)))).toBe('SIGKILL');
  expect(taken).toEqual([owner]);
  for (const _ of Array(2)) expect(await program(argv.slice(1), shop.folder, trusting)).toMatchObject({ code: 0 });
  expect(taken).toEqual([owner, partner]);
});
