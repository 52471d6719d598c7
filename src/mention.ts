/** What people say, what we conclude of it, and what a person said of our conclusion: the words of the whole program. */

export interface Author {
  /** The platform's own name for the account, as a person would type it (`ana@mastodon.example`). */
  readonly handle: string | null;
  readonly name: string | null;
  readonly url: string | null;
  readonly followers: number | null;
  /** The account says of itself that a program writes there; absent where it does not. */
  readonly automatic?: boolean;
}

export interface Rating {
  readonly value: number;
  /** The best that can be given: 5 for stars, 1 for thumbs. */
  readonly scale: number;
}

export interface Engagement {
  readonly likes: number | null;
  readonly reposts: number | null;
  readonly replies: number | null;
  readonly views: number | null;
}

/** Where something stood, counted from 1, when a search engine was asked for these words; what a new customer sees first. */
export interface SearchRank {
  readonly rank: number;
  readonly words: string;
}

/** What the business itself wrote under a post, as everybody can read it there. */
export interface OwnAnswer {
  readonly text: string;
  /** Milliseconds UTC; null where the platform does not tell. */
  readonly at: number | null;
}

/** What a source yields: what somebody said. A fact. Times are milliseconds UTC; what the platform does not tell is null. */
export interface Post {
  readonly source: string;
  readonly externalId: string;
  readonly url: string | null;
  readonly author: Author;
  readonly title: string | null;
  /** Plain text as the author wrote it; may be empty (a rating without words). */
  readonly text: string;
  /** ISO 639-1, as the platform or the author declared it. */
  readonly language: string | null;
  readonly publishedAt: number | null;
  readonly editedAt: number | null;
  readonly rating: Rating | null;
  readonly engagement: Engagement;
  /** Addresses the post links to, also those hidden behind shortened text. */
  readonly links: readonly string[];
  /** The thing's id or address on its home platform, where a copy of it travels (Mastodon `uri`, Lemmy `ap_id`). */
  readonly origin: string | null;
  readonly parentId: string | null;
  readonly threadId: string | null;
  /** Where on the platform, as people there call it: `r/coffee`, `jp`, `#bluedoor`. */
  readonly place: string | null;
  /** Its place when a web search last showed it; absent where it was found in any other way. */
  readonly searchRank?: SearchRank;
  /** The business's own answer; absent where there is none, or the platform does not tell of answers. */
  readonly answer?: OwnAnswer;
}

/** A post of which nothing is known but its words, and what is given beside them. */
export function barePost(source: string, text: string, more: Partial<Post> = {}): Post {
  return {
    source,
    externalId: '',
    url: null,
    author: { handle: null, name: null, url: null, followers: null },
    title: null,
    text,
    language: null,
    publishedAt: null,
    editedAt: null,
    rating: null,
    engagement: { likes: null, reposts: null, replies: null, views: null },
    links: [],
    origin: null,
    parentId: null,
    threadId: null,
    place: null,
    ...more,
  };
}

/** How the place of a post begins that only the business hears (its contact form, its feedback cards): never counted as public. */
export const ownPlace = 'own: ';

/** A stored post that its platform no longer shows; or all posts whose ids begin so, where an account is gone. */
export interface Gone {
  readonly source: string;
  readonly externalId: string;
  readonly all?: true;
}

/** A place's own overall figure for a brand or a rival. */
export interface PlaceRating {
  readonly place: string;
  readonly rating: Rating;
  readonly count: number | null;
  /** Its page, where the platform wants it named beside the figure; never kept. */
  readonly url?: string | null;
}

export type Field = 'text' | 'title' | 'url' | 'link' | 'author' | 'rating';

/** One place in a post where a brand's term stands. `at` counts UTF-16 units of the field; null where it has none. */
export interface Hit {
  readonly term: string;
  /** `query`: what made the brand's query hold, in a post in which it is not named. */
  readonly kind: 'name' | 'alias' | 'handle' | 'domain' | 'hashtag' | 'query';
  readonly field: Field;
  readonly at: readonly [start: number, end: number] | null;
}

