/** Reviews of the owner's own places on Google, read with the account that manages them. */
import { z } from 'zod';
import type { PlaceRating, Post } from '../mention.ts';
import { Fault } from '../net/fault.ts';
import type { Http, RawAnswer } from '../net/http.ts';
import { oauth, standIn } from './oauth.ts';
import { baseUrl, digits } from './options.ts';
import { ownAnswer } from './own-answer.ts';
import { changed, readItems } from './read-items.ts';
import { refusalIn } from './refusal.ts';
import { defineSource, type Page } from './source.ts';
import { timeOf } from './values.ts';
import { webLinks } from './web-links.ts';

const accountsHome = 'https://mybusinessaccountmanagement.googleapis.com/v1/accounts';
const placesHome = 'https://mybusinessbusinessinformation.googleapis.com/v1/';
const reviewsHome = 'https://mybusiness.googleapis.com/v4/';
const pageSize = 50;
const lastPage = 40;
const hourMs = 3_600_000;

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
  'Type `npx earshot connect google-business`.',
];
const how = '`npx earshot sources google-business` says how';
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

const text = z.string().nullish().catch(null);
/** Google leaves out what is empty: an answer without anything says “none”, one with other things only has changed. */
const listOf = <Parts extends z.ZodRawShape>(parts: Parts) => {
  const shape = { ...parts, nextPageToken: text };
  const isKnown = (body: object) => Object.keys(body).length === 0 || Object.keys(body).some((key) => key in shape);
  return z.looseObject({}).refine(isKnown).pipe(z.object(shape));
};
/** Names become part of an address: only those in Google's own form. */
const Account = z.object({ name: z.string().regex(/^accounts\/[\w-]+$/) });
const Accounts = listOf({ accounts: z.array(z.unknown()).nullish() });
const Location = z.object({
  name: z.string().regex(/^locations\/[\w-]+$/),
  title: text,
  metadata: z.object({ mapsUri: text }).nullish().catch(null),
});
const Locations = listOf({ locations: z.array(z.unknown()).nullish() });
const stars = { ONE: 1, TWO: 2, THREE: 3, FOUR: 4, FIVE: 5, STAR_RATING_UNSPECIFIED: null } as const;
const Review = z.object({
  reviewId: z.string().min(1),
  reviewer: z
    .object({ displayName: text, isAnonymous: z.boolean().nullish().catch(null) })
    .nullish()
    .catch(null),
  starRating: z.enum(Object.keys(stars) as (keyof typeof stars)[]),
  comment: text,
  createTime: text,
  updateTime: text,
  reviewReply: z.object({ comment: text, updateTime: text, state: text, policyViolation: text }).nullish().catch(null),
  reviewReplyUrl: text,
});
const Reviews = listOf({
  reviews: z.array(z.unknown()).nullish(),
  averageRating: z.number().min(0).max(5).nullish().catch(null),
  totalReviewCount: z.int().nonnegative().nullish().catch(null),
});
const Refusal = z.object({ error: z.object({ status: text, message: text, details: z.unknown().optional() }) });

interface At {
  /** Null: all that the account manages. */
  readonly location: string | null;
}
/** One of the owner's places: where its reviews are, and how people know it. */
interface Place {
  /** `accounts/1/locations/2`. */
  readonly path: string;
  readonly title: string;
  readonly url: string | null;
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
    for await (const place of placesOf(ask, at, signal)) {
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
});

type Asking = <Body>(address: string, shape: z.ZodType<Body>, query: Query) => Promise<Body>;
type Query = Readonly<Record<string, string | number | undefined>>;

function asking(http: Http, options: { readonly baseUrl?: string | undefined }, token: string): Asking {
  return async (address, shape, query) => {
    const headers = { authorization: `Bearer ${token}` };
    const { body } = await http.json(standIn(address, options), shape, { query, headers, refused });
    return body;
  };
}

/** All pages of a list; a token that comes again is its end. */
async function* pages<Body extends { readonly nextPageToken?: string | null | undefined }>(
  ask: (pageToken: string | undefined) => Promise<Body>,
  signal: AbortSignal,
): AsyncGenerator<{ readonly body: Body; readonly more: boolean; readonly isLast: boolean }> {
  const asked = new Set<string>();
  let token: string | undefined;
  for (let page = 1; ; page += 1) {
    signal.throwIfAborted();
    const body = await ask(token);
    token = body.nextPageToken || undefined;
    const more = token !== undefined && !asked.has(token);
    yield { body, more, isLast: page >= lastPage };
    if (!more || token === undefined || page >= lastPage) return;
    asked.add(token);
  }
}

