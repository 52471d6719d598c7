/** Reviews of the brand's own apps on Google Play, read with the owner's own account: those of the last seven days. */
import { z } from 'zod';
import type { Post } from '../mention.ts';
import { Fault } from '../net/fault.ts';
import type { RawAnswer } from '../net/http.ts';
import { join } from '../net/join.ts';
import { retryTime } from '../net/reset-time.ts';
import { noLongerThere, nullWhereGone } from './again.ts';
import { signedToken, timesOf } from './json-web-token.ts';
import { declaredLanguage } from './language.ts';
import { baseUrl } from './options.ts';
import { ownAnswer } from './own-answer.ts';
import { readItems } from './read-items.ts';
import { refusalIn } from './refusal.ts';
import { defineSource } from './source.ts';

const home = 'https://androidpublisher.googleapis.com';
const signInHome = 'https://oauth2.googleapis.com';
const scope = 'https://www.googleapis.com/auth/androidpublisher';
const pageSize = 100;
const lastPage = 20;
const hourMs = 3_600_000;

const Options = z.strictObject({
  packages: z
    .array(z.string().regex(/^[a-z]\w*(?:\.[a-z]\w*)+$/i, 'should be the app’s package name, such as com.example.app'))
    .min(1)
    .describe('Package names of your apps: what stands behind id= in the address of an app on Google Play.'),
  baseUrl: baseUrl(home),
});

const steps =
  'At console.cloud.google.com make a project, switch on the “Google Play Android Developer API”, and under IAM & Admin → Service Accounts make an account with a key of the kind JSON. In the Play Console invite that account’s address under Users and permissions, with the right to reply to reviews.';
const secrets = {
  key: {
    env: 'GOOGLE_PLAY_KEY',
    about: 'The whole JSON file of the key, in single quotes, since it has double ones inside.',
  },
} as const;

const KeyFile = z.object({
  client_email: z.string().min(1),
  private_key: z.string().min(1),
  private_key_id: z.string().default(''),
});
const SignedIn = z.object({ access_token: z.string().min(1), expires_in: z.number().positive().default(3600) });

const count = z.int().nonnegative().nullish().catch(null);
/** JavaScript knows no later second; a text, since it is a 64-bit number. */
const second = z
  .union([z.int().positive(), z.string().regex(/^\d{1,12}$/)])
  .transform(Number)
  .pipe(z.number().max(8_640_000_000_000))
  .nullish()
  .catch(null);
const UserComment = z.object({
  text: z.string(),
  originalText: z.string().nullish().catch(null),
  lastModified: z.object({ seconds: second }).nullish().catch(null),
  starRating: z.int().min(1).max(5),
  reviewerLanguage: z.string().nullish().catch(null),
  thumbsUpCount: count,
});
const DeveloperComment = UserComment.pick({ text: true, lastModified: true });
const Review = z.object({
  reviewId: z.string().min(1),
  authorName: z.string().nullish().catch(null),
  /** The user's, and often the developer's answer. */
  comments: z
    .array(
      z.object({ userComment: UserComment.optional(), developerComment: DeveloperComment.optional().catch(undefined) }),
    )
    .refine((comments) => comments.some(({ userComment }) => userComment)),
});
const Reviews = z.object({
  reviews: z.array(z.unknown()).optional(),
  tokenPagination: z.object({ nextPageToken: z.string().nullish() }).nullish().catch(null),
});
const Refusal = z.object({ error: z.object({ message: z.string() }) });
const SignInRefusal = z.object({ error: z.string() });

interface At {
  readonly package: string;
}

