/** `earshot list`: which mentions, in which order, for people and for scripts. */
import { describe, expect, test } from 'vitest';
import { desk, words } from './desk.ts';

const texts = (list: readonly { readonly text: string }[]) => list.map(({ text }) => text);

describe('what is listed', () => {
  test('complaints that need somebody, the most urgent first; then what is due first', async () => {
    const here = desk();
    await here.hear(words.cold, words.lovely, words.queue, words.meeting);
    here.clock.advance(60_000);
    const soup = 'The soup at Blue Door Coffee was cold and the waitress was rude.';
    await here.hear(soup);
    here.clock.advance(60_000);
    await here.hear(words.refund);
    here.clock.advance(60_000);
    await here.hear(words.glass);
    expect(texts(await here.list())).toEqual([words.glass, words.refund, words.cold, soup]);
  });

  test('the unsure pile, and every mention, newest first', async () => {
    const here = desk();
    await here.hear(
      { text: words.cold, publishedAt: '2026-11-18T12:00:00Z' },
      { text: words.queue, publishedAt: '2026-11-19T12:00:00Z' },
      { text: words.lovely, publishedAt: '2026-11-17T12:00:00Z' },
    );
    expect(texts(await here.list('--unsure'))).toEqual([words.queue]);
    expect(texts(await here.list('--all'))).toEqual([words.queue, words.cold, words.lovely]);
  });

  test('by brand, place, day, state and words', async () => {
    const here = desk();
    here.settle(['Blue Door Coffee', 'Red Door Tea']);
    await here.hear(
      { text: words.cold, source: 'google', publishedAt: '2026-11-01T12:00:00Z' },
      { text: words.refund, source: 'reddit' },
      { text: 'Red Door Tea never sent my order and keeps my money', source: 'reddit' },
    );
    expect(await here.list('--brand red-door-tea')).toHaveLength(1);
    expect(texts(await here.list('--source google'))).toEqual([words.cold]);
    expect(texts(await here.list('--since 2026-11-15 --source reddit --search refund'))).toEqual([words.refund]);
    expect(await here.list('--since 3d')).toHaveLength(2);
    await here.earshot('case take c2');
    expect(texts(await here.list('--state open'))).toEqual([words.refund]);
    expect(await here.list('--state new')).toHaveLength(2);
    expect(texts(await here.list('--search cof* --all'))).toEqual(
      texts(await here.list('--brand blue-door-coffee --all')),
    );
  });

  test('a closed case is out of the queue and found by its state', async () => {
    const here = desk();
    await here.hear(words.cold);
    await here.earshot('case dismiss c1 --why nothing');
    expect(await here.list()).toEqual([]);
    expect(texts(await here.list('--state dismissed'))).toEqual([words.cold]);
  });
});

test('--limit and --after go through the list once, whatever the page', async () => {
  const here = desk();
  const said = Array.from(
    { length: 23 },
    (_, index) => `${index % 5 === 0 ? words.glass : words.cold} Table ${index}.`,
  );
  await here.hear(...said.map((text, index) => ({ text, author: { handle: `guest${index}` } })));
  for (const pile of ['', '--all']) {
    const whole = (await here.list(pile)).map(({ id }) => id);
    expect(whole).toHaveLength(23);
    for (const limit of [1, 4, 10, 23]) {
      const paged: number[] = [];
      for (let after = ''; ; after = `--after m${paged.at(-1)}`) {
        const page = await here.list(`${pile} --limit ${limit} ${after}`);
        paged.push(...page.map(({ id }) => id));
        if (page.length < limit) break;
      }
      expect(paged, `${limit} a page`).toEqual(whole);
    }
  }
  const [first] = await here.list();
  expect((await here.list(`--after c${first?.case?.id}`)).map(({ id }) => id)).toEqual(
    (await here.list(`--after ${first?.id}`)).map(({ id }) => id),
  );
});

test('a large answer is written as it is read', async () => {
  const here = desk();
  const many = Array.from({ length: 1200 }, (_, index) => ({ text: `${words.meeting} ${index}`, id: `n${index}` }));
  await here.hear(...many);
  const pieces: string[] = [];
  const { out } = await here.earshot('list --all --limit 0', { watch: (piece) => pieces.push(piece) });
  expect(out.trim().split('\n')).toHaveLength(1200);
  expect(pieces.length).toBeGreaterThan(2);
  expect(Math.max(...pieces.map((piece) => piece.split('\n').length))).toBeLessThan(600);
});

