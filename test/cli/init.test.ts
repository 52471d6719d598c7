/** The owner's first minutes: questions, a config, one look, "Is this you?". */
import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openApp } from '../../src/app.ts';
import { type Asker, Stopped } from '../../src/cli/asker.ts';
import { initWith } from '../../src/cli/commands/init.ts';
import { walkUnsure } from '../../src/cli/commands/mark-unsure.ts';
import { lookOnce, proposal } from '../../src/cli/first-look.ts';
import { withTools } from '../../src/cli/tools.ts';
import { parseConfig } from '../../src/config/parse.ts';
import { cronTrouble } from '../../src/daemon/due.ts';
import { listMentions } from '../../src/store/mention-list.ts';
import { mailServer, testPassword } from '../digest/mail-server.ts';
import { fakeClock } from '../support/clock.ts';
import { cliEdges } from '../support/edges.ts';
import { sources } from '../support/every-source.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'earshot-init-'));

/** Answers by what is asked; what is not foreseen is Enter. */
function scripted(answers: Readonly<Record<string, string | readonly string[]>>): Asker & { readonly asked: string[] } {
  const asked: string[] = [];
  const left = new Map(Object.entries(answers).map(([question, given]) => [question, [given].flat()]));
  const answer = (question: string, usual: string): string => {
    asked.push(question);
    const key = [...left.keys()].find((one) => question.includes(one));
    return (key === undefined ? undefined : left.get(key)?.shift()) ?? usual;
  };
  return {
    asked,
    text: async (question, usual, _hint, wrong) => {
      for (;;) {
        const given = answer(question, usual);
        if (!wrong?.(given)) return given;
      }
    },
    secret: async (question) => answer(question, ''),
    choose: async (question, _choices, usual) => answer(question, usual) as typeof usual,
    key: async (question, keys) => answer(question, keys.at(-1)?.value ?? '') as (typeof keys)[number]['value'],
  };
}

