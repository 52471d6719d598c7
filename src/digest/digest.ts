/** What a digest is made from, and what it says before it becomes text or HTML. */
import type { MentionFace } from '../face/mention.ts';
import type { WatchReport } from '../insight/health.ts';
import type { SetAside, WatchState } from '../watch.ts';
import type { NewsRow } from './news.ts';
import type { RatingRow } from './ratings.ts';

/** As in the outbox: the first one that an address gets, and every other. */
export type DigestKind = 'welcome' | 'digest';

export interface Counts {
  readonly mentions: number;
  readonly complaints: number;
  readonly praise: number;
  readonly answered: number;
}

export interface Unconnected {
  /** “a restaurant or café”; null where nobody said what kind of business it is. */
  readonly business: string | null;
  /** As people call them. */
  readonly places: readonly string[];
  /** Those that only review mails tell of, where no mailbox is read. */
  readonly byMail: readonly string[];
}

/** Somebody gives more stars than before we answered. */
export interface Raised {
  readonly caseId: number;
  readonly from: number;
  readonly to: number;
  readonly scale: number;
}

/** What `compose` takes: read from the store by a job, nothing of it judged again. Times are milliseconds UTC. */
export interface DigestRows {
  readonly kind: DigestKind;
  /** How a command begins: `npx earshot`, with the config file where one was named. */
  readonly earshot: string;
  readonly brandNames: readonly string[];
  /** By id, as places name them. */
  readonly brandTitles: Readonly<Record<string, string>>;
  /** The address it goes to. */
  readonly recipient: string;
  readonly now: number;
  readonly timezone: string;
  /** What is new is new since `from`; the welcome's is the first look. */
  readonly window: { readonly from: number; readonly to: number };
  /** Flagged mentions whose case waits for us (or that have none yet); of one case the most urgent stands for all. */
  readonly needsYou: readonly MentionFace[];
  /** Why each of these comes when it does, in words, by its id; in order of priority. Absent: by overdue and urgency alone. */
  readonly priority?: ReadonlyMap<number, readonly string[]>;
  /** Of those that say nearly the same, one. */
  readonly unsure: readonly MentionFace[];
  /** How many more of the unsure ones say nearly the same as this one, by its id; absent: none of any. */
  readonly alike?: ReadonlyMap<number, number>;
  /** What is worth knowing of who said it, by mention: `regular: 5 posts since March, praised you 3 times`. */
  readonly regulars?: Readonly<Record<number, string>>;
  /** Candidates; the two kindest are shown. */
  readonly praise: readonly MentionFace[];
  /** New mentions in the window, of any kind. */
  readonly fresh: number;
  readonly places: readonly WatchReport[];
  /** Posts of the window not shown, by reason; `other` are mentions that turned out to be about somebody else. */
  readonly leftOut: Readonly<Partial<Record<SetAside | 'other', number>>>;
  /** The last `days` against as many before; `before` is null while there is nothing to compare with. */
  readonly counts: { readonly days: number; readonly now: Counts; readonly before: Counts | null };
  /** Absent where no place tells one. */
  readonly ratings?: readonly RatingRow[];
  /** Whole days since anybody mentioned us. */
  readonly quietDays: number;
  /** Customers who gave more stars after an answer, in the window; the latest last. */
  readonly raised: readonly Raised[];
  /** What was noticed in the window; absent where nothing was. */
  readonly news?: readonly NewsRow[];
  /** What people call a source (`app-store`: “App Store”). */
  readonly sourceTitles: Readonly<Record<string, string>>;
  /** Places where people talk of such a business and that nobody has connected; absent where there are none. */
  readonly unconnected?: Unconnected | null;
  /** What to do about open cases that no list shows, in words; null or absent where there are none. */
  readonly leftBehind?: string | null;
  /** Where the inbox is served on the computer that sends this; null or absent where it is not. */
  readonly inboxAddress?: string | null;
}

/** Of a list, so many from that one on. */
export interface Slice {
  readonly from: number;
  readonly most: number;
}

/** What of each list is told in full. */
export interface Shown {
  readonly needsYou: Slice;
  readonly unsure: Slice;
  readonly praise: Slice;
  readonly places: number;
}

/** A piece of what was said; `telling` where it is the words that a finding rests on. */
export interface Segment {
  readonly text: string;
  readonly telling: boolean;
}

export type Tone = 'overdue' | 'critical' | 'high' | 'normal' | 'low' | 'unsure' | 'praise';

/**
 * What an item wants to know: whether we answered, whether the customer is happy now that it is fixed, whether it is about
 * us, whether it is a complaint.
 */
