/** `earshot report`, as the owner reads it and as scripts do; and what is told once in the daily mail. */

import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { RatingFace } from '../../src/face/rating.ts';
import { type FigureFace, ReportFace } from '../../src/face/report.ts';
import { blueDoor, type Desk, desk, words } from './desk.ts';

const dayMs = 86_400_000;

async function report(here: Desk, more = '') {
  const { code, out } = await here.earshot(`report --json ${more}`);
  expect(code).toBe(0);
  return ReportFace.parse(JSON.parse(out));
}

const cold = (who: string, at: string, more = '') => ({
  text: `The soup at Blue Door Coffee was cold and the waiter was rude.${more}`,
  author: { handle: who },
  publishedAt: at,
});

/** A place that is heard each day, as a file; `said` are its lines so far. */
function listening(here: Desk) {
  const lines: string[] = [];
  const file = join(here.folder, 'said.jsonl');
  writeFileSync(file, '');
  here.settle([{ name: blueDoor, sources: { file: { path: file } } }], {
    digest: { to: [{ address: 'owner@bluedoor.example', at: '08:00' }] },
  });
  return {
    say: (text: string) => {
      const publishedAt = new Date(here.clock.now() - 3_600_000).toISOString();
      const id = `f${lines.length}`;
      lines.push(JSON.stringify({ id, text, author: { handle: `guest-${id}` }, publishedAt }));
      writeFileSync(file, `${lines.join('\n')}\n`);
    },
    /** It can be read no more. */
    breaks: () => rmSync(file),
    day: async () => {
      expect(await here.earshot('collect')).toMatchObject({ code: 0 });
      here.clock.advance(dayMs);
    },
  };
}

test('an empty report says what it does not know yet', async () => {
  const here = desk();
  const { code, out, err } = await here.earshot('report', { columns: 80 });
  expect(code).toBe(0);
  expect(out).toContain('Blue Door Coffee, the last 30 days');
  expect(out).toContain('Baseline forming: nothing can be compared before');
  expect(err).toContain('npx earshot campaign');
  const { brands } = await report(here);
  expect(brands[0]).toMatchObject({ alarms: [], again: [], topics: [], causes: [], industry: [] });
  expect(brands[0]?.complaintShare).toMatchObject({ value: null, low: null, high: null, state: 'baseline forming' });
});

test('every figure has its range around it, and says whether it is enough', async () => {
  const here = desk();
  await here.hear(words.refund, words.cold, words.lovely, words.meeting);
  await here.earshot('case answered c1 --where phone');
  const figures: FigureFace[] = [];
  const walk = (part: unknown): void => {
    if (part === null || typeof part !== 'object') return;
    if ('basis' in part) figures.push(part as FigureFace);
    for (const child of Object.values(part)) walk(child);
  };
  const given = await report(here);
  walk(given);
  expect(figures.length).toBeGreaterThan(12);
  for (const { value, low, high } of figures) {
    if (value === null || low === null || high === null) continue;
    expect(low).toBeLessThanOrEqual(value);
    expect(high).toBeGreaterThanOrEqual(value);
  }
  expect(given.brands[0]).toMatchObject({
    complaintShare: { value: 0.5, basis: { complaints: 2, mentions: 4 }, state: 'baseline forming' },
    wordOfMouth: { balance: { value: 1 / 3, basis: { praise: 1, complaints: 2 } }, praise: { value: 1 } },
    answerTime: { basis: { answered: 1, late: 0, waiting: 1 }, state: 'baseline forming' },
    answeredInTime: { value: 1, basis: { inTime: 1 } },
    wonBack: { value: null, basis: { happy: 0, wonBack: 0, silent: 0, lost: 0 } },
  });
});

test('what is late and unanswered counts as late, and half of them late leave no median', async () => {
  const here = desk();
  await here.hear(words.refund, words.cold);
  here.clock.advance(10 * dayMs);
  const [brand] = (await report(here)).brands;
  expect(brand?.answerTime).toMatchObject({ value: null, basis: { answered: 0, late: 2, waiting: 0 } });
  expect(brand?.answeredInTime).toMatchObject({ value: 0, basis: { inTime: 0, late: 2 } });
  expect((await here.earshot('report', { columns: 80 })).out).toContain(
    'Unanswered        2 too late, 0 still in time',
  );
});

