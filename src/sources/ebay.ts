/** Feedback that buyers left for the owner's own seller account on eBay, read with that account. */
import { z } from 'zod';
import { hourMs } from '../clock.ts';
import type { Gone, PlaceRating } from '../mention.ts';
import { Fault } from '../net/fault.ts';
import type { Http } from '../net/http.ts';
import { join } from '../net/join.ts';
import { noLonger, nullWhereGone, postAgain } from './again.ts';
import { nothingToAnswer } from './answering.ts';
import { Feedback, isCustomers, isTakenAway, List, ratingsOf, Summary, toPost } from './ebay-posts.ts';
import { answerRefused, refused } from './ebay-refusals.ts';
import { oauth } from './oauth.ts';
import { baseUrl } from './options.ts';
import { changed, readItems } from './read-items.ts';
import { isSameText } from './same-words.ts';
import { defineSource } from './source.ts';

const home = 'https://api.ebay.com';
const pageSize = 200;
const lastPage = 20;
/** The list is in the order of the purchases, and feedback may be left for up to ninety days after one. */
const lateMs = 90 * 24 * hourMs;

const Options = z.strictObject({
  seller: z
    .string()
    .trim()
    .regex(/^[^\s*/?#]{1,64}$/, 'should be your user name at eBay')
    .describe('Your user name at eBay, as it stands beside your feedback.'),
  baseUrl: baseUrl(home),
});

const secrets = {
  clientId: { env: 'EBAY_CLIENT_ID', about: 'The “App ID (Client ID)” of your own production keyset at eBay.' },
  clientSecret: { env: 'EBAY_CLIENT_SECRET', about: 'The “Cert ID (Client Secret)” beside it.' },
  ruName: {
    env: 'EBAY_RUNAME',
    about: 'The “RuName (eBay Redirect URL name)” that eBay shows at “User Tokens”.',
  },
} as const;

const way = oauth({
  id: 'ebay',
  title: 'eBay',
  agree: 'https://auth.ebay.com/oauth2/authorize',
  token: `${home}/identity/v1/oauth2/token`,
  // The first lets Earshot send answers; the figure of all feedback wants the second one.
  scopes: [`${home}/oauth/api_scope/commerce.feedback`, `${home}/oauth/api_scope/commerce.feedback.readonly`],
  saysWho: 'header',
  pkce: false,
  returnsTo: 'https://localhost:8749/',
  returnsToNamed: 'ruName',
  manage: 'https://accounts.ebay.com/acctsec/security-center/third-party-app-access',
  lastsSeconds: 7200,
});

interface At {
  readonly seller: string;
}

export const ebay = defineSource({
  id: 'ebay',
  title: 'eBay',
  kind: 'reviews',
  suits: ['web-shop', 'shop'],
  home: 'https://www.ebay.com/',
  docs: 'https://developer.ebay.com/api-docs/commerce/feedback/overview.html',
  about:
    'Reads the feedback that buyers left for your own seller account on eBay, with what you answered. eBay wants an app of yours for it, free of charge.',
  hears: 'feedback for you as a seller',
  access: 'own-account',
  keeps: 'everything',
  order: 'unordered',
  pace: [
    { requests: 5, perSeconds: 1 },
    { requests: 5000, perSeconds: 86_400 },
  ],
  cron: '55 */2 * * *',
  overlapMs: 24 * hourMs,
  quietAfterMs: 30 * 24 * hourMs,
  options: Options,
  example: { seller: 'blue-door-shop' },
  secrets,
  steps: [
    'Sign in at https://developer.ebay.com, join the developers program, and make a production keyset at “Application Keys”.',
    'Before it switches the keyset on, eBay wants to know how you hear that a member closed their account: press “Notifications” beside the keyset and follow it.',
    'Press “User Tokens”, then “Get a Token from eBay via Your Application”, and add a redirect URL with https://localhost:8749/ as the “auth accepted URL” and “OAuth” chosen.',
    'Copy the App ID, the Cert ID and the RuName into the file earshot.env beside your config.',
    'Type `npx earshot connect ebay` and agree to both, reading and leaving feedback: the second one is what answers are sent with.',
  ],
  ...way,

  looks: ({ seller }): { key: string; scope: 'brand'; certain: true; at: At }[] => [
    { key: seller, scope: 'brand', certain: true, at: { seller } },
  ],

  async *collect({ at: { seller }, options, session, since, http, signal }) {
    const ask = asking(http, options, session?.token ?? '');
    const seen = new Set<string>();
    for (let page = 1, read = 0; page <= lastPage; page += 1) {
      signal.throwIfAborted();
      const query = { sort: 'TIME', limit: pageSize, offset: read };
      const list = await nullWhereGone(ask('feedback', List, { ...query, ...received(seller) }));
      const entries = list?.feedbackEntries ?? [];
      const gone: Gone[] = [];
      let fresh = 0;
      let old = entries.length > 0;
      const { posts, unreadable } = readItems(entries, 'feedbackEntries', Feedback, (feedback) => {
        if (seen.has(feedback.feedbackId)) return null;
        seen.add(feedback.feedbackId);
        fresh += 1;
        const post = toPost(feedback, seller);
        old &&= (post.publishedAt ?? since) < since - lateMs;
        if (isTakenAway(feedback)) gone.push(post);
        return isCustomers(feedback) && !isTakenAway(feedback) ? post : null;
      });
      read += entries.length;
      const more = fresh > 0 && !old && read < (list?.pagination?.total ?? (entries.length >= pageSize ? read + 1 : 0));
      const ratings = page === 1 ? await figure(ask, seller) : [];
      yield { posts, unreadable, gone, ratings, capped: more && page === lastPage };
      if (!more) return;
    }
  },

  async *recheck({ options, session, posts, http, signal }) {
    const ask = asking(http, options, session?.token ?? '');
    for (const post of posts) {
      signal.throwIfAborted();
      yield await postAgain(post, async () => {
        const feedback = await feedbackOf(ask, options.seller, post.externalId);
        return isTakenAway(feedback) ? null : toPost(feedback, options.seller);
      });
    }
  },

  async reply({ options, session, post, text, http }) {
    const token = session?.token ?? '';
    const asked = feedbackOf(asking(http, options, token), options.seller, post.externalId);
    const recipientUserId = (await nullWhereGone(asked))?.providerUserDetail?.userId;
    if (!recipientUserId) throw nothingToAnswer('eBay');
    // It answers with nothing, or with an empty object.
    await http.text(addressOf(options, 'respond_to_feedback'), {
      method: 'POST',
      json: { feedbackId: post.externalId, recipientUserId, responseText: text, responseType: 'REPLY' },
      headers: { authorization: `Bearer ${token}` },
      writes: true,
      refused: answerRefused,
    });
    return { externalId: null, url: post.url };
  },

  async replied({ options, session, post, text, http }) {
    const ask = asking(http, options, session?.token ?? '');
    const feedback = await nullWhereGone(feedbackOf(ask, options.seller, post.externalId));
    const there = feedback && toPost(feedback, options.seller).answer;
    return isSameText(there?.text ?? '', text) ? { externalId: null, url: post.url } : null;
  },

  speaksAs: async ({ options }) => options.seller,
});

type Asking = <Body>(path: string, shape: z.ZodType<Body>, query: Query) => Promise<Body>;
type Query = Readonly<Record<string, string | number>>;
interface Based {
  readonly baseUrl?: string | undefined;
}

const addressOf = ({ baseUrl }: Based, path: string) => join(baseUrl ?? home, `commerce/feedback/v1/${path}`);

function asking(http: Http, options: Based, token: string): Asking {
  return async (path, shape, query) => {
    const url = addressOf(options, path);
    const { body } = await http.json(url, shape, { query, headers: { authorization: `Bearer ${token}` }, refused });
    return body;
  };
}

const received = (seller: string) => ({ user_id: seller, feedback_type: 'FEEDBACK_RECEIVED' });

/** @throws Fault that says so where it is no more */
async function feedbackOf(ask: Asking, seller: string, id: string): Promise<Feedback> {
  const { feedbackEntries } = await ask('feedback', List, { ...received(seller), feedback_id: id });
  const read = (feedbackEntries ?? []).flatMap((entry) => Feedback.safeParse(entry).data ?? []);
  const found = read.find(({ feedbackId }) => feedbackId === id);
  if (found) return found;
  throw (feedbackEntries ?? []).length === 0 ? noLonger() : changed('feedbackEntries');
}

/** The figure is worth less than the words: where it cannot be had, there is none. */
async function figure(ask: Asking, seller: string): Promise<PlaceRating[]> {
  const filter = 'ratingType:OVERALL_EXPERIENCE,lookbackPeriodInDays:365';
  try {
    return ratingsOf(await ask('feedback_rating_summary', Summary, { user_id: seller, filter }));
  } catch (fault) {
    if (fault instanceof Fault) return [];
    throw fault;
  }
}