export type Asks = 'answer' | 'check-back' | 'us' | 'complaint';

/** A thing to do, and what to type for it. */
export interface Step {
  readonly say: string;
  readonly command: string;
}

export interface Item {
  readonly tone: Tone;
  /** `c4` where there is a case, else `m17`. */
  readonly letter: string;
  readonly mentionId: number;
  readonly caseId: number | null;
  /** Its customer says that it was put right: it may be closed. */
  readonly resolved: boolean;
  /** Null where nothing is asked. */
  readonly asks: Asks | null;
  /** Only where the digest is about several. */
  readonly brand: string | null;
  readonly title: readonly Segment[];
  /** Empty for a rating without words. */
  readonly excerpt: readonly Segment[];
  /** What stands in place of words that are not here. */
  readonly wordless: string | null;
  /** ISO 639 code of what was said, for those who listen to the mail. */
  readonly language: string | null;
  /** “1 of 5 stars”. */
  readonly rating: string | null;
  readonly why: readonly string[];
  /** Why it stands where it does: “their 3rd complaint in 60 days”; empty where its time alone puts it there. */
  readonly because: readonly string[];
  /** “answered on Google Play on 3 Nov”, where the platform shows what the business wrote below it. */
  readonly answered: string | null;
  readonly who: string;
  /** “4,200 followers”, where there are many. */
  readonly audience: string | null;
  /** `regular: 5 posts since March, praised you 3 times`; null of whoever is none. */
  readonly regular: string | null;
  readonly where: string;
  readonly when: string;
  /** “and 3 alike”, of what is unsure: what is said of it counts for them, too; else “said in the same words by 3 accounts”. */
  readonly alike: string | null;
  /** http(s) or nothing. */
  readonly link: string | null;
  /** “answer by today 14:00”, “was due yesterday 18:00”. */
  readonly due: string | null;
  readonly steps: readonly Step[];
}

export interface Section {
  readonly title: string;
  readonly items: readonly Item[];
  /** Of how many. */
  readonly total: number;
  /** “and 9 more”, and how to see them. */
  readonly more: Step | null;
}

/** One place we look at. */
export interface PlaceLine {
  /** As people call it: “Reddit r/coffee”. */
  readonly title: string;
  /** “Reddit”. */
  readonly platform: string;
  /** The places it stands for: its own title alone, or those of one platform that are in the same trouble. */
  readonly places: readonly string[];
  readonly state: WatchState;
  /** Not read since the window began, or not now, or slowed down for over an hour: then silence means nothing. */
  readonly unread: boolean;
  /** “heard at 07:40, nothing new for 12 days”; what is to be typed stands in backticks. */
  readonly sentence: string;
}

export interface CountLine {
  readonly label: string;
  readonly value: number;
  /** “8 more than the week before”, or null where there is nothing to compare with. */
  readonly change: string | null;
}

/** One thing that stands out, and the posts that show it. */
export interface NewsLine {
  readonly say: string;
  readonly posts: readonly {
    readonly letter: string;
    readonly words: readonly Segment[];
    /** What stands in place of words that are not here. */
    readonly wordless: string | null;
    /** “Ana Diaz, Bluesky, yesterday 19:40”. */
    readonly by: string;
    /** http(s) or nothing. */
    readonly link: string | null;
  }[];
}

/** All that a digest says, in the order in which it says it; every text is clean, plain and not yet escaped. */
export interface Digest {
  readonly kind: DigestKind | 'escalation';
  readonly subject: string;
  readonly headline: string;
  /** “Blue Door Coffee and 2 more”. */
  readonly about: string;
  /** “Saturday 21 November 2026”. */
  readonly date: string;
  /** One to three sentences that carry the whole, for who reads no further. */
  readonly lead: readonly string[];
  /** How to connect the places that `lead` names; null where it names none. */
  readonly connect: Step | null;
  readonly needsYou: Section;
  /** How to say that one of them is none; null where there are none. */
  readonly correction: Step | null;
  readonly news: { readonly title: string; readonly lines: readonly NewsLine[]; readonly more: Step | null };
  readonly unsure: Section;
  readonly praise: Section;
  readonly places: { readonly title: string; readonly lines: readonly PlaceLine[]; readonly more: Step | null };
  readonly ratings: { readonly title: string; readonly lines: readonly string[] };
  readonly leftOut: { readonly title: string; readonly lines: readonly string[] };
  readonly counts: { readonly title: string; readonly lines: readonly CountLine[] };
  /** Where they can all be worked on one page; null where no inbox is served. */
  readonly inbox: { readonly say: string; readonly address: string } | null;
  readonly footer: readonly string[];
}