describe('init', () => {
  test('a restaurant owner’s answers become a config that works, and the password a file that nobody else reads', async () => {
    const cwd = folder();
    const edges = cliEdges({ cwd });
    const asker = scripted({
      called: 'Blue Door Coffee',
      'else do people': 'Blue Door Café, The Blue Door',
      'What is it': 'coffee shop in Leeds',
      'web address': 'https://www.bluedoor.example/menu',
      accounts: '@bluedoorcoffee',
      'daily mail go': 'owner@gmail.com',
      'app password': 'abcd efgh',
    });
    // No network in a test: the test mail and the look are tried elsewhere.
    expect(await initWith({ ...edges, env: {} }, { look: false }, { ...asker, secret: async () => '' })).toBe(0);
    const text = readFileSync(join(cwd, 'config/earshot.yaml'), 'utf8');
    const { config, problems } = parseConfig(text, {
      path: join(cwd, 'config/earshot.yaml'),
      sources,
      timezone: 'UTC',
      cronTrouble,
    });
    expect(problems).toEqual([]);
    expect(config?.brands[0]).toMatchObject({
      name: 'Blue Door Coffee',
      aliases: ['Blue Door Café', 'The Blue Door'],
      about: 'coffee shop in Leeds',
      domains: ['bluedoor.example'],
      handles: ['@bluedoorcoffee'],
    });
    expect(config?.mail?.host).toBe('smtp.gmail.com');
    expect(edges.said.out).toMatch(/It will hear .*Bluesky/);
    expect(edges.said.out).toMatch(/With your help [^:]* and \d+\s+more:\s+`npx earshot sources` says how/);
    expect(edges.said.out).toMatch(/can’t hear .*Google reviews/);
    expect(edges.said.out).toMatch(/Next\n {2}npx earshot collect /);
    expect(edges.said.out).toMatch(/EARSHOT_SMTP_PASSWORD/);
  });

  test('a mistyped mail address or time is asked again, and the answers before it stay', async () => {
    const cwd = folder();
    const asker = scripted({
      called: ['', 'Blue Door Coffee'],
      'What is it': 'coffee shop in Leeds',
      'daily mail go': ['ana@bluedoor', 'ana@bluedoor.example'],
      'what time': ['25', '8.30'],
    });
    await initWith({ ...cliEdges({ cwd }), env: {} }, { look: false }, asker);
    const text = readFileSync(join(cwd, 'config/earshot.yaml'), 'utf8');
    expect(text).toContain('about: "coffee shop in Leeds"');
    expect(text).toContain('address: "ana@bluedoor.example", at: "08:30"');
    expect(asker.asked.filter((one) => /daily mail go|what time/.test(one))).toHaveLength(4);
  });

  test('an address whose server nobody knows by heart: the owner names it, and who signs in there', async () => {
    const cwd = folder();
    await using server = await mailServer();
    const edges = cliEdges({ cwd });
    const asker = scripted({
      called: 'Blue Door Coffee',
      'daily mail go': 'ana@bluedoor.example',
      'server for outgoing mail': `localhost:${server.port}`,
      'user name there': 'post@bluedoor.example',
      'The password (': 'wrong',
      'once more': testPassword,
    });
    await initWith(
      { ...edges, env: { EARSHOT_SMTP_CA: join(import.meta.dirname, '../fixtures/mail/test-certificate.pem') } },
      { look: false },
      asker,
    );
    expect(edges.said.err).toMatch(/did not accept the password/);
    expect(edges.said.out).toMatch(/A test mail is on its way to ana@bluedoor.example/);
    const text = readFileSync(join(cwd, 'config/earshot.yaml'), 'utf8');
    expect(text).toMatch(/mail: \{ host: "localhost".*from: "Blue Door Coffee <post@bluedoor.example>"/);
    expect(readFileSync(join(cwd, 'config/earshot.env'), 'utf8')).toContain("EARSHOT_SMTP_PASSWORD='rig-secret'");
    expect(server.taken[0]).toMatchObject({ to: 'ana@bluedoor.example', user: 'post@bluedoor.example' });
  });

  test('an Outlook address gets its reason, not “unknown”, and may be reached through another server', async () => {
    const edges = cliEdges({ cwd: folder() });
    const asker = scripted({ called: 'Blue Door Coffee', 'daily mail go': 'ana@outlook.com' });
    await initWith({ ...edges, env: {} }, { look: false }, asker);
    expect(edges.said.out).toMatch(/Microsoft lets no program in/);
    expect(edges.said.out).not.toMatch(/does not know the mail server/);
    expect(asker.asked.join()).toMatch(/server for outgoing mail/);
  });

  test('begun once more, it asks for the password again', async () => {
    const cwd = folder();
    const edges = cliEdges({ cwd, env: { EARSHOT_SMTP_PASSWORD: 'old' } });
    await initWith(edges, { name: 'A', mail: 'a@gmail.com', look: false }, null);
    const asker = scripted({ 'app password': '' });
    await initWith(edges, { name: 'A', mail: 'a@gmail.com', look: false, force: true }, asker);
    expect(asker.asked.join()).toMatch(/app password/);
  });

  test('every question has a flag, nobody needs to sit there, and nothing is written over', async () => {
    const cwd = folder();
    const edges = cliEdges({ cwd });
    const flags = { name: 'Tallyo', trade: 'software', mail: 'none', look: false };
    expect(await initWith(edges, flags, null)).toBe(0);
    expect(readFileSync(join(cwd, 'config/earshot.yaml'), 'utf8')).toContain('hacker-news: {}');
    await expect(initWith(edges, flags, null)).rejects.toThrow(/is there already/);
    await expect(initWith(edges, { ...flags, force: true, name: '' }, null)).rejects.toThrow(/A name is needed/);
    await expect(initWith(edges, { ...flags, force: true, trade: 'zoo' }, null)).rejects.toThrow(/none of: restaurant/);
    await expect(initWith(edges, { ...flags, force: true, mail: 'me' }, null)).rejects.toThrow(/no mail address/);
  });

  test('a given password goes into earshot.env, mode 0600, beside what was there', async () => {
    const cwd = folder();
    const edges = cliEdges({ cwd, env: { EARSHOT_SMTP_PASSWORD: "p'w" } });
    // A domain whose server is known, but cannot be reached from a test: told, and not fatal.
    await initWith(edges, { name: 'A', mail: 'a@gmail.com', look: false }, null);
    const secrets = join(cwd, 'config/earshot.env');
    expect(readFileSync(secrets, 'utf8')).toBe(`EARSHOT_SMTP_USER='a@gmail.com'\nEARSHOT_SMTP_PASSWORD="p'w"\n`);
    if (process.platform !== 'win32') expect(statSync(secrets).mode & 0o777).toBe(0o600);
    expect(edges.said.err).toMatch(/test mail did not go out/);
  });
});

const posts = [
  { id: '1', text: 'Forty minutes for a cold flat white at Blue Door, and nobody said sorry.' },
  { id: '2', text: 'Blue door paint is drying on my fence.' },
];

async function look(asker: Asker | null, said: readonly { readonly id: string; readonly text: string }[] = posts) {
  const cwd = folder();
  const path = join(cwd, 'earshot.yaml');
  writeFileSync(join(cwd, 'posts.jsonl'), said.map((post) => JSON.stringify(post)).join('\n'));
  writeFileSync(
    path,
    '# mine\nbrands:\n  - name: Blue Door\n    exclude: []\n    sources: { file: { path: posts.jsonl } }\n',
  );
  const edges = cliEdges({ cwd, clock: fakeClock(Date.parse('2026-11-21T12:00Z')) });
  await lookOnce(edges, path, asker);
  return { edges, path };
}

describe('the first look', () => {
  test('each answer is a mark, and a no proposes words to leave out', async () => {
    // The fence comes first: both have no date, and the newest id leads.
    const asker = scripted({ 'Is this you': ['n', 'y'], 'same words': 'proposed' });
    const { edges, path } = await look(asker);
    expect(edges.said.out).toMatch(/Looked in 1 place: 2 mentions/);
    expect(readFileSync(path, 'utf8')).toMatch(/# mine[\s\S]*exclude: \[ ?blue door (paint|and)/);
    const tools = await openApp(edges, { config: path });
    const rows = await tools.store.read('test', (tx) =>
      listMentions(tx, { pile: 'all', limit: 0, brandIds: ['blue-door'] }),
    );
    await tools.close();
    expect(rows.map((row) => row.marks.us).sort()).toEqual(['not-us', 'us']);
  });

  test('Enter behind a no leaves out nothing more; Ctrl-C ends these questions and nothing else', async () => {
    const asker = scripted({ 'Is this you': ['n'] });
    const choose: Asker['choose'] = async (question, choices, usual) => {
      if (asker.asked.filter((one) => one.includes('Is this you')).length > 0 && question.includes('Is this you'))
        throw new Stopped('Nothing was kept; the same command begins again.');
      return asker.choose(question, choices, usual);
    };
    const { path } = await look({ ...asker, choose });
    expect(readFileSync(path, 'utf8')).toContain('exclude: []');
    expect(asker.asked).toEqual(['Is this you?', 'Shall other posts with the same words be left out, too?']);
  });

  test('nobody there to ask: it looks, and asks nothing', async () => {
    const { edges } = await look(null);
    expect(edges.said.out).toMatch(/2 mentions/);
  });
});

test('the words that make it somebody else’s stand behind the name, or before it', () => {
  expect(proposal('Blue door paint is drying', 'Blue Door')).toBe('blue door paint');
  expect(proposal('my old blue door', 'Blue Door')).toBe('old blue door');
  expect(proposal('nothing', 'Blue Door')).toBe('');
});

test('mark --unsure decides one key each, and undo goes back', async () => {
  const { edges, path } = await look(null, [{ id: '1', text: 'Quite a long queue at Blue Door today' }]);
  await withTools(edges, { config: path }, async (tools) => {
    const pile = (name: 'unsure' | 'flagged') =>
      tools.store.read('test', (tx) => listMentions(tx, { pile: name, limit: 0 }));
    expect(await pile('unsure')).toHaveLength(1);
    // A complaint taken back is as unsure as before.
    await walkUnsure(edges, tools, scripted({ 'what is it': ['c', 'q'], 'last one': ['u'] }), undefined);
    expect(await pile('unsure')).toHaveLength(1);
    // Ctrl-C keeps what was decided, as `q` does.
    const stopped: Asker['key'] = () => Promise.reject(new Stopped('stopped'));
    expect(await walkUnsure(edges, tools, { ...scripted({}), key: stopped }, undefined)).toBe(0);
    const asker = scripted({ 'what is it': ['n', 'c'], 'last one': ['u', 'q'] });
    expect(await walkUnsure(edges, tools, asker, undefined)).toBe(0);
    expect(asker.asked.map((question) => question.slice(0, 6))).toEqual(['1 of 1', 'That w', '1 of 1', 'That w']);
    expect(await pile('unsure')).toEqual([]);
    expect((await pile('flagged')).map((row) => row.marks.complaint)).toContain('complaint');
  });
});
