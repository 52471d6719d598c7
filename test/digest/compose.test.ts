import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compose } from '../../src/digest/compose.ts';
import type { DigestRows } from '../../src/digest/digest.ts';
import { renderHtml } from '../../src/digest/render-html.ts';
import { renderText } from '../../src/digest/render-text.ts';
import { blind, blindReddit, busyDay, caseOf, mention, now, place, rows, slowed } from './sample.ts';

const heard = rows().places;
const withoutReddit = heard.filter(({ watch }) => watch.source !== 'reddit');
const subjectOf = (change: Partial<DigestRows>) => compose(rows(change)).subject;

describe('the subject', () => {
  test('says what there is to do, and what could not be read', () => {
    const said = {
      two: subjectOf({ needsYou: [mention({ id: 1 }), mention({ id: 2 })] }),
      one: subjectOf({ needsYou: [mention()] }),
      nothing: subjectOf({}),
      onePlace: subjectOf({ places: heard.slice(0, 1) }),
      blind: subjectOf({ places: [...withoutReddit, blindReddit] }),
      twoBlind: subjectOf({
        places: [...heard.slice(0, 1), blindReddit, blind('lemmy', 'Lemmy', 'https://lemmy.example')],
      }),
      threeBlind: subjectOf({
        places: [blindReddit, blind('lemmy', 'Lemmy', 'https://lemmy.example'), blind('hacker-news', 'HN', 'search')],
      }),
      onePlaceOfReddit: subjectOf({ places: [...heard, blind('reddit', 'Reddit', 'r/leeds')] }),
      unsure: subjectOf({ unsure: [mention({ id: 1 }), mention({ id: 2 }), mention({ id: 3 })], fresh: 3 }),
      fresh: subjectOf({ fresh: 12, places: [...withoutReddit, blindReddit] }),
      several: subjectOf({ brandNames: ['Blue Door Coffee', 'Red Door', 'Green Door'] }),
      asleep: subjectOf({
        places: [...withoutReddit, place('reddit', 'Reddit', 'r/coffee', { lastGoodAt: now - 30 * 3_600_000 })],
      }),
      nowhere: subjectOf({ places: [] }),
    };
    expect(said).toEqual({
      two: '2 complaints need you · Blue Door Coffee',
      one: '1 complaint needs you · Blue Door Coffee',
      nothing: 'Nothing new; I looked in 5 places · Blue Door Coffee',
      onePlace: 'Nothing new; I looked in 1 place · Blue Door Coffee',
      blind: 'Nothing new, but I could not look at Reddit · Blue Door Coffee',
      twoBlind: 'Nothing new, but I could not look at Lemmy and Reddit · Blue Door Coffee',
      threeBlind: 'Nothing new, but I could not look at HN and 2 other places · Blue Door Coffee',
      onePlaceOfReddit: 'Nothing new, but I could not look at Reddit r/leeds · Blue Door Coffee',
      unsure: 'No clear complaint, 3 posts to check · Blue Door Coffee',
      fresh: '12 new mentions, no complaint, but I could not look at Reddit · Blue Door Coffee',
      several: 'Nothing new; I looked in 5 places · Blue Door Coffee and 2 more',
      asleep: 'Nothing new, but I could not look at Reddit · Blue Door Coffee',
      nowhere: 'Nothing new: no place to look at is set up · Blue Door Coffee',
    });
  });

  test('of the first digest says hello, but never that it listens where it cannot', () => {
    const welcome = { kind: 'welcome', window: { from: now - 30 * 86_400_000, to: now } } as const;
    expect([
      subjectOf(welcome),
      subjectOf({ ...welcome, places: [...withoutReddit, blindReddit] }),
      subjectOf({ ...welcome, places: [blindReddit] }),
      subjectOf({ ...welcome, window: { from: now - 86_400_000, to: now } }),
    ]).toEqual([
      'Earshot is listening: the last 30 days · Blue Door Coffee',
      'Earshot is listening: the last 30 days, without Reddit · Blue Door Coffee',
      'Earshot is set up, but could not look anywhere yet · Blue Door Coffee',
      'Earshot is listening: the last day · Blue Door Coffee',
    ]);
  });

  test('never says that there is nothing, alone, while a place could not be read', () => {
    const hourMs = 3_600_000;
    const report = fc
      .tuple(
        fc.constantFrom('well', 'blind', 'slowed'),
        fc.constantFrom('Reddit', 'Bluesky', 'Feeds'),
        fc.string({ minLength: 1 }),
        fc.integer({ min: 0, max: 30 * hourMs }),
      )
      .map(([how, title, key, forMs]) =>
        how === 'well'
          ? place(title, title, key)
          : how === 'blind'
            ? blind(title, title, key)
            : slowed(title, title, key, now - forMs),
      );
    fc.assert(
      fc.property(fc.array(report), fc.nat(3), fc.constantFrom('digest', 'welcome'), (places, fresh, kind) => {
        const deaf = places.some(({ fault }) => fault && (fault.kind !== 'slow-down' || now - fault.since > hourMs));
        const { subject, lead } = compose(rows({ places, fresh, kind }));
        const named = /but I (could not look at|was slowed down at)|without|could not look anywhere/;
        if (deaf) expect(subject).toMatch(named);
        else if (places.length > 0) expect(subject).not.toMatch(named);
        expect(lead.some((line) => /could not look at|was slowed down at/.test(line))).toBe(deaf);
      }),
    );
  });

  test('counts a place that was slowed down for over an hour as not read, and says so below', () => {
    const since = now - 23 * 3_600_000;
    const digest = compose(rows({ places: [slowed('stack-exchange', 'Stack Exchange', 'coffee', since)] }));
    expect(digest.subject).toBe('Nothing new, but I was slowed down at Stack Exchange · Blue Door Coffee');
    expect(digest.lead).toEqual([
      'Earshot was slowed down at Stack Exchange, so not all of it has been read; why is below.',
    ]);
    expect(digest.places.lines.map(({ unread, sentence }) => [unread, sentence])).toEqual([
      [true, 'slowed down since Fri 09:00, goes on by itself from 09:00'],
    ]);
    const both = [blindReddit, slowed('lemmy', 'Lemmy', 'search', since), place('feed', 'Feeds', 'a')];
    expect(subjectOf({ places: both })).toBe(
      'Nothing new, but I could not look at Reddit, and was slowed down at Lemmy · Blue Door Coffee',
    );
    expect(compose(rows({ places: both })).lead).toEqual([
      'Earshot could not look at Reddit; why is below.',
      'Earshot was slowed down at Lemmy, so not all of it has been read; why is below.',
    ]);
    expect(compose(rows({ places: both, quietDays: 9 })).lead[0]).toBe('Nobody has mentioned you for 9 days.');
    const sameThere = [blindReddit, slowed('reddit', 'Reddit', 'r/leeds', since)];
    expect(subjectOf({ places: sameThere })).toMatch(
      /look at Reddit r\/coffee, and was slowed down at Reddit r\/leeds ·/,
    );
    const shortly = [slowed('lemmy', 'Lemmy', 'search', now - 3_600_000)];
    expect(subjectOf({ places: shortly })).toBe('Nothing new; I looked in 1 place · Blue Door Coffee');
  });

  test('is one clean line whatever brands and places are called', () => {
    const name = fc.string({
      unit: fc.constantFrom('a', '\r\n', '\n', '\0', '\u001b[31m', '\u202e', '\u2028', 'Bcc: x@y'),
    });
    fc.assert(
      fc.property(name, name, (brand, title) => {
        const { subject } = compose(rows({ brandNames: [brand], places: [...heard, blind('reddit', title, title)] }));
        expect(subject).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e]/u);
      }),
    );
  });
});

