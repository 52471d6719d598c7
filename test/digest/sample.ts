/** Invented mentions and digest rows that a test changes where it matters. */
import type { DigestRows } from '../../src/digest/digest.ts';
import type { MentionFace } from '../../src/face/mention.ts';
import type { WatchReport } from '../../src/insight/health.ts';

/** Saturday 21 November 2026, 08:00 in London. */
export const now = Date.parse('2026-11-21T08:00:00Z');

/** A complaint by Ana about a refund; `hurts` are words of its text that speak for a complaint. */
export function mention(
  change: Partial<MentionFace> & { readonly hurts?: readonly string[]; readonly likes?: readonly string[] } = {},
): MentionFace {
  const { hurts = [], likes = [], ...changed } = change;
  const text = changed.text ?? 'I am still waiting for my refund.';
  const quoted = (of: 'complaint' | 'sentiment') => (evidence: string) => ({
    of,
    rule: 'test',
    evidence,
    at: [text.indexOf(evidence), text.indexOf(evidence) + evidence.length] as [number, number],
    weight: 0.5,
    in: 'text' as const,
  });
  return {
    id: 17,
    brand: 'Blue Door Coffee',
    source: 'mastodon',
    externalId: 'https://mastodon.example/@ana/1',
    url: 'https://mastodon.example/@ana/1',
    place: null,
    places: [],
    author: { handle: 'ana@mastodon.example', name: 'Ana Diaz', url: null, followers: null },
    title: null,
    text,
    words: 'kept',
    language: 'en',
    publishedAt: '2026-11-20T19:40:00.000Z',
    firstSeenAt: '2026-11-20T19:45:00.000Z',
    rating: null,
    searchRank: null,
    answer: null,
    engagement: { likes: null, reposts: null, replies: null, views: null },
    relevance: { verdict: 'about', probability: 0.97 },
    sentiment: { label: 'negative', score: -0.6 },
    complaint: { verdict: 'complaint', probability: 0.9 },
    severity: 2,
    urgency: 'normal',
    topics: [],
    praise: changed.sentiment?.label === 'positive',
    resolved: false,
    case: null,
    accounts: 1,
    ...changed,
    reasons: changed.reasons ?? [...hurts.map(quoted('complaint')), ...likes.map(quoted('sentiment'))],
  };
}

export function caseOf(id: number, dueAt: string | null, state: 'new' | 'open' | 'fixed' = 'new'): MentionFace['case'] {
  return { id, state, owner: null, dueAt, snoozedUntil: null, promise: null, hint: null };
}

const dayMs = 86_400_000;

/** A place that was heard at 07:40 and had something new today. */
export function place(source: string, title: string, key: string, change: Partial<WatchReport> = {}): WatchReport {
  const heardAt = now - 20 * 60_000;
  return {
    watch: { source, key, scope: 'place', brands: ['blue-door-coffee'], quietAfterMs: 30 * dayMs },
    title,
    takesKey: true,
    firstRunAt: now - 90 * dayMs,
    lastGoodAt: heardAt,
    lastNewAt: heardAt,
    lastTriedAt: heardAt,
    fault: null,
    gapSince: null,
    note: null,
    listeningSince: null,
    gap: null,
    ...change,
  };
}

/** A place that has wanted a password since Tuesday. */
export function blind(source: string, title: string, key: string): WatchReport {
  const since = Date.parse('2026-11-17T14:00:00Z');
  const fault = { kind: 'not-allowed', message: 'It said 401.', retryAt: null, since } as const;
  return place(source, title, key, { fault, lastGoodAt: since - dayMs });
}

/** A place that was heard until it asked to be left alone for a while. */
export function slowed(source: string, title: string, key: string, since: number): WatchReport {
  const fault = { kind: 'slow-down', message: 'It said 429.', retryAt: now + 3_600_000, since } as const;
  return place(source, title, key, { fault, lastGoodAt: since - 3_600_000 });
}

export const blindReddit = blind('reddit', 'Reddit', 'r/coffee');

