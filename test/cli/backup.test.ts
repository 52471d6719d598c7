/** `earshot backup` and `restore`: whole or not at all, nothing lost, and whoever was erased stays erased. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { restoreAsking } from '../../src/cli/commands/restore.ts';
import { BackUpFace, RestoredFace } from '../../src/face/back-up.ts';
import { holdDaemonLock } from '../../src/store/daemon-lock.ts';
import { claimReply, lastReply, saveDraft, settleReply } from '../../src/store/replies.ts';
import { openStore } from '../../src/store/store.ts';
import { cliEdges } from '../support/edges.ts';
import { type Desk, desk, words } from './desk.ts';

const quokka = { handle: 'quokka.reads', name: 'Quokka Quill', url: null, followers: null };
const filesWith = (here: Desk, word: string) =>
  readdirSync(here.folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => statSync(join(here.folder, file)).isFile())
    .filter((file) => readFileSync(join(here.folder, file), 'latin1').toLowerCase().includes(word))
    .toSorted();
const handles = async (here: Desk) => (await here.list('--all')).map(({ author }) => author.handle).toSorted();
const by = (handle: string) => ({ ...quokka, handle, name: null });
const sentence = (said: { readonly err: string; readonly out: string }) =>
  `${said.out} ${said.err}`.replaceAll(/\s+/g, ' ');

/** Two customers, a case, and a back-up of them as `then.db`. */
async function backedUp() {
  const here = desk();
  await here.hear(
    { text: `${words.refund} The quokka laughed.`, author: quokka },
    { text: words.cold, author: by('ana') },
  );
  await here.earshot('case take c1');
  expect((await here.earshot('backup then.db')).code).toBe(0);
  return here;
}

test('one file, read back, told with what it holds; without a name beside the database, never over another', async () => {
  const here = desk();
  await here.hear(words.refund, words.lovely);
  const said = await here.earshot('back-up');
  expect(said).toMatchObject({ code: 0 });
  expect(sentence(said)).toMatch(
    /^Backed up to backups\/earshot-2026-11-20-0800\.db: 2 posts, 1 case, \d\.\d MB; read back and whole\./,
  );
  expect(statSync(join(here.folder, 'backups/earshot-2026-11-20-0800.db')).mode & 0o077).toBe(0);
  expect(readdirSync(join(here.folder, 'backups'))).toEqual(['earshot-2026-11-20-0800.db']);
  expect(sentence(await here.earshot('backup'))).toContain('is there already; name another file');
  const two = BackUpFace.parse(JSON.parse((await here.earshot('backup two.db --json')).out));
  expect(two).toMatchObject({ posts: 2, cases: 1 });
  const no = await here.earshot('backup earshot.yaml/x.db');
  expect([no.code, sentence(no)]).toEqual([1, expect.stringContaining('cannot be written')]);
});

test.skipIf(process.platform === 'win32')(
  'where no file can be made, or something else is, it is said and nothing is touched',
  async () => {
    const here = desk();
    await here.hear(words.refund);
    spawnSync('mkfifo', [join(here.folder, 'pipe')]);
    mkdirSync(join(here.folder, 'folder'));
    const before = readdirSync(here.folder).toSorted();
    const saying = async (file: string) => {
      const said = await here.earshot(`backup ${file}`);
      expect([file, said.code, said.out]).toEqual([file, 1, '']);
      return sentence(said).trim();
    };
    expect(await saying('pipe')).toMatch(
      /^Nothing was backed up: \S+pipe is no file but a device or a pipe; name a file\.$/,
    );
    expect(await saying('/dev/full')).toContain('/dev/full is no file but a device or a pipe');
    expect(await saying('folder')).toMatch(/folder is a folder; name a file in it, such as \S+folder\/earshot\.db\.$/);
    expect(await saying('earshot.yaml/x.db')).toMatch(/cannot be written: .* Name another file\.$/);
    if (process.platform === 'linux')
      expect(await saying('/proc/x')).toBe(
        'Nothing was backed up: /proc/x cannot be written: there is no such folder, or none that takes files. Name another file.',
      );
    if (process.getuid?.() !== 0) {
      chmodSync(join(here.folder, 'folder'), 0o555);
      expect(await saying('folder/x.db')).toContain('cannot be written: you may not write there. Name another file.');
    }
    expect(readdirSync(here.folder).toSorted()).toEqual(before);
  },
);

test('safe while another writes and reads: what was there when it began is in it', async () => {
  const here = desk();
  await here.hear(words.refund);
  const other = await openStore({ path: join(here.folder, 'earshot.db'), now: here.clock.now });
  let release = () => {};
  const reading = other.read('a long look', async (tx) => {
    await tx.selectFrom('posts').selectAll().execute();
    await new Promise<void>((resolve) => {
      release = resolve;
    });
  });
  expect((await here.earshot('backup then.db')).code).toBe(0);
  release();
  await reading;
  await other.close();
  await here.hear(words.cold);
  expect((await here.earshot('restore then.db')).code).toBe(0);
  expect((await here.list('--all')).map(({ text }) => text)).toEqual([words.refund]);
});

