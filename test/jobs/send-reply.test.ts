/** An answer goes out once, whatever dies, is lost, comes late or runs beside it, where the platform or a look can tell. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { draftReply, findAnswering } from '../../src/jobs/draft-reply.ts';
import { sendReply } from '../../src/jobs/send-reply.ts';
import { Fault, Uncertain } from '../../src/net/fault.ts';
import type { Source } from '../../src/sources/source.ts';
import { aDesk, awful, type Desk } from '../support/desk.ts';
import { listeningTo, stubSource } from '../support/stub-source.ts';

const minuteMs = 60_000;

/** How one request ends, and whether it arrives: at once, in a while, or never. */
const ends = ['taken', 'taken, then lost', 'comes late', 'lost', 'refused', 'died before', 'died after'] as const;
type End = (typeof ends)[number];

interface Kind {
  readonly repeatable: boolean;
  readonly looks: boolean;
}

/** A platform, and what stands there: when each answer arrived, and by which key. */
function aPlatform({ repeatable, looks }: Kind, now: () => number) {
  const stands: { readonly at: number; readonly key: string }[] = [];
  let next: End = 'taken';
  let lookFails = false;
  let died = false;
  const put = (key: string, at: number) => {
    if (!(repeatable && stands.some((one) => one.key === key))) stands.push({ at, key });
  };
  const seen = () => stands.find(({ at }) => at <= now());
  const base = stubSource('unordered', () => []);
  const source: Source = {
    ...base,
    repeatable,
    reply: async ({ key }) => {
      const end = next;
      if (end === 'died before') died = true;
      if (end === 'refused') throw new Fault('not-allowed', 'It said no.');
      if (end === 'comes late') put(key, now() + 1.5 * minuteMs);
      if (end.startsWith('taken') || end === 'died after') put(key, now());
      if (end === 'died after') died = true;
      if (end !== 'taken') throw new Uncertain('unreachable', 'The connection broke off.');
      return { externalId: key, url: null };
    },
    ...(looks && {
      replied: async () => {
        if (lookFails) throw new Fault('unreachable', 'It could not be reached.');
        const one = seen();
        return one ? { externalId: one.key, url: null } : null;
      },
    }),
  };
  return {
    source,
    stands,
    seen,
    set: (end: End, fails: boolean) => {
      next = end;
      lookFails = fails;
      died = false;
    },
    /** Dead is who writes nothing any more. */
    isDead: () => died,
  };
}

type Step =
  | { readonly do: 'send'; readonly end: End; readonly lookFails: boolean; readonly twice: boolean }
  | { readonly do: 'wait'; readonly minutes: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('send' as const),
      end: fc.constantFrom(...ends),
      lookFails: fc.boolean(),
      twice: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.constantFrom(1, 3, 6) }) },
);

/** Each run hears a complaint of its own. */
let orders = 0;

async function tells(desk: Desk, kind: Kind, steps: readonly Step[]) {
  const { clock } = desk.shop;
  const platform = aPlatform(kind, () => clock.now());
  orders += 1;
  const [mentionId = 0] = await desk.hears(desk.says(`${awful} It is order ${orders}.`, { source: 'stub' }));
  const app = listeningTo(desk.app, platform.source);
  const store: App['store'] = {
    ...app.store,
    read: (label, act) => app.store.read(label, act),
    write: (label, act) => (platform.isDead() ? Promise.reject(new Error('dead')) : app.store.write(label, act)),
  };
  const tools: App = { ...app, store };
  const look = async () => {
    const answering = await findAnswering(tools, { id: mentionId, of: 'mention' });
    if (!answering) throw new Error('the mention is gone');
    return answering;
  };
  await draftReply(tools, await look(), { text: 'I am on it, Tim. Ana', by: 'Ana' });
  const send = async () => {
    const { reply, way, ...rest } = await look();
    if (!reply || way.by !== 'earshot' || reply.state === 'sent') return;
    // Who looks there by themselves waits until it would have arrived, and says what is there.
    const again = platform.seen() === undefined;
    await sendReply(tools, { ...rest, reply, way }, { by: 'Ana', anyway: null, again, promises: [] }).catch((error) => {
      if (!platform.isDead()) throw error;
    });
  };
  for (const one of steps) {
    if (one.do === 'wait') clock.advance(one.minutes * minuteMs);
    else {
      platform.set(one.end, one.lookFails);
      await Promise.all(one.twice ? [send(), send()] : [send()]);
      platform.set('taken', false);
    }
  }
  clock.advance(10 * minuteMs);
  return { platform, reply: (await look()).reply, kinds: await desk.kinds(mentionId), send, look };
}

test.each<Kind>([
  { repeatable: true, looks: true },
  { repeatable: true, looks: false },
  { repeatable: false, looks: true },
  { repeatable: false, looks: false },
])('at most one stands there (%o), and what is told of it is so', async (kind) => {
  const desk = await aDesk();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 7 }), async (steps) => {
      const { platform, reply, kinds } = await tells(desk, kind, steps);
      expect(platform.stands.length).toBeLessThanOrEqual(1);
      if (reply?.state === 'sent') expect(platform.stands).toHaveLength(1);
      if (reply?.state === 'draft' || reply?.state === 'refused') expect(platform.stands).toHaveLength(0);
      expect(kinds.filter((one) => one === 'answered')).toHaveLength(reply?.state === 'sent' ? 1 : 0);
    }),
    { numRuns: 50 },
  );
});

test('in the end it stands there, once, wherever somebody keeps trying', async () => {
  const desk = await aDesk();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 5 }), fc.boolean(), async (steps, repeatable) => {
      const { platform, send, look } = await tells(desk, { repeatable, looks: true }, steps);
      await send();
      expect((await look()).reply?.state).toBe('sent');
      expect(platform.stands).toHaveLength(1);
    }),
    { numRuns: 40 },
  );
});
