/** `earshot erase`: a person is gone from every byte, stays away, and nobody else loses a word. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { eraseAsking } from '../../src/cli/commands/erase.ts';
import { ErasedFace } from '../../src/face/erased.ts';
import { saveOpinions } from '../../src/store/opinions.ts';
import { openStore } from '../../src/store/store.ts';
import { cliEdges } from '../support/edges.ts';
import { type Desk, desk, words } from './desk.ts';

const by = (handle: string, name: string | null = null) => ({ handle, name, url: null, followers: null });
const quokka = by('quokka.reads', 'Quokka Quill');
const complaint = (id: string, more = '') => ({
  id,
  author: quokka,
  text: `${words.refund} The quokka at the till laughed. ${more}`,
  url: `https://forum.example/quokka/${id}`,
});

/** As bytes, and without the line breaks that a mail puts into words. */
const bytesOf = (path: string) => {
  const bytes = readFileSync(path, 'latin1').toLowerCase();
  return `${bytes} ${bytes.replaceAll(/=\r?\n/g, '')}`;
};

/** Files of the folder that hold the word in whatever case. */
const filesWith = (here: Desk, word: string) =>
  readdirSync(here.folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => statSync(join(here.folder, file)).isFile())
    .filter((file) => bytesOf(join(here.folder, file)).includes(word));

/** Somebody who left a trace wherever anybody can, beside others who did. */
async function lived() {
  const here = desk();
  await here.hear(complaint('quokka-1'), { text: words.cold, author: by('wombat') });
  await here.hear(complaint('quokka-1', 'Edited by the quokka.'));
  await here.hear(
    { id: 'quokka-2', author: quokka, text: `${words.lovely} Says the quokka.`, publishedAt: '2026-10-01T12:00:00Z' },
    { id: 'q-3', author: by('quokka.too'), source: 'chat', text: `${words.glass} Quokka!` },
  );
  await here.earshot(['case', 'note', 'c1', '--words', 'rang the quokka']);
  await here.earshot(['case', 'note', 'c2', '--words', 'the wombat is patient']);
  const answer = 'Dear Quokka, your money goes back by Friday. The quokka laughs no more. Ana';
  await here.earshot('reply draft c1', { stdin: answer });
  await here.earshot(['reply', 'sent', 'c1', '--where', 'the quokka forum']);
  await here.earshot(['praise', 'yes', 'm3', '--words', 'Says the quokka.', '--named', 'Quokka']);
  await here.earshot(['mark', 'm3', 'us', '--why', 'quokka was here']);
  await here.earshot(['reply', 'allow', 'personal-data', 'Quokka', 'Quill']);
  await here.earshot(['reply', 'allow', 'order', 'come', 'in']);
  await here.earshot(['regulars', 'join', 'quokka.reads', 'quokka.too', '--why', 'both say quokka']);
  await here.earshot(['case', 'join', 'c2', 'c1', '--why', 'the quokka told us']);
  await here.earshot(['case', 'split', 'c2', '--why', 'no, the quokka is another']);
  const store = await openStore({ path: join(here.folder, 'earshot.db'), now: here.clock.now });
  const print = createHash('sha256')
    .update(`${complaint('').text}`)
    .digest('hex')
    .slice(0, 32);
  const kept = { text: print, brand: 'b', judge: 'precise', version: '1', numbers: { complaint: 1 } };
  await store.write('an opinion', (tx) => saveOpinions(tx, [kept], 0));
  await store.close();
  return { here, print };
}

test.each(['', ' '])('“%s” names nobody', async (name) => {
  const { code, err } = await desk().earshot(['erase', name, '--yes']);
  expect([code, err]).toEqual([2, expect.stringMatching(/^Who is it\? Name an account/)]);
});