test('restored as it was, the database from before kept beside it, which can be restored in turn', async () => {
  const here = await backedUp();
  await here.hear({ text: words.lovely, author: by('later') });
  await here.earshot('case answered c1');
  const said = await here.earshot('restore then.db', { columns: 80 });
  expect(said.code).toBe(0);
  expect(sentence(said)).toContain('Restored: 2 posts and 2 cases, the last of them from today 08:00.');
  expect(sentence(said)).toContain('What you did since then is not in it');
  for (const line of said.out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  expect(await handles(here)).toEqual(['ana', 'quokka.reads']);
  expect((await here.list()).find((one) => one.case?.id === 1)?.case).toMatchObject({ state: 'open', owner: 'ana' });
  const kept = 'earshot.db.before-2026-11-20-0800';
  expect(readdirSync(here.folder).filter((file) => file.startsWith('earshot.db'))).toContain(kept);
  const restored = RestoredFace.parse(JSON.parse((await here.earshot(`restore ${kept} --json`)).out));
  expect(restored).toMatchObject({ posts: 3, erased: 0, wishesKnown: true });
  expect(await handles(here)).toEqual(['ana', 'later', 'quokka.reads']);
  expect(existsSync(join(here.folder, `${kept}-2`))).toBe(true);
});

describe('what was done after the back-up was made', () => {
  /** An answer to the mention with that number, as if it had gone out. */
  const answered = async (here: Desk, mentionId: number, text: string) => {
    const store = await openStore({ path: join(here.folder, 'earshot.db'), now: here.clock.now });
    const at = here.clock.now();
    await store.write('an answer', async (tx) => {
      const [post] = await tx
        .selectFrom('mention_posts')
        .select('post_id')
        .where('mention_id', '=', mentionId)
        .execute();
      const draft = await saveDraft(tx, {
        mentionId,
        postId: post?.post_id ?? 0,
        text,
        key: `key of ${text}`,
        by: 'ana',
        at,
      });
      await claimReply(tx, { seen: draft, by: 'ana', anyway: null, place: 'Forum', now: at, until: at + 60_000 });
      await settleReply(tx, draft.id, { state: 'sent', externalId: `answer ${text}`, url: null }, at);
    });
    await store.close();
  };
  const answersIn = async (here: Desk) => {
    const store = await openStore({ path: join(here.folder, 'earshot.db'), now: here.clock.now });
    const found = await store.read('answers', (tx) => lastReply(tx, 1, here.clock.now()));
    await store.close();
    return found;
  };
  const mails = (here: Desk) => readdirSync(join(here.folder, 'outbox')).filter((file) => file.endsWith('.eml')).length;

  /** A back-up, and after it two answers, a mail, and a mark, which is a step with its case as well, and two more. */
  async function workedOn() {
    const here = await backedUp();
    here.settle(['Blue Door Coffee'], { digest: { to: [{ address: 'owner@bluedoor.example' }] } });
    await here.hear({ text: words.glass, author: by('later') });
    await answered(here, 1, 'so sorry');
    await answered(here, 3, 'oh no');
    await here.earshot('mark urgent m2');
    await here.earshot('case answered c1');
    await here.earshot('case take c2');
    expect((await here.earshot('digest')).out).toMatch(/^1 digest went out/);
    return here;
  }

  test('is told with its counts before it happens; what must not go out twice is kept as sent', async () => {
    const here = await workedOn();
    const said = await here.earshot('restore then.db', { columns: 80 });
    expect(said.code).toBe(0);
    expect(said.err.replaceAll(/\s+/g, ' ')).toContain(
      'The back-up does not hold what was done after it was made: 2 answers sent, 1 mail sent, 1 mark and 3 steps with cases and praise. ' +
        'So that nothing goes out twice, daily mails and answers to posts that it holds are kept as sent. ' +
        '1 answer went to posts that it does not hold: look there before you answer them again. ' +
        'Marks and steps stay in the database from before alone, which is kept beside it.',
    );
    for (const line of said.err.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    expect(await answersIn(here)).toMatchObject({ state: 'sent', text: 'so sorry', externalId: 'answer so sorry' });
    expect((await here.earshot('digest')).out).toContain('Today’s digest has gone out already');
    expect(mails(here)).toBe(1);
  });

  test('whoever is asked and says no has everything as it was', async () => {
    const here = await workedOn();
    const before = readFileSync(join(here.folder, 'then.db'));
    const asked: string[] = [];
    const asker = {
      key: async <Value extends string>(question: string, keys: readonly { readonly value: Value }[]) => {
        asked.push(question);
        const [, no] = keys;
        if (!no) throw new Error('there is no second key');
        return no.value;
      },
    };
    const edges = cliEdges({ cwd: here.folder, clock: here.clock });
    expect(await restoreAsking(edges, { config: here.config }, 'then.db', asker)).toBe(1);
    expect(asked).toEqual(['Restore it?']);
    expect(edges.said.err).toContain('Nothing was changed.');
    expect(await handles(here)).toEqual(['ana', 'later', 'quokka.reads']);
    expect(readFileSync(join(here.folder, 'then.db')).equals(before)).toBe(true);
    expect(readdirSync(here.folder).filter((file) => /restoring|before/.test(file))).toEqual([]);
  });

  const yesAfter = (meanwhile: () => Promise<unknown>) => ({
    key: async <Value extends string>(_: string, keys: readonly { readonly value: Value }[]) => {
      await meanwhile();
      const [yes] = keys;
      if (!yes) throw new Error('there is no first key');
      return yes.value;
    },
  });
  const doneMeanwhile: readonly (readonly [string, (here: Desk) => Promise<unknown>])[] = [
    ['somebody is erased', (here) => here.earshot('erase quokka.reads --yes')],
    ['an answer goes out', (here) => answered(here, 2, 'it was cold')],
    ['a case is taken', (here) => here.earshot('case answered c2')],
  ];
  test.each(doneMeanwhile)(
    'where %s while the question stands, nothing is swapped and nothing lost',
    async (_, act) => {
      const here = await workedOn();
      const edges = cliEdges({ cwd: here.folder, clock: here.clock });
      const options = { config: here.config };
      expect(
        await restoreAsking(
          edges,
          options,
          'then.db',
          yesAfter(() => act(here)),
        ),
      ).toBe(1);
      expect(sentence(edges.said)).toContain('something was done in another window meanwhile. Run the same again.');
      expect(readdirSync(here.folder).filter((file) => /restoring|before/.test(file))).toEqual([]);
      expect(await handles(here)).toContain('later');
      const again = cliEdges({ cwd: here.folder, clock: here.clock });
      expect(
        await restoreAsking(
          again,
          options,
          'then.db',
          yesAfter(async () => undefined),
        ),
      ).toBe(0);
      expect(await handles(here)).not.toContain('later');
    },
  );

  test('an answer of which nobody knew is kept as sent where that was found out since, and never the other way', async () => {
    const here = await backedUp();
    await answered(here, 1, 'so sorry');
    const unsettle = new Database(join(here.folder, 'earshot.db'));
    unsettle.exec("update replies set state = 'unknown', external_id = null, sent_at = null");
    unsettle.close();
    expect((await here.earshot('backup doubt.db')).code).toBe(0);
    const store = await openStore({ path: join(here.folder, 'earshot.db'), now: here.clock.now });
    await store.write('found', (tx) =>
      settleReply(tx, 1, { state: 'sent', externalId: 'it stands there', url: null }, here.clock.now()),
    );
    await store.close();
    expect((await here.earshot('backup sure.db')).code).toBe(0);
    const since = async (file: string) =>
      RestoredFace.parse(JSON.parse((await here.earshot(`restore ${file} --json`)).out)).since;
    expect(await since('doubt.db')).toMatchObject({ answers: 1, answersKept: 1 });
    expect(await answersIn(here)).toMatchObject({ state: 'sent', externalId: 'it stands there' });
    const doubted = new Database(join(here.folder, 'earshot.db'));
    doubted.exec("update replies set state = 'unknown', external_id = null, sent_at = null");
    doubted.close();
    expect(await since('sure.db')).toMatchObject({ answers: 0 });
    expect(await answersIn(here)).toMatchObject({ state: 'sent', externalId: 'it stands there' });
  });

  test('with nothing done since, nothing is asked or said', async () => {
    const here = await backedUp();
    const { err } = await here.earshot('restore then.db');
    expect(err).not.toContain('does not hold');
    const { out } = await here.earshot('restore then.db --json');
    expect(RestoredFace.parse(JSON.parse(out)).since).toEqual({
      answers: 0,
      answersKept: 0,
      mails: 0,
      marks: 0,
      steps: 0,
    });
  });
});

describe('whoever was erased since', () => {
  test('stays out of every byte, and stays away', async () => {
    const here = await backedUp();
    await here.earshot('erase quokka.reads --yes');
    expect(filesWith(here, 'quokka')).toEqual(['then.db']);
    const said = await here.earshot('restore then.db');
    expect(sentence(said)).toContain(
      '1 post of people who were erased since stayed out. The back-up itself still holds them',
    );
    expect(filesWith(here, 'quokka')).toEqual(['then.db']);
    expect(await handles(here)).toEqual(['ana']);
    await here.hear({ text: `${words.glass} Quokka!`, author: quokka });
    expect(await handles(here)).toEqual(['ana']);
    expect((await here.earshot('backup now.db')).code).toBe(0);
    expect(filesWith(here, 'quokka')).toEqual(['then.db']);
  });

  test('also where the back-up is another database’s, with a key of its own', async () => {
    const other = desk();
    await other.hear(
      { id: 'elsewhere', text: `${words.refund} The quokka again.`, author: quokka },
      { text: words.cold, author: by('wombat') },
    );
    await other.earshot('erase wombat --yes');
    await other.earshot('backup then.db');
    const here = await backedUp();
    await here.earshot('erase quokka.reads --yes');
    copyFileSync(join(other.folder, 'then.db'), join(here.folder, 'other.db'));
    await here.earshot('restore other.db');
    expect(await handles(here)).toEqual([]);
    const again = [by('wombat'), quokka].map((author, at) => ({
      id: `n${at}`,
      source: 'forum',
      text: words.cold,
      author,
    }));
    const { out } = await here.earshot('import --json', { stdin: again.map((one) => JSON.stringify(one)).join('\n') });
    expect(JSON.parse(out)).toMatchObject({ fresh: 0, setAside: { erased: 2 } });
  });

  test('what was only pruned comes back with the back-up', async () => {
    const here = desk();
    await here.hear({ text: words.lovely, author: by('fan') });
    await here.earshot('backup then.db');
    here.clock.advance(40 * 86_400_000);
    await here.earshot('prune --before 30d');
    expect(await handles(here)).toEqual([]);
    await here.earshot('restore then.db');
    expect(await handles(here)).toEqual(['fan']);
  });
});

describe('refused, and nothing is changed', () => {
  const cases: readonly (readonly [string, (here: Desk, file: string) => void, string])[] = [
    ['what is no database', (_, file) => writeFileSync(file, 'quite another thing'), 'no back-up of Earshot'],
    [
      'another program’s database',
      (_, file) => new Database(file).exec('create table a (b)').close(),
      'no back-up of Earshot',
    ],
    [
      'a newer Earshot’s',
      (here, file) => {
        copyFileSync(join(here.folder, 'then.db'), file);
        new Database(file).exec("insert into migrations values (9999, 'later', 0)").close();
      },
      'made by a newer Earshot',
    ],
    [
      'half of one',
      (here, file) => {
        copyFileSync(join(here.folder, 'then.db'), file);
        truncateSync(file, Math.floor(statSync(file).size / 2 / 8192) * 8192);
      },
      'it is damaged',
    ],
    ['nothing at all', () => undefined, 'there is no such file'],
  ];
  test.each(cases)('%s', async (_, make, why) => {
    const here = await backedUp();
    make(here, join(here.folder, 'bad.db'));
    const before = readdirSync(here.folder).toSorted();
    const said = await here.earshot('restore bad.db');
    expect(said.code).toBe(1);
    expect(sentence(said)).toContain(why);
    expect(readdirSync(here.folder).filter((file) => !file.includes('.lock'))).toEqual(
      before.filter((file) => !file.includes('.lock')),
    );
    expect(await handles(here)).toEqual(['ana', 'quokka.reads']);
  });

  test('the database itself, and any while Earshot runs or the database is open elsewhere', async () => {
    const here = await backedUp();
    expect(sentence(await here.earshot('restore earshot.db'))).toContain('it is the database itself');
    const lock = holdDaemonLock(join(here.folder, 'earshot.db'));
    expect(sentence(await here.earshot('restore then.db'))).toContain(
      'Earshot is running with this database. Stop it first.',
    );
    lock?.release();
    const other = await openStore({ path: join(here.folder, 'earshot.db'), now: here.clock.now });
    expect(sentence(await here.earshot('restore then.db'))).toContain('open in another window');
    await other.close();
    expect((await here.earshot('restore then.db')).code).toBe(0);
  });
});

test('a damaged database is moved aside, and it is said that nobody knows who was erased', async () => {
  const here = await backedUp();
  writeFileSync(join(here.folder, 'earshot.db'), 'nothing that anybody could read '.repeat(400));
  const said = await here.earshot('restore then.db');
  expect(said.code).toBe(0);
  expect(sentence(said)).toContain('nobody knows who was erased since the back-up');
  expect(await handles(here)).toEqual(['ana', 'quokka.reads']);
  expect(readdirSync(here.folder)).toContain('earshot.db.before-2026-11-20-0800');
});

test('on a new computer, where there is none yet', async () => {
  const here = await backedUp();
  const there = desk();
  copyFileSync(join(here.folder, 'then.db'), join(there.folder, 'then.db'));
  expect((await there.earshot('restore then.db')).code).toBe(0);
  expect(await handles(there)).toEqual(['ana', 'quokka.reads']);
});
