/** Pages come in: customers speak again, edit, take their words away and bring them back; twice is once. */
import { describe, expect, test } from 'vitest';
import type { Post } from '../../src/mention.ts';
import { aDesk, awful, dayMs, hourMs, lovely } from '../support/desk.ts';

const cara = { handle: 'cara.example', name: 'Cara', url: null, followers: null };

describe('the customer says nearly the same again', () => {
  const once = 'Blue Door: still waiting for my refund. Nobody answers!';
  const twice = 'Blue Door: still waiting for my refund! Nobody answers.';

  async function answeredThenRepeated(more: Partial<Post> = {}) {
    const desk = await aDesk();
    const [id = 0] = await desk.hears(desk.says(once, { author: cara, origin: 'https://home.example/1' }));
    await desk.works(id, 'answered');
    desk.shop.clock.advance(3 * dayMs);
    const repeated = desk.says(twice, { author: cara, ...more });
    await desk.hears(repeated);
    return { desk, id, repeated };
  }

  test('after we answered: the case is open again and its clock starts', async () => {
    const { desk, id, repeated } = await answeredThenRepeated();
    const after = await desk.case(id);
    expect(after).toMatchObject({ state: 'open', owner: 'Ana' });
    expect(after?.dueAt).toBeGreaterThan(desk.shop.clock.now());
    expect(await desk.kinds(id)).toEqual(['found', 'answered', 'spoke-again']);
    await desk.hears(repeated);
    expect(await desk.kinds(id)).toEqual(['found', 'answered', 'spoke-again']);
  });

  test.each(['fix', 'happy', 'snooze'] as const)('after “%s”, too', async (act) => {
    const desk = await aDesk();
    const [id = 0] = await desk.hears(desk.says(once, { author: cara }));
    await desk.works(id, act, { until: desk.shop.clock.now() + 30 * dayMs });
    desk.shop.clock.advance(2 * dayMs);
    await desk.hears(desk.says(twice, { author: cara }));
    expect(await desk.case(id)).toMatchObject({ state: 'open', snoozedUntil: null, closedAt: null });
    expect((await desk.case(id))?.dueAt).toBeLessThan(desk.shop.clock.now() + 5 * dayMs);
  });

  test('not what was dismissed, and nothing where it is our turn anyway', async () => {
    const desk = await aDesk();
    const [id = 0] = await desk.hears(desk.says(once, { author: cara }));
    desk.shop.clock.advance(dayMs);
    await desk.hears(desk.says(twice, { author: cara }));
    expect(await desk.kinds(id)).toEqual(['found']);
    await desk.works(id, 'dismiss');
    desk.shop.clock.advance(dayMs);
    await desk.hears(desk.says(once, { author: cara }));
    expect(await desk.kinds(id)).toEqual(['found', 'dismiss']);
  });

  test('a copy that travelled, or one said before we answered, is nothing new', async () => {
    for (const more of [{ origin: 'https://home.example/1' }, { publishedAt: Date.parse('2026-11-21T11:30Z') }]) {
      const { desk, id } = await answeredThenRepeated(more);
      expect(await desk.kinds(id)).toEqual(['found', 'answered']);
    }
  });

  test('another complaint of theirs joins their case, which is ours again; one of somebody else’s does not', async () => {
    const text = 'Blue Door overcharged my mother and was rude to her.';
    const { desk, id } = await answeredThenRepeated({ text });
    expect(await desk.kinds(id)).toEqual(['found', 'answered', 'spoke-again', 'joined']);
    expect(await desk.case(id)).toMatchObject({ state: 'open', mentionIds: [id, id + 1] });
    const [other = 0] = await desk.hears(desk.says(text, { author: { ...cara, handle: 'dora.example' } }));
    expect((await desk.case(other))?.id).not.toBe((await desk.case(id))?.id);
  });

  test('who has no name of their own is nobody’s double', async () => {
    const desk = await aDesk();
    const nobody = { handle: '[deleted]', name: null, url: null, followers: null };
    await desk.hears(
      desk.says('Blue Door overcharged my mother and was rude to her.', { author: nobody }),
      desk.says('Blue Door: found glass in my soup, my son cut his mouth.', { author: nobody }),
    );
    expect((await desk.case(1))?.id).not.toBe((await desk.case(2))?.id);
  });

  test('after it was closed, too; what was dismissed stays so, and the next has a case of its own', async () => {
    const desk = await aDesk();
    const next = (text: string) => desk.hears(desk.says(text, { author: cara }));
    const [first = 0] = await next('Blue Door overcharged my mother and was rude to her.');
    await desk.works(first, 'happy');
    const [second = 0] = await next(awful);
    expect(await desk.case(second)).toMatchObject({ id: 1, state: 'open', closedAt: null });
    await desk.works(first, 'dismiss');
    const [third = 0] = await next('Blue Door: found glass in my soup, my son cut his mouth and is in hospital.');
    expect(await desk.case(third)).toMatchObject({ id: 2, state: 'new' });
  });

  test('of several in one look the graver one sets the time; a mark on one leaves the case to the other', async () => {
    const desk = await aDesk();
    const [first = 0, second = 0] = await desk.hears(
      desk.says('Blue Door overcharged my mother and was rude to her.', { author: cara }),
      desk.says('Blue Door: found glass in my soup, my son cut his mouth and is in hospital.', { author: cara }),
    );
    expect(await desk.case(first)).toMatchObject({ id: 1, urgency: 'critical', mentionIds: [first, second] });
    await desk.marks(first, 'no-complaint');
    expect(await desk.case(second)).toMatchObject({ id: 1, state: 'open', leadMentionId: second });
    expect(await desk.queue()).toEqual([second]);
    await desk.marks(second, 'no-complaint');
    expect(await desk.case(second)).toMatchObject({ state: 'dismissed' });
  });
});

