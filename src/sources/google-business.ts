/** Reviews of the owner's own places on Google, read with the account that manages them. */
import { z } from 'zod';
import { hourMs } from '../clock.ts';
import type { PlaceRating } from '../mention.ts';
import { Fault } from '../net/fault.ts';
import { type Asking, allPlaces, asking, listOf, type Place, pages, placesOf } from './google-business-places.ts';
import { answer, reviewAgain, stands } from './google-business-reply.ts';
import { Review, reviewsHome, toPost } from './google-business-reviews.ts';
import { oauth } from './oauth.ts';
import { baseUrl, digits } from './options.ts';
import { readItems } from './read-items.ts';
import { defineSource, type Page } from './source.ts';
import { timeOf } from './values.ts';

const pageSize = 50;

const Options = z.strictObject({
  locations: z
    .array(digits('should be the number of a location, as `npx earshot status` shows it'))
    .default([])
    .describe('Numbers of the places whose reviews are read; all that your account manages where none is given.'),
  baseUrl: baseUrl('https://mybusiness.googleapis.com'),
});

const steps = [
  'Ask Google for access, once: open https://support.google.com/business/contact/api_default, choose “Application for Basic API Access”, and wait some days. The profile of your business must be 60 days old.',
  'At https://console.cloud.google.com, in the project for which you asked, open “APIs & Services”, then “Library”, and switch on “My Business Account Management API”, “My Business Business Information API” and “Google My Business API”.',
  'Under “Google Auth Platform”, “Audience”, press “Publish app”: otherwise the connection ends every seven days.',
  'Under “Clients” make one of the kind “Desktop app”, and copy its client ID and its client secret.',
  'Type `npx earshot connect google-business`, with an account that is owner or manager of your places: only those may answer.',
];
const secrets = {
  clientId: {
    env: 'GOOGLE_BUSINESS_CLIENT_ID',
    about: 'The “Client ID” of your own app at Google.',
  },
  clientSecret: {
    env: 'GOOGLE_BUSINESS_CLIENT_SECRET',
    about: 'The “Client secret” that Google shows beside it once.',
  },
} as const;

const way = oauth({
  id: 'google-business',
  title: 'Google Business Profile',
  agree: 'https://accounts.google.com/o/oauth2/v2/auth',
  token: 'https://oauth2.googleapis.com/token',
  scopes: ['https://www.googleapis.com/auth/business.manage'],
  saysWho: 'form',
  pkce: true,
  // Without both, Google hands out nothing to renew the connection with.
  asks: { access_type: 'offline', prompt: 'consent' },
  returnsTo: 'http://127.0.0.1/',
  manage: 'https://myaccount.google.com/connections',
  lastsSeconds: 3600,
});

const Reviews = listOf({
  reviews: z.array(z.unknown()).nullish(),
  averageRating: z.number().min(0).max(5).nullish().catch(null),
  totalReviewCount: z.int().nonnegative().nullish().catch(null),
});

interface At {
  /** Null: all that the account manages. */
  readonly location: string | null;
}

export const googleBusiness = defineSource({
  id: 'google-business',
  title: 'Google Business Profile',
  kind: 'reviews',
  suits: ['restaurant', 'shop', 'service', 'other'],
  home: 'https://business.google.com/reviews',
  docs: 'https://developers.google.com/my-business/reference/rest/v4/accounts.locations.reviews',
  about:
    'Reads all reviews of your own places on Google, with the account that manages them. Google has to approve you for it first, once and free of charge.',
  hears: 'all reviews of your own places',
  access: 'own-account',
  keeps: 'everything',
  order: 'unordered',
  pace: [{ requests: 300, perSeconds: 60 }],
  cron: '15 * * * *',
  overlapMs: 24 * hourMs,
  quietAfterMs: 30 * 24 * hourMs,
  options: Options,
  example: { locations: [] },
  secrets,
  steps,
  ...way,

  looks: ({ locations }): { key: string; scope: 'brand'; certain: true; at: At }[] =>
    (locations.length === 0 ? [null] : [...new Set(locations)]).map((location) => ({
      key: location === null ? 'your places' : `location ${location}`,
      scope: 'brand',
      certain: true,
      at: { location },
    })),

  async *collect({ at, options, session, since, http, signal }) {
    const ask = asking(http, options, session?.token ?? '');
    let found = false;
    for await (const place of placesOf(ask, at.location === null ? [] : [at.location], signal)) {
      found = true;
      yield* reviewsOf(ask, place, since, signal);
    }
    if (found) return;
    if (at.location === null) yield { posts: [], note: 'The account you connected manages no place on Google.' };
    else {
      throw new Fault(
        'gone',
        `The account you connected does not manage location ${at.location}. Compare \`google-business.locations\` with the numbers at business.google.com.`,
      );
    }
  },

  async *recheck({ options, session, posts, http, signal }) {
    const ask = asking(http, options, session?.token ?? '');
    const places = await allPlaces(ask, options.locations, signal);
    for (const post of posts) {
      signal.throwIfAborted();
      const page = await reviewAgain(ask, places, post);
      if (page) yield page;
    }
  },

  repeatable: true,
  reply: ({ options, session, http, ...wish }) => answer(asking(http, options, session?.token ?? ''), options, wish),
  replied: ({ options, session, http, ...wish }) => stands(asking(http, options, session?.token ?? ''), options, wish),
  speaksAs: async ({ post }) => post.place,
});

async function* reviewsOf(ask: Asking, place: Place, since: number, signal: AbortSignal): AsyncGenerator<Page> {
  const seen = new Set<string>();
  const query = { pageSize, orderBy: 'updateTime desc' };
  const address = `${reviewsHome}${place.path}/reviews`;
  let ratings: readonly PlaceRating[] | null = null;
  for await (const page of pages((pageToken) => ask(address, Reviews, { ...query, pageToken }), signal)) {
    const { body } = page;
    let rejected = 0;
    let old = true;
    const { posts, unreadable } = readItems(body.reviews ?? [], 'reviews', Review, (review) => {
      old &&= (timeOf(review.updateTime ?? review.createTime) ?? since) < since;
      if (review.reviewReply?.state === 'REJECTED') rejected += 1;
      return seen.has(review.reviewId) ? null : toPost(review, place);
    });
    for (const { externalId } of posts) seen.add(externalId);
    const further = page.more && !(old && (body.reviews ?? []).length > 0);
    ratings ??= ratingsOf(body, place);
    yield {
      posts,
      unreadable,
      ratings,
      capped: further && page.isLast,
      ...(rejected > 0 ? { note: `Google has turned down ${rejected} of your answers at ${place.title}.` } : {}),
    };
    ratings = [];
    if (!further) return;
  }
}

function ratingsOf({ averageRating, totalReviewCount }: z.infer<typeof Reviews>, { title }: Place): PlaceRating[] {
  if (!averageRating) return [];
  return [{ place: title, rating: { value: averageRating, scale: 5 }, count: totalReviewCount ?? null }];
}