describe('what needs you', () => {
  test('stands with the longest overdue first, then by urgency, due time and id', () => {
    const digest = compose(
      rows({
        needsYou: [
          mention({ id: 1, urgency: 'low', case: caseOf(1, '2026-11-22T10:00:00Z') }),
          mention({ id: 2, urgency: 'critical', case: caseOf(2, '2026-11-21T10:00:00Z') }),
          mention({ id: 3, urgency: 'low', case: caseOf(3, '2026-11-20T10:00:00Z') }),
          mention({ id: 4, urgency: 'critical', case: caseOf(4, '2026-11-20T11:00:00Z') }),
          mention({ id: 6, urgency: 'high', case: caseOf(6, '2026-11-21T12:00:00Z') }),
          mention({ id: 5, urgency: 'high', case: caseOf(5, '2026-11-21T12:00:00Z') }),
          mention({ id: 7, urgency: 'high', firstSeenAt: '2026-11-21T07:00:00Z' }),
        ],
      }),
    );
    expect(digest.needsYou.items.map(({ letter, tone }) => `${letter} ${tone}`)).toEqual([
      'c3 overdue',
      'c4 overdue',
      'c2 critical',
      'm7 high',
      'c5 high',
      'c6 high',
      'c1 low',
    ]);
    expect(digest.lead[0]).toBe('2 are overdue. Start at the top.');
  });

  test('is told in full seven times at most, and a case only once', () => {
    const many = Array.from({ length: 16 }, (_, index) => mention({ id: index + 1 }));
    const twice = [mention({ id: 90, case: caseOf(4, null) }), mention({ id: 91, case: caseOf(4, null) })];
    const digest = compose(rows({ needsYou: many }));
    expect(digest.needsYou.items).toHaveLength(7);
    expect(digest.needsYou.more).toEqual({ say: 'and 9 more', command: 'npx earshot list' });
    expect(compose(rows({ needsYou: twice })).subject).toMatch(/^1 complaint needs you/);
  });

  test('says what hurt, why, who, where, when, by when and what next', () => {
    const [first, , third] = compose(busyDay()).needsYou.items;
    expect(first).toMatchObject({
      tone: 'overdue',
      letter: 'c4',
      brand: null,
      why: ['the words “still waiting for my refund” and “charged twice”', 'asks for money back'],
      who: 'Ana Diaz (ana@mastodon.example)',
      audience: '4,200 followers',
      where: 'Mastodon',
      when: 'yesterday 19:40',
      link: 'https://mastodon.example/@ana/1',
      due: 'was due yesterday 18:00',
      steps: [{ say: 'When you have answered', command: 'npx earshot case answered c4' }],
    });
    expect(first?.excerpt.filter(({ telling }) => telling).map(({ text }) => text)).toEqual([
      'still waiting for my refund',
      'charged twice',
      'Never again',
    ]);
    expect(third).toMatchObject({ rating: '1 of 5 stars', due: 'answer by Mon 14:00' });
  });

  test('names stars as the reason where they are, and the platform of posts found in several places', () => {
    const rated = mention({
      rating: { value: 1, scale: 5 },
      reasons: [{ of: 'complaint', rule: 'stars', evidence: null, at: null, weight: 1, in: 'rating' }],
      places: ['one', 'two', 'three'].map((id) => ({
        source: 'mastodon',
        externalId: id,
        url: null,
        publishedAt: null,
      })),
      publishedAt: null,
      author: { handle: null, name: null, url: null, followers: null },
      text: '',
    });
    expect(compose(rows({ needsYou: [rated] })).needsYou.items[0]).toMatchObject({
      why: ['1 of 5 stars'],
      where: 'Mastodon and 2 more places',
      when: 'seen yesterday 19:45',
      who: 'somebody',
      excerpt: [],
    });
  });

  test('asks first whether it is about us where that is open and there is no case yet', () => {
    const open = mention({ id: 9, relevance: { verdict: 'unsure', probability: 0.5 } });
    expect(compose(rows({ needsYou: [open] })).needsYou.items[0]).toMatchObject({
      asks: 'us',
      mentionId: 9,
      caseId: null,
      steps: [{ command: 'npx earshot mark m9 us' }, { command: 'npx earshot mark m9 not-us' }],
    });
  });

  test('can be told from any point on, and says of how many', () => {
    const many = Array.from({ length: 16 }, (_, index) => mention({ id: index + 1 }));
    const two = { from: 0, most: 2 };
    const shown = { needsYou: { from: 10, most: 5 }, unsure: two, praise: two, places: 9 };
    const { needsYou } = compose(rows({ needsYou: many }), shown);
    expect(needsYou.items.map(({ letter }) => letter)).toEqual(['m11', 'm12', 'm13', 'm14', 'm15']);
    expect(needsYou).toMatchObject({ total: 16, more: { say: 'and 1 more' } });
  });

  test('asks for the check-back once a case is fixed', () => {
    const fixed = mention({ case: caseOf(8, '2026-11-21T12:00:00Z', 'fixed') });
    expect(compose(rows({ needsYou: [fixed] })).needsYou.items[0]).toMatchObject({
      due: 'ask if they are happy by today 12:00',
      steps: [{ say: 'If they are happy now', command: 'npx earshot case happy c8' }],
    });
  });

  test('says first how to close it where the customer says that it was put right', () => {
    const putRight = (state: 'new' | 'fixed') => {
      const own = caseOf(8, '2026-11-21T12:00:00Z', state);
      const { items } = compose(rows({ needsYou: [mention({ case: own && { ...own, hint: 'resolved' } })] })).needsYou;
      return items[0]?.steps;
    };
    const close = { say: 'They say that it was put right; to close it', command: 'npx earshot case happy c8' };
    const answer = { say: 'When you have answered', command: 'npx earshot case answered c8' };
    expect(putRight('new')).toEqual([close, answer]);
    expect(putRight('fixed')).toEqual([close]);
  });

  test.each(['javascript:alert(1)', 'data:text/html,x', 'no address', 'file:///etc/passwd'])(
    'never links to %s',
    (url) => {
      expect(compose(rows({ needsYou: [mention({ url })] })).needsYou.items[0]?.link).toBeNull();
    },
  );
});