test('shows who and how much, asks, and leaves not a byte of them; everybody else stays', async () => {
  const { here } = await lived();
  expect(filesWith(here, 'quokka')).not.toEqual([]);
  const look = await here.earshot('erase quokka.reads --dry-run', { columns: 80 });
  expect(look.code).toBe(0);
  expect(look.out).toContain('Quokka Quill (quokka.reads), Forum');
  expect(look.out).toContain('quokka.too, Chat, which you joined to it');
  expect(look.out.replaceAll(/\s+/g, ' ')).toContain(
    '3 posts in 3 mentions, 2 cases with all that was done and 1 thing that you let pass in answers would go.',
  );
  expect(look.out).toContain('It cannot be undone');
  for (const line of look.out.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
  expect((await here.earshot('erase a1', { stdin: '' })).code).toBe(1);
  expect(await here.list('--all')).toHaveLength(4);

  const done = await here.earshot('erase quokka.reads --yes --json');
  expect(ErasedFace.parse(JSON.parse(done.out))).toMatchObject({ erased: true, posts: 3, mentions: 3, wiped: true });
  expect(filesWith(here, 'quokka')).toEqual([]);
  expect(filesWith(here, 'both say')).toEqual([]);
  const left = await here.list('--all');
  expect(left.map(({ author }) => author.handle)).toEqual(['wombat']);
  const history = (await here.earshot('case history c2 --json')).out;
  expect(history).toContain('the wombat is patient');
  expect(JSON.parse(history).map(({ kind }: { kind: string }) => kind)).toContain('split');
  expect((await here.earshot('reply allow --json')).out).toContain('"words": "come in"');
});

const withMail = () => {
  const here = desk();
  here.settle(['Blue Door Coffee'], { digest: { to: [{ address: 'owner@bluedoor.example', timezone: 'UTC' }] } });
  return here;
};
const mailsOf = (here: Desk) => readdirSync(join(here.folder, 'outbox')).toSorted();

test('mails that lie beside the database and hold their words go, too, those without stay', async () => {
  const here = withMail();
  await here.hear({ text: words.cold, author: by('wombat') });
  await here.earshot('digest');
  const others = mailsOf(here);
  await here.hear(complaint('quokka-1'));
  for (const _day of [1, 2]) {
    here.clock.advance(86_400_000);
    await here.earshot('digest');
  }
  const page = mailsOf(here).findLast((file) => file.endsWith('.html')) ?? '';
  rmSync(join(here.folder, 'outbox', page));
  await here.earshot('digest --open');
  const shown = join(here.folder, 'digest.html');
  expect(filesWith(here, 'quokka').filter((file) => file !== 'earshot.db')).toHaveLength(4);
  expect(existsSync(shown)).toBe(true);

  const look = await here.earshot('erase a2 --dry-run');
  expect(look.out).toContain(
    '1 post in 1 mention, 1 case with all that was done and 2 whole mails in the folder outbox',
  );
  expect(existsSync(shown)).toBe(true);
  const done = await here.earshot('erase a2 --yes');
  expect(done.out.replaceAll(/\s+/g, ' ')).toMatch(/Erased: .* and 2 whole mails in the folder outbox\./);
  expect(filesWith(here, 'quokka')).toEqual([]);
  expect(mailsOf(here)).toEqual(others);
  expect(existsSync(shown)).toBe(false);
});

test('of nobody that is known, a mail is found by the words, also where it quotes a part of them', async () => {
  const here = withMail();
  const aside = Array.from({ length: 60 }, (_, day) => `On day ${day} a numbat waited at the counter, too.`).join(' ');
  await here.hear(`${aside} ${words.refund} ${aside}`, { text: words.cold, author: by('wombat') });
  await here.earshot('digest');
  expect(filesWith(here, 'numbat')).toContain(join('outbox', mailsOf(here)[0] ?? ''));
  expect(JSON.parse((await here.earshot('erase m1 --yes --json')).out)).toMatchObject({ mails: 1, mailsLeft: [] });
  expect(filesWith(here, 'numbat')).toEqual([]);
  expect(mailsOf(here)).toEqual([]);
});

test('a file that cannot be removed is named, so that somebody can', async () => {
  const here = withMail();
  await here.hear(complaint('quokka-1'));
  mkdirSync(join(here.folder, 'digest.html', 'full'), { recursive: true });
  const { code, err } = await here.earshot('erase a1 --yes');
  expect(code).toBe(0);
  expect(err).toContain('Delete them yourself');
  expect(err).toContain(join(here.folder, 'digest.html'));
});

test('opinions on their words go, too, those on others’ stay', async () => {
  const { here, print } = await lived();
  expect(filesWith(here, print)).not.toEqual([]);
  await here.earshot('erase a1 --yes');
  expect(filesWith(here, print)).toEqual([]);
});

test('what comes of them afterwards is set aside: the same posts, new ones, from whichever of the accounts', async () => {
  const { here } = await lived();
  await here.earshot('erase a1 --yes');
  const again = [
    complaint('quokka-1'),
    complaint('quokka-9', 'Again!'),
    { id: 'q-4', author: by('quokka.too'), source: 'chat', text: `${words.cold} Quokka!` },
    { id: 'other', author: by('quokka.reads'), source: 'elsewhere', text: words.meeting },
  ].map((one) => ({ source: 'forum', ...one }));
  const { out } = await here.earshot('import --json', { stdin: again.map((one) => JSON.stringify(one)).join('\n') });
  expect(JSON.parse(out)).toMatchObject({ fresh: 1, setAside: { erased: 3 } });
  expect((await here.list('--all')).map(({ source }) => source).toSorted()).toEqual(['elsewhere', 'forum']);
  expect(filesWith(here, 'laughed')).toEqual([]);
});

test('the same post as it travelled goes with it, a story about it does not', async () => {
  const here = desk();
  const address = 'https://forum.example/wombat';
  await here.hear(
    { id: '1', author: by('wombat'), text: words.cold, url: address },
    { id: '2', author: by('wombat@elsewhere'), source: 'elsewhere', text: words.cold, url: address },
    { id: '3', author: by('other'), text: `${words.meeting} So says @wombat.` },
  );
  const { out } = await here.earshot('erase wombat --yes --json');
  expect(JSON.parse(out)).toMatchObject({ posts: 2, mentions: 1, cases: 1, namedBy: 1 });
  expect((await here.list('--all')).map(({ author }) => author.handle)).toEqual(['other']);
});

test('what stands at one address goes only where it is theirs: a page holds everybody’s reviews', async () => {
  const here = desk();
  const url = 'https://shop.example/app/reviews';
  const rating = { value: 1, scale: 5 };
  await here.hear(
    { id: '1', author: by('wombat'), text: words.cold, url, rating },
    { id: '2', author: by('other'), text: words.refund, url, rating },
    { id: '3', author: by('third'), text: words.glass, url },
  );
  const { out } = await here.earshot('erase wombat --yes --json');
  expect(JSON.parse(out)).toMatchObject({ posts: 1, mentions: 1 });
  expect((await here.list('--all')).map(({ author }) => author.handle).toSorted()).toEqual(['other', 'third']);
});

test('of nobody that is known, the one post goes', async () => {
  const here = desk();
  await here.hear({ text: words.cold }, { text: words.refund });
  const { out } = await here.earshot('erase m1 --yes');
  expect(out).toContain('m1, of which nobody knows who said it: only that post');
  expect(await here.list('--all')).toHaveLength(1);
});

test('asked at the terminal, a no keeps all and a yes erases', async () => {
  const here = desk();
  await here.hear({ text: words.cold, author: by('wombat') });
  const ask = (key: string) => {
    const edges = cliEdges({ clock: here.clock, cwd: here.folder, stdinPiped: false });
    const asker = {
      key: async <Value extends string>(_: string, keys: readonly { readonly value: Value }[]) =>
        keys.find(({ value }) => value === key)?.value ?? (keys[0]?.value as Value),
    };
    return eraseAsking(edges, { config: here.config }, 'wombat', asker);
  };
  expect(await ask('n')).toBe(1);
  expect(await here.list('--all')).toHaveLength(1);
  expect(await ask('e')).toBe(0);
  expect(await here.list('--all')).toHaveLength(0);
});

test.each([
  ['erase nobody --yes', 'Nobody here is called nobody.'],
  ['erase 7 --yes', 'a7 is an account'],
  ['erase m99 --yes', 'There is no mention m99'],
  ['erase', 'wants <person>'],
])('%s', async (line, sentence) => {
  const here = desk();
  await here.hear({ text: words.cold, author: by('wombat') });
  const { code, err } = await here.earshot(line);
  expect(code).toBe(2);
  expect(err).toContain(sentence);
  expect(await here.list('--all')).toHaveLength(1);
});

test('while another program reads, it says that copies in the file wait for the next command', async () => {
  const { here } = await lived();
  const other = await openStore({ path: join(here.folder, 'earshot.db'), now: here.clock.now });
  let release = () => {};
  const reading = other.read('a long look', async (tx) => {
    await tx.selectFrom('posts').selectAll().execute();
    await new Promise<void>((resolve) => {
      release = resolve;
    });
  });
  const { err } = await here.earshot('erase a1 --yes');
  expect(err.replaceAll(/\s+/g, ' ')).toContain('are wiped with the next command');
  release();
  await reading;
  await other.close();
  await here.earshot('list');
  expect(filesWith(here, 'quokka')).toEqual([]);
});