test('silence is neither happy nor lost', async () => {
  const here = desk();
  await here.hear(words.refund, words.cold, words.glass);
  await here.earshot('case happy c1 --proof thanks');
  await here.earshot(['case', 'lost', 'c2', '--proof', 'never again']);
  await here.earshot('case dismiss c3 --why joke');
  const [brand] = (await report(here)).brands;
  expect(brand?.wonBack).toMatchObject({ value: 0.5, basis: { happy: 1, wonBack: 0, silent: 0, lost: 1 } });
});

test('only one brand, only lately, and a wrong day is told', async () => {
  const here = desk();
  here.settle(['Blue Door Coffee', 'Red Gate Tea']);
  await here.hear(words.refund);
  expect((await report(here)).brands.map(({ brand }) => brand)).toEqual(['Blue Door Coffee', 'Red Gate Tea']);
  expect((await report(here, '--brand red-gate-tea')).brands).toHaveLength(1);
  expect((await report(here, '--since 2026-11-20')).brands[0]?.complaintShare.value).toBeNull();
  const wrong = await here.earshot('report --since whenever');
  expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('--since whenever is no date')]);
});

test('the same thing again: three customers, not three posts of one', async () => {
  const here = desk();
  await here.hear(
    cold('ana', '2026-11-09T12:00:00Z'),
    cold('ana', '2026-11-10T12:00:00Z', ' Again!'),
    cold('tom', '2026-11-14T12:00:00Z', ' Pity.'),
  );
  expect((await report(here)).brands[0]?.again).toEqual([]);
  await here.hear(cold('mia', '2026-11-19T12:00:00Z', ' Never mind.'));
  const [brand] = (await report(here)).brands;
  expect(brand?.again).toHaveLength(1);
  expect(brand?.again[0]).toMatchObject({ kind: 'topic', times: 3, since: '2026-11-09T12:00:00.000Z' });
  expect(brand?.again[0]?.mentions).toHaveLength(3);
  expect((await here.earshot('report', { columns: 80 })).out).toMatch(/, third time since 9 Nov: m\d+, m\d+, m\d+\./);
});

test('told once in the daily mail, and again only when it is new again', async () => {
  const here = desk();
  here.settle([blueDoor], { digest: { to: [{ address: 'owner@bluedoor.example', at: '08:00' }] } });
  await here.earshot('digest');
  const mailed = () => {
    const folder = join(here.folder, 'outbox');
    const last =
      readdirSync(folder)
        .filter((file) => file.endsWith('.html'))
        .toSorted()
        .at(-1) ?? '';
    return readFileSync(join(folder, last), 'utf8');
  };
  here.clock.advance(dayMs);
  await here.hear(
    cold('ana', '2026-11-10T12:00:00Z'),
    cold('tom', '2026-11-14T12:00:00Z', ' Pity.'),
    cold('mia', '2026-11-19T12:00:00Z', ' Well.'),
  );
  await here.earshot('digest');
  expect(mailed()).toContain('third time since 10 Nov.');
  here.clock.advance(dayMs);
  await here.earshot('digest');
  expect(mailed()).not.toContain('time since');
  here.clock.advance(20 * dayMs);
  const late = (who: string, day: number) => cold(who, `2026-12-0${day}T12:00:00Z`, ` ${who}`);
  await here.hear(late('eva', 5), late('jo', 6), late('kim', 7));
  await here.earshot('digest');
  expect(mailed()).toContain('third time since 5 Dec.');
});

