/** What Google finds on the web about the words of an alert, from the alert's own feed. */
import { z } from 'zod';
import { dayMs, hourMs } from '../clock.ts';
import { Fault } from '../net/fault.ts';
import type { RawAnswer } from '../net/http.ts';
import { isGoogleAlert, shownAddress } from './feed-address.ts';
import { feedPosts } from './feed-posts.ts';
import { webAddress } from './options.ts';
import { defineSource } from './source.ts';

const Options = z.strictObject({
  urls: z
    .array(
      webAddress().refine(isGoogleAlert, {
        error: 'should be an alert’s feed: https://www.google.com/alerts/feeds/ and two numbers',
        abort: true,
      }),
    )
    .min(1)
    .describe(
      'Addresses of your alerts’ feeds. At google.com/alerts choose “Deliver to: RSS feed”, then copy the address behind the feed sign. Whoever knows it can read the alert: treat it like a password.',
    ),
});

interface At {
  readonly url: string;
}

export const googleAlerts = defineSource({
  id: 'google-alerts',
  title: 'Google Alerts',
  kind: 'articles',
  suits: ['restaurant', 'shop', 'service', 'web-shop', 'software', 'other'],
  home: 'https://www.google.com/alerts',
  docs: 'https://support.google.com/websearch/answer/4815696',
  hears: 'what Google newly finds about you',
  about:
    'Reads what Google newly finds about you on the web, from alerts that you create in two minutes at google.com/alerts ' +
    'and that are delivered as a feed. An article that also comes by mail or by another feed is told once.',
  access: 'open',
  keeps: 'everything',
  order: 'unordered',
  pace: [{ requests: 10, perSeconds: 60 }],
  // An alert shows its newest 20 or so and forgets the others.
  cron: '10 * * * *',
  overlapMs: 24 * hourMs,
  quietAfterMs: 30 * dayMs,
  options: Options,
  example: { urls: ['https://www.google.com/alerts/feeds/01234567890123456789/9876543210987654321'] },
  secrets: {},

  looks: ({ urls }): { key: string; scope: 'place'; at: At }[] =>
    [...new Set(urls)].map((url) => ({ key: shownAddress(url), scope: 'place', at: { url } })),

  async *collect({ at, http, signal }) {
    signal.throwIfAborted();
    const answer = await http.feed(at.url, { refused });
    if (answer === null) {
      yield { posts: [] };
      return;
    }
    const read = feedPosts(answer.body, at.url);
    // A deleted alert may answer like one that has found nothing yet.
    yield answer.body.items.length === 0 ? { ...read, note: emptyAlert } : read;
  },
});

const emptyAlert =
  'This alert is empty: Google has found nothing for it yet, or it was deleted. If that goes on, look whether google.com/alerts still lists it.';

function refused({ status }: RawAnswer): Fault | undefined {
  if (status !== 404 && status !== 410) return undefined;
  return new Fault(
    'gone',
    'This Google Alert is no longer there. Create it anew at google.com/alerts with “Deliver to: RSS feed”, and put the new address into `google-alerts.urls`.',
  );
}
