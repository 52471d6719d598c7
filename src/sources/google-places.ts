/** The five reviews of the brand's own place that Google Maps shows first, by its new interface or its old one. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { dayMs } from '../clock.ts';
import { barePost, type PlaceRating, type Post } from '../mention.ts';
import { Fault } from '../net/fault.ts';
import type { RawAnswer } from '../net/http.ts';
import { join } from '../net/join.ts';
import { declaredLanguage } from './language.ts';
import { webAddress } from './options.ts';
import { readItems } from './read-items.ts';
import { refusalIn } from './refusal.ts';
import { defineSource } from './source.ts';
import { timeOf } from './values.ts';
import { webLinks } from './web-links.ts';

const homes = { new: 'https://places.googleapis.com', old: 'https://maps.googleapis.com' } as const;

const Options = z.strictObject({
  places: z
    .array(
      z
        .string()
        .trim()
        .regex(/^[\w-]{10,300}$/, 'should be a place id, such as ChIJj61dQgK6j4AR4GeTYWZsKWw'),
    )
    .min(1)
    .describe('Your places on Google Maps, each by its place id: Google’s “Place ID Finder” shows it.'),
  interface: z
    .enum(['new', 'old'])
    .default('new')
    .describe(
      'Which of Google’s interfaces your key is for: new (Places API (New)), or old, which gives the newest five.',
    ),
  baseUrl: webAddress()
    .optional()
    .describe('Where to ask instead of Google’s own host; only for a proxy or a test server.'),
});

const secrets = {
  key: {
    env: 'GOOGLE_PLACES_API_KEY',
    about: 'Free for 1,000 questions a month, but Google wants a card.',
  },
} as const;

const words = z.string().nullish();
const Text = z.object({ text: words, languageCode: words }).nullish().catch(null);
const Stars = z.number().min(1).max(5).nullish().catch(null);
const Count = z.int().nonnegative().nullish().catch(null);
const NewReview = z.object({
  name: z.string().trim().min(1),
  rating: z.number().min(1).max(5),
  text: Text,
  originalText: Text,
  publishTime: words,
  googleMapsUri: words,
  authorAttribution: z.object({ displayName: words, uri: words }).nullish().catch(null),
});
const NewPlace = z
  .object({
    id: words,
    googleMapsUri: words,
    displayName: Text,
    rating: Stars,
    userRatingCount: Count,
    reviews: z.array(z.unknown()).optional(),
  })
  .refine(({ id, reviews }) => id || reviews, { error: 'neither id nor reviews', path: ['reviews'] });
/** A review has no id of its own here. */
const OldReview = z.object({
  author_name: words,
  author_url: words,
  rating: z.number().min(1).max(5),
  text: words,
  language: words,
  time: z.int().nonnegative().max(8_640_000_000_000),
});
const OldPlace = z.object({
  result: z.object({
    url: words,
    name: words,
    rating: Stars,
    user_ratings_total: Count,
    reviews: z.array(z.unknown()).optional(),
  }),
});
const OldRefusal = z.object({ status: z.string() });
const NewRefusal = z.object({ error: z.object({ status: words, message: words }) });

export const googlePlaces = defineSource({
  id: 'google-places',
  title: 'Google Maps',
  kind: 'reviews',
  suits: ['restaurant', 'shop', 'service'],
  home: 'https://www.google.com/maps',
  docs: 'https://developers.google.com/maps/documentation/places/web-service/place-details',
  hears: '5 reviews that Google Maps shows',
  about:
    'Looks at the five reviews that Google Maps shows first of your own place and says which complain. It wants a key; ' +
    'Google lets nobody keep the words, so you read them there, and of a busy place most are never shown.',
  access: 'own-account',
  keeps: 'id-only',
  order: 'unordered',
  // 1,000 questions a month are free.
  pace: [{ requests: 30, perSeconds: 86_400 }],
  cron: '30 6 * * *',
  overlapMs: 7 * dayMs,
  quietAfterMs: 60 * dayMs,
  options: Options,
  example: { places: ['ChIJ0123456789abcdefghijklm'], interface: 'new' },
  secrets,
  steps: [
    'Open https://console.cloud.google.com and make a project with billing.',
    'Open “APIs & Services”, then “Library”, and switch on “Places API (New)”.',
    'Open “Credentials”, press “Create credentials”, then “API key”, and copy it.',
    'Write it into the file earshot.env beside your config: `GOOGLE_PLACES_API_KEY=` and behind it what you copied.',
  ],

  looks: ({ places }) =>
    [...new Set(places)].map((place) => ({ key: place, scope: 'brand', certain: true, at: { place } }) as const),

  async *collect({ at: { place }, options, secrets: { key }, http }) {
    const base = options.baseUrl ?? homes[options.interface];
    if (options.interface === 'new') {
      const { body } = await http.json(join(base, `v1/places/${place}`), NewPlace, {
        query: { languageCode: 'en' },
        headers: {
          'x-goog-api-key': key ?? '',
          'x-goog-fieldmask': 'id,displayName,googleMapsUri,rating,userRatingCount,reviews',
        },
        refused: refused(place),
      });
      const { displayName, googleMapsUri: url, rating, userRatingCount, reviews = [] } = body;
      const read = readItems(reviews, 'reviews', NewReview, (review) => fromNew(review, url));
      yield { ...read, ratings: figureOf(displayName?.text || place, rating, userRatingCount, url) };
    } else {
      const { body } = await http.json(join(base, 'maps/api/place/details/json'), OldPlace, {
        query: {
          placeid: place,
          fields: 'name,url,rating,user_ratings_total,reviews',
          reviews_sort: 'newest',
          key: key ?? undefined,
        },
        refused: refused(place),
      });
      const { name, url, rating, user_ratings_total: total, reviews = [] } = body.result;
      const read = readItems(reviews, 'result.reviews', OldReview, (review) => fromOld(review, place, url));
      yield { ...read, ratings: figureOf(name || place, rating, total, url) };
    }
  },
});