export type RelevanceVerdict = 'about' | 'unsure' | 'other';
export type SentimentLabel = 'positive' | 'neutral' | 'negative' | 'mixed' | 'unknown';
export type ComplaintVerdict = 'complaint' | 'unsure' | 'none';
export type Urgency = 'low' | 'normal' | 'high' | 'critical';
export const urgencies = ['low', 'normal', 'high', 'critical'] as const satisfies readonly Urgency[];

/** Why we think so: which rule, which words, how much it weighed (towards the finding when positive). */
export interface Reason {
  readonly of: 'relevance' | 'sentiment' | 'complaint' | 'severity' | 'urgency' | 'topic' | 'language';
  readonly rule: string;
  readonly field: Field;
  readonly at: readonly [start: number, end: number] | null;
  readonly weight: number;
}

/** Rules of reasons that come from people's marks; told as they stand. */
export const learntRules = {
  complaint: { yes: 'you said that posts like this are complaints', no: 'you said no to posts like this' },
  relevance: {
    yes: 'you said that posts like this are about you',
    no: 'you said that posts like this are not about you',
  },
} as const;

/** Rules of reasons why it is no customer's complaint, by who speaks; told as they stand. */
export const apartRules = {
  news: 'reads like news, not like a customer',
  job: 'reads like a job advert, not like a customer',
  advert: 'reads like an advert or a giveaway, not like a customer',
  business: 'reads like a business speaking, not like a customer',
  sale: 'reads like something for sale, not like a customer',
  spam: 'reads like spam, not like a customer',
  notice: 'reads like an automatic notice or a list of links, not like a customer',
} as const;
export type ApartSort = keyof typeof apartRules;
export const apartSorts = [
  'news',
  'job',
  'advert',
  'business',
  'sale',
  'spam',
  'notice',
] as const satisfies readonly ApartSort[];

/** The same of an account that says so itself. */
export const automaticRule = 'comes from an account that says that a program writes it';

/** The rule of a complaint that new customers see first; told as it stands. */
export const firstSeenRule = 'stands on the first page when somebody searches for your name';

/** What we conclude about a post for a brand. An opinion: recomputable, never a fact. */
export interface Findings {
  /** ISO 639-1, null where we could not tell. */
  readonly language: string | null;
  readonly relevance: { readonly verdict: RelevanceVerdict; readonly probability: number };
  /** `score` from -1 to 1; null exactly where the label is `unknown`. */
  readonly sentiment: { readonly label: SentimentLabel; readonly score: number | null };
  readonly complaint: { readonly verdict: ComplaintVerdict; readonly probability: number };
  /** 0 (a shrug) to 4 (somebody was hurt); 0 where it is no complaint. */
  readonly severity: number;
  readonly urgency: Urgency;
  readonly topics: readonly string[];
  /** Kind words that a customer may be asked about: no advert, news or list, and nothing in them that went wrong. */
  readonly praise: boolean;
  /** Not surely a complaint: it says that what went wrong with us was put right. */
  readonly resolved: boolean;
  readonly reasons: readonly Reason[];
  /** The fast judge doubts: a slower judge should be asked. */
  readonly doubtful: boolean;
  /** Version of judges, rules and knowledge that made these findings. */
  readonly version: string;
}

export const markKinds = ['complaint', 'no-complaint', 'us', 'not-us', 'urgent', 'solved'] as const;
/** What a person said of a judgement. A fact about judgement; no machine turns it back. */
export type MarkKind = (typeof markKinds)[number];

export const caseStates = [
  'new',
  'open',
  'answered',
  'fixed',
  'happy',
  'won-back',
  'silent',
  'lost',
  'dismissed',
] as const;
export type CaseState = (typeof caseStates)[number];
/** What happens to a case when its customer has spoken, or a person says that it begins anew. */
export const anewKinds = ['found', 'joined', 'spoke-again', 'reopen', 'join'] as const;
/** What its customer lets us hope of a case that is open. */
export const caseHints = ['resolved'] as const;
export type CaseHint = (typeof caseHints)[number];
export const closedStates: readonly CaseState[] = ['happy', 'won-back', 'silent', 'lost', 'dismissed'];
