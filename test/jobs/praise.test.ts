/** Nothing of a customer's is shown without a yes of theirs that stands, whatever is written down in whatever order. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type PraiseKind, praiseKinds } from '../../src/cases/praise.ts';
import { digestRows } from '../../src/jobs/digest-rows.ts';
import { mentionFace } from '../../src/jobs/mention-face.ts';
import { praiseList, writePraise } from '../../src/jobs/praise.ts';
import { testimonials } from '../../src/jobs/testimonials.ts';
import { countMentions } from '../../src/store/counts.ts';
import { saidAgain } from '../../src/store/customers.ts';
import { dayTallies } from '../../src/store/tallies.ts';
import { aDesk, dayMs, lovely } from '../support/desk.ts';

const brands = ['blue-door'];
const allowed = 'such friendly staff';

/** What was written down and not taken back, kept beside the ledger: the test's own book. */
function book() {
  const kept: PraiseKind[] = [];
  const yes = () => kept.findLast((kind) => kind === 'yes' || kind === 'no') === 'yes';
  return {
    yes,
    write: (kind: PraiseKind) => {
      if (kind === 'undo') kept.pop();
      else kept.push(kind);
    },
  };
}

test('no sequence of commands shows anything without a standing yes, or any word but those allowed', async () => {
  const desk = await aDesk();
  const kinds = fc.array(fc.constantFrom(...praiseKinds), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(kinds, async (sequence) => {
      const [mentionId = 0] = await desk.hears(desk.says(lovely));
      const own = book();
      for (const kind of sequence) {
        const details = { where: 'the till', ...(kind === 'yes' && { words: allowed, named: 'Mira' }) };
        const done = await writePraise(desk.app, mentionId, { kind, by: 'Ana', at: desk.shop.clock.now(), details });
        if (typeof done !== 'string') own.write(kind);
        const { shown } = await testimonials(desk.app, brands);
        const mine = shown.filter(({ mention }) => mention === mentionId);
        expect(mine.map(({ words, name, url }) => ({ words, name, url }))).toEqual(
          own.yes() ? [{ words: allowed, name: 'Mira', url: null }] : [],
        );
      }
    }),
    { numRuns: 40 },
  );
});

test('words that no longer stand in the post are not shown, nor those of a post that was taken away', async () => {
  const desk = await aDesk();
  const post = desk.says(lovely);
  const other = desk.says(`${lovely} Every time!`);
  const [one = 0, two = 0] = await desk.hears(post, other);
  const at = desk.shop.clock.now();
  for (const id of [one, two])
    await writePraise(desk.app, id, { kind: 'yes', by: 'Ana', at, details: { words: 'lovely coffee' } });
  expect((await testimonials(desk.app, brands)).shown).toHaveLength(2);
  await desk.hears({ ...post, text: 'Blue Door is wonderful: the best coffee and such friendly staff!' });
  await desk.loses(other);
  expect(await testimonials(desk.app, brands)).toEqual({
    shown: [],
    leftOut: [
      { mention: one, why: 'the post says something else by now: ask again' },
      { mention: two, why: 'its author took it away' },
    ],
  });
});

test('an ask is refused where only the happy ones may not be asked, unless it is for leave to quote', async () => {
  const desk = await aDesk();
  const [id = 0] = await desk.hears(desk.says(lovely));
  const ask = (details: object) =>
    writePraise(desk.app, id, { kind: 'ask', by: 'Ana', at: desk.shop.clock.now(), details });
  for (const where of ['Google', 'yelp', 'Trip-Advisor', 'a Trustpilot link', 'Amazon', 'google-play'])
    expect(await ask({ where }), where).toMatch(/^.*forbids|^.*fraud|^.*fair.*/);
  expect(await ask({ where: 'Google Play' })).toContain('in-app review card');
  expect(await ask({ for: 'review' })).toContain('say where the review should stand');
  expect(await ask({ where: 'google', for: 'words' })).toMatchObject({ answer: 'asked' });
  expect(await ask({ where: 'mail' })).toMatchObject({ answer: 'asked' });
});

test('the list: one line a customer, the most telling first; complaints and what is not about us are not on it', async () => {
  const desk = await aDesk();
  const author = { handle: 'mira', name: null, url: null, followers: 5000 };
  await desk.hears(
    desk.says('Blue Door is lovely!'),
    desk.says(lovely, { author }),
    desk.says('Best cakes in town at Blue Door, thank you so much!', { author }),
    desk.says('Still waiting for my refund from Blue Door after three weeks, nobody answers.'),
  );
  const list = await praiseList(desk.app, brands);
  expect(list.map(({ who, praised, answer }) => [who?.handle ?? null, praised, answer])).toEqual([
    ['mira', 2, 'not-asked'],
    [null, 1, 'not-asked'],
  ]);
});

test('a giveaway is praise for nobody: neither the wall, the mail, the figures nor the list of regulars', async () => {
  const desk = await aDesk();
  const giveaway =
    'GIVEAWAY! Win a voucher for the wonderful, lovely Blue Door, the best! Follow and retweet to enter!';
  const author = { handle: 'deals', name: 'Deals', url: null, followers: null };
  const [kind = 0] = await desk.hears(desk.says(lovely));
  await desk.hears(desk.says(giveaway, { author }), desk.says(`${giveaway} Best friendly café!`, { author }));
  expect((await desk.shop.list({ pile: 'all' })).map(({ findings }) => findings.sentiment.label)).toEqual(
    Array(3).fill('positive'),
  );
  const now = desk.shop.clock.now();
  expect((await praiseList(desk.app, brands)).map(({ mention }) => mention)).toEqual([kind]);
  const window = { from: now - dayMs, to: now + 1 };
  const wish = { kind: 'digest', recipient: 'ana@x.example', timezone: 'UTC', window } as const;
  const rows = await digestRows(desk.app, wish);
  expect([rows.praise.map(({ id }) => id), rows.counts.now.praise]).toEqual([[kind], 1]);
  const days = await desk.app.store.read('test', (tx) => dayTallies(tx, { brandIds: brands, ...window }));
  expect(days.reduce((sum, { praise }) => sum + praise, 0)).toBe(1);
  const again = await desk.app.store.read('test', (tx) => saidAgain(tx, { brandIds: brands, also: [] }));
  expect(again.map(({ praise }) => praise)).toEqual([0, 0]);
});

test('kind words that mean somebody else are praise nowhere, until that is taken back', async () => {
  const desk = await aDesk();
  const [id = 0] = await desk.hears(desk.says(lovely));
  const now = desk.shop.clock.now();
  const told = async () => {
    const row = await desk.mention(id);
    const seen = { from: now - dayMs, to: now + 1, by: 'seen' } as const;
    const counts = await desk.app.store.read('test', (tx) => countMentions(tx, seen));
    return [row && mentionFace(row).praise, counts.map(({ praise }) => praise)];
  };
  expect(await told()).toEqual([true, [true]]);
  await desk.marks(id, 'not-us');
  expect(await told()).toEqual([false, [false]]);
  await desk.marks(id, 'not-us', true);
  expect(await told()).toEqual([true, [true]]);
});