test('praise that fell is told with what is usual, in report, mail and campaign', async () => {
  const here = desk();
  const place = listening(here);
  for (let day = 0; day < 75; day += 1) {
    if (day < 45 && day % 2 === 0)
      place.say(`Lovely cakes at Blue Door Coffee, the best brunch in Leeds, day ${day}. Thank you!`);
    if (day % 15 === 0 || day >= 73) await place.day();
    else here.clock.advance(dayMs);
  }
  await place.day();
  const [brand] = (await report(here)).brands;
  expect(brand?.wordOfMouth).toMatchObject({ praise: { value: 0, state: 'ok' }, notCounted: [] });
  expect(brand?.alarms[0]).toMatchObject({ kind: 'fall', count: 0 });
  const { out } = await here.earshot('report', { columns: 80 });
  expect(out).toMatch(/Nobody praises you any more: none in the last \d+ days, you usually have \d+\n?\s?\(/);
  const campaign = await here.earshot('campaign', { columns: 80 });
  expect([campaign.code, campaign.out]).toEqual([1, expect.stringContaining('Not yet. Nobody praises you any more')]);
  expect((await here.earshot('digest --print')).out).toContain('Nobody praises you any more');
});

test('silence of a place that cannot be read is no fall of praise', async () => {
  const here = desk();
  const place = listening(here);
  for (let day = 0; day < 45; day += 1) {
    if (day % 2 === 0) place.say(`Lovely cakes at Blue Door Coffee, the best brunch in Leeds, day ${day}. Thank you!`);
    if (day % 15 === 0 || day === 44) await place.day();
    else here.clock.advance(dayMs);
  }
  place.breaks();
  here.clock.advance(30 * dayMs);
  expect((await here.earshot('collect')).code).toBe(1);
  const [brand] = (await report(here)).brands;
  expect(brand).toMatchObject({ alarms: [], wordOfMouth: { praise: { state: 'baseline forming' }, heardDays: 0 } });
  expect(brand?.wordOfMouth.notCounted).toHaveLength(1);
  expect((await here.earshot('campaign')).out).not.toContain('praise');
});

test('beside rivals and the trade', async () => {
  const here = desk();
  here.settle([{ name: blueDoor, rivals: ['Red Door Coffee'] }], {
    industry: [
      { figure: 'complaint-share', value: '12%', source: 'Café Association', date: '2026-06-01' },
      { figure: 'stars', value: 4.2, source: 'Café Association', date: '2026-06-01' },
      { figure: 'answer-time', value: '6h', source: 'Café Association', date: '2026-06-01' },
    ],
  });
  await here.hear(words.cold, words.lovely);
  await here.earshot('rating 4.4 --at Google --count 200');
  const kept = await here.earshot(['rating', '4.6', '--at', 'Google', '--count', '90', '--rival', 'red door coffee']);
  expect(kept).toMatchObject({ code: 0, err: expect.stringContaining('Red Door Coffee beside you') });
  const unknown = await here.earshot(['rating', '4.6', '--at', 'Google', '--rival', 'Green Door']);
  expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining('There are: Red Door Coffee')]);
  const [brand] = (await report(here)).brands;
  expect(brand?.sideBySide).toMatchObject([
    { name: blueDoor, own: true, stars: [{ value: 4.4, basis: { ratings: 200 }, state: 'ok' }] },
    { name: 'Red Door Coffee', own: false, stars: [{ value: 4.6, basis: { ratings: 90 } }] },
  ]);
  expect(brand?.industry).toMatchObject([
    { figure: 'complaint-share', value: 0.12, date: '2026-06-01', ours: { value: 0.5 } },
    { figure: 'stars', value: 4.2, ours: { value: 4.4 } },
    { figure: 'answer-time', value: 6 * 3_600_000, ours: { value: null } },
  ]);
  const { out } = await here.earshot('report', { columns: 80 });
  expect(out).toContain('you 50 %, the trade 12 %');
  for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
});

test('a wrong figure of the trade is told with what to write', async () => {
  const here = desk();
  here.settle([blueDoor], {
    industry: [{ figure: 'complaint-share', value: 'many', source: 'x', date: '2026-06-01' }],
  });
  const { code, err, out } = await here.earshot('check');
  expect(code).not.toBe(0);
  expect(`${out}${err}`).toContain('write a share, as in 12%');
});

test.each([
  ['212', 212],
  ['1.240', 1240],
  ['1,240', 1240],
  ['1240', 1240],
])('of %s ratings', async (given, count) => {
  const here = desk();
  const { out } = await here.earshot(`rating 4.4 --at Google --count ${given} --json`);
  expect(JSON.parse(out)).toMatchObject([{ count }]);
});

test('one day is the last day', async () => {
  const here = desk();
  await here.hear(words.cold);
  const { out } = await here.earshot('report --since 1d');
  expect(out).toContain('Blue Door Coffee, the last day\n');
  expect(out).not.toMatch(/1 days?\b/);
});

test('rating --json, with the figure of the month before', async () => {
  const here = desk();
  await here.earshot('rating 4.4 --at Google --count 200');
  here.clock.advance(20 * 86_400_000);
  const { out } = await here.earshot('rating 4.6 --at Google --json');
  expect(z.array(RatingFace).parse(JSON.parse(out))).toEqual(JSON.parse(out));
  expect(JSON.parse(out)).toMatchObject([{ value: 4.6, count: null, before: { value: 4.4, count: 200 } }]);
});

test.each(['1e99', '-5', '4.5', '1.24', 'many'])('%s is no number of ratings', async (given) => {
  const { code, err } = await desk().earshot(`rating 4.4 --at Google --count ${given}`);
  expect([code, err]).toEqual([2, `--count ${given} is no number of ratings; write it as in --count 212.\n`]);
});