describe('a line for a person', () => {
  test('says how urgent it is, its letter, by when, what was said and where, within the terminal', async () => {
    const here = desk();
    await here.hear(
      { text: words.glass, source: 'google' },
      { text: words.cold, url: 'https://eat.example/t/1', source: 'feed' },
    );
    const { out } = await here.earshot('list', { columns: 80 });
    const [first = '', second = ''] = out.split('\n');
    expect(first).toMatch(/^!! c1 {4}by 10:00 {5}.{40} Google$/);
    expect(second).toMatch(/^ · c2 {4}by Sun 08:00 .*cold.* eat\.example$/);
    for (const columns of [40, 60, 80, 140, 300])
      for (const line of (await here.earshot('list --all', { columns })).out.trim().split('\n'))
        expect(line.length, `${columns} columns`).toBeLessThanOrEqual(Math.min(columns, 140));
  });

  test('says why one stands before more urgent ones: only where its customer has waited much longer', async () => {
    const here = desk();
    const glasses = Array.from({ length: 6 }, (_, index) => ({
      ...{ text: `${words.glass} Table ${index}.`, author: { handle: `guest${index}` } },
    }));
    await here.hear(words.cold, ...glasses);
    const equal = (await here.earshot('list', { columns: 80 })).out;
    expect(equal.trim().split('\n').at(-1)).toContain(' c1 ');
    expect(equal).not.toContain('longer');
    here.clock.advance(30 * 3_600_000);
    for (const id of [2, 3, 4, 5, 6, 7]) await here.earshot(`case happy c${id} --proof thanks`);
    await here.hear(
      ...glasses.map(({ text, author }) => ({ text: `Again. ${text}`, author: { handle: `${author.handle}b` } })),
    );
    const lines = (await here.earshot('list', { columns: 80 })).out.trim().split('\n');
    expect(lines[4]).toContain(' c1 ');
    expect(lines[5]).toBe('         nobody has waited longer');
  });

  test('is a case: what its customer said beside it is counted below', async () => {
    const here = desk();
    const author = { handle: 'mia', name: 'Mia' };
    await here.hear({ text: words.refund, author }, { text: words.cold, author }, words.glass);
    const { out, err } = await here.earshot('list', { columns: 80 });
    const lines = out.trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[2]?.trim()).toBe('and 1 more from the same customer');
    expect(out.match(/\bc\d+\b/g)?.toSorted()).toEqual(['c1', 'c2']);
    expect(err).toContain('3 complaints need you');
    expect(await here.list()).toHaveLength(3);
  });

  test('writes stars one way, and never more than there are', async () => {
    const here = desk();
    const drawn = { text: 'x', title: 'Blue Door Coffee: cold, and the waiter was rude ★★☆☆☆' };
    await here.hear({ ...drawn, text: '' }, { text: words.cold, rating: { value: 1, scale: 5 } });
    const { out } = await here.earshot('list --all', { columns: 120 });
    expect(out).toMatch(/rude 2★/);
    expect(out).toMatch(/1★ .*cold/);
    expect(out).not.toContain('☆');
  });

  test('what was asked for alone is counted as such', async () => {
    const here = desk();
    await here.hear(words.cold, words.refund, words.glass);
    expect((await here.earshot('list --search refund')).err).toContain('Of that kind, 1 complaint needs you');
    expect((await here.earshot('list')).err).toMatch(/^\n3 complaints need you/);
  });

  test('names the brand where there are several and the terminal is wide', async () => {
    const here = desk();
    here.settle(['Blue Door Coffee', 'Red Door Tea']);
    await here.hear(words.cold);
    expect((await here.earshot('list', { columns: 100 })).out).toMatch(/ Blue Door Coffee\n$/);
    expect((await here.earshot('list --brand blue-door-coffee', { columns: 100 })).out).toMatch(/ Forum\n$/);
    expect((await here.earshot('list', { columns: 80 })).out).toMatch(/ Forum\n$/);
  });

  test('tells what is late, put off, answered, and to be asked about', async () => {
    const here = desk();
    await here.hear(
      ...[words.cold, words.refund, words.glass, words.cold].map((text, index) => ({ text: `${text} ${index}` })),
    );
    await here.earshot('case snooze c1 --until 3d');
    await here.earshot('case answered c2');
    await here.earshot('case fix c4 --check-back 2d');
    here.clock.advance(5 * 3_600_000);
    const { out } = await here.earshot('list', { columns: 100 });
    const when = Object.fromEntries(out.split('\n').map((line) => [line.slice(3, 5), line.slice(9, 21).trim()]));
    expect(when).toMatchObject({ c1: 'till Mon', c2: 'their turn', c3: 'late 3 h', c4: 'ask Sun' });
  });

  test('the words that hurt, what is late and links are painted only where somebody looks', async () => {
    const here = desk();
    await here.hear({ text: words.refund, url: 'https://eat.example/t/1' });
    here.clock.advance(9 * 86_400_000);
    const bold = '\u001b[1m';
    const { out } = await here.earshot('list', { colours: true, columns: 120 });
    expect(out).toContain('\u001b[31mlate 8 days');
    expect(out).toContain(`${bold}Still waiting`);
    expect(out).toContain('\u001b]8;;https://eat.example/t/1\u0007');
    expect((await here.earshot('list', { columns: 120 })).out).not.toContain('\u001b');
  });
});

