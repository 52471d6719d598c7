/** Whatever people and customers do, in whatever order: no case leaves the table, no event is lost, no clock is ever negative. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { afterEvent, type CaseEvent, type CaseLife, found } from '../../src/cases/life.ts';
import { readCaseRows } from '../../src/jobs/case-rows.ts';
import { promptnessOf } from '../../src/jobs/case-steps.ts';
import { joinCases, splitCase } from '../../src/jobs/join-cases.ts';
import { mindCases } from '../../src/jobs/mind-cases.ts';
import { caseStates, closedStates, markKinds, type Post } from '../../src/mention.ts';
import { type Case, readCases } from '../../src/store/cases.ts';
import { aDesk, awful, type Desk, hourMs } from '../support/desk.ts';

const acts = [
  'take',
  'assign',
  'note',
  'answered',
  'snooze',
  'fix',
  'happy',
  'silent',
  'lost',
  'dismiss',
  'reopen',
  'undo',
] as const;
const texts = [
  awful,
  'Blue Door overcharged me and the waiter was rude.',
  `${awful} Found glass in the soup, too, and was in hospital.`,
];
const post = fc.nat({ max: 3 });

type Step =
  | { readonly do: 'works'; readonly post: number; readonly kind: (typeof acts)[number]; readonly hours: number }
  | { readonly do: 'joins'; readonly post: number; readonly other: number }
  | { readonly do: 'splits'; readonly post: number; readonly other: number; readonly whole: boolean }
  | { readonly do: 'marks'; readonly post: number; readonly kind: (typeof markKinds)[number]; readonly undo: boolean }
  | { readonly do: 'says'; readonly post: number; readonly text: number }
  | {
      readonly do: 'edits';
      readonly post: number;
      readonly stars: number;
      readonly text: number;
      readonly answered: boolean;
    }
  | { readonly do: 'waits'; readonly hours: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('works' as const),
      post,
      kind: fc.constantFrom(...acts),
      hours: fc.nat({ max: 90 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('joins' as const), post, other: post }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('splits' as const), post, other: post, whole: fc.boolean() }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('marks' as const),
      post,
      kind: fc.constantFrom(...markKinds),
      undo: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('says' as const), post, text: fc.nat({ max: 2 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('edits' as const),
      post,
      stars: fc.integer({ min: 1, max: 5 }),
      text: fc.nat({ max: 2 }),
      answered: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('waits' as const), hours: fc.constantFrom(1, 40, 24 * 35) }) },
);

const people = `people:
  - { name: Ana, mail: ana@x.example, escalateTo: Tom }
  - { name: Tom, escalateTo: Eva }
  - { name: Eva, mail: eva@x.example, escalateTo: Ana }
`;

interface World {
  readonly desk: Desk;
  readonly posts: readonly Post[];
  readonly ids: readonly number[];
}

/** Four complaints of three people, with two stars each. */
async function withComplaints(): Promise<World> {
  const desk = await aDesk(people);
  const posts = ['ana', 'ben', 'cara', 'ana'].map((handle, index) =>
    desk.says(`${texts[index % 2]} Table ${index}, ${handle}.`, {
      author: { handle, name: null, url: null, followers: null },
      rating: { value: 2, scale: 5 },
    }),
  );
  return { desk, posts, ids: await desk.hears(...posts) };
}