describe('the rest', () => {
  test('shows the three likeliest of the unsure with the two answers, and the two kindest', () => {
    const praise = [0.2, 0.9, 0.6].map((score, id) =>
      mention({ id, sentiment: { label: 'positive', score }, complaint: { verdict: 'none', probability: 0 } }),
    );
    const unsure = [0.3, 0.6, 0.5, 0.4].map((probability, id) =>
      mention({ id: id + 10, complaint: { verdict: 'unsure', probability } }),
    );
    const notUs = mention({
      id: 50,
      sentiment: { label: 'positive', score: 1 },
      relevance: { verdict: 'unsure', probability: 0.5 },
    });
    const digest = compose(rows({ praise: [...praise, notUs], unsure }));
    expect(digest.praise.items.map(({ letter }) => letter)).toEqual(['m1', 'm2']);
    expect(digest.unsure.items.map(({ letter }) => letter)).toEqual(['m11', 'm12', 'm13']);
    expect(digest.unsure.more).toEqual({ say: 'and 1 more', command: 'npx earshot list --unsure' });
    expect(digest.unsure.items[0]?.steps.map(({ command }) => command)).toEqual([
      'npx earshot mark m11 complaint',
      'npx earshot mark m11 no-complaint',
    ]);
  });

  test('shows a kind word alone only where nobody said more, and no title that says the same again', () => {
    const kind = (id: number, score: number, text: string, title: string | null = null) =>
      mention({ ...{ id, text, title }, sentiment: { label: 'positive', score }, praise: true });
    const more = kind(1, 0.4, 'The lamb fell apart and the staff were lovely to my mum.');
    const [first, second] = compose(rows({ praise: [kind(2, 1, 'Great', 'great!'), more] })).praise.items;
    expect([first?.letter, second?.letter]).toEqual(['m1', 'm2']);
    expect(second?.title).toEqual([]);
    expect(second?.excerpt.map(({ text }) => text).join('')).toBe('Great');
  });

  test('never tells more stars than there are', () => {
    const rating = { value: 9, scale: 5 };
    const { items } = compose(rows({ needsYou: [mention({ rating })], praise: [mention({ rating })] })).needsYou;
    expect(items[0]?.rating).toBeNull();
  });

  test('lists places most broken first, and says what the fold hides', () => {
    const many = Array.from({ length: 14 }, (_, index) => place('feed', 'Feed', `https://${index + 10}.example/`));
    const slowed = { ...blindReddit, fault: { kind: 'slow-down', message: '', retryAt: null, since: now } } as const;
    const { places } = compose(rows({ places: [...many, slowed, blindReddit] }));
    expect(places.lines[2]).toMatchObject({ title: '10.example', state: 'fresh', sentence: 'heard at 07:40' });
    expect(places.lines[0]).toMatchObject({
      title: 'Reddit r/coffee for Blue Door Coffee',
      sentence: 'could not look since Tue 14:00: it wants a password: `npx earshot sources reddit`',
    });
    expect(places.lines.slice(0, 3).map(({ state }) => state)).toEqual(['blind', 'limited', 'fresh']);
    expect(places.more).toEqual({ say: 'and 4 more, all heard', command: 'npx earshot status' });
  });

  test('tells the numbers against those before in words, and what was left out and why', () => {
    const digest = compose(busyDay());
    expect(digest.counts.lines.map(({ value, label, change }) => `${value} ${label}: ${change}`)).toEqual([
      '23 mentions: 8 more than the week before',
      '4 complaints: 1 fewer than the week before',
      '9 kind words: as many as the week before',
      '3 answered: none the week before',
    ]);
    expect(digest.leftOut.lines).toEqual([
      '14 posts were not about you.',
      '3 posts were your own.',
      '1,203 posts did not name you.',
    ]);
  });

  test('counts one as one', () => {
    const one = { mentions: 1, complaints: 1, praise: 1, answered: 1 };
    const { counts } = compose(rows({ counts: { days: 7, now: one, before: null } }));
    expect(counts.lines.map(({ label }) => label)).toEqual(['mention', 'complaint', 'kind word', 'answered']);
  });

  test('speaks of a silence from the seventh day on, and whether it is real', () => {
    expect(compose(rows({ quietDays: 6 })).lead).toEqual([]);
    expect(compose(rows({ quietDays: 7 })).lead).toEqual([
      'Nobody has mentioned you for 7 days. Earshot could read every place, so it is a real silence.',
    ]);
    expect(compose(rows({ quietDays: 7, places: [blindReddit] })).lead).toEqual([
      'Nobody has mentioned you for 7 days.',
      'Earshot could not look at Reddit; why is below.',
    ]);
  });

  test('names the places that are not connected only where nobody has spoken for a week', () => {
    const unconnected = {
      business: 'a restaurant or café',
      places: ['Reddit', 'Discourse forums', 'Mailbox'],
      byMail: ['Google reviews', 'TripAdvisor'],
    };
    const week = compose(rows({ quietDays: 7, unconnected }));
    expect(week.lead[1]).toBe(
      'Not connected yet, though people talk of a restaurant or café there: Reddit, Discourse forums and Mailbox; what is said on Google reviews and TripAdvisor can come to you by mail.',
    );
    expect(week.connect).toEqual({ say: 'How to connect them', command: 'npx earshot sources' });
    for (const told of [renderText(week), renderHtml(week)]) expect(told).toContain('npx earshot sources');
    const short = compose(rows({ quietDays: 7, unconnected: { business: null, places: ['Reddit'], byMail: [] } }));
    expect(short.lead[1]).toBe('Not connected yet, though people may talk of you there: Reddit.');
    const { lead, connect } = compose(rows({ quietDays: 6, unconnected }));
    expect([lead, connect]).toEqual([[], null]);
    expect(compose(rows({ quietDays: 9 })).connect).toBeNull();
  });

  test('welcomes without claiming a look that there was not', () => {
    const { lead } = compose(rows({ kind: 'welcome', places: [blindReddit] }));
    expect(lead).toEqual([
      'As long as Earshot runs, it looks by itself and writes every day. The time to answer counts from today.',
      'Earshot could not look at Reddit; why is below.',
    ]);
  });

  test('welcomes with the last 30 days, the worst, the kindest, what is heard and what is not', () => {
    const digest = compose({
      ...busyDay(),
      kind: 'welcome',
      counts: { days: 30, now: { mentions: 57, complaints: 9, praise: 21, answered: 0 }, before: null },
    });
    expect(digest.lead[0]).toBe(
      'Earshot looked back over the last 30 days and found 57 mentions of you: 9 complaints and 21 kind words.',
    );
    expect([digest.needsYou.title, digest.praise.title, digest.places.title]).toEqual([
      'The worst',
      'The kindest',
      'What Earshot hears, and what it can’t',
    ]);
    expect(digest.counts.lines.every(({ change }) => change === null)).toBe(true);
  });
});