describe('on a screen', () => {
  test('the most urgent stay in sight: as many as fit, how many more there are, and the next command last', async () => {
    const here = desk();
    const many = Array.from({ length: 23 }, (_, index) => `${words.cold} Table ${index}.`);
    await here.hear(...many, words.glass);
    const { out, err } = await here.earshot('list', { rows: 24, lively: true });
    const lines = out.trimEnd().split('\n');
    expect(lines[0]).toContain('!! c24');
    expect(lines).toHaveLength(16);
    expect(`${out}${err}`.trimEnd().split('\n').length).toBeLessThan(24);
    expect(err).toContain('24 complaints need you. Shown are 16, and 8 more:');
    for (const all of ['list --limit 0', 'list --json'])
      expect((await here.earshot(all, { rows: 24 })).out.match(/\bc24\b|"id": *24\b/)).not.toBeNull();
    expect((await here.earshot('list --limit 0', { rows: 24 })).out.trimEnd().split('\n')).toHaveLength(24);
    expect((await here.earshot('list')).out.trimEnd().split('\n')).toHaveLength(24);
  });
});

test('what was called a complaint and taken back is unsure again, and no dismissed case', async () => {
  const here = desk();
  await here.hear(words.queue);
  await here.earshot('mark m1 complaint');
  await here.earshot('mark m1 complaint --undo');
  const { out } = await here.earshot('list --unsure');
  expect(out).toMatch(/^ \? m1 /);
  expect(out).not.toContain('dismissed');
});

describe('what is asked wrongly', () => {
  test.each([
    ['--state opne', 'Did you mean open?'],
    ['--limit many', '--limit many is no number; 0 shows all.'],
    ['--limit -1', '--limit -1 is no number; 0 shows all.'],
    ['--since soon', '--since soon is no date'],
    ['--since 2026-02-31', '--since 2026-02-31 is no date'],
    ['--brand blue', 'There is no brand called blue. There are: Blue Door Coffee.'],
    ['--brand blue-door-cofee', 'Did you mean Blue Door Coffee?'],
    ['--source blusky', 'Did you mean bluesky?'],
    ['--after x7', 'x7 is no case or mention'],
    ['--after m99', 'There is no mention m99.'],
    ['--all --unsure', 'two different lists'],
  ])('%s', async (words, sentence) => {
    const { code, out, err } = await desk().earshot(`list ${words}`);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(sentence);
  });
});

test('an empty list is a list: [] for scripts, a sentence with the next step for people', async () => {
  const here = desk();
  expect((await here.earshot('list --json')).out).toBe('[]\n');
  const { code, out, err } = await here.earshot('list');
  expect([code, out]).toEqual([0, '']);
  expect(err).toContain('Earshot does not know where to listen yet.\n  npx earshot sources  where it can listen');
  await here.hear(words.lovely);
  expect((await here.earshot('list')).err).toContain(
    'No complaint waits for you.\n  npx earshot status  where Earshot has listened',
  );
});

test('where nothing could be heard yet, an empty list is not called good news', async () => {
  const here = desk();
  here.settle([{ name: 'Blue Door Coffee', sources: { file: { path: 'posts.jsonl' } } }]);
  expect((await here.earshot('list')).err).toContain('Earshot has not listened yet.\n  npx earshot collect ');
  await here.earshot('collect');
  expect((await here.earshot('list')).err).toContain('Earshot could not listen anywhere yet.\n  npx earshot status ');
});

test('who looks at the list is told what its signs mean, of those that stand there; a log is not', async () => {
  const here = desk();
  await here.hear(words.cold, words.lovely);
  const lively = { lively: true } as const;
  expect((await here.earshot('list --all', lively)).err).toMatch(/(?:a complaint|urgent), ♥ kind words\n/);
  expect((await here.earshot('list', lively)).err).not.toContain('♥');
  expect((await here.earshot('list --all')).err).not.toContain('♥');
});

test('people read the queue, the mail and the inbox’s list in order of priority, with its words; scripts as it is stored', async () => {
  const here = desk();
  const said = (who: string, text: string) => ({ text, author: { handle: who }, publishedAt: '2026-11-20T07:00:00Z' });
  await here.hear(said('zoe', words.cold));
  here.clock.advance(60_000);
  await here.hear(
    said('cara', `${words.cold} Sad.`),
    said('cara', 'The tea at Blue Door Coffee was cold and the soup was cold.'),
    said('cara', 'The cake at Blue Door Coffee was dry and the staff was rude.'),
  );
  const stored = (await here.list()).map(({ case: one }) => one?.id);
  expect(stored[0]).toBe(1);
  const { out } = await here.earshot('list');
  expect(/\bc\d+/.exec(out)?.[0]).toBe('c2');
  const mail = (await here.earshot('digest --print')).out.replaceAll(/\s+/g, ' ');
  expect(mail).toMatch(/1\. c2 .* Why now: .*their 3rd complaint in 60 days.* 2\. c1/);
});
