/** What stands out: its sentences and posts, near the top, in text and HTML. */
import { expect, test } from 'vitest';
import { compose } from '../../src/digest/compose.ts';
import type { NewsRow } from '../../src/digest/news.ts';
import { renderHtml } from '../../src/digest/render-html.ts';
import { renderText } from '../../src/digest/render-text.ts';
import { busyDay, mention, now, rows } from './sample.ts';

const dayMs = 86_400_000;
const brandTitle = 'Blue Door Coffee';
const usual = { value: 11.2, low: 7, high: 15 };
const fall: NewsRow = {
  brandTitle,
  posts: [],
  kind: 'fall',
  days: 30,
  count: 4,
  usual,
  topics: [],
  places: ['reddit'],
};
const spike: NewsRow = {
  ...{ brandTitle, kind: 'spike', days: 1, count: 9, usual: { value: 0.3, low: 0, high: 2 } },
  ...{ topics: ['delivery'], places: ['app-store'], posts: [mention({ id: 40, text: 'Where is my cake?' })] },
};
const again: NewsRow = {
  ...{ brandTitle, kind: 'again', name: 'cold food', times: 3, since: now - 12 * dayMs },
  posts: [
    mention({ id: 41, text: 'Cold soup <b>again</b>' }),
    mention({ id: 42 }),
    mention({ id: 43, url: 'javascript:alert(1)' }),
  ],
};
const back: NewsRow = {
  ...{ brandTitle, kind: 'back', posts: [], cause: 'cold food', what: 'new heat lamps', at: now - 20 * dayMs },
  ...{ state: 'back', watchedUntil: now + 40 * dayMs, back: [12] },
};
const told = (...news: NewsRow[]) => compose(rows({ news }));

test('each says what happened, what is usual and where', () => {
  expect(told(fall, spike, again, back).news.lines.map(({ say }) => say)).toEqual([
    'Many complaints at once: 9 in the last 24 hours, you usually have none (up to 2). Mostly about delivery, on App Store.',
    'Praise fell: 4 in the last 30 days, you usually have 11 (7 to 15). Mostly missing on Reddit.',
    'They said “cold food”. You did: new heat lamps (1 Nov). It is back: c12.',
  ]);
  expect(told(again).news.lines[0]?.say).toBe('Cold food, third time since 9 Nov.');
});

test('three at most, with how to see the others', () => {
  expect(told(fall, spike, back).news.more).toBeNull();
  expect(told(fall, spike, again, back).news.more).toEqual({ say: 'and 1 more', command: 'npx earshot report' });
});

test('the subject does not say that nothing is new', () => {
  expect(told(fall).headline).toBe('Praise fell; nothing else is new');
  expect(told(spike).headline).toMatch(/^Many complaints at once; /);
  expect(compose({ ...busyDay(), news: [fall] }).headline).toBe('3 complaints need you');
});

test('stands behind what needs an answer and before all else, in text and HTML', () => {
  const digest = compose({ ...busyDay(), news: [again] });
  for (const text of [renderText(digest).toLowerCase(), renderHtml(digest).toLowerCase()]) {
    const at = ['needs you</h2>', 'what stands out', 'not sure: please look'].map((part) =>
      text.lastIndexOf(text.includes(part) ? part : 'needs you\n'),
    );
    expect(at.toSorted((one, other) => one - other)).toEqual(at);
    expect(Math.min(...at)).toBeGreaterThan(0);
  }
});

test('hostile posts stay words, and only addresses of the web are links', () => {
  const digest = told(again);
  const page = renderHtml(digest);
  expect(page).toContain('Cold soup &lt;b&gt;again&lt;/b&gt;');
  expect(page).not.toContain('javascript:');
  const text = renderText(digest);
  for (const line of text.split('\n')) if (!line.includes('https://')) expect(line.length).toBeLessThanOrEqual(78);
  expect(text).toContain('m41: “Cold soup <b>again</b>”');
});

test('of several brands each is named', () => {
  const digest = compose(rows({ news: [again], brandNames: ['Blue Door Coffee', 'Red Gate Tea'] }));
  expect(digest.news.lines[0]?.say).toBe('Blue Door Coffee: Cold food, third time since 9 Nov.');
});
