/** A customer from the first complaint to won back, through the commands and a Google Play on loopback; every clock right to the second. */
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { CaseInFull } from '../../src/face/case.ts';
import { keyFile, path, signedIn } from '../fixtures/google-play/fixture.ts';
import { loopback } from '../support/loopback.ts';
import { house, parsed } from './house.ts';

const hour = 3_600_000;
const good =
  'Sorry, Mira: your second payment went back this morning. If anything is missing, ring me on the shop’s number. Ana';

interface Review {
  readonly stars: number;
  readonly text: string;
  readonly at: number;
}

/** Google Play with one review, which its customer may change, and which may be answered. */
async function googlePlay() {
  let said: Review | null = null;
  let listed = true;
  let answered: { readonly text: string; readonly at: number } | null = null;
  const comment = (text: string, at: number) => ({ text, lastModified: { seconds: String(Math.floor(at / 1000)) } });
  const review = () =>
    said && {
      reviewId: 'gp-mira',
      authorName: 'Mira T.',
      comments: [
        { userComment: { ...comment(said.text, said.at), starRating: said.stars, reviewerLanguage: 'en' } },
        ...(answered ? [{ developerComment: comment(answered.text, answered.at) }] : []),
      ],
    };
  let now = () => 0;
  const server = await loopback({
    'POST /token': signedIn,
    [path]: () => ({ json: listed ? { reviews: [review()] } : {} }),
    [`${path}/gp-mira`]: () => ({ json: review() }),
    [`POST ${path}/gp-mira:reply`]: ({ body }) => {
      answered = { text: String((JSON.parse(body) as { replyText: unknown }).replyText), at: now() };
      return { json: { result: { replyText: answered.text } } };
    },
  });
  return {
    server,
    says: (one: Review) => {
      said = one;
    },
    /** Lists hold the last days only. */
    forgets: () => {
      listed = false;
    },
    tellTime: (clock: () => number) => {
      now = clock;
    },
    answer: () => answered?.text ?? null,
  };
}

