/** What each button does, read back from the database, and how it is taken back. */
import { describe, expect, test } from 'vitest';
import { mark } from '../../src/jobs/mark.ts';
import { workCase } from '../../src/jobs/work-case.ts';
import { anInbox, formOf, kind, perhapsUs, post, unsure, visitor, words } from './an-inbox.ts';

const hourMs = 3_600_000;
const ana = { author: { handle: 'ana.example', name: 'Ana Diaz', url: null, followers: 12 } };

/** An inbox with one complaint of Ana Diaz, due tomorrow, and its page. */
async function oneComplaint(settings: object = {}) {
  const inbox = await anInbox(settings);
  const [id = 0] = await inbox.hear({ post: ana, findings: { urgency: 'high' } });
  const owner = await visitor(inbox);
  return { inbox, id, owner, page: await owner.get(), before: (await inbox.mention(id)).case };
}

describe('on a complaint', () => {
  test('“I answered” makes it the customer’s turn, by whoever sits there', async () => {
    const { inbox, id, owner, page } = await oneComplaint();
    const after = await owner.press(page, /^I answered: Ana Diaz/);
    expect(words(after)).toContain('You answered Ana Diaz (ana.example). If they write again, they come back here.');
    expect(words(after)).toContain('No complaint waits for you.');
    expect((await inbox.mention(id)).case).toMatchObject({ state: 'answered', dueAt: null, owner: 'Ana' });
    expect(await inbox.events(id)).toEqual({ kinds: ['found', 'answered'], lastBy: 'Ana' });
  });

  test('a name that ends in a full stop gets no second one', async () => {
    const inbox = await anInbox();
    await inbox.hear({ post: { author: { ...ana.author, handle: null, name: 'Joan H.' } } });
    const owner = await visitor(inbox);
    const after = await owner.press(await owner.get(), /^I answered/);
    expect(words(after)).toContain('You answered Joan H. If they write again');
  });

  test('“Not a complaint” and “Not about us” close it, and it stays so', async () => {
    for (const [name, verdict] of [
      [/^Not a complaint/, { complaint: { verdict: 'none' } }],
      [/^Not about us/, { relevance: { verdict: 'other' } }],
    ] as const) {
      const { inbox, id, owner, page } = await oneComplaint();
      expect(words(await owner.press(page, name))).toContain('Earshot remembers that.');
      expect(await inbox.mention(id)).toMatchObject({ ...verdict, case: { state: 'dismissed' } });
      expect(words(await owner.get())).toContain('No complaint waits for you.');
    }
  });

  test('“Later” puts it off to the next opening after tonight, with its clock stopped', async () => {
    const { inbox, id, owner, page } = await oneComplaint({ hours: { 'mon-fri': '12:00-22:00', sun: '18:00-02:00' } });
    const after = await owner.press(page, /^Later/);
    expect(words(after)).toContain('Ana Diaz (ana.example) comes back here Sun 18:00.');
    expect(words(after)).toContain('One is put off and comes back Sun 18:00.');
    expect((await inbox.mention(id)).case?.snoozedUntil).toBe('2026-11-22T18:00:00.000Z');
    inbox.clock.advance(56 * hourMs + 1);
    expect(words(await owner.get())).toContain('1 complaint needs you');
  });

  test('“Later” is a day where there are no opening hours', async () => {
    const { inbox, id, owner, page } = await oneComplaint();
    await owner.press(page, /^Later/);
    expect((await inbox.mention(id)).case?.snoozedUntil).toBe('2026-11-21T10:00:00.000Z');
  });

  test.each([/^I answered/, /^Not a complaint/, /^Not about us/, /^Later/])(
    '%s can be taken back, with the clock as it was, also hours overdue',
    async (name) => {
      const { inbox, id, owner, before } = await oneComplaint();
      inbox.clock.advance(60 * hourMs);
      const after = await owner.press(await owner.get(), name);
      inbox.clock.advance(hourMs);
      expect(words(await owner.press(after, /^Undo/))).toContain('Taken back: it is as it was.');
      const mention = await inbox.mention(id);
      expect(mention).toMatchObject({ relevance: { verdict: 'about' }, complaint: { verdict: 'complaint' } });
      expect(mention.case).toMatchObject({ state: 'open', dueAt: before?.dueAt, snoozedUntil: null });
      expect(words(await owner.get())).toContain('Overdue');
    },
  );

  test('one whose customer says that it was put right offers to close it; taken back, it offers it again', async () => {
    const { inbox, id, owner } = await oneComplaint();
    const says = { post: { ...ana, publishedAt: inbox.clock.now() }, findings: { ...kind.findings, resolved: true } };
    await inbox.hear(says);
    const page = await owner.get();
    expect(words(page)).toContain('The customer says that it was put right. If so, close it.');
    const after = await owner.press(page, /^Close it: Ana Diaz/);
    expect(await inbox.events(id)).toEqual({ kinds: ['found', 'resolved', 'happy'], lastBy: 'Ana' });
    await owner.press(after, /^Undo/);
    expect((await inbox.mention(id)).case).toMatchObject({ state: 'open', hint: 'resolved' });
    expect(words(await owner.get())).toContain('If so, close it.');
  });

  test('a fixed one asks whether they are happy; taken back, it asks again', async () => {
    const { inbox, id, owner } = await oneComplaint();
    const until = inbox.clock.now() + hourMs;
    await workCase(inbox.tools, { id, of: 'mention' }, { kind: 'fix', by: 'Tom', details: { until } });
    expect(words(await owner.get())).toContain('No complaint waits for you.');
    inbox.clock.advance(2 * hourMs);
    const after = await owner.press(await owner.get(), /^They are happy now/);
    expect((await inbox.mention(id)).case?.state).toBe('happy');
    await owner.press(after, /^Undo/);
    expect((await inbox.mention(id)).case).toMatchObject({ state: 'fixed', dueAt: new Date(until).toISOString() });
  });
});

