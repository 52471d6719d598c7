/**
 * Places that no program may read on its own, or only with a key that few have: why, and how their words come to Earshot
 * all the same.
 */
import { type Trade, trades } from './source.ts';

export interface Elsewhere {
  /** A source's own id where it can be read with a key: then this is the way without one. */
  readonly id: string;
  /** As people call the place. */
  readonly title: string;
  /** Kinds of business that are talked about there. */
  readonly suits: readonly Trade[];
  /** One or two sentences for the owner. */
  readonly why: string;
  /** What to do in its place, in order, each step a sentence. */
  readonly instead: readonly string[];
}

const byHand = (where: string) =>
  `When you see a post or a mail about one, put it in by hand: \`npx earshot add --where "${where}" --who "Their name" --text "What they wrote"\`.`;

const reviewByHand = (where: string) =>
  `Put each review in by hand: \`npx earshot add --where "${where}" --stars 2 --who "Their name" --text "What they wrote"\`.`;

/** The source `mailbox` reads what comes to that folder; how filters are called is known of the three largest mail programs. */
const byMail = (where: string, about = 'new reviews') => [
  `Switch on the mails about ${about} in the notification settings of ${where}.`,
  'Make a folder “Earshot” in your mail program.',
  'Let those mails go there: open one of them, choose “Filter messages like these” (Gmail), “Rules” (Outlook) or “Add Rule” (Apple Mail), and as the action moving to that folder.',
  'Let Earshot read the folder: `npx earshot sources mailbox` shows the lines for your config and the password it wants.',
];

/** Google finds what anybody may see; an alert only tells what is new. */
const alert = (search: string) => [
  `Open google.com/alerts and write your name in quotation marks and then the place: \`"Your business" ${search}\`.`,
  'Open “Show options”, choose “Deliver to: RSS feed” and press “Create alert”.',
  'Copy the address behind the feed sign and put it into the `urls` of `google-alerts` in your config.',
];

const fromFile = [
  'Download your reviews as a file, if its pages for businesses offer one.',
  'Bring it in with `npx earshot import reviews.csv`: Earshot says which column it took for what. Where that is wrong, name them: `npx earshot import reviews.csv --map text=Comment,rating=Stars,who=Name,when=Date`.',
  'Do it again with each newer file; only what is new comes in.',
];

