/** A customer who says that it was put right: noted on their open case, never closed by it. */
import { describe, expect, test } from 'vitest';
import { erase } from '../../src/jobs/erase.ts';
import { mentionFace } from '../../src/jobs/mention-face.ts';
import { aDesk, awful, dayMs, hourMs } from '../support/desk.ts';

const settled = 'Update: Blue Door fixed it, got my refund today. All sorted now, thank you!';
const by = (handle: string) => ({
  author: { handle, name: null, url: `https://bluesky.example/${handle}`, followers: null },
});

describe('a complaint that its author edits', () => {
  test('stays open with a note, though nobody has touched it; and once', async () => {
    const desk = await aDesk();
    const post = desk.says(awful);
    const [id = 0] = await desk.hears(post);
    desk.shop.clock.advance(hourMs);
    const edited = { ...post, text: `${awful} ${settled}` };
    await desk.hears(edited);
    expect(await desk.mention(id)).toMatchObject({ findings: { resolved: true } });
    expect(await desk.kinds(id)).toEqual(['found', 'resolved']);
    expect(await desk.case(id)).toMatchObject({ state: 'new', closedAt: null, hint: 'resolved' });
    expect(await desk.queue()).toEqual([id]);
    await desk.hears(edited);
    await desk.tells('about: café bar');
    expect(await desk.kinds(id)).toEqual(['found', 'resolved']);
  });

  test('has no hint any more once they complain again, or a person takes it up again', async () => {
    const desk = await aDesk();
    const post = desk.says(awful, by('mia'));
    const [id = 0] = await desk.hears(post);
    desk.shop.clock.advance(hourMs);
    await desk.hears({ ...post, text: settled });
    await desk.works(id, 'happy');
    expect(await desk.case(id)).toMatchObject({ state: 'happy', hint: null });
    await desk.works(id, 'reopen');
    expect(await desk.case(id)).toMatchObject({ state: 'open', hint: null });
    desk.shop.clock.advance(2 * hourMs);
    const [more = 0] = await desk.hears(
      desk.says('Blue Door overcharged me and the waiter was rude, terrible.', by('mia')),
    );
    expect(await desk.case(more)).toMatchObject({ id: (await desk.case(id))?.id, hint: null });
  });

  test('is withdrawn as before where the edit tells of nothing that was put right', async () => {
    const desk = await aDesk();
    const post = desk.says(awful);
    const [id = 0] = await desk.hears(post);
    desk.shop.clock.advance(hourMs);
    await desk.hears({ ...post, text: 'Meeting Tom at Blue Door at nine.' });
    expect(await desk.kinds(id)).toEqual(['found', 'withdrawn']);
  });
});