async function take({ desk, posts, ids }: World, one: Step): Promise<void> {
  const { app, shop } = desk;
  if (one.do === 'waits') {
    shop.clock.advance(one.hours * hourMs);
    await mindCases(app);
    return;
  }
  const mention = (at: number) => ({ id: ids[at] ?? 0, of: 'mention' }) as const;
  const { id } = mention(one.post);
  const person = { by: 'Ana', why: 'a reason' };
  if (one.do === 'edits') {
    const said = posts[one.post];
    if (!said) return;
    const text = `${texts[one.text] ?? awful} Table ${one.post}, once more.`;
    const answer = { text: 'We are sorry.', at: shop.clock.now() };
    await desk.hears({
      ...said,
      text,
      rating: { value: one.stars, scale: 5 },
      ...(one.answered && { answer }),
    });
  } else if (one.do === 'says') {
    const author = { handle: ['ana', 'ben', 'cara', 'ana'][one.post] ?? null, name: null, url: null, followers: null };
    await desk.hears(desk.says(texts[one.text] ?? awful, { author }));
  } else if (one.do === 'marks') await desk.marks(id, one.kind, one.undo);
  else if (one.do === 'joins') await joinCases(app, mention(one.post), mention(one.other), person);
  else if (one.do === 'splits') await splitCase(app, mention(one.post), one.whole ? null : mention(one.other), person);
  else {
    const until = shop.clock.now() + one.hours * hourMs;
    const more = one.kind === 'snooze' || one.kind === 'fix' ? { until } : {};
    await desk.works(id, one.kind, { ...more, to: 'Tom', words: 'never again', cause: 'cold food' });
  }
}

const detailsOf = ({ details }: { readonly details: object }) => details as CaseEvent['details'];

/** The columns are what the events add up to, gone through one by one. */
function expectReplayed(app: Desk['app'], known: Case): void {
  const { events, openedAt, brandId, state, owner, dueAt, snoozedUntil, closedAt, remainingMs, urgency } = known;
  const first = events.map((event) => detailsOf(event).was).find((was) => was !== undefined)?.urgency ?? urgency;
  let life: CaseLife = found(openedAt, promptnessOf(app, brandId, first));
  let at = first;
  for (const event of events.slice(1)) {
    at = detailsOf(event).urgency ?? at;
    life = afterEvent(life, event as CaseEvent, promptnessOf(app, brandId, at));
  }
  expect({ ...life, urgency: at }, 'columns').toEqual({
    ...{ state, owner, dueAt, snoozedUntil, closedAt, remainingMs, urgency },
  });
}

async function expectSound({ app, shop }: Desk, before: readonly Case[]): Promise<readonly Case[]> {
  return app.store.read('test', async (tx) => {
    const rows = await tx.selectFrom('cases').select(['id', 'joined_into']).orderBy('id').execute();
    const cases = await readCases(
      tx,
      rows.map(({ id }) => id),
    );
    for (const old of before)
      expect(cases.find(({ id }) => id === old.id)?.events.slice(0, old.events.length)).toEqual(old.events);
    for (const known of cases) {
      expectReplayed(app, known);
      expect(caseStates).toContain(known.state);
      expect(known.closedAt !== null).toBe(closedStates.includes(known.state));
      for (const time of [known.dueAt, known.remainingMs]) expect(time ?? 0).toBeGreaterThanOrEqual(0);
    }
    const alone = rows.flatMap(({ id, joined_into }) => (joined_into === null ? [id] : []));
    for (const { clock } of await readCaseRows(app, tx, alone)) {
      expect(clock.oursMs).toBeGreaterThanOrEqual(0);
      expect(clock.answeredAfterMs ?? 0).toBeLessThanOrEqual(clock.oursMs);
      expect(clock.oursMs).toBeLessThanOrEqual(shop.clock.now() - (cases[0]?.openedAt ?? 0));
    }
    // Every complaint is in a case that stands on its own.
    const members = await tx.selectFrom('case_mentions').selectAll().execute();
    for (const { case_id } of members) expect(alone).toContain(case_id);
    for (const known of cases)
      if (alone.includes(known.id)) expect(members.map((one) => one.case_id)).toContain(known.id);
    return cases;
  });
}

test('no sequence of commands leaves the table, loses an event or makes a clock negative', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 16 }), async (steps) => {
      const world = await withComplaints();
      let before = await expectSound(world.desk, []);
      for (const one of steps) {
        await take(world, one);
        before = await expectSound(world.desk, before);
      }
      await world.desk.app.close();
    }),
    { numRuns: 20, interruptAfterTimeLimit: 45_000 },
  );
}, 90_000);