export const elsewhere: readonly Elsewhere[] = [
  {
    id: 'google-reviews',
    title: 'Google reviews',
    suits: ['restaurant', 'shop', 'service', 'other'],
    why: 'Google lets only programs that it has approved read the reviews of a place, and forbids the others to keep a word of them.',
    instead: [...byMail('your Google Business Profile'), reviewByHand('Google')],
  },
  {
    id: 'tripadvisor',
    title: 'TripAdvisor',
    suits: ['restaurant', 'service'],
    why: 'TripAdvisor forbids programs to keep any of its reviews and shows even paying ones only the newest five.',
    instead: [...byMail('TripAdvisor'), reviewByHand('TripAdvisor'), ...alert('site:tripadvisor.com')],
  },
  {
    id: 'facebook',
    title: 'Facebook',
    suits: [...trades],
    why: 'Facebook has no search that a program may use, and shows the posts on your own page only to programs it has approved.',
    instead: [...byMail('your Facebook page', 'comments, mentions and recommendations'), byHand('Facebook')],
  },
  {
    id: 'instagram',
    title: 'Instagram',
    suits: [...trades],
    why: 'Instagram has no search that a program may use, and tells of mentions only to programs it has approved.',
    instead: [
      'Let Instagram notify you on your phone about comments, tags and mentions of your account.',
      byHand('Instagram'),
    ],
  },
  {
    id: 'threads',
    title: 'Threads',
    suits: [...trades],
    why: 'Threads lets only programs that it has approved search its posts.',
    instead: ['Search for your name in Threads now and then.', byHand('Threads')],
  },
  {
    id: 'x',
    title: 'X (Twitter)',
    suits: [...trades],
    why: 'X charges for every post that a program reads.',
    instead: ['Search for your name in X now and then.', byHand('X')],
  },
  {
    id: 'tiktok',
    title: 'TikTok',
    suits: ['restaurant', 'shop', 'web-shop', 'software', 'other'],
    why: 'TikTok opens its search to researchers only, not to businesses.',
    instead: ['Search for your name in TikTok now and then.', byHand('TikTok')],
  },
  {
    id: 'booking',
    title: 'Booking.com',
    suits: ['service', 'other'],
    why: 'Booking.com shows guest reviews only to the big travel systems that it has a contract with, and to you.',
    instead: [...byMail('Booking.com'), ...fromFile],
  },
  {
    id: 'opentable',
    title: 'OpenTable',
    suits: ['restaurant'],
    why: 'OpenTable gives its reviews only to partners that it has a contract with, and to you.',
    instead: [...byMail('OpenTable'), reviewByHand('OpenTable')],
  },
  {
    id: 'delivery',
    title: 'Delivery platforms (Uber Eats, DoorDash, Deliveroo, Just Eat …)',
    suits: ['restaurant', 'shop'],
    why: 'Delivery platforms show what customers say about an order only to you, in their own pages for businesses.',
    instead: [...byMail('the platform’s pages for businesses'), ...fromFile, reviewByHand('Uber Eats')],
  },
  {
    id: 'yelp',
    title: 'Yelp',
    suits: ['restaurant', 'shop', 'service'],
    why: 'Yelp shows programs only the beginning of a few reviews, for money, and forbids them to keep those.',
    instead: [...byMail('Yelp'), reviewByHand('Yelp'), ...alert('site:yelp.com')],
  },
  {
    id: 'trustpilot',
    title: 'Trustpilot',
    suits: ['web-shop', 'software', 'service'],
    why: 'Trustpilot turns programs away from its pages and opens its own door only to businesses that pay for it.',
    instead: [...byMail('Trustpilot'), ...fromFile],
  },
  {
    id: 'nextdoor',
    title: 'Nextdoor',
    suits: ['restaurant', 'shop', 'service', 'other'],
    why: 'Neighbours’ posts on Nextdoor are for neighbours; only its approved partners may search them.',
    instead: ['Claim your page on Nextdoor.', ...byMail('Nextdoor', 'recommendations'), byHand('Nextdoor')],
  },
  {
    id: 'linkedin',
    title: 'LinkedIn',
    suits: ['service', 'software', 'other'],
    why: 'LinkedIn has no public search, and forbids programs to read its pages.',
    instead: [...alert('site:linkedin.com'), byHand('LinkedIn')],
  },
  {
    id: 'quora',
    title: 'Quora',
    suits: ['web-shop', 'software', 'service', 'other'],
    why: 'Quora offers programs no way in.',
    instead: [...alert('site:quora.com'), byHand('Quora')],
  },
  {
    id: 'glassdoor',
    title: 'Glassdoor and Indeed',
    suits: ['service', 'software', 'other'],
    why: 'What employees write there is shown only to people who are signed in, and programs are kept out.',
    instead: [...byMail('your employer account'), reviewByHand('Glassdoor')],
  },
  {
    id: 'amazon',
    title: 'Amazon and other marketplaces',
    suits: ['web-shop', 'shop'],
    why: 'Amazon gives programs no product reviews, and forbids them to read its pages.',
    instead: ['Look at the customer reviews in Seller Central now and then.', ...fromFile, reviewByHand('Amazon')],
  },
  {
    id: 'g2',
    title: 'G2, Capterra and GetApp',
    suits: ['software'],
    why: 'These sites give programs their reviews only under a paid contract.',
    instead: [...byMail('your vendor account'), ...fromFile],
  },
  {
    id: 'bbb',
    title: 'Better Business Bureau',
    suits: ['shop', 'service', 'web-shop', 'other'],
    why: 'The bureau offers programs no way in, and sends complaints to the business itself.',
    instead: [...byMail('your BBB account', 'complaints'), byHand('BBB'), ...alert('site:bbb.org')],
  },
  {
    id: 'complaint-boards',
    title: 'Complaint boards (Sitejabber, PissedConsumer, ComplaintsBoard …)',
    suits: ['web-shop', 'service', 'software', 'other'],
    why: 'Complaint boards offer programs no way in, but what stands there can be found by searching.',
    instead: [
      ...alert('(site:sitejabber.com OR site:pissedconsumer.com OR site:complaintsboard.com)'),
      byHand('complaint board'),
    ],
  },
];

/** Those of them that none of the sources can read. */
export function unread(sources: readonly { readonly id: string }[]): readonly Elsewhere[] {
  return elsewhere.filter((place) => !sources.some(({ id }) => id === place.id));
}
