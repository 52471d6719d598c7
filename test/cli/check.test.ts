/** `earshot check`: everything that is wrong is told at once, with its place and what to do; everything else is well. */

import { execSync } from 'node:child_process';
import { chmodSync, existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { CheckFace } from '../../src/face/check.ts';
import { mailServer, testCertificate, testPassword } from '../digest/mail-server.ts';
import { desk } from './desk.ts';

test('a config that works: what is well, what could be better, and the next step', async () => {
  const here = desk();
  here.settle([{ name: 'Blue Door Coffee', sources: { bluesky: {}, 'hacker-news': {} } }]);
  const { code, out, err } = await here.earshot('check');
  expect(code).toBe(0);
  expect(out).toBe(
    [
      '✓ Blue Door Coffee listens in 2 places, of 2 kinds',
      `✓ The database ${join(here.folder, 'earshot.db')} can be read and written`,
      '! digest.to: nobody gets the daily mail yet; put an address there.',
      '',
    ].join('\n'),
  );
  expect(err).toBe('\nAll is well.\n  npx earshot collect  listen now\n');
});

test('all that is wrong at once: settings, places’ options, secrets, the database and the file of secrets', async () => {
  const here = desk();
  writeFileSync(join(here.folder, 'earshot.db'), 'this is no database, but a letter to my aunt in Leeds');
  writeFileSync(join(here.folder, 'earshot.env'), '');
  chmodSync(join(here.folder, 'earshot.env'), 0o644);
  writeFileSync(
    here.config,
    `store: earshot.db
timezon: Europe/London
brands:
  - nam: Blue Door
    aliases: BD
    sources:
      blusky: {}
      reddit: { subredits: [leeds] }
  - name: Red Door
    sources:
      feed: { urls: everywhere }
      mailbox: { host: imap.example, folder: Earshot }
mail: { host: smtp.example, from: nobody }
`,
  );
  const { code, out, err } = await here.earshot('check', { columns: 200 });
  expect(code).toBe(1);
  const problems = out.split('\n').filter((line) => line.startsWith('✗'));
  for (const sentence of [
    'line 2, timezon: is not a setting here. Did you mean timezone?',
    'line 4, brands[0].nam: is not a setting here. Did you mean name?',
    'line 5, brands[0].aliases: should be a list, as in [one, two].',
    'line 7, brands[0].sources.blusky: no source is called blusky. Did you mean bluesky?',
    'line 8, brands[0].sources.reddit.subredits: is not a setting here. Did you mean subreddits?',
    'line 11, brands[1].sources.feed.urls: should be a list, as in [one, two].',
    'line 13, mail.from: write a mail address, as in ana@bluedoor.example.',
    'earshot.env: others on this computer can read it. Type `chmod 600 ',
    'store: ',
    'brands[1].sources.mailbox: ',
  ])
    expect(out.replaceAll(/\s+/g, ' ')).toContain(sentence);
  expect(err).toContain(`${problems.length} things to mend in ${here.config}.`);
  const lines = problems.flatMap((line) => /line (\d+)/.exec(line)?.[1] ?? []).map(Number);
  expect(lines).toEqual(lines.toSorted((one, other) => one - other));
});

test.skipIf(process.platform === 'win32')(
  'a hand-made earshot.env that others can read is told, with a line that works as pasted',
  async () => {
    const here = desk();
    const path = join(here.folder, 'earshot.env');
    writeFileSync(path, "MAILBOX_USER='ana'\n", { mode: 0o644 });
    const { code, out } = await here.earshot('check', { columns: 80 });
    expect(code).toBe(1);
    const [, command = ''] = /`(chmod 600 [^`\n]+)`/.exec(out) ?? [];
    execSync(command);
    expect((await here.earshot('check')).code).toBe(0);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  },
);

test('a config with errors makes no database', async () => {
  const here = desk();
  here.settle([{ name: 'Blue Door Coffee', alias: [] }]);
  expect((await here.earshot('check')).code).toBe(1);
  expect(existsSync(join(here.folder, 'earshot.db'))).toBe(false);
});

describe('the database', () => {
  test('one that a newer Earshot wrote is refused and left alone', async () => {
    const here = desk();
    await here.earshot('check');
    const raw = new Database(join(here.folder, 'earshot.db'));
    raw.prepare("insert into migrations (number, name, at) values (999, 'of tomorrow', 0)").run();
    raw.close();
    const { code, out } = await here.earshot('check', { columns: 200 });
    expect(code).toBe(1);
    expect(out).toMatch(/✗ store: .*newer/);
    expect((await here.earshot('list')).code).toBe(1);
  });

  test('one whose folder cannot be made says so', async () => {
    const here = desk();
    writeFileSync(join(here.folder, 'taken'), '');
    here.settle(['Blue Door Coffee'], { store: 'taken/earshot.db' });
    const { code, out } = await here.earshot('check', { columns: 200 });
    expect(code).toBe(1);
    expect(out).toMatch(/✗ store: .*taken/);
  });
});

describe('the mail server', () => {
  const digest = { to: [{ address: 'owner@bluedoor.example' }] };
  const from = 'Earshot <e@bluedoor.example>';

  /** A desk whose config names this server, and which trusts it. */
  function mailed(port: number, more: object = {}) {
    const here = desk();
    writeFileSync(join(here.folder, 'ca.pem'), testCertificate);
    here.settle(['Blue Door Coffee'], { mail: { host: 'localhost', port, from }, digest, ...more });
    const env = {
      EARSHOT_SMTP_USER: 'rig',
      EARSHOT_SMTP_PASSWORD: testPassword,
      EARSHOT_SMTP_CA: join(here.folder, 'ca.pem'),
    };
    return {
      here,
      ask: (words: string, changed = {}) => here.earshot(words, { columns: 200, env: { ...env, ...changed } }),
    };
  }

  test('is asked by itself and sends nothing; a test mail goes out with --mail', async () => {
    await using server = await mailServer();
    const { ask } = mailed(server.port);
    const { code, out, err } = await ask('check');
    expect(out).toContain('✓ The mail server localhost let Earshot in\n');
    expect(err).toMatch(/All is well\.[\s\S]*check --mail +send a test mail, too/);
    expect({ code, signIns: server.signIns(), asked: server.asked }).toEqual({ code: 0, signIns: 1, asked: [] });
    expect((await ask('check --mail')).out).toContain(
      '✓ The mail server localhost let Earshot in; a test mail is on its way to owner@bluedoor.example\n',
    );
    expect(server.taken.map(({ to }) => to)).toEqual(['owner@bluedoor.example']);
  });

  test('is told where it is not there, shows a bad certificate or does not know the password', async () => {
    await using server = await mailServer();
    const dead = await mailed(1).ask('check');
    expect(dead.out).toContain(
      '✗ mail: Nothing takes mail at localhost, port 1, now. Check mail.host and mail.port in the config.',
    );
    expect(dead.code).toBe(1);
    expect(dead.err).not.toContain('--mail');
    const { ask } = mailed(server.port);
    expect((await ask('check', { EARSHOT_SMTP_CA: '' })).out).toMatch(/✗ mail: The certificate of the mail server/);
    expect((await ask('check', { EARSHOT_SMTP_PASSWORD: 'wrong' })).out).toMatch(
      /✗ mail: The mail server did not accept the password\./,
    );
  });

  test('is asked also beside errors elsewhere, and where nobody gets the daily mail', async () => {
    await using server = await mailServer();
    const wrong = await mailed(1, { timezon: 'UTC' }).ask('check');
    expect(wrong.out).toContain('timezon: is not a setting here');
    expect(wrong.out).toContain('✗ mail: Nothing takes mail at localhost');
    const nobody = await mailed(server.port, { digest: { to: [] } }).ask('check --mail');
    expect(nobody.out).toContain('! digest.to: nobody gets the daily mail yet');
    expect(nobody.out).toContain('✓ The mail server localhost let Earshot in\n');
    expect(server.taken).toEqual([]);
  });

  test('without a user it answers, and the missing user is told', async () => {
    await using server = await mailServer();
    const { out } = await mailed(server.port).ask('check', { EARSHOT_SMTP_USER: '' });
    expect(out).toContain('✓ The mail server localhost answers');
    expect(out).toContain('! mail: EARSHOT_SMTP_USER is neither');
  });
});

test('beside errors of the config a database is looked at, and where none could be made that is told', async () => {
  const here = desk();
  await here.hear('The coffee at Blue Door Coffee was cold and the waiter was rude.');
  here.settle(['Blue Door Coffee'], { timezon: 'UTC' });
  const there = await here.earshot('check', { columns: 200 });
  expect(there.out).toContain(`✓ The database ${join(here.folder, 'earshot.db')} can be read and written`);
  writeFileSync(join(here.folder, 'taken'), '');
  here.settle(['Blue Door Coffee'], { store: 'taken/earshot.db', timezon: 'UTC' });
  const { out, err } = await here.earshot('check', { columns: 200 });
  expect(out).toMatch(/✗ store: .*taken/);
  expect(err).toContain('2 things to mend');
});

test('where no place could ever be read, not all is well', async () => {
  const here = desk();
  const nobody = ['http://127.0.0.1:9/one.xml', 'http://127.0.0.1:9/two.xml'];
  here.settle([{ name: 'Blue Door Coffee', sources: { feed: { urls: nobody } } }]);
  await here.earshot('collect');
  const { code, out, err } = await here.earshot('check', { columns: 200 });
  expect(code).toBe(0);
  expect(out).toContain('! Nothing was heard yet, since no place could be read so far: `npx earshot status` says why.');
  expect(err).toMatch(/^\nThe settings are in order, but nothing could be heard yet\.\n/);
  expect((await here.earshot('')).out).toMatch(
    /^Earshot could not listen anywhere yet\.\n[\s\S]*why no place could be read/,
  );
  expect((await here.earshot('status')).out).toMatch(/^Nothing is known yet: no place could be read so far\.\n/);
});

test('a place that could not be read at the last look is told, though the settings are in order', async () => {
  const here = desk();
  writeFileSync(join(here.folder, 'posts.jsonl'), '{"id":"1","text":"Blue Door Coffee is lovely"}\n');
  here.settle([
    { name: 'Blue Door Coffee', sources: { file: { path: 'posts.jsonl' } } },
    { name: 'Red Door Tea', sources: { file: { path: 'missing.jsonl' } } },
  ]);
  await here.earshot('collect');
  const { code, out, err } = await here.earshot('check');
  expect(code).toBe(0);
  expect(out).toContain('! 1 place could not be read at the last look: `npx earshot status` says why.');
  expect(err).toMatch(/^\nThe settings are in order\.\n/);
});

test('--json gives the same for scripts', async () => {
  const here = desk();
  here.settle([{ name: 'Blue Door Coffee', sources: { blusky: {} } }]);
  const { code, out } = await here.earshot('check --json');
  expect(code).toBe(1);
  const told = CheckFace.parse(JSON.parse(out));
  expect(told).toEqual(JSON.parse(out));
  expect(told).toMatchObject({
    path: here.config,
    problems: [{ path: 'brands[0].sources.blusky', level: 'error', line: expect.any(Number) }],
  });
});