type Given<Value> = Value | null | undefined;

/** A place that nobody has rated has no figure. */
function figureOf(place: string, stars: Given<number>, count: Given<number>, page: Given<string>): PlaceRating[] {
  if (!stars) return [];
  return [{ place, rating: { value: stars, scale: 5 }, count: count ?? null, url: webLinks([page])[0] ?? null }];
}

type Written = Pick<Post, 'externalId' | 'url' | 'text' | 'language' | 'publishedAt'>;

function postOf(given: Written, stars: number, name: Given<string>, address: Given<string>): Post {
  const [page = null] = webLinks([address]);
  return barePost('google-places', given.text, {
    ...given,
    author: {
      handle: /\/contrib\/(\d+)/.exec(page ?? '')?.[1] ?? null,
      name: name || null,
      url: page,
      followers: null,
    },
    rating: { value: stars, scale: 5 },
  });
}

function fromNew(given: z.infer<typeof NewReview>, place: Given<string>): Post {
  const { name, rating, authorAttribution: author, ...review } = given;
  // What was written, not Google's translation of it.
  const said = review.originalText?.text ? review.originalText : review.text;
  const post = {
    externalId: name,
    url: webLinks([review.googleMapsUri, place])[0] ?? null,
    text: said?.text ?? '',
    language: declaredLanguage(said?.languageCode),
    publishedAt: timeOf(review.publishTime),
  };
  return postOf(post, rating, author?.displayName, author?.uri);
}

function fromOld(review: z.infer<typeof OldReview>, place: string, url: Given<string>): Post {
  const { author_name, author_url, rating, text, language, time } = review;
  const who = [place, author_url ?? author_name ?? '', author_url ? '' : String(time)].join(' ').toWellFormed();
  const given = {
    // Everybody may review a place once: an edited review stays the same one.
    externalId: createHash('sha256').update(who).digest('hex').slice(0, 24),
    url: webLinks([url])[0] ?? null,
    text: text ?? '',
    language: declaredLanguage(language),
    publishedAt: time * 1000,
  };
  return postOf(given, rating, author_name, author_url);
}

/** The old interface says no with a 200 and a word, the new one with a status and the same words. */
function refused(place: string) {
  return ({ status, text }: RawAnswer): Fault | undefined => {
    const told = status === 200 ? refusalIn(text, OldRefusal) : refusalIn(text, NewRefusal)?.error;
    const word = told?.status ?? '';
    if (/^(?:OVER_QUERY_LIMIT|OVER_DAILY_LIMIT|RESOURCE_EXHAUSTED)$/.test(word)) {
      return new Fault('slow-down', 'Google’s questions for now are used up; Earshot goes on later by itself.');
    }
    const message = told && 'message' in told ? (told.message ?? '') : '';
    if (/^(?:REQUEST_DENIED|PERMISSION_DENIED|UNAUTHENTICATED)$/.test(word) || /API key/i.test(message)) {
      return new Fault(
        'not-allowed',
        `Google does not take the key in ${secrets.key.env}: it is wrong, has no billing, or is not for this interface. \`npx earshot sources google-places\` says how to get one.`,
      );
    }
    if (/^(?:NOT_FOUND|ZERO_RESULTS|INVALID_REQUEST|INVALID_ARGUMENT)$/.test(word)) {
      return new Fault(
        'gone',
        `Google knows no place with the id ${place}; ids grow old. Look it up again and mend \`google-places.places\`.`,
      );
    }
    if (word === 'UNKNOWN_ERROR') return new Fault('unreachable', 'Google Maps is out of order; Earshot tries again.');
    return undefined;
  };
}
