/** The queue: what lies in it, and in which order. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type CaseState,
  type ComplaintVerdict,
  closedStates,
  type RelevanceVerdict,
  urgencies,
} from '../../src/mention.ts';
import { saveBrands } from '../../src/store/brands.ts';
import type { CaseColumns } from '../../src/store/case-rows.ts';
import { appendEvents, createCases } from '../../src/store/cases.ts';
import { countMentions } from '../../src/store/counts.ts';
import { addMarks, withdrawMarks } from '../../src/store/marks.ts';
import { countListed, listMentionIds, listMentions, type MentionFilter } from '../../src/store/mention-list.ts';
import { updateFindings } from '../../src/store/mentions.ts';
import type { Store } from '../../src/store/store.ts';
import { aPost, aStore, day, type Heard, hear, noon, someFindings } from './a-store.ts';

const hour = 3_600_000;

async function save(store: Store, heard: readonly Heard[], seenAt = noon): Promise<number[]> {
  const { mentions } = await store.write('hear', (tx) => hear(tx, heard, { seenAt }));
  return mentions.map(({ id }) => id);
}

function list(store: Store, filter: Partial<MentionFilter> = {}): Promise<number[]> {
  return store.read('list', (tx) => listMentionIds(tx, { pile: 'flagged', limit: 0, ...filter }));
}

function found(
  more: { relevance?: RelevanceVerdict; complaint?: ComplaintVerdict; urgency?: (typeof urgencies)[number] } = {},
) {
  return someFindings({
    relevance: { verdict: more.relevance ?? 'about', probability: 0.9 },
    complaint: { verdict: more.complaint ?? 'complaint', probability: 0.9 },
    urgency: more.urgency ?? 'normal',
  });
}

function columns(more: Partial<CaseColumns> = {}): CaseColumns {
  return {
    state: 'new',
    owner: null,
    dueAt: null,
    snoozedUntil: null,
    closedAt: null,
    remainingMs: null,
    urgency: 'normal',
    ...more,
  };
}

async function openCase(store: Store, mentionIds: readonly [number, ...number[]], more: Partial<CaseColumns> = {}) {
  const event = { kind: 'found', at: noon, by: 'earshot', details: {} };
  const draft = { brandId: 'blue', openedAt: noon, mentionIds, columns: columns(more), events: [event] };
  const [id] = await store.write('open', (tx) => createCases(tx, [draft]));
  return id ?? 0;
}

function close(store: Store, caseId: number, state: CaseState = 'happy') {
  const event = { kind: 'happy', at: noon + hour, by: 'Ana', details: {} };
  return store.write('close', (tx) =>
    appendEvents(tx, [{ caseId, event, after: columns({ state, owner: 'Ana', closedAt: noon + hour }) }]),
  );
}

describe('the piles', () => {
  const verdicts: [RelevanceVerdict, ComplaintVerdict, 'flagged' | 'unsure' | null][] = [
    ['about', 'complaint', 'flagged'],
    ['unsure', 'complaint', 'flagged'],
    ['other', 'complaint', null],
    ['about', 'unsure', 'unsure'],
    ['unsure', 'unsure', 'unsure'],
    ['other', 'unsure', null],
    ['about', 'none', null],
    ['unsure', 'none', null],
  ];
  test.each(verdicts)('%s and %s lies on %s; --all shows it anyway', async (relevance, complaint, pile) => {
    const store = await aStore();
    const [id] = await save(store, [{ post: aPost(), findings: found({ relevance, complaint }) }]);
    expect(await list(store)).toEqual(pile === 'flagged' ? [id] : []);
    expect(await list(store, { pile: 'unsure' })).toEqual(pile === 'unsure' ? [id] : []);
    expect(await list(store, { pile: 'all' })).toEqual([id]);
  });

  test('history, what is set aside and brands that left the config are not in the queue', async () => {
    const store = await aStore();
    const [old, aside, red] = await save(store, [
      { post: aPost(), history: true },
      { post: aPost() },
      { post: aPost(), brandId: 'red' },
    ]);
    await store.write('aside', (tx) =>
      updateFindings(tx, [{ mentionId: aside ?? 0, findings: found(), setAside: 'own-post' }]),
    );
    await store.write('brands', (tx) => saveBrands(tx, [{ id: 'blue', name: 'Blue', fingerprint: 'b1' }], noon));
    expect(await list(store)).toEqual([]);
    expect(await list(store, { pile: 'all' })).toEqual([old]);
    expect(await list(store, { brandIds: ['red'] })).toEqual([red]);
  });

  test('a case keeps its first mention in the queue until it is closed, whatever we come to think', async () => {
    const store = await aStore();
    const ids = await save(store, [{ post: aPost() }, { post: aPost(), findings: found({ complaint: 'none' }) }]);
    const [first = 0, second = 0] = ids;
    const caseId = await openCase(store, [first, second]);
    await store.write('judge', (tx) =>
      updateFindings(tx, [{ mentionId: first, findings: found({ complaint: 'none' }), setAside: null }]),
    );
    expect(await list(store)).toEqual([first]);
    await close(store, caseId);
    expect(await list(store)).toEqual([]);
    expect(await list(store, { state: 'happy' })).toEqual([first, second]);
    expect(await list(store, { state: 'new' })).toEqual([]);
  });

  test.each(closedStates)('a case that is %s is not in the queue', async (state) => {
    const store = await aStore();
    const [id = 0] = await save(store, [{ post: aPost() }]);
    await close(store, await openCase(store, [id]), state);
    expect(await list(store)).toEqual([]);
  });

  test('what is unsure stands with the likeliest complaint first, also after it was judged again', async () => {
    const store = await aStore();
    const unsure = (probability: number) => ({
      ...found({ complaint: 'unsure' }),
      complaint: { verdict: 'unsure' as const, probability },
    });
    const [faint = 0, likely = 0, middling = 0] = await save(
      store,
      [0.26, 0.44, 0.35].map((probability) => ({ post: aPost(), findings: unsure(probability) })),
    );
    expect(await list(store, { pile: 'unsure' })).toEqual([likely, middling, faint]);
    expect(await list(store, { pile: 'unsure', after: likely })).toEqual([middling, faint]);
    await store.write('judge', (tx) =>
      updateFindings(tx, [{ mentionId: faint, findings: unsure(0.4), setAside: null }]),
    );
    expect(await list(store, { pile: 'unsure' })).toEqual([likely, faint, middling]);
  });

  test('a case that Earshot withdrew leaves its mention where the findings put it', async () => {
    const store = await aStore();
    const [id = 0] = await save(store, [{ post: aPost(), findings: found({ complaint: 'unsure' }) }]);
    const caseId = await openCase(store, [id]);
    const event = { kind: 'withdrawn', at: noon + hour, by: 'earshot', details: {} };
    const after = columns({ state: 'dismissed', closedAt: noon + hour });
    await store.write('withdraw', (tx) => appendEvents(tx, [{ caseId, event, after }]));
    expect(await list(store)).toEqual([]);
    expect(await list(store, { pile: 'unsure' })).toEqual([id]);
  });

  test('what a person marked goes before what we found, until it is taken back', async () => {
    const store = await aStore();
    const [calm = 0, hot = 0] = await save(store, [
      { post: aPost(), findings: found({ complaint: 'none' }) },
      { post: aPost() },
    ]);
    const mark = (mentionId: number, kind: 'complaint' | 'no-complaint' | 'not-us') => ({
      mentionId,
      kind,
      by: 'Ana',
      at: noon,
    });
    await store.write('mark', (tx) => addMarks(tx, [mark(calm, 'complaint'), mark(hot, 'no-complaint')]));
    expect(await list(store)).toEqual([calm]);
    await store.write('judge', (tx) =>
      updateFindings(
        tx,
        [calm, hot].map((mentionId) => ({ mentionId, findings: found(), setAside: null })),
      ),
    );
    expect(await list(store)).toEqual([calm]);
    await store.write('mark', (tx) => addMarks(tx, [mark(calm, 'not-us')]));
    expect(await list(store)).toEqual([]);
    await store.write('undo', (tx) => withdrawMarks(tx, [mark(calm, 'not-us'), mark(hot, 'no-complaint')]));
    expect(await list(store)).toEqual([calm, hot]);
  });
});

describe('the order', () => {
  test('is urgency, then what is due first, then id', async () => {
    const store = await aStore();
    const heard = ['low', 'critical', 'normal', 'normal', 'normal'] as const;
    const [low = 0, critical = 0, early = 0, due = 0, twin = 0] = await save(
      store,
      heard.map((urgency) => ({ post: aPost(), findings: found({ urgency }) })),
    );
    await openCase(store, [due], { dueAt: noon - hour });
    expect(await list(store)).toEqual([critical, due, early, twin, low]);
    await store.write('mark', (tx) => addMarks(tx, [{ mentionId: low, kind: 'urgent', by: 'Ana', at: noon }]));
    expect(await list(store)).toEqual([low, critical, due, early, twin]);
  });

  test('of all is newest first, by when it was said', async () => {
    const store = await aStore();
    const heard = [noon - 3 * day, noon - day, null].map((publishedAt) => ({ post: aPost({ publishedAt }) }));
    const [old, recent, unknown] = await save(store, heard);
    expect(await list(store, { pile: 'all' })).toEqual([unknown, recent, old]);
  });

  test('goes on after any mention without losing or repeating one', async () => {
    const store = await aStore();
    const findings = urgencies.map((urgency) => found({ urgency }));
    const heard = Array.from({ length: 24 }, (_, at) => ({
      post: aPost({ publishedAt: noon - (at % 5) * day }),
      findings: findings[at % 4] ?? found(),
    }));
    await save(store, heard);
    for (const pile of ['flagged', 'all'] as const) {
      const whole = await list(store, { pile });
      expect(whole).toHaveLength(24);
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: 9 }), async (limit) => {
          const pieces: number[] = [];
          for (;;) {
            const after = pieces.at(-1);
            const page = await list(store, { pile, limit, ...(after === undefined ? {} : { after }) });
            pieces.push(...page);
            if (page.length < limit) break;
          }
          expect(pieces).toEqual(whole);
        }),
        { numRuns: 9 },
      );
    }
    expect(await list(store, { after: 9_999 })).toEqual([]);
  });
});

describe('the filters', () => {
  test('source (of any place), since, search, brand, limit; and counting agrees', async () => {
    const store = await aStore();
    const origin = 'https://home.example/9';
    const [two, old, red] = await save(store, [
      { post: aPost({ source: 'mastodon', origin, text: 'Cold cake' }) },
      { post: aPost({ publishedAt: noon - 20 * day, text: 'Cold coffee' }) },
      { post: aPost({ text: 'Cold tea' }), brandId: 'red' },
    ]);
    await save(store, [{ post: aPost({ source: 'lemmy', origin, text: 'Cake, cold' }) }]);
    const filters: [Partial<MentionFilter>, (number | undefined)[]][] = [
      [{}, [two, old, red]],
      [{ source: 'mastodon' }, [two]],
      [{ source: 'lemmy' }, [two]],
      [{ source: 'reddit' }, []],
      [{ since: noon - 2 * day }, [two, red]],
      [{ search: 'cold' }, [two, old, red]],
      [{ search: 'coffee', pile: 'all' }, [old]],
      [{ brandIds: ['red'] }, [red]],
      [{ brandIds: [] }, []],
    ];
    for (const [filter, ids] of filters) {
      expect(await list(store, filter), JSON.stringify(filter)).toEqual(ids);
      expect(await store.read('count', (tx) => countListed(tx, { pile: 'flagged', ...filter }))).toBe(ids.length);
    }
    expect(await list(store, { limit: 2 })).toEqual([two, old]);
    const rows = await store.read('rows', (tx) => listMentions(tx, { pile: 'flagged', limit: 1 }));
    expect(rows[0]?.places.map(({ source }) => source)).toEqual(['mastodon', 'lemmy']);
  });
});

test('counts are by brand, source and verdict, with what people said first', async () => {
  const store = await aStore();
  const [marked = 0] = await save(store, [
    { post: aPost() },
    { post: aPost() },
    { post: aPost({ source: 'feed', publishedAt: noon - 9 * day }), findings: found({ complaint: 'none' }) },
    { post: aPost(), brandId: 'red', history: true },
  ]);
  await store.write('mark', (tx) => addMarks(tx, [{ mentionId: marked, kind: 'no-complaint', by: 'Ana', at: noon }]));
  const count = (more: { from: number; to: number; by: 'seen' | 'said' }) =>
    store.read('count', (tx) => countMentions(tx, more));
  const same = { relevance: 'about', sentiment: 'negative', praise: false };
  expect(await count({ from: noon, to: noon + 1, by: 'seen' })).toEqual([
    { ...same, brandId: 'blue', source: 'bluesky', complaint: 'complaint', history: false, count: 1 },
    { ...same, brandId: 'blue', source: 'bluesky', complaint: 'none', history: false, count: 1 },
    { ...same, brandId: 'blue', source: 'feed', complaint: 'none', history: false, count: 1 },
    { ...same, brandId: 'red', source: 'bluesky', complaint: 'complaint', history: true, count: 1 },
  ]);
  expect(await count({ from: noon - 10 * day, to: noon - 5 * day, by: 'said' })).toMatchObject([
    { source: 'feed', count: 1 },
  ]);
  expect(await count({ from: noon + 1, to: noon + day, by: 'seen' })).toEqual([]);
});