describe('on what is not sure', () => {
  test('yes opens a case, no takes it away; both say how to turn round', async () => {
    const inbox = await anInbox();
    // Nothing in common, so that one mark leaves the other where it is.
    const other = { ...unsure, post: { text: 'Parking near the bakery is a puzzle on market days' } };
    const [yes = 0, no = 0] = await inbox.hear({ ...unsure, post: ana }, other);
    const owner = await visitor(inbox);
    const page = await owner.get();
    const opened = await owner.press(page, /^Yes: Is this a complaint\? Ana Diaz/);
    expect(words(opened)).toMatch(
      /A complaint of Ana Diaz \(ana\.example\)\. It stands under “Needs you” now, answer by/,
    );
    expect((await inbox.mention(yes)).case?.state).toBe('new');
    const gone = await owner.press(opened, /^No: Is this a complaint\? Guest/);
    expect(await inbox.mention(no)).toMatchObject({ complaint: { verdict: 'none' }, case: null });
    expect(words(await owner.press(gone, /^Undo/))).toContain('Is this a complaint?');
    await owner.press(opened, /^No, not a complaint/);
    expect((await inbox.mention(yes)).case?.state).toBe('dismissed');
  });

  test('what is alike is one card, decided and taken back together', async () => {
    const inbox = await anInbox();
    const text = 'They moved the till at Blue Door Coffee to the back, so everybody walks past the cakes on the way';
    const ids = await inbox.hear(...['', '!', '…'].map((end) => ({ ...unsure, post: { text: text + end } })));
    const owner = await visitor(inbox);
    const page = await owner.get();
    expect(words(page)).toContain('and 2 alike');
    const stands = async () => Promise.all(ids.map(async (id) => (await inbox.mention(id)).complaint.verdict));
    const gone = await owner.press(page, /^No: Is this a complaint/);
    expect(words(gone)).toContain('The 2 alike went with it.');
    expect(await stands()).toEqual(['none', 'none', 'none']);
    await owner.press(gone, /^Undo/);
    expect(await stands()).toEqual(['unsure', 'unsure', 'unsure']);
  });

  test('what was decided together is taken back, and that again, together', async () => {
    const inbox = await anInbox();
    const text = 'They moved the till at Blue Door Coffee to the back, so everybody walks past the cakes on the way';
    const ids = await inbox.hear(...['', '!', '…'].map((end) => ({ ...unsure, post: { text: text + end } })));
    const owner = await visitor(inbox);
    const states = async () => Promise.all(ids.map(async (id) => (await inbox.mention(id)).case?.state));
    const opened = await owner.press(await owner.get(), /^Yes: Is this a complaint/);
    expect(await states()).toEqual(['new', 'new', 'new']);
    const back = await owner.press(opened, /^No, not a complaint/);
    expect(await states()).toEqual(['dismissed', 'dismissed', 'dismissed']);
    await owner.press(back, /^Undo/);
    expect(new Set(await states())).toEqual(new Set([(await inbox.mention(ids[0] ?? 0)).case?.state]));
    expect(await states()).not.toContain('dismissed');
  });

  test('what somebody said is about us is not decided with what is still asked', async () => {
    const inbox = await anInbox();
    const text = 'They moved the till at Blue Door Coffee to the back, so everybody walks past the cakes on the way';
    const findings = { ...unsure.findings, ...perhapsUs.findings };
    const [first = 0, second = 0] = await inbox.hear(
      { findings, post: { text } },
      { findings, post: { text: `${text}!` } },
    );
    await mark(inbox.tools, { mentionId: first, kind: 'us', by: 'Tom', why: null, undo: false });
    const owner = await visitor(inbox);
    const page = await owner.get();
    expect(words(page)).not.toContain('alike');
    await owner.press(page, /^No: Is this about you\?/);
    expect((await inbox.mention(second)).relevance.verdict).toBe('other');
    expect((await inbox.mention(first)).relevance.verdict).toBe('about');
  });

  test('first whether it is about us, then whether it is a complaint', async () => {
    const inbox = await anInbox();
    const [id = 0] = await inbox.hear({ findings: { ...unsure.findings, ...perhapsUs.findings } });
    const owner = await visitor(inbox);
    const after = await owner.press(await owner.get(), /^Yes: Is this about you\?/);
    expect(words(after)).toContain('One question more: is it a complaint?');
    await owner.press(after, /^Yes: Is this a complaint\?/);
    expect((await inbox.mention(id)).case?.state).toBe('new');
  });

  test('a complaint that is perhaps about us has no case until somebody says so, and answering it says so', async () => {
    const inbox = await anInbox();
    const other = { ...perhapsUs, post: { text: 'Parking near the bakery is a puzzle on market days' } };
    const [first = 0, second = 0] = await inbox.hear(perhapsUs, other);
    const owner = await visitor(inbox);
    await owner.press(await owner.get(), /^It is about us/);
    expect(await inbox.mention(first)).toMatchObject({ relevance: { verdict: 'about' }, case: { state: 'new' } });
    await owner.press(await owner.get(), /^I answered.*m2$/);
    expect((await inbox.mention(second)).case?.state).toBe('answered');
  });
});

