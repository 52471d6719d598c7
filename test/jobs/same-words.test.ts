/** What several accounts say in the same words is one case, and praise counted once, in whatever order they are heard. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitCase } from '../../src/jobs/join-cases.ts';
import { takeIn } from '../../src/jobs/take-in.ts';
import type { Post } from '../../src/mention.ts';
import { readStandings } from '../../src/store/standings.ts';
import { aDesk, awful, type Desk, dayMs, hourMs, lovely } from '../support/desk.ts';

const by = (handle: string) => ({ author: { handle, name: handle, url: null, followers: null } });
const kind = 'Blue Door is wonderful: lovely coffee, such friendly staff and the best cakes in all of Leeds!';
const long = `${awful} I ordered two pairs of chairs in May and only one of them ever came, with a broken leg, and all that your staff could say was that somebody would call me back, which nobody ever did.`;

const caseId = async (desk: Desk, id: number) => (await desk.case(id))?.id ?? null;

describe('a complaint that another account has said in the same words', () => {
  test('joins the case of the first, with the reason, and is no line of its own', async () => {
    const desk = await aDesk();
    const ids = await desk.hears(desk.says(awful, { ...by('ana'), publishedAt: desk.shop.clock.now() - 5 * hourMs }));
    const [first = 0] = ids;
    const more = await desk.hears(
      desk.says(`@Bluedoor ${awful} https://spam.example/1`, by('bot1')),
      desk.says(awful, by('bot2')),
    );
    for (const id of more) expect(await caseId(desk, id)).toBe(await caseId(desk, first));
    expect(await desk.queue()).toEqual([first]);
    const known = await desk.case(first);
    expect(known?.events.map(({ kind }) => kind)).toEqual(['found', 'joined']);
    expect(known?.events[1]?.details).toMatchObject({
      why: 'another account says it in the same words',
      mentionIds: more,
    });
    expect(await desk.mention(first)).toMatchObject({ accounts: 3, echoes: null });
    expect(await desk.mention(more[0] ?? 0)).toMatchObject({ accounts: 3, echoes: first });
  });

  test('is led by whoever said it first, also where that is heard last', async () => {
    const desk = await aDesk();
    const [later = 0] = await desk.hears(desk.says(awful, by('ben')));
    const [first = 0] = await desk.hears(
      desk.says(awful, { ...by('ana'), publishedAt: desk.shop.clock.now() - dayMs }),
    );
    expect(await desk.queue()).toEqual([first]);
    expect((await desk.case(later))?.leadMentionId).toBe(first);
  });

  test('has a case of its own where it is short, says other numbers, gives other stars, or was said a week later', async () => {
    const desk = await aDesk();
    const short = 'Worst service ever at Blue Door, rude staff.';
    const numbered = (order: number) => long.replace('two pairs', `order ${order}, two pairs`);
    const at = (days: number) => ({ publishedAt: desk.shop.clock.now() - days * dayMs });
    const pairs = [
      [desk.says(short, by('a')), desk.says(short, by('b'))],
      [desk.says(numbered(4512), by('c')), desk.says(numbered(4513), by('d'))],
      [
        desk.says(awful, { ...by('e'), rating: { value: 1, scale: 5 } }),
        desk.says(awful, { ...by('f'), rating: { value: 2, scale: 5 } }),
      ],
      [desk.says(`${awful} Shame.`, { ...by('g'), ...at(10) }), desk.says(`${awful} Shame.`, { ...by('h'), ...at(2) })],
    ];
    for (const pair of pairs) {
      const [one = 0, other = 0] = await desk.hears(...pair);
      expect(await caseId(desk, one)).not.toBeNull();
      expect(await caseId(desk, other)).not.toBe(await caseId(desk, one));
      expect(await desk.mention(one)).toMatchObject({ accounts: 1, echoes: null });
    }
  });

  test('joins as a near-copy of some length, too', async () => {
    const desk = await aDesk();
    const [one = 0, other = 0] = await desk.hears(
      desk.says(long, by('ana')),
      desk.says(long.replace('chairs', 'stools'), by('ben')),
    );
    expect(await caseId(desk, other)).toBe(await caseId(desk, one));
  });

  test('does not make its author the customer of that case', async () => {
    const desk = await aDesk();
    const [one = 0] = await desk.hears(desk.says(awful, by('ana')));
    const [echo = 0] = await desk.hears(desk.says(awful, by('ben')));
    const [own = 0] = await desk.hears(
      desk.says('Blue Door overcharged me and the waiter was rude, terrible.', by('ben')),
    );
    expect(await caseId(desk, echo)).toBe(await caseId(desk, one));
    expect(await caseId(desk, own)).not.toBe(await caseId(desk, one));
    const [again = 0] = await desk.hears(
      desk.says('Blue Door: the soup was cold and the staff rude, awful.', by('ben')),
    );
    expect(await caseId(desk, again)).toBe(await caseId(desk, own));
  });

  test('stays dismissed with what was dismissed, told in its history', async () => {
    const desk = await aDesk();
    const [one = 0] = await desk.hears(desk.says(awful, by('ana')));
    await desk.works(one, 'dismiss');
    const [echo = 0] = await desk.hears(desk.says(awful, by('ben')));
    expect(await caseId(desk, echo)).toBe(await caseId(desk, one));
    expect((await desk.case(one))?.state).toBe('dismissed');
    expect((await desk.case(one))?.events.at(-1)?.details).toMatchObject({
      words: `another account says it in the same words (m${echo})`,
    });
    expect(await desk.queue()).toEqual([]);
  });

  test('said before it was put right joins quietly; said after it makes it our turn, once', async () => {
    const desk = await aDesk();
    const [one = 0] = await desk.hears(desk.says(awful, by('ana')));
    await desk.works(one, 'fix', { until: desk.shop.clock.now() + dayMs });
    await desk.hears(desk.says(awful, by('ben')));
    expect(await desk.kinds(one)).toEqual(['found', 'fix', 'joined']);
    desk.shop.clock.advance(4 * hourMs);
    await desk.hears(desk.says(awful, by('cid')));
    expect(await desk.kinds(one)).toEqual(['found', 'fix', 'joined', 'spoke-again', 'joined']);
    expect((await desk.case(one))?.state).toBe('open');
    await desk.works(one, 'happy');
    desk.shop.clock.advance(4 * hourMs);
    const [last = 0] = await desk.hears(desk.says(awful, by('dee')));
    expect((await desk.case(one))?.state).toBe('happy');
    expect(await caseId(desk, last)).toBe(await caseId(desk, one));
    expect((await desk.kinds(one)).at(-1)).toBe('note');
  });

  test('can be split off, and is a case of its own then', async () => {
    const desk = await aDesk();
    const [one = 0, echo = 0] = await desk.hears(desk.says(awful, by('ana')), desk.says(awful, by('ben')));
    const known = await caseId(desk, one);
    await splitCase(
      desk.app,
      { id: known ?? 0, of: 'case' },
      { id: echo, of: 'mention' },
      { by: 'Ana', why: 'a customer' },
    );
    expect(await caseId(desk, echo)).not.toBe(known);
    expect((await desk.queue()).toSorted()).toEqual([one, echo]);
    expect(await desk.mention(one)).toMatchObject({ accounts: 1 });
    const [third = 0] = await desk.hears(desk.says(awful, by('cid')));
    expect(await caseId(desk, third)).toBe(known);
  });

  test('stays in the case when the first is taken away, and leads it', async () => {
    const desk = await aDesk();
    const first = desk.says(awful, by('ana'));
    const [one = 0, echo = 0, third = 0] = await desk.hears(
      first,
      desk.says(awful, by('ben')),
      desk.says(awful, by('cid')),
    );
    await desk.loses(first);
    expect(await desk.queue()).toEqual([echo]);
    expect(await desk.case(third)).toMatchObject({ state: 'new', leadMentionId: echo, mentionIds: [echo, one, third] });
  });

  test('speaks for itself once it is edited', async () => {
    const desk = await aDesk();
    const post = desk.says(awful, by('ben'));
    const [, echo = 0] = await desk.hears(desk.says(awful, by('ana')), post);
    await desk.hears({ ...post, text: `${awful} And the soup was cold.` });
    expect(await desk.mention(echo)).toMatchObject({ echoes: null });
  });
});

describe('praise in the same words', () => {
  test('counts once, and the next one counts where the first is taken away', async () => {
    const desk = await aDesk();
    const first = desk.says(kind, by('ana'));
    const [one = 0, echo = 0] = await desk.hears(first, desk.says(kind, by('ben')));
    expect(await praised(desk)).toEqual([one]);
    await desk.loses(first);
    expect((await desk.mention(echo))?.echoes).toBeNull();
  });

  test('counts each time where it is short', async () => {
    const desk = await aDesk();
    const ids = await desk.hears(desk.says(lovely, by('ana')), desk.says(lovely, by('ben')));
    expect(await praised(desk)).toEqual(ids);
  });
});

async function praised(desk: Desk): Promise<readonly number[]> {
  const { kindMentions } = await import('../../src/store/praise.ts');
  const ids = await desk.app.store.read('test', (tx) => kindMentions(tx, { brandIds: ['blue-door'], limit: 0 + 100 }));
  return ids.toSorted((one, other) => one - other);
}

test('any order and any pages give the same cases, and each complaint is in exactly one', async () => {
  const texts = [awful, `${awful} What a shame.`, 'Worst service ever at Blue Door, rude staff.'] as const;
  const now = Date.parse('2026-11-21T12:00Z');
  const heard = fc.array(fc.record({ text: fc.constantFrom(...texts), hour: fc.integer({ min: 1, max: 160 }) }), {
    minLength: 2,
    maxLength: 8,
  });
  const casesAfter = async (posts: readonly Post[], pages: readonly number[]) => {
    const desk = await aDesk();
    for (let at = 0, page = 0; at < posts.length; page += 1) {
      const size = pages[page % pages.length] ?? 1;
      await takeIn(desk.app, posts.slice(at, at + size), { brandId: null, dryRun: false });
      at += size;
    }
    const rows = await desk.shop.list({ pile: 'all' });
    const ids = rows.map(({ id }) => id);
    const members = await desk.app.store.read('test', (tx) =>
      tx.selectFrom('case_mentions').selectAll().orderBy('mention_id').execute(),
    );
    expect(members.map((row) => row.mention_id)).toEqual(ids.toSorted((one, other) => one - other));
    expect(await desk.app.store.read('test', (tx) => readStandings(tx, ids))).toHaveLength(posts.length);
    const name = new Map(rows.map(({ id, post }) => [id, post.externalId]));
    const lead = new Map(rows.map(({ id, case: own }) => [id, own?.leadMentionId]));
    return rows.map(({ id }) => `${name.get(id)} in ${name.get(lead.get(id) ?? 0)}`).sort();
  };
  await fc.assert(
    fc.asyncProperty(
      heard,
      fc.infiniteStream(fc.nat()),
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1 }),
      async (list, random, pages) => {
        const desk = { says: (await aDesk()).says };
        const posts = list.map(({ text, hour }, at) =>
          desk.says(text, { ...by(`who${at}`), externalId: `p${at}`, publishedAt: now - hour * hourMs - at }),
        );
        const other = posts
          .map((post) => ({ post, at: random.next().value }))
          .sort((a, b) => a.at - b.at)
          .map(({ post }) => post);
        expect(await casesAfter(other, pages)).toEqual(await casesAfter(posts, [posts.length]));
      },
    ),
    { numRuns: 12 },
  );
}, 60_000);
