/** Whatever happens, no complaint that nobody touched leaves the queue, and no event of a case is lost. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isHistory } from '../../src/cases/again.ts';
import { afterEvent, type CaseEvent, type CaseLife, found } from '../../src/cases/life.ts';
import { promptnessOf } from '../../src/jobs/case-steps.ts';
import { isComplaint } from '../../src/jobs/settle-cases.ts';
import { type MarkKind, markKinds, type Post } from '../../src/mention.ts';
import { type Case, readCases } from '../../src/store/cases.ts';
import { listMentions } from '../../src/store/mention-list.ts';
import { readStandings, type Standing } from '../../src/store/standings.ts';
import { aDesk, awful, type Desk, hourMs, lovely } from '../support/desk.ts';

const texts = [
  awful,
  lovely,
  'Blue Door overcharged me and the waiter was rude.',
  'Why is Blue Door closed',
  `${awful}!`,
];
const acts = ['take', 'note', 'answered', 'snooze', 'fix', 'happy', 'dismiss', 'reopen', 'undo'] as const;
const which = fc.nat({ max: 2 });
const author = { handle: 'cara.example', name: 'Cara', url: null, followers: null };

type Step =
  | { readonly do: 'says' | 'loses'; readonly post: number; readonly text: number; readonly stars: number }
  | { readonly do: 'marks'; readonly post: number; readonly kind: MarkKind; readonly undo: boolean }
  | { readonly do: 'works'; readonly post: number; readonly kind: (typeof acts)[number] }
  | { readonly do: 'tells'; readonly leaveOut: boolean }
  | { readonly do: 'waits'; readonly hours: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('says' as const, 'says' as const, 'says' as const, 'loses' as const),
      post: which,
      text: fc.nat({ max: texts.length - 1 }),
      stars: fc.integer({ min: 1, max: 5 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('marks' as const),
      post: which,
      kind: fc.constantFrom(...markKinds),
      undo: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('works' as const), post: which, kind: fc.constantFrom(...acts) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('tells' as const), leaveOut: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('waits' as const), hours: fc.constantFrom(1, 30, 24 * 40) }),
  },
);

interface World {
  readonly desk: Desk;
  readonly posts: Map<number, Post>;
  readonly mentionOf: Map<number, number>;
}

async function take({ desk, posts, mentionOf }: World, one: Step): Promise<void> {
  const { clock } = desk.shop;
  if (one.do === 'waits') return clock.advance(one.hours * hourMs);
  if (one.do === 'tells') return desk.tells(one.leaveOut ? 'exclude: [refund]' : 'about: café');
  if (one.do === 'says') {
    const { text, stars } = one;
    const said = { text: texts[text] ?? awful, rating: { value: stars, scale: 5 } };
    const first = desk.says(said.text, { author, externalId: `cara-${one.post}` });
    const post = { ...(posts.get(one.post) ?? first), ...said };
    posts.set(one.post, post);
    const [id] = await desk.hears(post);
    if (id !== undefined) mentionOf.set(one.post, id);
    return;
  }
  const post = posts.get(one.post);
  const mentionId = mentionOf.get(one.post);
  if (!post || mentionId === undefined) return;
  if (one.do === 'loses') await desk.loses(post);
  if (one.do === 'marks') await desk.marks(mentionId, one.kind, one.undo);
  if (one.do === 'works')
    await desk.works(mentionId, one.kind, {
      until: clock.now() + 50 * hourMs,
      ...(one.kind === 'note' && { words: 'x' }),
    });
}

const look = (desk: Desk) =>
  desk.app.store.read('test', async (tx) => {
    const ids = (await tx.selectFrom('mentions').select('id').execute()).map(({ id }) => id);
    const caseIds = (await tx.selectFrom('cases').select('id').orderBy('id').execute()).map(({ id }) => id);
    return {
      standings: await readStandings(tx, ids),
      cases: await readCases(tx, caseIds),
      queue: new Set((await listMentions(tx, { pile: 'flagged', limit: 0 })).map(({ id }) => id)),
    };
  });

type Look = Awaited<ReturnType<typeof look>>;

const detailsOf = ({ details }: { readonly details: object }) => details as CaseEvent['details'];

const isMarked = ({ marks }: Standing): boolean =>
  marks.us !== null || marks.complaint !== null || marks.urgent || marks.solved;

/** A mark that was taken back is as if nobody had said anything; what is solved is so for all that the customer said. */
function isTouched(standing: Standing, own: Case | undefined, standings: readonly Standing[]): boolean {
  const beside = standings.filter(({ mentionId }) => own?.mentionIds.includes(mentionId));
  const marked = isMarked(standing) || beside.some(({ marks }) => marks.solved);
  return (
    marked || (own?.events.some((event) => event.by !== 'earshot' && detailsOf(event).mark === undefined) ?? false)
  );
}

function expectInSight({ standings, cases, queue }: Look, seen: Set<number>, recent: number): void {
  for (const standing of standings) {
    const { mentionId } = standing;
    const own = cases.find(({ mentionIds }) => mentionIds.includes(mentionId));
    if (isTouched(standing, own, standings) || !isComplaint(standing)) continue;
    // What was in the queue once stays; what is news is in it.
    if (seen.has(mentionId) || !isHistory(standing, recent)) expect([...queue]).toContain(mentionId);
    if (queue.has(mentionId)) seen.add(mentionId);
    if (own) expect(['new', 'open'], 'its case').toContain(own.state);
  }
}

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
  const columns = { state, owner, dueAt, snoozedUntil, closedAt, remainingMs, urgency };
  expect({ ...life, urgency: at }, 'columns').toEqual(columns);
}

test('no complaint that nobody touched leaves the queue, and no event is lost', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 14 }), async (steps) => {
      const desk = await aDesk();
      const world: World = { desk, posts: new Map(), mentionOf: new Map() };
      const seen = new Set<number>();
      let before: readonly Case[] = [];
      for (const one of steps) {
        await take(world, one);
        const stands = await look(desk);
        for (const old of before) {
          const now = stands.cases.find(({ id }) => id === old.id);
          expect(now?.events.slice(0, old.events.length), 'events').toEqual(old.events);
        }
        expectInSight(stands, seen, desk.shop.clock.now() - desk.app.config.firstLookMs);
        for (const known of stands.cases) expectReplayed(desk.app, known);
        before = stands.cases;
      }
      await desk.app.close();
    }),
    { numRuns: 20, interruptAfterTimeLimit: 60_000 },
  );
}, 120_000);