export const googlePlay = defineSource({
  id: 'google-play',
  title: 'Google Play',
  kind: 'reviews',
  suits: ['software'],
  home: 'https://play.google.com/console',
  docs: 'https://developers.google.com/android-publisher/reply-to-reviews',
  hears: 'reviews of your app, last 7 days',
  about:
    'Reads the reviews of your own apps on Google Play with your own account. Google shows those that were written or edited in the last seven days, and only those with words.',
  access: 'own-account',
  keeps: 'everything',
  order: 'unordered',
  pace: [{ requests: 200, perSeconds: 3600 }],
  cron: '10 * * * *',
  overlapMs: 24 * hourMs,
  quietAfterMs: 30 * 24 * hourMs,
  options: Options,
  example: { packages: ['com.example.bluedoor'] },
  secrets,
  steps: [
    'Open https://console.cloud.google.com and make a project.',
    'Open “APIs & Services”, then “Library”, and switch on the “Google Play Android Developer API”.',
    'Open IAM & Admin → Service Accounts, make an account, and make a key of the kind JSON for it: a file is downloaded.',
    'In the Play Console open Users and permissions and invite that account’s address, with the right to reply to reviews.',
    'Write into the file earshot.env beside your config: `GOOGLE_PLAY_KEY=` and all that stands in the file, in single quotes.',
  ],

  looks: ({ packages }): { key: string; scope: 'brand'; certain: true; at: At }[] =>
    [...new Set(packages)].map((name) => ({ key: name, scope: 'brand', certain: true, at: { package: name } })),

  async signIn({ options, secrets: { key }, now, http }) {
    const account = accountIn(key ?? '');
    const claims = { scope, aud: `${signInHome}/token`, ...timesOf(now, 3600) };
    const assertion =
      account &&
      signedToken(
        { algorithm: 'RS256', keyId: account.private_key_id, claims: { iss: account.client_email, ...claims } },
        account.private_key,
      );
    if (!assertion) throw keyIsNone();
    const { body } = await http.json(join(options.baseUrl ?? signInHome, 'token'), SignedIn, {
      method: 'POST',
      form: { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion },
      refused: ({ status, text }) =>
        (status === 400 || status === 401) && refusalIn(text, SignInRefusal) ? keyIsRefused() : undefined,
    });
    return { token: body.access_token, until: now + body.expires_in * 1000 };
  },

  async *collect({ at, options, session, http, signal }) {
    const url = join(options.baseUrl ?? home, `androidpublisher/v3/applications/${at.package}/reviews`);
    const headers = { authorization: `Bearer ${session?.token ?? ''}` };
    const asked = new Set<string>();
    const seen = new Set<string>();
    let token: string | undefined;
    for (let page = 1; ; page += 1) {
      signal.throwIfAborted();
      const { body } = await http.json(url, Reviews, {
        query: { maxResults: pageSize, token },
        headers,
        refused: (answer, now) => refused(answer, now, at),
      });
      const items = body.reviews ?? [];
      const read = readItems(items, 'reviews', Review, (review) => toPost(review, at));
      const posts = read.posts.filter((post) => !seen.has(post.externalId));
      for (const post of posts) seen.add(post.externalId);
      token = body.tokenPagination?.nextPageToken || undefined;
      // Google is known to forget the way on behind the second page.
      const forgotten = token === undefined && page > 1 && items.length >= pageSize;
      const more = token !== undefined && !asked.has(token) && page < lastPage;
      yield { ...read, posts, capped: forgotten || (token !== undefined && !more) };
      if (token === undefined || !more) return;
      asked.add(token);
    }
  },

  async *recheck({ options, session, posts, http, signal }) {
    const headers = { authorization: `Bearer ${session?.token ?? ''}` };
    for (const post of posts) {
      signal.throwIfAborted();
      const at = { package: URL.parse(post.url ?? '')?.searchParams.get('id') ?? '' };
      const path = `androidpublisher/v3/applications/${at.package}/reviews/${encodeURIComponent(post.externalId)}`;
      // Google forgets reviews after some days: one that it does not know may be there all the same.
      const found = await nullWhereGone(
        http.json(join(options.baseUrl ?? home, path), Review, {
          headers,
          refused: (answer, now) => noLongerThere(answer, Refusal) ?? refused(answer, now, at),
        }),
      );
      const now = found && toPost(found.body, at);
      if (now) yield { posts: [now] };
    }
  },
});

function accountIn(file: string): z.infer<typeof KeyFile> | null {
  try {
    return KeyFile.safeParse(JSON.parse(file)).data ?? null;
  } catch {
    return null;
  }
}

function toPost({ reviewId, authorName, comments }: z.infer<typeof Review>, at: At): Post | null {
  const said = comments.find(({ userComment }) => userComment)?.userComment;
  if (!said) return null;
  const answer = comments.find(({ developerComment }) => developerComment)?.developerComment;
  // Title and words, with a tab between them where there is a title.
  const words = said.originalText || said.text;
  const [title, text] = words.includes('\t') ? words.split(/\t(.*)/s) : ['', words];
  return {
    source: 'google-play',
    externalId: reviewId,
    url: `https://play.google.com/store/apps/details?id=${at.package}&reviewId=${encodeURIComponent(reviewId.toWellFormed())}`,
    author: { handle: null, name: authorName?.trim() || null, url: null, followers: null },
    title: title?.trim() || null,
    text: text?.trim() ?? '',
    language: declaredLanguage(said.reviewerLanguage),
    // When it was last edited: Google tells no other time.
    publishedAt: changedAt(said),
    editedAt: null,
    rating: { value: said.starRating, scale: 5 },
    ...ownAnswer(answer?.text, answer ? changedAt(answer) : null),
    engagement: { likes: said.thumbsUpCount ?? null, reposts: null, replies: null, views: null },
    links: [],
    origin: null,
    parentId: null,
    threadId: null,
    place: null,
  };
}

function changedAt({ lastModified }: z.infer<typeof DeveloperComment>): number | null {
  return lastModified?.seconds ? lastModified.seconds * 1000 : null;
}

function keyIsNone(): Fault {
  return new Fault(
    'not-allowed',
    `What stands in ${secrets.key.env} is not the key that Google gives. It should be the whole JSON file, in single quotes. ${steps}`,
  );
}

function keyIsRefused(): Fault {
  return new Fault(
    'not-allowed',
    `Google no longer takes the key in ${secrets.key.env}, or this computer’s clock is wrong. If it stays so, make a new key. ${steps}`,
  );
}

/** Errors are `{ error: { code, message, status } }`; a used up hour may come as a 403. */
function refused(answer: RawAnswer, now: number, at: At): Fault | undefined {
  const { status, headers, text } = answer;
  const said = refusalIn(text, Refusal)?.error.message;
  if (status === 429 || (status === 403 && said !== undefined && /quota|rate limit/i.test(text))) {
    const retryAt = retryTime(headers, now) ?? now + hourMs;
    return new Fault('slow-down', 'Google Play wants fewer questions this hour; Earshot waits and goes on by itself.', {
      retryAt,
    });
  }
  if (status === 401) return keyIsRefused();
  if (status === 403 && said !== undefined) {
    return /has not been used|is disabled|accessNotConfigured/i.test(text)
      ? new Fault('not-allowed', `The “Google Play Android Developer API” is not switched on for your key. ${steps}`)
      : new Fault('not-allowed', `Google does not let your key read the reviews of ${at.package}. ${steps}`);
  }
  if (status === 404 && said !== undefined) {
    return new Fault(
      'gone',
      `Google Play has no app called ${at.package} in your account. Compare it with what stands behind id= in the app’s address.`,
    );
  }
  return undefined;
}