describe('pressed at the wrong moment', () => {
  test('twice is once', async () => {
    const { inbox, id, owner, page } = await oneComplaint();
    await owner.press(page, /^I answered/);
    const again = await owner.press(page, /^I answered/);
    expect(words(again)).toMatch(
      /Nothing was done with Ana Diaz .*it has changed since you looked: it is answered now/,
    );
    expect((await inbox.events(id)).kinds).toEqual(['found', 'answered']);
  });

  test('two at the same moment are one', async () => {
    const { inbox, id, owner, page } = await oneComplaint();
    const { action, fields } = formOf(page, /^I answered/);
    await Promise.all([1, 2, 3].map(() => post(inbox.port, action, fields, { cookie: owner.cookie })));
    expect((await inbox.events(id)).kinds).toEqual(['found', 'answered']);
  });

  test('where somebody else was faster, nothing is done and the page says what is', async () => {
    const { inbox, id, owner, page } = await oneComplaint();
    await workCase(inbox.tools, { id, of: 'mention' }, { kind: 'happy', by: 'Tom', details: {} });
    for (const name of [/^I answered/, /^Not about us/, /^Later/])
      expect(words(await owner.press(page, name))).toContain('it is happy now');
    expect(await inbox.events(id)).toEqual({ kinds: ['found', 'happy'], lastBy: 'Tom' });
  });

  test('what has moved on since is not taken back, and nothing is taken back twice', async () => {
    const { inbox, id, owner, page } = await oneComplaint();
    const after = await owner.press(page, /^I answered/);
    await workCase(inbox.tools, { id, of: 'mention' }, { kind: 'note', by: 'Tom', details: { words: 'rang' } });
    expect(words(await owner.press(after, /^Undo/))).toContain('That could not be taken back');
    expect(words(await owner.press(after, /^Undo/))).toContain('That can no longer be taken back here.');
    expect((await inbox.events(id)).kinds).toEqual(['found', 'answered', 'note']);
  });

  test('a mention that is no more is told so', async () => {
    const { owner, page } = await oneComplaint();
    expect(words(await owner.press(page, /^Later/, { mention: '999' }))).toContain('That post is no longer here');
    expect(words(await owner.press(page, /^Later/, { case: '999' }))).toContain('has a case by now, c1');
  });

  test('it works while the command line writes', async () => {
    const { inbox, owner, page } = await oneComplaint();
    const busy = Array.from({ length: 20 }, () => inbox.hear(kind));
    const after = await owner.press(page, /^I answered/);
    await Promise.all(busy);
    expect(words(after)).toContain('You answered Ana Diaz');
  });
});