/** Zones, each with the Saturday before a night in which its clocks change: an hour back, an hour on, half an hour on, never. */
test.each([
  ['Europe/London', '2026-10-24'],
  ['America/New_York', '2026-03-07'],
  ['Australia/Lord_Howe', '2026-10-03'],
  ['Asia/Kolkata', '2026-10-24'],
])('in %s, with the night after %s inside', async (timezone, saturday) => {
  /** `-1 15:30`: so many days from that Saturday on, by the clock on the wall there. */
  const wall = (days: number, time: string) =>
    Temporal.PlainDate.from(saturday).add({ days }).toZonedDateTime({ timeZone: timezone, plainTime: time })
      .epochMilliseconds;
  const iso = (at: number) => new Date(at).toISOString();
  const play = await googlePlay();
  const here = house({ now: wall(-1, '15:30:00'), env: { GOOGLE_PLAY_KEY: keyFile, EARSHOT_JUDGE: 'fast' } });
  play.tellTime(here.clock.now);
  const within = { critical: '8h', high: '8h', normal: '8h', low: '8h' };
  here.settle(
    [
      {
        name: 'Blue Door',
        sources: { 'google-play': { packages: ['com.example.bluedoor'], baseUrl: play.server.url } },
      },
    ],
    {
      timezone,
      hours: { 'mon-fri': '09:00-17:00', sat: '10:00-14:00' },
      answerWithin: within,
      people: [{ name: 'Ana' }],
    },
  );
  const until = (days: number, time: string) => here.clock.advance(wall(days, time) - here.clock.now());
  const done = async (...argv: string[]) => {
    const said = await here.earshot(...argv);
    expect([said.code, said.err], argv.join(' ')).toEqual([0, expect.any(String)]);
    return said.out;
  };
  const shown = async () => parsed(await here.earshot('case', 'show', 'c1', '--json'), (out) => CaseInFull.parse(out));

  // Friday: it is heard an hour and a half before closing.
  play.says({
    stars: 2,
    text: 'Charged twice\tThe app took my money twice and nobody answers.',
    at: wall(-1, '15:00:00'),
  });
  expect((await here.collect()).map(({ outcome, flagged }) => [outcome, flagged])).toEqual([['complete', 1]]);
  // 1.5 hours on Friday, 4 on Saturday, then the night, and the rest on Monday.
  const firstDue = iso(wall(2, '11:30:00'));
  expect(await shown()).toMatchObject({
    state: 'new',
    turn: 'ours',
    dueAt: firstDue,
    openedAt: iso(wall(-1, '15:30:00')),
  });
  until(-1, '15:45:00');
  await done('case', 'take', 'c1', '--as', 'Ana');
  expect(await shown()).toMatchObject({ state: 'open', owner: 'Ana', dueAt: firstDue });

  // Monday: what should never be said is not sent; what is kind is, with a person's yes.
  until(2, '09:30:17');
  await here.earshot('reply', 'draft', 'c1', '--text', 'Unfortunately we were busy, Mira. Your money is back. Ana');
  const refused = await here.earshot('reply', 'send', 'c1', '--yes', '--as', 'Ana');
  expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('should never be said')]);
  expect(play.answer()).toBe(null);
  await done('reply', 'draft', 'c1', '--text', good);
  await done('reply', 'send', 'c1', '--yes', '--as', 'Ana', '--no-promise');
  expect(play.answer()).toBe(good);
  const answeredAfterMs = (1.5 + 4 + 0.5) * hour + 17_000;
  expect(await shown()).toMatchObject({
    state: 'answered',
    turn: 'theirs',
    clock: { oursMs: answeredAfterMs, answeredAfterMs, solveDueAt: null },
  });

  // Tuesday: the customer is angrier than before. What the answer itself changed there reopens nothing.
  until(3, '08:00:00');
  await here.collect();
  expect((await shown()).state).toBe('answered');
  play.says({
    stars: 1,
    text: 'Charged twice\tStill no money back! They lie to me. Worst app ever, never again, this is fraud.',
    at: wall(3, '09:00:00'),
  });
  until(3, '10:00:00');
  await here.collect();
  expect(await shown()).toMatchObject({ state: 'open', turn: 'ours', owner: 'Ana', dueAt: iso(wall(4, '10:00:00')) });

  // Fixed in the afternoon, to be asked back a week later; nothing runs meanwhile.
  until(3, '15:00:05');
  await done('case', 'fix', 'c1', '--cause', 'double charge', '--check-back', iso(wall(10, '09:00:00')), '--as', 'Ana');
  const oursMs = answeredAfterMs + 5 * hour + 5_000;
  expect(await shown()).toMatchObject({
    state: 'fixed',
    turn: 'theirs',
    dueAt: iso(wall(10, '09:00:00')),
    cause: 'double charge',
    clock: { oursMs, answeredAfterMs, solveDueAt: null },
  });

  // The stars rise; Google lists it no more, and it is seen when it is looked at again.
  play.forgets();
  play.says({
    stars: 5,
    text: 'Charged twice\tThey called me and paid everything back. Great people!',
    at: wall(6, '12:00:00'),
  });
  until(6, '16:00:00');
  await done('start', '--once');
  const end = await shown();
  expect(end).toMatchObject({
    state: 'won-back',
    turn: 'nobody',
    dueAt: null,
    closedAt: iso(wall(6, '16:00:00')),
    clock: { oursMs, answeredAfterMs, solveDueAt: null },
  });
  expect(end.events.map(({ kind, at, by }) => [kind, at, by])).toEqual([
    ['found', iso(wall(-1, '15:30:00')), 'earshot'],
    ['take', iso(wall(-1, '15:45:00')), 'Ana'],
    ['answered', iso(wall(2, '09:30:17')), 'Ana'],
    ['spoke-again', iso(wall(3, '10:00:00')), 'earshot'],
    ['fix', iso(wall(3, '15:00:05')), 'Ana'],
    ['won-back', iso(wall(6, '16:00:00')), 'earshot'],
  ]);
});
