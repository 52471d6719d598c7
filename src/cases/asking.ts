/** Where nobody may ask only the happy ones for a review, by the places' own rules, and what may be done there instead. Pure. */
import type { PraiseDetails, PraiseKind } from './praise.ts';

interface Guarded {
  readonly title: string;
  /** Lower-case words by which people and sources call it. */
  readonly names: readonly string[];
  /** What it forbids, as a whole sentence. */
  readonly rule: string;
  /** What is allowed there. */
  readonly instead: string;
  /** Where the rule stands. */
  readonly source: string;
}

const everybody = 'Ask all your customers alike, happy or not, in the same words and without a reward';

/** Read on 22 Nov 2026; places change their rules, so the source stands beside each. */
const guardedPlaces: readonly Guarded[] = [
  {
    title: 'Google',
    names: ['google', 'google maps', 'google-places', 'google-business', 'google business', 'google reviews'],
    rule: 'Google forbids to ask for reviews only from customers who are happy (“selectively solicit positive reviews”), and to offer anything for one.',
    instead: `${everybody}: the link or QR code of your Google profile on every receipt is fine.`,
    source: 'support.google.com/contributionpolicy, Fake engagement',
  },
  {
    title: 'Yelp',
    names: ['yelp'],
    rule: 'Yelp forbids to ask anybody for a review, happy or not, and hides reviews that look asked for.',
    instead: 'Do not ask. A sign or link that you can be found on Yelp is fine.',
    source: 'Yelp for Business, “Don’t ask for reviews”',
  },
  {
    title: 'TripAdvisor',
    names: ['tripadvisor', 'trip advisor'],
    rule: 'TripAdvisor counts it as fraud to ask for reviews only from guests who liked it, and to offer anything for one.',
    instead: `${everybody}: its Review Express writes to every guest.`,
    source: 'tripadvisorsupport.com, “What is considered fraud?”',
  },
  {
    title: 'Trustpilot',
    names: ['trustpilot'],
    rule: 'Trustpilot wants invitations to be fair, neutral and unbiased: all customers or none, not those who are happy.',
    instead: `${everybody}, or every third one.`,
    source: 'legal.trustpilot.com, Guidelines for Businesses',
  },
  {
    title: 'Amazon',
    names: ['amazon'],
    rule: 'Amazon forbids to ask only buyers who had a good experience for a review, also where they wrote to you first.',
    instead: 'Use its button “Request a review”, for every order alike.',
    source: 'sellercentral.amazon.com, Customer product reviews policies',
  },
  {
    title: 'Google Play',
    names: ['google play', 'google-play', 'play store'],
    rule: 'Google Play forbids to ask whether somebody likes the app before asking for stars, and to reward stars.',
    instead: 'Show its own in-app review card to everybody at the same moment of use.',
    source: 'developer.android.com, In-app reviews; Play policy on ratings and reviews',
  },
];

/** The guarded place that a word names; null where none of them is meant. */
function guardedPlace(word: string): Guarded | null {
  const said = ` ${word
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `;
  const plain = (name: string) => ` ${name.replaceAll('-', ' ')} `;
  const found = guardedPlaces.flatMap((place) =>
    place.names.filter((name) => said.includes(plain(name))).map((name) => ({ place, length: name.length })),
  );
  // “Google Play” is not Google's map.
  return found.toSorted((one, other) => other.length - one.length)[0]?.place ?? null;
}

/** Why whoever praised us may not be asked like this; null where they may: to ask for leave to quote them is forbidden nowhere. */
export function askingRefusal({
  kind,
  details,
}: {
  readonly kind: PraiseKind;
  readonly details: Pick<PraiseDetails, 'for' | 'where'>;
}): string | null {
  if (kind !== 'ask' || details.for === 'words') return null;
  if (details.for === 'review' && !details.where?.trim()) return 'say where the review should stand: `--where`.';
  const place = guardedPlace(details.where ?? '');
  if (place === null) return null;
  return `${place.rule} Whoever praised you is happy, so do not ask them for a review there. ${place.instead} (The rule: ${place.source}.) To ask for leave to quote what they wrote is allowed: add \`--for words\`.`;
}