/** A calm day: five places heard, nobody said anything. */
export function rows(change: Partial<DigestRows> = {}): DigestRows {
  return {
    kind: 'digest',
    earshot: 'npx earshot',
    brandNames: ['Blue Door Coffee'],
    brandTitles: { 'blue-door-coffee': 'Blue Door Coffee' },
    recipient: 'owner@bluedoor.example',
    now,
    timezone: 'Europe/London',
    window: { from: now - 86_400_000, to: now },
    needsYou: [],
    unsure: [],
    praise: [],
    fresh: 0,
    places: [
      place('bluesky', 'Bluesky', 'search'),
      place('mastodon', 'Mastodon', 'https://mastodon.example #coffee'),
      place('app-store', 'App Store', '1404176564 jp'),
      place('reddit', 'Reddit', 'r/coffee'),
      place('feed', 'Feeds', 'https://leedsfood.example/feed.xml', { lastNewAt: now - 12.2 * dayMs }),
    ],
    leftOut: {},
    counts: {
      days: 7,
      now: { mentions: 0, complaints: 0, praise: 0, answered: 0 },
      before: { mentions: 0, complaints: 0, praise: 0, answered: 0 },
    },
    quietDays: 1,
    raised: [],
    sourceTitles: {
      bluesky: 'Bluesky',
      mastodon: 'Mastodon',
      'app-store': 'App Store',
      reddit: 'Reddit',
      feed: 'Feeds',
    },
    ...change,
  };
}

/** A day with a bit of everything, as the README's picture shows it. */
export function busyDay(): DigestRows {
  const refund =
    'Third week now. I ordered a gift box on 2 November for my mother’s birthday, it never came, the shop said “soon” twice, and I am still waiting for my refund. Nobody answers the phone and the card was charged twice on top of it. Never again, Blue Door Coffee, I used to tell everyone about you.';
  const cup = 'Found a piece of glass in my iced latte at Blue Door Coffee this morning. My daughter nearly drank it.';
  return rows({
    needsYou: [
      mention({
        id: 17,
        text: refund,
        hurts: ['still waiting for my refund', 'charged twice', 'Never again'],
        topics: ['refund'],
        urgency: 'high',
        case: caseOf(4, '2026-11-20T18:00:00.000Z'),
        author: { handle: 'ana@mastodon.example', name: 'Ana Diaz', url: null, followers: 4200 },
      }),
      mention({
        id: 21,
        source: 'bluesky',
        text: cup,
        hurts: ['a piece of glass', 'nearly drank it'],
        topics: ['safety'],
        urgency: 'critical',
        case: caseOf(6, '2026-11-21T10:00:00.000Z'),
        author: { handle: 'tom.example', name: 'Tom', url: null, followers: 310 },
        publishedAt: '2026-11-21T07:10:00.000Z',
      }),
      mention({
        id: 23,
        source: 'app-store',
        title: 'Points are gone',
        text: 'Since the update all my points are gone and the app asks me to sign in every single time. Wrote twice, no answer.',
        hurts: ['all my points are gone', 'no answer'],
        rating: { value: 1, scale: 5 },
        topics: ['bug'],
        case: caseOf(7, '2026-11-23T14:00:00.000Z'),
        author: { handle: 'latte_lover', name: null, url: null, followers: null },
        publishedAt: '2026-11-20T12:05:00.000Z',
      }),
    ],
    unsure: [
      mention({
        id: 25,
        source: 'reddit',
        text: 'Is the blue door place on Call Lane always this loud or was I unlucky?',
        hurts: ['always this loud'],
        complaint: { verdict: 'unsure', probability: 0.5 },
        relevance: { verdict: 'unsure', probability: 0.55 },
        author: { handle: 'u/leedswalker', name: null, url: null, followers: null },
      }),
    ],
    praise: [
      mention({
        id: 30,
        source: 'bluesky',
        text: 'Best flat white in Leeds, and they remembered my name. Blue Door Coffee, never change.',
        likes: ['Best flat white in Leeds'],
        sentiment: { label: 'positive', score: 0.9 },
        complaint: { verdict: 'none', probability: 0.02 },
        author: { handle: 'mia.example', name: 'Mia Okafor', url: null, followers: 90 },
      }),
      mention({
        id: 31,
        source: 'app-store',
        title: 'Lovely',
        text: 'Ordering ahead just works.',
        likes: ['just works'],
        rating: { value: 5, scale: 5 },
        sentiment: { label: 'positive', score: 0.7 },
        complaint: { verdict: 'none', probability: 0.02 },
        author: { handle: 'kenji', name: null, url: null, followers: null },
      }),
    ],
    fresh: 9,
    places: [blindReddit, ...rows().places.filter(({ watch }) => watch.source !== 'reddit')],
    leftOut: { other: 14, 'own-post': 3, 'no-match': 1203 },
    counts: {
      days: 7,
      now: { mentions: 23, complaints: 4, praise: 9, answered: 3 },
      before: { mentions: 15, complaints: 5, praise: 9, answered: 0 },
    },
    quietDays: 0,
  });
}