async function* placesOf(ask: Asking, { location }: At, signal: AbortSignal): AsyncGenerator<Place> {
  const met = new Set<string>();
  for await (const { body } of pages((pageToken) => ask(accountsHome, Accounts, { pageToken }), signal)) {
    for (const account of readable(body.accounts, 'accounts', Account)) {
      if (met.has(account.name)) continue;
      met.add(account.name);
      const query = { readMask: 'name,title,metadata', pageSize: 100 };
      const address = `${placesHome}${account.name}/locations`;
      for await (const { body } of pages((pageToken) => ask(address, Locations, { ...query, pageToken }), signal)) {
        for (const { name, title, metadata } of readable(body.locations, 'locations', Location)) {
          const number = name.slice('locations/'.length);
          if (met.has(name) || (location !== null && location !== number)) continue;
          met.add(name);
          const [url = null] = webLinks([metadata?.mapsUri]);
          yield { path: `${account.name}/${name}`, title: title || name, url };
        }
      }
    }
  }
}

/** Those that can be read. @throws Fault where none of them can */
function readable<Item>(items: readonly unknown[] | null | undefined, where: string, shape: z.ZodType<Item>): Item[] {
  const read = (items ?? []).flatMap((item) => shape.safeParse(item).data ?? []);
  if (items?.length && read.length === 0) throw changed(where);
  return read;
}

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

function toPost(review: z.infer<typeof Review>, { title, url }: Place): Post {
  const { reviewer, createTime, updateTime, reviewReply: answer } = review;
  const value = stars[review.starRating];
  const [reply = null] = webLinks([review.reviewReplyUrl]);
  return {
    source: 'google-business',
    externalId: review.reviewId,
    url: reply ?? url,
    author: {
      handle: null,
      name: reviewer?.isAnonymous ? null : reviewer?.displayName?.trim() || null,
      url: null,
      followers: null,
    },
    title: null,
    text: original(review.comment ?? ''),
    language: null,
    publishedAt: timeOf(createTime ?? updateTime),
    editedAt: updateTime === createTime ? null : timeOf(updateTime),
    rating: value === null ? null : { value, scale: 5 },
    ...(answer?.state === 'REJECTED' ? {} : ownAnswer(original(answer?.comment ?? ''), timeOf(answer?.updateTime))),
    engagement: { likes: null, reposts: null, replies: review.reviewReply ? 1 : 0, views: null },
    links: [],
    origin: null,
    parentId: null,
    threadId: null,
    place: title,
  };
}

/** What was written, without Google's translation of it, which stands before or behind. */
function original(comment: string): string {
  const [, behind] = /^\(Translated by Google\)[\s\S]*?\n\n\(Original\)\n([\s\S]*)$/.exec(comment) ?? [];
  const [, before] = /^([\s\S]+?)\n\n\(Translated by Google\)\n/.exec(comment) ?? [];
  return (behind ?? before ?? comment).trim();
}

const notAllowed = (message: string) => new Fault('not-allowed', message);

/** Errors are `{ error: { code, message, status, details } }`. */
function refused({ status, text }: RawAnswer): Fault | undefined {
  const error = status < 400 ? undefined : refusalIn(text, Refusal)?.error;
  if (error === undefined) return undefined;
  const said = `${error.message ?? ''} ${JSON.stringify(error.details ?? '')}`;
  // Before Google has approved a project, it may ask nothing at all, which comes as “too much”.
  if (status === 429 && /"quota_limit_value":"0"|limit '?0\b/i.test(said))
    return notAllowed(`Google has not approved your project yet: ${how} to ask for it.`);
  if (status === 401)
    return notAllowed(
      'Google no longer accepts this connection: `npx earshot connect google-business` makes a new one.',
    );
  if (/SERVICE_DISABLED|has not been used in project|is disabled/i.test(said))
    return notAllowed(`One of the three APIs is not switched on in your project at Google: ${how}.`);
  if (status === 403)
    return notAllowed(
      'The account you connected may not read these reviews. Connect the one that manages the place: `npx earshot connect google-business`.',
    );
  if (status === 404)
    return new Fault('gone', 'Google shows no reviews of one of your places: only those of verified ones can be read.');
  return undefined;
}
