/** The newest five reviews of the brand's own place on TripAdvisor in each language; nothing of them may be kept. */
import { z } from 'zod';
import { dayMs } from '../clock.ts';
import { barePost, type Post } from '../mention.ts';
import { Fault } from '../net/fault.ts';
import type { Http, RawAnswer } from '../net/http.ts';
import { join } from '../net/join.ts';
import { declaredLanguage } from './language.ts';
import { baseUrl, digits } from './options.ts';
import { overallFigure } from './overall-figure.ts';
import { ownAnswer } from './own-answer.ts';
import { readItems } from './read-items.ts';
import { defineSource, type Page } from './source.ts';
import { timeOf } from './values.ts';
import { webLinks } from './web-links.ts';

const home = 'https://api.content.tripadvisor.com';

const Options = z.strictObject({
  locations: z
    .array(digits('should be the number behind -d in the address of your page'))
    .min(1)
    .describe('Your places there, each by its number: what stands behind -d in the address of its page.'),
  languages: z
    .array(z.string().regex(/^[a-z]{2}(?:_[A-Z]{2})?$/, 'should be a language of two letters, such as en'))
    .min(1)
    .default(['en'])
    .describe('Languages whose newest five reviews are read, two letters each; each costs a question.'),
  baseUrl: baseUrl(home),
});

const secrets = {
  key: {
    env: 'TRIPADVISOR_API_KEY',
    about: 'Free for 5,000 questions a month, but TripAdvisor wants a card and lets you set a daily limit.',
  },
} as const;

const Id = z.union([z.int(), z.string().trim().min(1)]).transform(String);
const words = z.string().nullish();
const Review = z.object({
  id: Id,
  url: words,
  title: words,
  text: words,
  lang: words,
  published_date: words,
  rating: z.number().min(1).max(5),
  helpful_votes: z.int().nullish().catch(null),
  user: z.object({ username: words }).nullish().catch(null),
  owner_response: z.object({ text: words, published_date: words }).nullish().catch(null),
});
/** Numbers come as texts here. */
const Place = z.object({
  name: words,
  rating: z.coerce.number().min(0).max(5).optional(),
  num_reviews: z.coerce.number().int().nonnegative().nullish().catch(null),
  web_url: words,
});
const Found = z.object({ data: z.array(z.unknown()) });

export const tripadvisor = defineSource({
  id: 'tripadvisor',
  title: 'TripAdvisor',
  kind: 'reviews',
  suits: ['restaurant', 'service'],
  home: 'https://www.tripadvisor.com',
  docs: 'https://tripadvisor-content-api.readme.io/reference/overview',
  hears: 'the newest 5 reviews of your place',
  about:
    'Reads the newest five reviews of your own place on TripAdvisor and says which complain. It wants a key; TripAdvisor ' +
    'lets nobody keep the words, so you read them there.',
  access: 'own-account',
  keeps: 'id-only',
  order: 'newest-first',
  // 5,000 a month are free.
  pace: [
    { requests: 20, perSeconds: 1 },
    { requests: 160, perSeconds: 86_400 },
  ],
  cron: '20 */6 * * *',
  overlapMs: 7 * dayMs,
  quietAfterMs: 60 * dayMs,
  options: Options,
  example: { locations: ['1234567'], languages: ['en', 'fr'] },
  secrets,
  steps: [
    'Open https://www.tripadvisor.com/developers and sign in.',
    'Set the daily limit to 0 dollars, so that it can never cost you anything.',
    'Make a key and copy it.',
    'Write it into the file earshot.env beside your config: `TRIPADVISOR_API_KEY=` and behind it what you copied.',
  ],

  looks: ({ locations, languages }) =>
    [...new Set(locations)].flatMap((location) =>
      [...new Set(languages)].map(
        (language, index) =>
          ({
            key: `${location} ${language}`,
            scope: 'brand',
            certain: true,
            // One language is enough to ask in for the figure.
            at: { location, language, first: index === 0 },
          }) as const,
      ),
    ),

  async *collect({ at: { location, language, first }, options, secrets: { key }, http, watched }) {
    const base = options.baseUrl ?? home;
    const { body } = await http.json(join(base, `api/v1/location/${location}/reviews`), Found, {
      query: { language, limit: 5, offset: 0, key: key ?? undefined },
      refused: refused(location),
    });
    yield readItems(body.data, 'data', Review, toPost);
    if (first && watched) yield figureOf(base, location, key, http);
  },
});

/** What people give it overall, and its page. */
function figureOf(base: string, location: string, key: string | null, http: Http): Promise<Page> {
  return overallFigure(location, async () => {
    const { body } = await http.json(join(base, `api/v1/location/${location}/details`), Place, {
      query: { language: 'en', key: key ?? undefined },
    });
    const { name, rating, num_reviews: count, web_url: page } = body;
    return { name, rating, count, page };
  });
}

function toPost({
  id,
  url,
  title,
  text,
  lang,
  published_date,
  rating,
  helpful_votes,
  user,
  owner_response: answer,
}: z.infer<typeof Review>): Post {
  return barePost('tripadvisor', text ?? '', {
    externalId: id,
    url: webLinks([url])[0] ?? null,
    author: { handle: user?.username || null, name: null, url: null, followers: null },
    title: title || null,
    language: declaredLanguage(lang),
    publishedAt: timeOf(published_date),
    rating: { value: rating, scale: 5 },
    ...ownAnswer(answer?.text, timeOf(answer?.published_date)),
    engagement: { likes: helpful_votes ?? null, reposts: null, replies: null, views: null },
  });
}

/** Its errors come as `{ error: { … } }` or `{ "Message": … }`; only the status in front tells them apart. */
function refused(location: string) {
  return ({ status, text }: RawAnswer): Fault | undefined => {
    if (!text.trimStart().startsWith('{')) return undefined;
    if (status === 401 || status === 403) {
      return new Fault(
        'not-allowed',
        `TripAdvisor does not take the key in ${secrets.key.env}, or not from this network. Look at https://www.tripadvisor.com/developers.`,
      );
    }
    if (status === 404) {
      return new Fault(
        'gone',
        `TripAdvisor knows no place with the number ${location}. Compare \`tripadvisor.locations\` with the address of your page there.`,
      );
    }
    return undefined;
  };
}