test('every command that the mail names works as pasted: it carries the config that Earshot was called with', () => {
  const earshot = 'npx earshot --config data/demo/earshot.yaml';
  const long = {
    ...busyDay(),
    earshot,
    places: Array.from({ length: 20 }, () => blindReddit),
    kind: 'digest' as const,
  };
  for (const told of [renderText(compose(long)), renderHtml(compose(long))]) {
    const commands = [...told.matchAll(/npx earshot[ \n]+(\S+)/g)].map(([, word]) => word);
    expect(commands.length).toBeGreaterThan(6);
    expect(new Set(commands)).toEqual(new Set(['--config']));
  }
});

describe('trouble that many places have', () => {
  const since = now - 3_600_000;
  const lost = (host: string) =>
    place('feed', 'Feeds', `https://${host}/feed.xml`, {
      lastGoodAt: null,
      fault: { kind: 'unreachable', message: `${host} could not be found. Are you online?`, retryAt: null, since },
    });

  test('is told once a platform, with the names of all at hand', () => {
    const reddit = ['r/leeds', 'r/coffee', 'search'].map((key) => blind('reddit', 'Reddit', key));
    const { places } = compose(rows({ places: [...heard, ...reddit] }));
    expect(places.lines[0]).toMatchObject({ title: 'Reddit, 3 places', state: 'blind' });
    expect(places.lines[0]?.places).toHaveLength(3);
    expect(places.lines).toHaveLength(1 + heard.length);
  });

  test('is this computer’s own where nobody can be reached', () => {
    const digest = compose(rows({ places: ['a.example', 'b.example', 'c.example'].map(lost) }));
    expect(digest.lead.join(' ')).toContain(
      'This computer seems to be offline: none of the 3 places could be reached.',
    );
    expect(digest.places.lines.map(({ title, sentence }) => `${title}: ${sentence}`)).toEqual([
      '3 places: could not look: this computer seems to be offline; Earshot tries again by itself',
    ]);
    expect(digest.subject).not.toMatch(/^Nothing new ·/);
  });
});