describe('an edit', () => {
  async function edited(act: 'answered' | 'fix' | 'happy' | 'dismiss' | 'take', change: Partial<Post>) {
    const desk = await aDesk();
    const post = desk.says(awful, { author: cara, rating: { value: 2, scale: 5 } });
    const [id = 0] = await desk.hears(post);
    await desk.works(id, act, { until: desk.shop.clock.now() + dayMs });
    desk.shop.clock.advance(hourMs);
    await desk.hears({ ...post, ...change });
    return { desk, id, post };
  }

  test.each(['answered', 'fix', 'happy'] as const)('that takes a star away after “%s” opens the case', async (act) => {
    const { desk, id } = await edited(act, { rating: { value: 1, scale: 5 } });
    expect(await desk.case(id)).toMatchObject({ state: 'open', closedAt: null });
    expect((await desk.kinds(id)).at(-1)).toBe('spoke-again');
  });

  test('that tells of something graver opens it, as urgent as that is; collected again it does nothing', async () => {
    const text = `${awful} UPDATE: I got food poisoning there and was in hospital.`;
    const { desk, id, post } = await edited('answered', { text });
    const after = await desk.case(id);
    expect(after).toMatchObject({ state: 'open', urgency: 'critical' });
    desk.shop.clock.advance(hourMs);
    await desk.hears({ ...post, text });
    expect(await desk.case(id)).toEqual(after);
  });

  test('that makes a complaint of praise opens it', async () => {
    const { desk, id, post } = await edited('answered', { text: lovely, rating: { value: 5, scale: 5 } });
    // Four stars or five since the answer.
    expect(await desk.kinds(id)).toEqual(['found', 'answered', 'won-back']);
    await desk.hears(post);
    expect((await desk.kinds(id)).at(-1)).toBe('spoke-again');
  });

  test.each([
    ['a full stop more', 'answered', { text: `${awful}.` }],
    ['counts alone', 'answered', { engagement: { likes: 9, reposts: 0, replies: 0, views: null } }],
    ['worse, but dismissed', 'dismiss', { rating: { value: 1, scale: 5 } }],
    ['worse, but ours already', 'take', { rating: { value: 1, scale: 5 } }],
  ] as const)('%s changes nothing', async (_name, act, change) => {
    const { desk, id } = await edited(act, change);
    expect(await desk.kinds(id)).toEqual(['found', act]);
  });

  test('a star more since the answer is noted, and no turn of ours', async () => {
    const { desk, id } = await edited('answered', { rating: { value: 3, scale: 5 } });
    expect(await desk.kinds(id)).toEqual(['found', 'answered', 'note']);
  });
});

describe('a post that is taken away', () => {
  test('is withdrawn where nobody touched it, and whole again when it is back', async () => {
    const desk = await aDesk();
    const post = desk.says(awful);
    const [id = 0] = await desk.hears(post);
    const before = await desk.case(id);
    await desk.loses(post);
    expect(await desk.case(id)).toMatchObject({ state: 'dismissed' });
    expect(await desk.queue()).toEqual([]);
    await desk.tells('about: café bar');
    expect(await desk.queue(), 'judged again').toEqual([]);
    desk.shop.clock.advance(hourMs);
    await desk.hears(post);
    expect(await desk.queue()).toEqual([id]);
    expect((await desk.mention(id))?.post).toMatchObject({ text: awful, goneAt: null, words: 'kept', editedAt: null });
    expect(await desk.case(id)).toMatchObject({ state: 'new', dueAt: before?.dueAt });
    expect(await desk.shop.list({ search: 'refund' })).toHaveLength(1);
  });

  test('leaves a case that somebody works on, with a word why', async () => {
    const desk = await aDesk();
    const post = desk.says(awful);
    const [id = 0] = await desk.hears(post);
    await desk.works(id, 'take');
    const before = await desk.case(id);
    await desk.loses(post);
    await desk.loses(post);
    const after = await desk.case(id);
    expect(after).toMatchObject({ state: 'open', dueAt: before?.dueAt });
    expect(after?.events.slice(2)).toMatchObject([{ kind: 'note', by: 'earshot' }]);
    expect(after?.events.at(-1)?.details.words).toBe('its author took it away');
    await desk.hears(post);
    expect(await desk.kinds(id)).toEqual(['found', 'take', 'note', 'note']);
  });

  test('and what is perhaps about us waits for nobody any more', async () => {
    const desk = await aDesk();
    const post = desk.says('Why is Blue Door closed');
    await desk.hears(post);
    const waiting = async () => (await desk.shop.list({ pile: 'unsure' })).length + (await desk.queue()).length;
    expect(await waiting()).toBe(1);
    await desk.loses(post);
    expect(await waiting()).toBe(0);
    await desk.hears(post);
    expect(await waiting()).toBe(1);
  });

  test('stays where another place still shows it', async () => {
    const desk = await aDesk();
    const post = desk.says(awful, { origin: 'https://home.example/1' });
    const [id = 0] = await desk.hears(post, desk.says(awful, { origin: 'https://home.example/1' }));
    await desk.loses(post);
    expect(await desk.queue()).toEqual([id]);
    expect(await desk.kinds(id)).toEqual(['found']);
  });
});