describe('a later post of the same customer', () => {
  const withCase = async () => {
    const desk = await aDesk();
    const [id = 0] = await desk.hears(desk.says(awful, by('mia')));
    return { desk, id };
  };

  test('is noted on their open case and opens none', async () => {
    const { desk, id } = await withCase();
    await desk.works(id, 'take');
    desk.shop.clock.advance(dayMs);
    const [later = 0] = await desk.hears(desk.says(settled, by('mia')));
    expect(await desk.case(later)).toBeNull();
    const known = await desk.case(id);
    expect(known).toMatchObject({ state: 'open', hint: 'resolved' });
    expect(known?.events.at(-1)).toMatchObject({ kind: 'resolved', by: 'earshot', details: { mentionIds: [later] } });
  });

  test('is noted also where both are first heard together', async () => {
    const desk = await aDesk();
    const before = desk.says(awful, { ...by('mia'), publishedAt: desk.shop.clock.now() - 2 * dayMs });
    const [id = 0] = await desk.hears(desk.says(settled, by('mia')), before);
    const ids = await desk.queue();
    expect(ids).toHaveLength(1);
    expect(await desk.kinds(ids[0] ?? id)).toEqual(['found', 'resolved']);
  });

  test('is noted also where it is heard before the complaint', async () => {
    const desk = await aDesk();
    const ago = (days: number) => ({ ...by('mia'), publishedAt: desk.shop.clock.now() - days * dayMs });
    const [later = 0] = await desk.hears(desk.says(settled, ago(1)));
    const [id = 0] = await desk.hears(desk.says(awful, ago(2)));
    expect(await desk.kinds(id)).toEqual(['found', 'resolved']);
    const known = await desk.case(id);
    expect(known).toMatchObject({ state: 'new', hint: 'resolved' });
    expect(known?.events.at(-1)?.details).toMatchObject({ mentionIds: [later] });
  });

  test('is not noted where it was heard and said before the complaint', async () => {
    const desk = await aDesk();
    await desk.hears(desk.says(settled, { ...by('mia'), publishedAt: desk.shop.clock.now() - 2 * dayMs }));
    const [id = 0] = await desk.hears(desk.says(awful, by('mia')));
    expect(await desk.kinds(id)).toEqual(['found']);
  });

  test('stays a hint where a complaint is heard after it that is older', async () => {
    const { desk, id } = await withCase();
    desk.shop.clock.advance(9 * dayMs);
    await desk.hears(desk.says(settled, by('mia')));
    const ago = { ...by('mia'), publishedAt: desk.shop.clock.now() - 5 * dayMs };
    const rude = 'Blue Door overcharged me and the waiter was rude, terrible.';
    await desk.hears(desk.says(rude, ago));
    expect(await desk.kinds(id)).toEqual(['found', 'resolved', 'joined']);
    expect(await desk.case(id)).toMatchObject({ hint: 'resolved' });
    desk.shop.clock.advance(dayMs);
    await desk.hears(desk.says(`${rude} And again today.`, by('mia')));
    expect(await desk.case(id)).toMatchObject({ hint: null });
  });

  test('is a hint only while it stands and nobody marks it otherwise', async () => {
    const { desk, id } = await withCase();
    await desk.works(id, 'take');
    desk.shop.clock.advance(dayMs);
    const post = desk.says(settled, by('mia'));
    const [later = 0] = await desk.hears(post);
    const hint = async () => (await desk.case(id))?.hint;
    const face = async () => {
      const row = await desk.mention(later);
      return row && mentionFace(row).resolved;
    };
    expect([await hint(), await face()]).toEqual(['resolved', true]);
    await desk.marks(later, 'not-us');
    expect([await hint(), await face()]).toEqual([null, false]);
    await desk.marks(later, 'not-us', true);
    expect([await hint(), await face()]).toEqual(['resolved', true]);
    await desk.loses(post);
    expect(await hint()).toBeNull();
  });

  test('is no hint once it is marked a complaint, or says no longer that it was put right', async () => {
    const { desk, id } = await withCase();
    desk.shop.clock.advance(dayMs);
    const post = desk.says(settled, by('mia'));
    const [later = 0] = await desk.hears(post);
    desk.shop.clock.advance(hourMs);
    await desk.hears({ ...post, text: 'Meeting Tom at Blue Door at nine.' });
    expect(await desk.case(id)).toMatchObject({ hint: null });
    await desk.hears({ ...post, text: `${settled} Really.` });
    expect(await desk.case(id)).toMatchObject({ hint: 'resolved' });
    await desk.marks(later, 'complaint');
    expect(await desk.case(id)).toMatchObject({ hint: null });
  });

  test('is no hint once it is erased', async () => {
    const { desk, id } = await withCase();
    desk.shop.clock.advance(dayMs);
    const [later = 0] = await desk.hears(desk.says(settled, by('mia')));
    expect(await desk.case(id)).toMatchObject({ hint: 'resolved' });
    await erase(desk.app, { mentionId: later }, false);
    expect(await desk.case(id)).toMatchObject({ hint: null });
  });

  test('is a hint again where what reopened its case is taken back', async () => {
    const { desk, id } = await withCase();
    await desk.works(id, 'answered');
    desk.shop.clock.advance(dayMs);
    await desk.hears(desk.says(settled, by('mia')));
    await desk.works(id, 'reopen');
    expect(await desk.case(id)).toMatchObject({ state: 'open', hint: null });
    await desk.works(id, 'undo');
    expect(await desk.case(id)).toMatchObject({ state: 'answered', hint: 'resolved' });
    desk.shop.clock.advance(hourMs);
    await desk.works(id, 'reopen');
    expect(await desk.case(id)).toMatchObject({ state: 'open', hint: null });
  });

  test.each([
    ['somebody else says it', by('tom'), dayMs],
    ['it is long ago', by('mia'), 61 * dayMs],
  ])('is not noted where %s', async (_why, author, after) => {
    const { desk, id } = await withCase();
    desk.shop.clock.advance(after);
    await desk.hears(desk.says(settled, author));
    expect(await desk.kinds(id)).toEqual(['found']);
  });

  test('is not noted where it was said before they complained, where the case is closed, or where a person marked it', async () => {
    const { desk, id } = await withCase();
    await desk.hears(desk.says(settled, { ...by('mia'), publishedAt: desk.shop.clock.now() - 3 * dayMs }));
    expect(await desk.kinds(id)).toEqual(['found']);
    await desk.works(id, 'happy');
    desk.shop.clock.advance(dayMs);
    await desk.hears(desk.says(settled, by('mia')));
    expect(await desk.kinds(id)).toEqual(['found', 'happy']);
  });
});
